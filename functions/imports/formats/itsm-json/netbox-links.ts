import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { isObject } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';

type Row = Record<string, unknown>;

const mostRows = 200_000;

/**
 * What a dump of NetBox tells of devices and machines in other rows, before or after theirs: interfaces with MACs, addresses on them, and
 * cables. Owners are named as their records are (`netbox:device/7`). Bounded: rows beyond 200,000 are not looked at.
 */
export const createNetBoxLinks = () => {
  const owners = new Map<string, string>(); // of interfaces
  const macs: { at: string; mac: string }[] = [];
  const addresses: { at: string; address: string }[] = [];
  const ends = new Map<string, string[]>(); // of cables: interfaces
  const types = new Map<string, string>(); // content types by number
  let rows = 0;

  /** `["dcim", "interface"]`, `"dcim.interface"` or the number of a content type. */
  const typeOf = (type: unknown): string =>
    Array.isArray(type) ? type.join('.') : (types.get(String(type)) ?? String(type));
  const assigned = (fields: Row): string =>
    `${typeOf(fields.assigned_object_type)}/${String(fields.assigned_object_id)}`;
  const addEnd = (cable: unknown, type: unknown, id: unknown): void => {
    const known = ends.get(String(cable)) ?? [];
    ends.set(String(cable), [...known.slice(0, 8), `${typeOf(type)}/${String(id)}`]);
  };

  /** Notes one row of a dump. */
  const note = (model: string, pk: string, fields: Row): void => {
    rows += 1;
    if (rows > mostRows) return;
    const mac = textAt(fields, 'mac_address');
    if (model === 'contenttypes.contenttype')
      types.set(pk, `${textAt(fields, 'app_label')}.${textAt(fields, 'model')}`);
    if (model === 'dcim.interface') owners.set(`${model}/${pk}`, `netbox:device/${String(fields.device)}`);
    if (model === 'virtualization.vminterface')
      owners.set(`${model}/${pk}`, `netbox:vm/${String(fields.virtual_machine)}`);
    if (mac !== undefined) macs.push({ at: model === 'dcim.macaddress' ? assigned(fields) : `${model}/${pk}`, mac });
    const address = model === 'ipam.ipaddress' ? textAt(fields, 'address') : undefined;
    if (address !== undefined) addresses.push({ at: assigned(fields), address });
    if (model === 'dcim.cabletermination') addEnd(fields.cable, fields.termination_type, fields.termination_id);
    if (model === 'dcim.cable' && isObject(fields) && 'termination_a_id' in fields) {
      addEnd(pk, fields.termination_a_type, fields.termination_a_id);
      addEnd(pk, fields.termination_b_type, fields.termination_b_id);
    }
  };

  /** Everything by owner, when the dump has ended. A cable is told by the end whose key comes first; a dump without any says nothing of them. */
  const finish = () => {
    const of = <T>(list: readonly T[], ownerOf: (one: T) => string | undefined) =>
      Map.groupBy(list, (one) => ownerOf(one) ?? '');
    const cables = [...ends.values()].flatMap((interfaces) => {
      const [from, to, ...more] = [...new Set(interfaces.flatMap((one) => owners.get(one) ?? []))].sort();
      return from === undefined || to === undefined || more.length > 0 ? [] : [{ from, to }];
    });
    const byMac = of(macs, ({ at }) => owners.get(at));
    const byAddress = of(addresses, ({ at }) => owners.get(at));
    const byCable = of(cables, ({ from }) => from);
    return (key: string): { macs: string[]; addresses: string[]; relations: RawRelation[] | undefined } => ({
      macs: (byMac.get(key) ?? []).map(({ mac }) => mac),
      addresses: (byAddress.get(key) ?? []).map(({ address }) => address),
      relations:
        ends.size === 0
          ? undefined
          : [...new Set((byCable.get(key) ?? []).map(({ to }) => to))].map((record) => ({
              type: 'connected to',
              direction: 'out',
              record,
            })),
    });
  };
  return { note, finish };
};
