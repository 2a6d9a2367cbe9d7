import * as z from 'zod';
import { momentOf } from '../aws/moment.ts';
import { isObject, objectsOf, text, texts } from '../glpi-json/values.ts';
import { fullNameOf } from './names.ts';

/** An asset, read from any of the shapes in which Google's tools write one. `data` is absent when only policies or names are told. */
export type Asset = {
  name: string;
  type: string;
  data: Record<string, unknown> | undefined;
  parent: string | undefined;
  location: string | undefined;
  labels: unknown;
  state: string | undefined;
  displayName: string | undefined;
  observedAt: string | undefined;
  deleted: boolean;
};

const Written = z.object({
  name: text,
  asset_type: text,
  assetType: text,
  ancestors: texts,
  displayName: text,
  location: text,
  parentFullResourceName: text,
  state: text,
});

/** Services that were called otherwise in the first exports: `google.cloud.sql.Instance`. */
const renamed: Readonly<Record<string, string>> = {
  'cloud.billing': 'cloudbilling',
  'cloud.kms': 'cloudkms',
  'cloud.resourcemanager': 'cloudresourcemanager',
  'cloud.sql': 'sqladmin',
};

/** The present name of an asset type: `google.compute.Instance` is `compute.googleapis.com/Instance`. */
export const assetTypeOf = (written: string): string => {
  const [, service, kind] = /^google\.([a-z.]+)\.([A-Z]\w*)$/.exec(written) ?? [];
  if (service === undefined || kind === undefined) return written;
  return `${renamed[service] ?? service.replace(/^cloud\./, '')}.googleapis.com/${kind}`;
};

/** Some exports (BigQuery's) write the resource as JSON in a string. */
const readData = (data: unknown): Record<string, unknown> | undefined => {
  if (isObject(data)) return data;
  if (typeof data !== 'string' || !/^\s*\{/.test(data)) return undefined;
  try {
    return readData(JSON.parse(data));
  } catch {
    return undefined;
  }
};

/** The nearest ancestor, for assets that name no parent. A project is its own first ancestor. */
const parentFrom = (ancestors: readonly string[], name: string): string | undefined =>
  ancestors.map((one) => `//cloudresourcemanager.googleapis.com/${one}`).find((one) => one !== name);

/** Reads an asset; undefined when nothing names it. `moment` is when the answer that carries it says it began to be so. */
const readNamed = (raw: Record<string, unknown>, moment?: unknown): Asset | undefined => {
  const written = Written.parse(raw);
  const type = written.asset_type ?? written.assetType;
  const name = fullNameOf(written.name, type === undefined ? undefined : assetTypeOf(type).split('/')[0]);
  if (type === undefined || name === undefined) return undefined;
  const [resource] = objectsOf(raw.resource);
  const data = readData(resource?.data);
  return {
    name,
    type: assetTypeOf(type),
    data,
    parent:
      fullNameOf(resource?.parent) ??
      fullNameOf(written.parentFullResourceName) ??
      parentFrom(written.ancestors ?? [], name),
    location: written.location ?? (typeof resource?.location === 'string' ? resource.location : undefined),
    labels: data?.labels ?? raw.labels,
    state: written.state,
    displayName: written.displayName,
    observedAt: momentOf(raw.update_time, raw.updateTime, moment),
    deleted: false,
  };
};

/** A resource as the Compute API writes it, told by `selfLink` and `kind` (`compute#instance`). */
const readComputed = (raw: Record<string, unknown>): Asset | undefined => {
  const name = fullNameOf(raw.selfLink);
  const kind = /^compute#(\w+)$/.exec(String(raw.kind))?.[1];
  if (name === undefined || kind === undefined) return undefined;
  const type = `compute.googleapis.com/${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
  const told = {
    location: undefined,
    parent: undefined,
    state: undefined,
    displayName: undefined,
    observedAt: undefined,
  };
  return { ...told, name, type, data: raw, labels: raw.labels, deleted: false };
};

/** Reads an asset, bare or in the window of a feed message or a history. Undefined when nothing names it. */
export const readAsset = (raw: Record<string, unknown>): Asset | undefined => {
  const inner = isObject(raw.asset) ? raw.asset : isObject(raw.priorAsset) ? raw.priorAsset : undefined;
  if (inner === undefined) return readNamed(raw) ?? readComputed(raw);
  const [window] = objectsOf(raw.window);
  const began = momentOf(window?.startTime, window?.start_time);
  const asset = readNamed(inner, began);
  const deleted = raw.deleted === true;
  // What is deleted may carry the moment of its last change.
  return asset === undefined
    ? undefined
    : { ...asset, deleted, observedAt: (deleted ? began : undefined) ?? asset.observedAt };
};
