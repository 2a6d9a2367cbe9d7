import type { CiClassName } from '../ci/ci-classes.ts';
import { type Layer, layerOf, layers } from './layer.ts';

/** A CI of a map: how far it is from the root, and what it is. */
export type MapCi = { ciId: string; depth: number; class: CiClassName };

/** `dependant` needs `carrier`. */
export type Need = { dependant: string; carrier: string };

/**
 * What is drawn as one: a CI, many CIs of one class beside a hub (`of`: the item that needs them), or whatever was left over of a layer.
 */
export type Item = {
  id: string;
  kind: 'ci' | 'summary' | 'rest';
  layer: Layer;
  cis: readonly MapCi[];
  of?: string;
};

/** An item with more neighbours of one class than this has them drawn as one; when too much would be drawn, ever fewer are let stand. */
const hubSizes = [12, 8, 5, 3, 2, 1];

/**
 * At most `most` items for a map of `cis` (the root first, then nearest first). What still does not fit when every hub is collapsed is put
 * together layer by layer, the furthest first. The same CIs and edges always make the same items.
 */
export const itemsFor = (cis: readonly MapCi[], needs: readonly Need[], most: number): Item[] => {
  let items: Item[] = [];
  for (const hubAbove of hubSizes) {
    items = collapse(cis, needs, hubAbove);
    if (items.length <= most) return items;
  }
  const kept = items.slice(0, Math.max(1, most - layers.length));
  const left = items.slice(kept.length);
  const rest = layers.flatMap((layer): Item[] => {
    const inLayer = left.filter((item) => item.layer === layer).flatMap((item) => item.cis);
    return inLayer.length === 0 ? [] : [{ id: `rest:${layer}`, kind: 'rest', layer, cis: inLayer }];
  });
  return [...kept, ...rest];
};

/** Level by level, so that what lies below a collapsed hub is drawn once for all its members. */
const collapse = (cis: readonly MapCi[], needs: readonly Need[], hubAbove: number): Item[] => {
  const byId = new Map(cis.map((ci) => [ci.ciId, ci]));
  const below = new Map<string, string[]>();
  for (const { dependant, carrier } of needs) {
    const same = below.get(dependant);
    if (same === undefined) below.set(dependant, [carrier]);
    else same.push(carrier);
  }
  const placed = new Set<string>();
  const items: Item[] = [];
  const add = (item: Item) => {
    for (const { ciId } of item.cis) placed.add(ciId);
    items.push(item);
  };
  for (const ci of cis) if (ci.depth === 0) add(alone(ci));
  for (const item of items) {
    for (const [ciClass, found] of childrenOf(item, below, byId)) {
      const fresh = found.filter(({ ciId }) => !placed.has(ciId));
      const [first] = fresh;
      if (found.length <= hubAbove || fresh.length < 2 || first === undefined) for (const ci of fresh) add(alone(ci));
      else add({ id: `${item.id}/${ciClass}`, kind: 'summary', layer: layerOf(ciClass), cis: fresh, of: item.id });
    }
  }
  for (const ci of cis) if (!placed.has(ci.ciId)) add(alone(ci));
  return items;
};

const alone = (ci: MapCi): Item => ({ id: ci.ciId, kind: 'ci', layer: layerOf(ci.class), cis: [ci] });

/** What the members of an item need that lies one step further down, by class. */
const childrenOf = ({ cis }: Item, below: ReadonlyMap<string, readonly string[]>, byId: ReadonlyMap<string, MapCi>) => {
  const children = new Map<CiClassName, Map<string, MapCi>>();
  for (const { ciId, depth } of cis) {
    for (const next of below.get(ciId) ?? []) {
      const ci = byId.get(next);
      if (ci === undefined || ci.depth !== depth + 1) continue;
      const same = children.get(ci.class) ?? new Map<string, MapCi>();
      children.set(ci.class, same.set(next, ci));
    }
  }
  return [...children].map(([ciClass, found]) => [ciClass, [...found.values()]] as const);
};
