import * as z from 'zod';
import type { Facets } from '../reconcile/facet.ts';
import { optionalText, text } from '../shared/scalars.ts';
import { type Disagreement, declares, isDiscovered, type Said, saidOf } from './said.ts';

/**
 * Where both sides can be expected to name the same things: one kind of resource of one account in one region. `declared`, `discovered`:
 * that side has named something of it. `below`: the classes of what was first named of it. `sweep`: CIs that were there before both had are being looked at, after this place.
 */
export const DriftScope = z.strictObject({
  scope: text,
  below: text,
  declared: z.boolean(),
  discovered: z.boolean(),
  sweep: z.strictObject({ after: optionalText }).optional(),
});
export type DriftScope = z.infer<typeof DriftScope>;

/** `arn:aws:ec2:eu-north-1:111122223333:instance/i-1` is of `ec2:eu-north-1:111122223333:instance`; without an account it is of none. */
const arnParts = /^arn:[^:]+:([^:]+):([^:]*):(\d{12}):([A-Za-z-]+)[/:]/;
/** `/subscriptions/<id>/resourceGroups/<group>/providers/<namespace>/<type>/<name>` is of subscription and type. */
const azureParts = /^\/subscriptions\/([^/]+)\/resourcegroups\/[^/]+\/providers\/([^/]+\/[^/]+)\/[^/]+$/i;

const scopeOfId = (id: unknown): string | undefined => {
  const arn = arnParts.exec(String(id));
  if (arn !== null) return arn.slice(1).join(':').toLowerCase();
  const azure = azureParts.exec(String(id));
  return azure === null ? undefined : `azure:${azure[1]}:${azure[2]}`.toLowerCase();
};

const declaredIds = ['declared.arn', 'declared.id'];
const discoveredIds = ['cloud.arn', 'cloud.resourceId'];

/** The scope that a CI belongs to, and which sides name it there. */
export const scopeOf = (facets: Facets): Pick<DriftScope, 'scope' | 'declared' | 'discovered'> | undefined => {
  const find = (half: 'book' | 'discovery', names: readonly string[]) =>
    names.map((name) => scopeOfId(saidOf(facets, half, [name])?.value)).find((one) => one !== undefined);
  const [declared, discovered] = [find('book', declaredIds), find('discovery', discoveredIds)];
  const scope = discovered ?? declared;
  return scope === undefined ? undefined : { scope, declared: declared === scope, discovered: discovered === scope };
};

/** A thing that one side alone names, in a scope of which both speak. */
export const presenceOf = (facets: Facets): Disagreement | undefined => {
  const [isDeclared, isFound] = [declares(facets), isDiscovered(facets)];
  if (isDeclared === isFound) return undefined;
  const [half, names] = isDeclared
    ? (['book', ['declared.address', ...declaredIds]] as const)
    : (['discovery', discoveredIds] as const);
  const said = saidOf(facets, half, names);
  if (said === undefined) return undefined;
  return isDeclared
    ? { kind: 'presence', subject: 'notDiscovered', declared: plain(said) }
    : { kind: 'presence', subject: 'notDeclared', discovered: plain(said) };
};

const plain = ({ value, source, at }: Said): Said => ({ ...(value === undefined ? {} : { value }), source, at });

/** The scope after one more CI of it: both sides known for the first time start a sweep. Undefined when that is no news. */
export const nextScope = (
  known: DriftScope | undefined,
  { scope, declared, discovered }: Pick<DriftScope, 'scope' | 'declared' | 'discovered'>,
  below: string,
): DriftScope | undefined => {
  const next = {
    scope,
    below: known?.below ?? below,
    declared: declared || known?.declared === true,
    discovered: discovered || known?.discovered === true,
  };
  if (known !== undefined && next.declared === known.declared && next.discovered === known.discovered) return undefined;
  return isShared(next) ? { ...next, sweep: {} } : next;
};

/** Do both sides speak of it? */
export const isShared = ({ declared, discovered }: Pick<DriftScope, 'declared' | 'discovered'>): boolean =>
  declared && discovered;
