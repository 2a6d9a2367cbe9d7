import { anyAttribute, type ReconciliationRule, type RuleClass } from './rule.ts';

/** What a device says of itself: here discovery knows better than the asset book. */
const hardwareFacts = ['manufacturer', 'model', 'modelNumber', 'serial'];

/** By what assets are listed: their index keys are made when an asset is written. */
export const indexedAssetFacts: ReadonlySet<string> = new Set(['location', 'holder', 'costCentre', 'model']);

const discovered = (ruleClass: RuleClass, attribute: string): ReconciliationRule => ({
  class: ruleClass,
  attribute,
  order: ['discovery', 'book'],
});
const booked = (ruleClass: RuleClass, attribute: string): ReconciliationRule => ({
  class: ruleClass,
  attribute,
  order: ['book', 'discovery'],
});

/**
 * The rules that hold where a tenant has none of its own. Assets: the book before discovery, but for the hardware's own facts. CIs: a
 * CI is called what it calls itself, and what it is made of discovery knows; who answers for it is known by people and books.
 */
export const defaultRules: readonly ReconciliationRule[] = [
  booked('asset', anyAttribute),
  ...[...indexedAssetFacts].filter((fact) => !hardwareFacts.includes(fact)).map((fact) => booked('asset', fact)),
  ...hardwareFacts.map((fact) => discovered('asset', fact)),
  discovered('ci', anyAttribute),
  ...['owner', 'supportGroup', 'environment', 'criticality', 'description'].map((fact) => booked('ci', fact)),
];

/**
 * The sections whose values describe the thing itself, in this order within one source. A shown fact is never taken from another
 * section: the `name` of the section `os` names the operating system. `listing` is what a list calls a thing that may speak for itself.
 */
export const thingSections = ['manual', 'itam', 'device', 'hardware', 'bios', 'chassis', 'listing'] as const;
