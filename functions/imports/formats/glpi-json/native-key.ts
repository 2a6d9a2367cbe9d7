import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import type { Kind } from './classify.ts';
import type { GlpiDocument } from './document.ts';
import { hostNameOf } from './identifiers.ts';

/** Longest part that goes into a key: a host's key has to leave room for what hangs below it. */
const longestPart = 120;

/** Text as part of a key: lower case, blanks collapsed, cut. */
export const keyPart = (text: string): string =>
  text.toLowerCase().replaceAll(/\s+/g, ' ').trim().slice(0, longestPart).toWellFormed();

/** `serial:<vendor>:<serial>`, with vendor and serial normalised; undefined when the serial names nothing. */
export const serialKey = (serial: string, vendor: string | undefined): string | undefined => {
  const raw = { type: 'serial' as const, value: serial, ...(vendor === undefined ? {} : { qualifier: vendor }) };
  const judged = normaliseIdentifier(raw, { feed: '', nature: 'physical', container: false });
  if (judged === undefined || judged.strength === 'rejected') return undefined;
  return `serial:${judged.qualifier ?? ''}:${keyPart(judged.value)}`;
};

/** The agent id of a prober, which writes many devices, names none of them without the device's own name or address. */
const agentKey = (document: GlpiDocument): string | undefined => {
  const { network_device: device } = document.content;
  const name = hostNameOf(document) ?? device?.ip ?? device?.ips?.[0];
  if (document.deviceid === undefined) return name === undefined ? undefined : `name:${keyPart(name)}`;
  if (device === undefined) return `deviceid:${keyPart(document.deviceid)}`;
  return name === undefined ? undefined : `deviceid:${keyPart(document.deviceid)}/${keyPart(name)}`;
};

/**
 * How this feed names the main device, the same in partial and full files: serial, else UUID, else id of the phone, else permanent MAC,
 * else the agent's own id, which changes when the agent is installed again or the host renamed. A container shows its host's
 * hardware, so only the agent's id is left. Undefined when the file names nothing at all.
 */
export const nativeKeyOf = (
  document: GlpiDocument,
  kind: Kind,
  identifiers: readonly RawIdentifier[],
): string | undefined => {
  if (kind.container) return agentKey(document);
  for (const type of ['serial', 'uuid', 'imei', 'udid', 'mac'] as const) {
    for (const raw of identifiers.filter((candidate) => candidate.type === type)) {
      const judged = normaliseIdentifier(raw, { feed: '', nature: kind.nature, container: false });
      if (judged?.strength !== 'strong' && judged?.strength !== 'medium') continue;
      return type === 'serial' ? serialKey(raw.value, raw.qualifier) : `${type}:${keyPart(judged.value)}`;
    }
  }
  return agentKey(document);
};
