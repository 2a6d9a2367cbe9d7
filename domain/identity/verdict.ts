import type { DiscoveryRecord, RawIdentifier } from '../discovery/record.ts';
import type { Identifier } from './identifier.ts';

/** Where an identifier was seen: what the record is, and the feed that a hostname, an IP or a private MAC is only unique in. */
export type Setting = { feed: string; nature: DiscoveryRecord['nature']; container: boolean };

/** One identifier, judged: `value` is the form that is compared; `reason` says why it is weak or rejected. */
export type Verdict = Pick<Identifier, 'value' | 'strength' | 'qualifier' | 'scope' | 'reason'>;

/** Judges the cleaned text of one type of identifier. */
export type Judge = (text: string, raw: RawIdentifier, setting: Setting) => Verdict;

export const reject = (value: string, reason: string): Verdict => ({ value, strength: 'rejected', reason });

/** The qualifier of a verdict, left out when it is not known. */
export const qualifiedBy = (qualifier: string | undefined): { qualifier?: string } =>
  qualifier === undefined ? {} : { qualifier };
