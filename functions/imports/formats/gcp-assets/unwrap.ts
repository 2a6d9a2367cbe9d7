import { isObject } from '../glpi-json/values.ts';

const deepest = 6;
/** What wraps assets: recorded answers, aggregated lists (by zone), answers of lists and searches. */
const wrappers = [
  'body',
  'data',
  'items',
  'assets',
  'results',
  'instances',
  'disks',
  'networks',
  'subnetworks',
] as const;

const isAsset = (value: Record<string, unknown>): boolean =>
  isObject(value.asset) ||
  isObject(value.priorAsset) ||
  'asset_type' in value ||
  'assetType' in value ||
  (typeof value.selfLink === 'string' && /^compute#\w+$/.test(String(value.kind)) && !/List$/.test(String(value.kind)));

/** The assets inside whatever carried them; empty when there is none. */
export const unwrapAssets = (value: unknown, depth = 0): Record<string, unknown>[] => {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => unwrapAssets(one, depth + 1));
  if (!isObject(value)) return [];
  if (isAsset(value)) return [value];
  const { items } = value;
  const aggregated = isObject(items) ? Object.values(items).flatMap((one) => unwrapAssets(one, depth + 1)) : [];
  return [...aggregated, ...wrappers.flatMap((key) => unwrapAssets(value[key], depth + 1))];
};
