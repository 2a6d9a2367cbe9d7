import { isObject } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';

export type Json = Record<string, unknown>;

const kinds = ['ComputerSystem', 'Chassis', 'EthernetInterface', 'Manager', 'Memory', 'Drive', 'Processor'] as const;
export type ResourceKind = (typeof kinds)[number];

/** A resource of a service: `id` is its path, in lower case and without a slash at the end. */
export type Resource = { kind: ResourceKind; id: string; body: Json };

const deepest = 16;
const most = 20_000;

/** Resources that tell no type are known by where they lie. */
const paths: readonly (readonly [RegExp, ResourceKind])[] = [
  [/\/systems\/[^/]+$/, 'ComputerSystem'],
  [/\/chassis\/[^/]+$/, 'Chassis'],
  [/\/managers\/[^/]+$/, 'Manager'],
  [/\/ethernetinterfaces\/[^/]+$/, 'EthernetInterface'],
  [/\/memory\/[^/]+$/, 'Memory'],
  [/\/drives\/[^/]+$/, 'Drive'],
  [/\/processors\/[^/]+$/, 'Processor'],
];

/** A path as it is compared. iLO 4 has its own under `/rest/v1`. */
export const resourceId = (path: string): string =>
  path
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/^\/rest\/v1/, '/redfish/v1');

const ownPath = (body: Json): string | undefined =>
  textAt({ path: body['@odata.id'] }, 'path') ?? textAt(body, 'links.self.href');

const kindOf = (body: Json, id: string): ResourceKind | undefined => {
  const type = body['@odata.type'] ?? body.Type;
  const [, told] = /^#?(\w+)\./.exec(typeof type === 'string' ? type : '') ?? [];
  if (told !== undefined) return kinds.find((kind) => kind === told);
  const isLink = Object.keys(body).length < 3;
  return isLink ? undefined : paths.find(([path]) => path.test(id))?.[1];
};

/**
 * The resources in a piece of JSON: it may be one, an expanded collection, a map by path, or the answer of a tool around any of these.
 * Links to others (`{"@odata.id": ...}` alone) are none.
 */
export const resourcesIn = (value: unknown, path = '', depth = 0, found: Resource[] = []): Resource[] => {
  if (depth > deepest || found.length >= most) return found;
  if (Array.isArray(value)) for (const one of value) resourcesIn(one, '', depth + 1, found);
  if (!isObject(value)) return found;
  const id = resourceId(ownPath(value) ?? path);
  const kind = kindOf(value, id);
  if (kind !== undefined) found.push({ kind, id, body: value });
  for (const [key, one] of Object.entries(value)) {
    if (typeof one === 'object' && key !== 'Oem') resourcesIn(one, key.startsWith('/') ? key : '', depth + 1, found);
  }
  return found;
};

/** The paths that a list of links names, wherever it stands. */
export const linksAt = (body: Json, name: string): string[] =>
  [body.Links, body.links].flatMap((links) => {
    const value = isObject(links) ? links[name] : undefined;
    return (Array.isArray(value) ? value : [value]).filter(isObject).flatMap((link) => {
      const href = link['@odata.id'] ?? link.href;
      return typeof href === 'string' ? [resourceId(href)] : [];
    });
  });
