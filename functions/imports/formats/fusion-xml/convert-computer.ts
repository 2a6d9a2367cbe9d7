import { castRow } from './cast-row.ts';
import { convertLists } from './convert-lists.ts';
import { listOf, merged, nodesOf, type Row, textOf } from './rows.ts';
import { emptyNode, type XmlNode, type XmlValue } from './xml-tree.ts';

/** The content of a request; a request may have several, which are read as one. */
export const contentOf = (request: XmlNode): XmlNode => {
  const content = emptyNode();
  for (const node of nodesOf(request.content))
    for (const [name, value] of Object.entries(node)) {
      const there = content[name];
      content[name] = there === undefined ? value : [...listOf(there), ...listOf(value)];
    }
  return content;
};

/** Whether a content describes the machine that the agent runs on. Requests also only ask for work, or report that work began. */
export const isInventory = (content: XmlNode): boolean =>
  ['hardware', 'bios', 'operatingsystem', 'networks', 'softwares', 'storages', 'virtualmachines'].some(
    (name) => nodesOf(content[name]).length > 0,
  );

/** Old agents know the processor only as a field of the hardware. */
const processorsOf = (hardware: XmlNode): Row[] => {
  const name = textOf(hardware.processort);
  const count = Math.min(Math.max(Number.parseInt(textOf(hardware.processorn) ?? '1', 10) || 1, 1), 64);
  return name === undefined ? [] : Array.from({ length: count }, () => ({ name }));
};

/** `NA` is what OCS writes where nobody gave a tag. */
const tagOf = (request: XmlNode, content: XmlNode): string | undefined => {
  const given = nodesOf(content.accountinfo)
    .filter((info) => textOf(info.keyname)?.toUpperCase() === 'TAG')
    .map((info) => textOf(info.keyvalue));
  return [textOf(request.tag), ...given].find((tag) => tag !== undefined && tag.toUpperCase() !== 'NA');
};

/** Rudder names each node by a UUID that outlives its agent's id; the server itself is always called `root`. */
const rudderId = (request: XmlNode, rudder: XmlNode | undefined): string | undefined =>
  [rudder?.uuid, request.uuid]
    .map(textOf)
    .find((id) => id !== undefined && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));

const field = (name: string, ...values: (XmlValue | undefined)[]): Row => {
  const value = values.map(textOf).find((text) => text !== undefined);
  return value === undefined ? {} : { [name]: value };
};

/** Old agents do not say that they run on a phone. */
const phoneOf = (system: XmlNode | undefined, hardware: XmlNode): string | undefined =>
  /^(?:android|ios|iphone os|ipados)\b/i.test(textOf(system?.name) ?? textOf(hardware.osname) ?? '')
    ? 'Phone'
    : undefined;

/**
 * The inventory of one machine as GLPI's JSON has it. What GLPI's own converter drops is kept where OCS has nothing else:
 * name and version of the system, processor and chassis as fields of HARDWARE and BIOS.
 */
export const convertComputer = (request: XmlNode): Row => {
  const content = contentOf(request);
  const rudder = merged(content.rudder);
  const bios = merged(content.bios);
  const hardware = merged(content.hardware) ?? emptyNode();
  const system = merged(content.operatingsystem);
  const lists = convertLists(content);
  const cpus = processorsOf(hardware);
  return {
    action: 'inventory',
    ...field('deviceid', rudderId(request, rudder), request.deviceid),
    ...field('tag', tagOf(request, content)),
    ...field('itemtype', request.itemtype, phoneOf(system, hardware)),
    ...field('partial', request.partial),
    content: {
      ...(cpus.length === 0 ? {} : { cpus }),
      ...lists,
      ...field('versionclient', content.versionclient, hardware.versionclient),
      ...(nodesOf(content.accesslog).length === 0 ? {} : { accesslog: merged(content.accesslog) }),
      ...(bios === undefined ? {} : { bios }),
      hardware: {
        ...field('name', rudder?.hostname, request.hostname),
        ...field('chassis_type', bios?.type),
        ...castRow('hardware', hardware),
      },
      operatingsystem: { ...field('fqdn', rudder?.hostname, request.hostname), ...system },
    },
  };
};
