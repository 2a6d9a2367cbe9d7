import { nodesOf, type Row, renamed, textOf, without } from './rows.ts';
import type { XmlNode } from './xml-tree.ts';

/** What a device is, by the list in which OCS keeps its nameplate. */
const kinds = [
  ['printers', 'PRINTER'],
  ['switchs', 'NETWORKING'],
  ['firewalls', 'NETWORKING'],
  ['loadbalancers', 'NETWORKING'],
  ['blades', 'COMPUTER'],
  ['computers', 'COMPUTER'],
] as const;

const nameplateWords = { serialnumber: 'serial', reference: 'model', firmversion: 'firmware', softversion: 'firmware' };

/** OCS writes one nameplate for each member of a stack. */
const asComponent = (plate: Row): Row => ({ ...renamed(plate, nameplateWords), type: 'chassis' });

/** A device as the SNMP scan of OCS writes it (COMMON and nameplates), in the words of GLPI. Undefined when it is not from OCS. */
export const convertOcsDevice = (
  device: XmlNode,
): { info: Row; components: Row[]; ports: Row[]; used: string[] } | undefined => {
  const [common] = nodesOf(device.common);
  if (common === undefined) return undefined;
  const found = kinds.find(([list]) => nodesOf(device[list]).length > 0);
  const plates = found === undefined ? [] : nodesOf(device[found[0]]);
  const [plate = {}] = plates.map((row) => renamed(row, nameplateWords));
  const { manufacturer, serial, firmware, model } = found?.[0] === 'printers' ? { ...plate, model: plate.name } : plate;
  const own = renamed(without(common, ['type', 'snmpdeviceid', 'ipaddr']), { macaddr: 'mac' });
  const facts = { ip: textOf(common.ipaddr), type: found?.[1], manufacturer, model, serial, firmware };
  const info = { ...own, ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) };
  return {
    info,
    components: found?.[0] === 'switchs' ? plates.map(asComponent) : [],
    ports: nodesOf(device.networks).map((port) => renamed(port, { macaddr: 'mac', ipaddr: 'ip', slot: 'ifname' })),
    used: ['common', 'networks', ...kinds.map(([list]) => list)],
  };
};
