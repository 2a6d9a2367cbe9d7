import { readFileSync } from 'node:fs';
import type { ParsedRecord, RecordFault } from '../../domain/discovery/record.ts';
import { UnreadableFile } from '../../functions/imports/formats/format.ts';
import { fusionXml } from '../../functions/imports/formats/fusion-xml/format.ts';
import { context, only, recordsOf } from './glpi-json.ts';

export const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/fusion-xml/${name}`, import.meta.url));

export async function* chunksOf(bytes: Uint8Array, size = 97): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What a file gives, in the order in which it gives it. */
export const parse = async (body: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<ParsedRecord[]> => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const stream = bytes instanceof Uint8Array ? chunksOf(bytes) : bytes;
  const parsed: ParsedRecord[] = [];
  for await (const one of fusionXml.parse(stream, context)) parsed.push(one);
  return parsed;
};

export const read = async (name: string) => recordsOf(await parse(fixture(name)));

/** A request with this content; `rest` stands behind it. */
export const machine = (content: string, rest = ''): string =>
  `<REQUEST><CONTENT>${content}</CONTENT>${rest}<QUERY>INVENTORY</QUERY></REQUEST>`;

export const readMachine = async (content: string, rest?: string) =>
  only(recordsOf(await parse(machine(content, rest))));

export const faultsOf = (parsed: readonly ParsedRecord[]): RecordFault[] =>
  parsed.flatMap((one) => ('fault' in one ? [one.fault] : []));

/** Why a file cannot be read, undefined when it can. */
export const problemOf = async (body: Parameters<typeof parse>[0]) => {
  try {
    await parse(body);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  return undefined;
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const element = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((entry) => element(name, entry)).join('');
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, entry]) => element(key, entry))
          .join('')
      : escaped(typeof value === 'boolean' ? String(Number(value)) : String(value));
  return `<${name.toUpperCase()}>${inner}</${name.toUpperCase()}>`;
};

const wrapped = (inner: string, value: unknown) => (value === undefined ? undefined : { [inner]: value });

const portOf = ({ lldp, connections, vlans, aggregate, ips, ...port }: Record<string, unknown>) => ({
  ...port,
  connections: connections === undefined ? undefined : { cdp: lldp, connection: connections },
  vlans: wrapped('vlan', vlans),
  aggregate: wrapped('port', aggregate),
  ips: wrapped('ip', ips),
});

/** A GLPI document as an agent before GLPI 10 would have written it. */
export const toXml = ({ content, deviceid, itemtype, partial, tag }: Record<string, unknown>): string => {
  const {
    network_device: info,
    network_ports: ports,
    network_components: parts,
    ...rest
  } = content as Record<string, unknown>;
  if (info === undefined)
    return element('request', { content: rest, deviceid, itemtype, partial, tag, query: 'INVENTORY' });
  const plate = info as Record<string, unknown>;
  const device = {
    ...rest,
    components: wrapped('component', parts),
    info: { ...plate, ips: wrapped('ip', plate.ips) },
    ports: wrapped('port', (ports as Record<string, unknown>[] | undefined)?.map(portOf)),
  };
  return element('request', { content: { device }, deviceid, query: 'SNMPQUERY' });
};
