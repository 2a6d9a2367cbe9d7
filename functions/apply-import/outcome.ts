import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { claimKeyOf, type Identifier } from '../../domain/identity/identifier.ts';
import type { Resolution } from '../../domain/identity/resolve.ts';
import { mediumRules, strongRules, weakRule } from '../../domain/identity/rules.ts';
import type { Outcome } from '../../domain/import/outcome.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';

type Undecided = Extract<Resolution, { kind: 'ambiguous' | 'held' }>;
type Decided = Exclude<Resolution, Undecided>;

/** What every outcome of a record begins with. */
export const startOutcome = ({ recordIndex, line, warnings }: DiscoveryRecord) => ({
  recordIndex,
  ...(line === undefined ? {} : { line }),
  warnings,
  errors: [],
});

export const outcomeOf = (resolution: Decided, seenBefore: boolean, changed: boolean): Outcome => {
  if (resolution.kind === 'new') return 'created';
  if (!seenBefore) return 'linked';
  return changed ? 'updated' : 'unchanged';
};

export const describeUndecided = (
  resolution: Undecided,
): Pick<RecordOutcome, 'outcome' | 'candidates'> & { errors: { reason: string }[] } =>
  resolution.kind === 'held'
    ? { outcome: 'held', errors: [{ reason: resolution.reason }] }
    : {
        outcome: 'ambiguous',
        candidates: resolution.candidates.map(({ device, evidence }) => ({ ...idsOf(device), evidence })),
        errors: [],
      };

/** Which rule decided, on which identifiers; of a new thing all that could have named it. */
export const matchedBy = (resolution: Decided, identifiers: readonly Identifier[]) =>
  resolution.kind === 'match'
    ? { rule: resolution.rule, identifiers: resolution.identifiers }
    : { rule: resolution.rule, identifiers: namesOf(identifiers) };

/**
 * What was done with a record when it was applied before, from its source entry: a replay reports the same. Only the field changes
 * are not told twice; history has them. A record that a later one of the same file named the same thing as is not applied again.
 */
export const replayed = (
  entry: SourceEntry,
  record: DiscoveryRecord,
  identifiers: readonly Identifier[],
): RecordOutcome => {
  const base = { ...startOutcome(record), ...idsOf(entry) };
  const warnings = [...record.warnings, ...rejectedValues(identifiers)];
  const native = { rule: 'native-key', identifiers: [{ type: 'nativeKey' as const, value: record.nativeKey }] };
  if (entry.record !== record.recordIndex) {
    return { ...base, outcome: 'unchanged', matchedBy: native, warnings: [...warnings, repeatedKey(entry.record)] };
  }
  const { outcome, rule = 'native-key' } = entry;
  if (rule === native.rule) return { ...base, outcome, matchedBy: native, warnings };
  const usable = identifiers.filter(({ strength }) => strength !== 'rejected');
  const found = [...strongRules, ...mediumRules, weakRule].find(({ name }) => name === rule);
  const matched = found?.match(usable).map(({ type, value }) => ({ type, value }));
  return { ...base, outcome, matchedBy: { rule, identifiers: matched ?? namesOf(identifiers) }, warnings };
};

/** Two records of one file under one native key: the later one of the file is applied last. */
export const repeatedKey = (other: number) => ({
  code: 'repeated-key',
  detail: `Record ${other} of this file has the same key; of both the later one in the file counts.`,
});

export const rejectedValues = (identifiers: readonly Identifier[]) =>
  identifiers
    .filter(({ strength }) => strength === 'rejected')
    .map((one) => ({
      code: 'identifier-not-used',
      detail: `${claimKeyOf(one).replace('#', ' ')}: ${one.reason ?? 'placeholder'}`,
    }));

export const idsOf = ({ ciId, assetId }: { ciId?: string | undefined; assetId?: string | undefined }) => ({
  ...(ciId === undefined ? {} : { ciId }),
  ...(assetId === undefined ? {} : { assetId }),
});

const namesOf = (identifiers: readonly Identifier[]) =>
  identifiers
    .filter(({ strength }) => strength === 'strong' || strength === 'medium')
    .map(({ type, value }) => ({ type, value }));
