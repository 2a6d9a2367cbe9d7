import * as z from 'zod';
import { IdentifierType } from '../identity/identifier.ts';
import type { Mergeable } from '../identity/resolve.ts';
import { devicesContradict } from '../identity/vetoes.ts';
import { sameContent } from '../shared/canonical.ts';
import { MergeId, MergeProposalId, RunId } from '../shared/id.ts';
import { count, optionalText, text, texts } from '../shared/scalars.ts';
import { AssetChoice, Thing } from '../shared/thing.ts';
import { Timestamp } from '../shared/time.ts';

/** What says that two things are one: identifiers of a record that lead to both, the records, and the rules that led there. */
const MergeEvidence = z.strictObject({
  identifiers: z.array(z.strictObject({ type: IdentifierType, value: text })),
  records: z.array(z.strictObject({ source: text, nativeKey: text, runId: RunId, recordIndex: count })),
  rules: texts,
});
export type MergeEvidence = z.infer<typeof MergeEvidence>;

/**
 * Two things that may be one, once per pair however often it is seen: `open` until a person decides. `kept-apart` is remembered: only
 * another identifier that leads to both asks again.
 */
export const MergeProposal = z
  .strictObject({
    proposalId: MergeProposalId,
    things: z.array(Thing),
    state: z.enum(['open', 'merged', 'kept-apart']),
    evidence: MergeEvidence,
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp,
    decidedBy: optionalText,
    decidedAt: Timestamp.optional(),
    reason: optionalText,
    mergeId: MergeId.optional(),
  })
  .meta({ id: 'MergeProposal' });
export type MergeProposal = z.infer<typeof MergeProposal>;

/** `survivor`: which of the two stays; the first one unless said otherwise. */
export const MergeDecision = z
  .strictObject({
    decision: z.enum(['merge', 'keep-apart']),
    survivor: Thing.optional(),
    assets: AssetChoice.optional(),
    reason: z.string().trim().min(1).max(500),
  })
  .refine(({ decision, survivor, assets }) => decision === 'merge' || (survivor ?? assets) === undefined, {
    error: 'Send survivor and assets with "merge" only.',
  })
  .meta({ id: 'MergeDecision' });
export type MergeDecision = z.output<typeof MergeDecision>;

/** A pair that one record leads to. */
export type Sighting = { things: [Thing, Thing]; evidence: MergeEvidence };

const mostDevices = 5;
const mostKept = 20;

export const idOfThing = (thing: Thing): string => ('ciId' in thing ? thing.ciId : thing.assetId);

/** Every pair among the devices that may be one thing: two CIs, or two assets where not both realise one. Nothing that contradicts. */
export const sightingsOf = (devices: readonly Mergeable[], record: MergeEvidence['records'][number]): Sighting[] => {
  const few = devices.slice(0, mostDevices);
  return few.flatMap((a, at) =>
    few.slice(at + 1).flatMap((b): Sighting[] => {
      const things = pairOf(a.device, b.device);
      if (things === undefined || devicesContradict(a.device, b.device)) return [];
      const identifiers = unique([...a.identifiers, ...b.identifiers]);
      return [{ things, evidence: { identifiers, records: [record], rules: [...new Set([a.rule, b.rule])].sort() } }];
    }),
  );
};

const pairOf = (a: Mergeable['device'], b: Mergeable['device']): [Thing, Thing] | undefined => {
  if (a.ciId !== undefined && b.ciId !== undefined)
    return a.ciId < b.ciId ? [ci(a.ciId), ci(b.ciId)] : [ci(b.ciId), ci(a.ciId)];
  if (a.assetId === undefined || b.assetId === undefined) return undefined;
  const [one, other] = [a.assetId, b.assetId].sort() as [string, string];
  return [{ assetId: one }, { assetId: other }];
};
const ci = (ciId: string): Thing => ({ ciId });

const unique = <T>(list: readonly T[]): T[] => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];

/** The proposal after one more sighting; undefined when it says nothing new. */
export const nextProposal = (
  known: MergeProposal | undefined,
  proposalId: string,
  { things, evidence }: Sighting,
  now: string,
): MergeProposal | undefined => {
  if (known === undefined) return { proposalId, things, state: 'open', evidence, firstSeenAt: now, lastSeenAt: now };
  if (known.state === 'merged') return undefined;
  const identifiers = unique([...known.evidence.identifiers, ...evidence.identifiers]);
  const isNew = identifiers.length > known.evidence.identifiers.length;
  if (known.state === 'kept-apart' && !isNew) return undefined;
  const isKnown = ({ source, nativeKey }: MergeEvidence['records'][number]) =>
    known.evidence.records.some((one) => one.source === source && one.nativeKey === nativeKey);
  const records = [...known.evidence.records, ...evidence.records.filter((one) => !isKnown(one))].slice(0, mostKept);
  const rules = [...new Set([...known.evidence.rules, ...evidence.rules])].sort();
  const next = { identifiers, records, rules };
  if (known.state === 'open' && sameContent(next, known.evidence)) return undefined;
  const { decidedBy: _by, decidedAt: _at, reason: _reason, mergeId: _merge, ...rest } = known;
  return { ...rest, state: 'open', evidence: next, lastSeenAt: now };
};
