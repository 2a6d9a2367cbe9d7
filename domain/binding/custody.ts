import type { Asset } from '../asset/asset.ts';
import { type AssetFacts, assetValues } from '../asset/asset-view.ts';
import type { FacetValue } from '../reconcile/facet.ts';
import { manualSource, manualValues, setManually, type Writing } from '../reconcile/manual.ts';
import { sameContent } from '../shared/canonical.ts';

type Pair = { outgoing: Asset; incoming: Asset };
type Custody = 'holder' | 'holderEmail' | 'location' | 'costCentre';

const handed: readonly Custody[] = ['holder', 'holderEmail', 'location', 'costCentre'];
/** The outgoing asset keeps its cost centre: whose money it was does not change because it was carried away. */
const vacated: readonly Custody[] = ['holder', 'holderEmail', 'location'];

/**
 * Custody after a swap: who had the outgoing asset, where, and on whose account, as shown, is set by hand on the incoming one; the
 * outgoing one is with nobody and nowhere that is known. What is not known of the outgoing one is left as it is on the incoming.
 */
export const handOver = ({ outgoing, incoming }: Pair, writing: Writing): Pair => {
  const shown = assetValues(outgoing);
  const known = handed.filter((field) => isKnown(shown[field]));
  const given: Record<string, FacetValue | null> = Object.fromEntries(
    known.map((field) => [field, shown[field] as string]),
  );
  if (known.includes('holder') && !known.includes('holderEmail')) given.holderEmail = emptied(incoming, 'holderEmail');
  const left = vacated.filter((field) => known.includes(field)).map((field) => [field, emptied(outgoing, field)]);
  return {
    outgoing: withManual(outgoing, Object.fromEntries(left), writing),
    incoming: withManual(incoming, given, writing),
  };
};

/** Custody as it was before a swap; what a person has set since stands. */
export const takeBack = (now: Pair, before: Pair, writing: Writing): Pair => {
  const after = handOver(before, writing);
  const back = (present: Asset, was: Asset, became: Asset): Asset => {
    const [has, had, got] = [manualValues(present.facets), manualValues(was.facets), manualValues(became.facets)];
    const fields = handed.filter((field) => sameContent(has[field] ?? null, got[field] ?? null));
    return withManual(present, Object.fromEntries(fields.map((field) => [field, had[field] ?? null])), writing);
  };
  return {
    outgoing: back(now.outgoing, before.outgoing, after.outgoing),
    incoming: back(now.incoming, before.incoming, after.incoming),
  };
};

const isKnown = (value: AssetFacts[Custody]): boolean => value !== undefined && value !== '';

/** Nothing, set by hand: `null` gives the field back to sources that say nothing; where one still does, empty text stands over it. */
const emptied = ({ facets }: Asset, field: Custody): '' | null => {
  const { [manualSource]: _byHand, ...others } = facets;
  return isKnown(assetValues({ facets: others })[field]) ? '' : null;
};

const withManual = (asset: Asset, patch: Record<string, FacetValue | null>, writing: Writing): Asset => ({
  ...asset,
  facets: setManually(asset.facets, patch, writing),
});
