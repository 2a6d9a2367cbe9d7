import * as z from 'zod';
import { AssetFacts } from '../asset/asset-view.ts';
import { CiFacts } from '../ci/ci-view.ts';
import { indexedAssetFacts, thingSections } from './authority.ts';
import { anyAttribute, ReconciliationRule } from './rule.ts';

const mostRules = 200;
const mostCharacters = 100_000;

/**
 * A tenant's rules, all of them: at most 200, of 100,000 characters together, one per class and attribute. Attributes are the facts
 * of assets and CIs by name, and everything else of a CI as `<section>.<key>`. Faults are told with the place of the rule.
 */
export const RuleSet = z
  .array(ReconciliationRule)
  .max(mostRules)
  .superRefine((rules, context) => {
    const said = new Set<string>();
    for (const [at, rule] of rules.entries()) {
      const fault = faultOf(rule);
      const name = `${rule.class} ${rule.attribute}`;
      if (fault !== undefined) context.addIssue({ code: 'custom', path: [at, 'attribute'], message: fault });
      if (said.has(name)) context.addIssue({ code: 'custom', path: [at], message: `A second rule for ${name}.` });
      said.add(name);
    }
    if (JSON.stringify(rules).length > mostCharacters) {
      context.addIssue({ code: 'custom', path: [], message: 'The rules are longer than 100,000 characters.' });
    }
  });
export type RuleSet = z.output<typeof RuleSet>;

const faultOf = ({ class: ruleClass, attribute }: ReconciliationRule): string | undefined => {
  if (attribute === anyAttribute) return undefined;
  if (ruleClass !== 'asset') return faultOfCiAttribute(attribute);
  if (!Object.hasOwn(AssetFacts.shape, attribute)) return `Assets have no ${attribute}.`;
  return indexedAssetFacts.has(attribute)
    ? `Assets are listed by ${attribute}; the lists would not follow, so its rule is the default one.`
    : undefined;
};

const faultOfCiAttribute = (attribute: string): string | undefined => {
  if (Object.hasOwn(CiFacts.shape, attribute)) return undefined;
  if (!/^[A-Za-z@][\w-]*\.\S/.test(attribute)) return 'Neither a fact of a CI, nor `<section>.<key>`, nor `*`.';
  const at = attribute.indexOf('.');
  const [section, key] = [attribute.slice(0, at), attribute.slice(at + 1)];
  return (thingSections as readonly string[]).includes(section) && Object.hasOwn(CiFacts.shape, key)
    ? `It is shown as ${key}: name that.`
    : undefined;
};
