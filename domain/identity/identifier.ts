import * as z from 'zod';
import { optionalText } from '../shared/scalars.ts';

/**
 * Every kind of identifier a record can carry.
 * `owner`: the thing it names. Hardware identifiers belong to the asset when there is one, so that a swap takes them along;
 * logical ones always belong to the CI. `qualified`: only unique together with its qualifier (vendor of a serial, company of a tag).
 */
export const identifierTypes = {
  cloudId: { owner: 'logical', qualified: false },
  k8sUid: { owner: 'logical', qualified: false },
  serial: { owner: 'hardware', qualified: true },
  uuid: { owner: 'hardware', qualified: false },
  imei: { owner: 'hardware', qualified: false },
  udid: { owner: 'hardware', qualified: false },
  assetTag: { owner: 'hardware', qualified: true },
  boardSerial: { owner: 'hardware', qualified: true },
  chassisSerial: { owner: 'hardware', qualified: true },
  sshHostKey: { owner: 'logical', qualified: false },
  machineId: { owner: 'logical', qualified: false },
  mac: { owner: 'hardware', qualified: false },
  fqdn: { owner: 'logical', qualified: false },
  hostname: { owner: 'logical', qualified: false },
  ip: { owner: 'logical', qualified: false },
} as const;

export const IdentifierType = z.enum(
  Object.keys(identifierTypes) as [keyof typeof identifierTypes, ...(keyof typeof identifierTypes)[]],
);
export type IdentifierType = z.infer<typeof IdentifierType>;

/**
 * One identifier, normalised. `value` is the form that is compared and claimed, `raw` what the source wrote.
 * `qualifier` is the vendor (serials) or company (tags), normalised; `scope` the feed, for hostname, IP and private MAC.
 * `strength`: strong ones identify alone, medium ones when unique and not contradicted, weak ones only help, rejected ones are placeholders.
 */
export const Identifier = z
  .strictObject({
    type: IdentifierType,
    value: z.string().min(1).max(300),
    raw: z.string().max(1000).optional(),
    qualifier: optionalText,
    scope: optionalText,
    strength: z.enum(['strong', 'medium', 'weak', 'rejected']),
    reason: optionalText,
  })
  .meta({ id: 'Identifier' });
export type Identifier = z.infer<typeof Identifier>;

/** The key under which an identifier is claimed in its tenant. The qualifier is not part of it: holders of one value are compared. */
export const claimKeyOf = ({ type, scope, value }: Pick<Identifier, 'type' | 'scope' | 'value'>): string =>
  `${type}#${scope === undefined ? '' : `${scope}/`}${value}`;

/** The compact form stored with an entity: `serial|dell|640HP72`, `mac||90:e2:ba:01:02:03`. */
export const compactIdentifier = ({ type, qualifier, value }: Identifier): string =>
  `${type}|${qualifier ?? ''}|${value}`;

export type CompactIdentifier = { type: IdentifierType; qualifier: string; value: string };

/** Reads the compact form back. */
export const parseCompact = (text: string): CompactIdentifier => {
  const [type = '', qualifier = '', ...value] = text.split('|');
  return { type: IdentifierType.parse(type), qualifier, value: value.join('|') };
};
