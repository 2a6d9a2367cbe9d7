import type { CiClassName } from '../../../../domain/ci/ci-classes.ts';
import { momentOf } from '../aws/moment.ts';
import { statusOf } from '../csv/status-words.ts';
import { textAt, valueAt } from '../host-facts/pick.ts';
import type { Thing } from './thing.ts';

const classes: readonly (readonly [RegExp, CiClassName])[] = [
  [/guest|virtual machine|\bvm\b|ec2|azure vm/i, 'virtual-machine'],
  [/switch|router|firewall|access point|wireless|network device|gateway|load balancer/i, 'network-device'],
  [/printer/i, 'printer'],
  [/monitor|webcam|scanner|keyboard/i, 'peripheral'],
  [/ups|pdu|power/i, 'power'],
  [/nas|san|storage|tape/i, 'storage'],
  [/iphone|ipad|android|mobile|phone|tablet|ios/i, 'mobile'],
  [/server|esxi|hyper-v|linux|unix|solaris|hypervisor/i, 'server'],
  [/windows|mac|computer|laptop|desktop|chrome/i, 'computer'],
];
const guests = /vmware|virtualbox|virtual machine|\bkvm\b|qemu/i;

/** An asset of Lansweeper: what its scan found and what its users wrote, in one row. Source: Lansweeper, Data API. */
export const readLansweeper = (row: Record<string, unknown>): Thing | undefined => {
  const [type, name] = [textAt(row, 'assetBasicInfo.type') ?? '', textAt(row, 'assetBasicInfo.name')];
  const key = textAt(row, 'key', 'assetId', 'assetBasicInfo.name');
  if (key === undefined) return undefined;
  const text = (...names: string[]) => textAt(row, ...names.map((one) => `assetCustom.${one}`));
  const known = classes.find(([words]) => words.test(type))?.[1] ?? 'device';
  const system = textAt(row, 'operatingSystem.caption', 'operatingSystem.name');
  const isVirtual = known === 'virtual-machine' || guests.test(`${text('manufacturer')} ${text('model')}`);
  const isServer = known === 'computer' && /server/i.test(system ?? '');
  const isAddress = /^[\d.]+$|:/.test(name ?? '');
  return {
    key: `lansweeper:${key}`,
    found: true,
    ciClass: isVirtual ? 'virtual-machine' : isServer ? 'server' : known,
    asset: 'hardware',
    isVirtual,
    observedAt: momentOf(valueAt(row, 'assetBasicInfo.lastSeen')),
    name,
    serial: text('serialNumber'),
    assetTag: text('barCode'),
    macs: [textAt(row, 'assetBasicInfo.mac')],
    addresses: [textAt(row, 'assetBasicInfo.ipAddress')],
    fqdn: textAt(row, 'assetBasicInfo.fqdn') ?? text('dnsName'),
    hostname: isAddress ? undefined : name,
    sections: {
      bios: { manufacturer: text('manufacturer'), model: text('model'), serial: text('serialNumber') },
      hardware: { deviceType: type === '' ? undefined : type, domain: textAt(row, 'assetBasicInfo.domain') },
      os: { osName: system, osVersion: textAt(row, 'operatingSystem.version') },
    },
    book: {
      status: statusOf(text('stateName') ?? '', false),
      manufacturer: text('manufacturer'),
      model: text('model'),
      holder: text('contact') ?? textAt(row, 'assetBasicInfo.userName'),
      location: [text('location', 'branchOffice'), text('building')].filter((part) => part !== undefined).join(', '),
      department: text('department'),
      orderNumber: text('orderNumber'),
      notes: text('comment'),
      purchaseDates: [text('purchaseDate')],
      warrantyDates: [text('warrantyDate')],
    },
  };
};
