import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { Content } from './document.ts';
import { facts } from './facts.ts';
import { identifier, isUsable } from './identifiers.ts';
import { serialKey } from './native-key.ts';
import { relatedRecord } from './related.ts';

const networkPort = /^(?:ip_|ipp|https?:|socket|lpd|wsd|\\\\|\d+\.\d+\.)/i;

const usableSerial = (...serials: (string | undefined)[]): string =>
  serials.find((value) => value !== undefined && isUsable({ type: 'serial', value })) ?? '';

/**
 * Monitors and printers that hang on a machine, where they have a serial of their own: each is an asset and a CI attached to it.
 * A network printer is left to the prober that reads it over the network. Disks, memory and power supplies stay parts of the machine.
 */
export const mapPeripherals = (content: Content, main: DiscoveryRecord): DiscoveryRecord[] => {
  const { monitors = [], printers = [] } = content;
  const local = printers.filter(({ network, port }) => network !== true && !networkPort.test(port ?? ''));
  return [
    ...monitors.flatMap(({ manufacturer, caption, name, serial, altserial }) =>
      attach(main, 'peripheral', { manufacturer, model: caption ?? name, serial: usableSerial(serial, altserial) }),
    ),
    ...local.flatMap(({ manufacturer, driver, name, serial }) =>
      attach(main, 'printer', { manufacturer, model: driver ?? name, serial: usableSerial(serial) }),
    ),
  ];
};

type Nameplate = { manufacturer: string | undefined; model: string | undefined; serial: string };

const attach = (main: DiscoveryRecord, ciClass: 'peripheral' | 'printer', plate: Nameplate): DiscoveryRecord[] => {
  const nativeKey = serialKey(plate.serial, plate.manufacturer);
  if (nativeKey === undefined) return [];
  const thing = {
    nativeKey,
    nature: 'physical' as const,
    ciClass,
    assetKind: 'hardware' as const,
    name: plate.model ?? ciClass,
    identifiers: identifier('serial', plate.serial, plate.manufacturer),
    sections: { bios: facts(plate) },
  };
  return [relatedRecord(main, thing, 'attached to')];
};
