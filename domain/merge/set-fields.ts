import type { Asset } from '../asset/asset.ts';
import { AssetFacts } from '../asset/asset-view.ts';
import type { Ci } from '../ci/ci.ts';
import { CiFacts } from '../ci/ci-view.ts';
import { setManually, type Writing } from '../reconcile/manual.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import type { NewMerge } from './merge.ts';
import type { Merged } from './merge-things.ts';

const keyed: readonly string[] = ['serial', 'assetTag'];

/** What a merge leaves behind, with the fields that a person sets in the same act. Throws for a field that the thing does not have. */
export const setFields = (merged: Merged, { survivor, fields }: NewMerge, writing: Writing): Merged => {
  if (fields === undefined) return merged;
  const isCi = 'ciId' in survivor;
  refuse(Object.entries(fields).flatMap(([name, value]) => refusalOf(name, value, isCi)));
  const set = <T extends Ci | Asset>(thing: T): T => ({ ...thing, facets: setManually(thing.facets, fields, writing) });
  return isCi
    ? { ...merged, cis: merged.cis.map((ci) => (ci.ciId === survivor.ciId ? set(ci) : ci)) }
    : { ...merged, assets: merged.assets.map((asset) => (asset.assetId === survivor.assetId ? set(asset) : asset)) };
};

const refusalOf = (name: string, value: unknown, isCi: boolean): Refusal[] => {
  const shape = isCi ? CiFacts.shape : AssetFacts.shape;
  const say = (detail: string, fix?: string): Refusal[] => [
    { code: 'unprocessable', pointer: `#/body/fields/${name}`, detail, ...(fix === undefined ? {} : { fix }) },
  ];
  if (keyed.includes(name)) return say('It names the asset.', 'Merge first, then PATCH it.');
  const field = Object.hasOwn(shape, name) ? shape[name as keyof typeof shape] : undefined;
  if (field === undefined) return say(`It is none of ${Object.keys(shape).join(', ')}.`);
  return value === null || field.safeParse(value).success ? [] : say('It is not a value of that field.');
};
