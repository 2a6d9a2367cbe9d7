import type { CiClassName } from '../../../../domain/ci/ci-classes.ts';
import { isObject } from '../glpi-json/values.ts';
import { numberAt, textAt } from '../host-facts/pick.ts';
import { createNetBoxLinks } from './netbox-links.ts';
import type { Thing } from './thing.ts';

type Row = Record<string, unknown>;

const roles: readonly (readonly [RegExp, CiClassName])[] = [
  [
    /switch|router|firewall|access point|gateway|load balancer|spine|leaf|core|distribution|wan|\bap\b/i,
    'network-device',
  ],
  [/pdu|ups|power/i, 'power'],
  [/storage|nas|san/i, 'storage'],
  [/printer/i, 'printer'],
  [/server|hypervisor|compute|host/i, 'server'],
];
const lookedUp =
  /^(?:dcim\.(?:manufacturer|devicetype|devicerole|site|rack|location|platform)|virtualization\.cluster|tenancy\.tenant|ipam\.ipaddress)$/;
const mostLookedUp = 100_000;
/** Devices and machines of a dump that wait for the rows behind them. */
const mostHeld = 50_000;

/** A dump refers to other rows by number, the answers of the API carry them: both read the same. */
export const createNetBox = () => {
  const names = new Map<string, Row>();
  const links = createNetBoxLinks();
  const held: (() => Thing)[] = [];
  const lookUp = (model: string, pk: unknown): Row | undefined =>
    isObject(pk) ? pk : names.get(`${model}/${String(pk)}`);
  const nameOf = (model: string, pk: unknown): string | undefined => {
    const row = lookUp(model, pk);
    return textAt(row, 'name', 'display', 'model');
  };

  const readDevice = (row: Row, id: string): Thing => {
    const type = lookUp('dcim.devicetype', row.device_type);
    const manufacturer = nameOf('dcim.manufacturer', type?.manufacturer);
    const model = textAt(type, 'model', 'display');
    const role = nameOf('dcim.devicerole', row.role ?? row.device_role);
    const tenant = nameOf('tenancy.tenant', row.tenant);
    const name = textAt(row, 'name');
    const [serial, assetTag] = [textAt(row, 'serial'), textAt(row, 'asset_tag')];
    return {
      key: `netbox:device/${id}`,
      ciClass: roles.find(([words]) => words.test(`${role ?? ''} ${model ?? ''}`))?.[1] ?? 'device',
      asset: 'hardware',
      name: name ?? model,
      serial,
      assetTag,
      addresses: addressesOf(row),
      hostname: name,
      sections: {
        device: { name: name ?? model, description: textAt(row, 'description') },
        bios: { manufacturer, model, serial, assetTag },
        os: { osName: nameOf('dcim.platform', row.platform) },
        placement: {
          site: nameOf('dcim.site', row.site),
          rack: nameOf('dcim.rack', row.rack),
          rackUnit: numberAt(row, 'position'),
          role,
          status: textAt(row, 'status.value', 'status'),
        },
      },
      book: { manufacturer, model, company: tenant, location: nameOf('dcim.site', row.site) },
    };
  };
  const readMachine = (row: Row, id: string): Thing => ({
    key: `netbox:vm/${id}`,
    ciClass: 'virtual-machine',
    name: textAt(row, 'name'),
    serial: textAt(row, 'serial'),
    addresses: addressesOf(row),
    hostname: textAt(row, 'name'),
    ...hostOf(row),
    sections: {
      device: { name: textAt(row, 'name'), description: textAt(row, 'description') },
      hardware: { memoryMb: numberAt(row, 'memory'), cores: numberAt(row, 'vcpus') },
      os: { osName: nameOf('dcim.platform', row.platform) },
      placement: {
        cluster: nameOf('virtualization.cluster', row.cluster),
        site: nameOf('dcim.site', row.site),
        status: textAt(row, 'status.value', 'status'),
      },
    },
  });
  /** Since NetBox 3.3 a machine may name the device that it runs on. */
  const hostOf = (row: Row): Pick<Thing, 'relations'> => {
    const host = isObject(row.device) ? textAt(row.device, 'id') : textAt(row, 'device');
    return host === undefined
      ? {}
      : { relations: [{ type: 'runs on', direction: 'out', record: `netbox:device/${host}` }] };
  };
  const addressesOf = (row: Row): (string | undefined)[] =>
    ['primary_ip4', 'primary_ip6', 'primary_ip'].map((field) =>
      textAt(lookUp('ipam.ipaddress', row[field]), 'address'),
    );

  /** Of a dump, devices and machines wait for what they refer to, and for their interfaces and cables: these stand anywhere in it. */
  const hold = (thing: () => Thing): Thing | 'passed' => {
    if (held.length >= mostHeld) return thing();
    held.push(thing);
    return 'passed';
  };
  /** A device or virtual machine; `passed` for rows that wait or that only others refer to, undefined for what NetBox does not write. */
  const read = (value: Row): Thing | 'passed' | undefined => {
    if (typeof value.model === 'string' && isObject(value.fields)) {
      const id = textAt(value, 'pk') ?? '';
      const { fields } = value;
      links.note(value.model, id, fields);
      if (value.model === 'dcim.device') return hold(() => readDevice(fields, id));
      if (value.model === 'virtualization.virtualmachine') return hold(() => readMachine(fields, id));
      if (lookedUp.test(value.model) && names.size < mostLookedUp) names.set(`${value.model}/${id}`, fields);
      return 'passed';
    }
    const id = textAt(value, 'id');
    if (id === undefined) return undefined;
    if (isObject(value.device_type)) return readDevice(value, id);
    return 'vcpus' in value && 'cluster' in value ? readMachine(value, id) : undefined;
  };
  /** The devices and machines that waited, with what the whole dump tells of them. */
  const finish = (): Thing[] => {
    const linksOf = links.finish();
    return held.map((readThing) => {
      const thing = readThing();
      const { addresses, macs, relations } = linksOf(thing.key);
      const told = [...(thing.relations ?? []), ...(relations ?? [])];
      return {
        ...thing,
        macs,
        addresses: [...new Set([...(thing.addresses ?? []), ...addresses])],
        ...(told.length === 0 && relations === undefined ? {} : { relations: told }),
      };
    });
  };
  return { read, finish };
};
