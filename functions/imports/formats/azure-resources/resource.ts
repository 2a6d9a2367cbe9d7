import * as z from 'zod';
import { lowerKeys } from '../aws/lower-keys.ts';
import { isObject, text } from '../glpi-json/values.ts';
import { partsOf, resourceIdOf } from './resource-id.ts';

type Json = Record<string, unknown>;

/** A resource, read from any of its dialects. `id` in lower case; `type` in lower case, as Resource Graph writes it. */
export type AzureResource = {
  id: string;
  type: string;
  name: string;
  location: string | undefined;
  kind: string | undefined;
  sku: Json | undefined;
  zones: unknown;
  managedBy: unknown;
  tags: unknown;
  /** What describes the resource: `properties`, or the resource itself as the CLI flattens it. Absent when only its id is told. */
  properties: Json | undefined;
};

const Written = z.object({
  id: text,
  resourceId: text,
  kind: text,
  location: text,
  name: text,
  resourceType: text,
  type: text,
});

/** Keys that a bare listing has; a flattened resource has others. */
const listed = new Set(
  'apiVersion changedTime createdTime etag extendedLocation id identity kind location managedBy name plan properties provisioningState resourceGroup resourceGroupName resourceId resourceName resourceType sku subscriptionId systemData tags tenantId type zones'.split(
    ' ',
  ),
);

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** Reads a resource; undefined when no id names it. PowerShell begins every key with a capital; exports to CSV and back leave objects as JSON in strings. */
export const readResource = (written: Json): AzureResource | undefined => {
  const raw = Object.keys(written).some((key) => /^[A-Z]/.test(key)) ? (lowerKeys(written) as Json) : written;
  const read = Written.parse(raw);
  const id = resourceIdOf(read.id) ?? resourceIdOf(read.resourceId);
  if (id === undefined) return undefined;
  const properties = parsed(raw.properties);
  const flattened = Object.keys(raw).some((key) => !listed.has(key) && raw[key] !== null);
  const sku = parsed(raw.sku);
  return {
    id,
    // Kinds of resource within a group may be told beside the id, never against it.
    type: partsOf(id).type,
    name: read.name?.split('/').at(-1) ?? partsOf(id).name,
    location: read.location?.toLowerCase().replaceAll(' ', ''),
    kind: read.kind,
    sku: isObject(sku) ? sku : undefined,
    zones: raw.zones,
    managedBy: raw.managedBy,
    // Names of tags are the organisation's, so their letters stay as they are.
    tags: parsed(written.tags ?? written.Tags),
    properties: isObject(properties) ? properties : flattened ? raw : undefined,
  };
};
