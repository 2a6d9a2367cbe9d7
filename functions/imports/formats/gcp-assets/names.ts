import { fitKey, longestId, longestKey } from '../cloud/fit-key.ts';

const link =
  /^https?:\/\/(?:www\.googleapis\.com\/([a-z]+)|([a-z]+)\.googleapis\.com(?:\/[a-z]+)?)\/(?:alpha|beta|v\d\w*)\//;

/**
 * The full resource name (`//compute.googleapis.com/projects/p/zones/z/instances/i`) of a name, a link to the API or a path
 * (`projects/p/...`, of `service`). Clusters have two spellings, by zone and by location: here it is the location.
 * Undefined when the text is none of these.
 */
export const fullNameOf = (text: unknown, service?: string): string | undefined => {
  if (typeof text !== 'string') return undefined;
  const name = text
    .trim()
    .replace(link, (_all, old: string | undefined, now: string | undefined) => `//${old ?? now}.googleapis.com/`);
  if (/^\/\/container\.googleapis\.com\//.test(name)) {
    return name
      .replace(/\.com\/v\d\w*\//, '.com/')
      .replace(/^(\/\/[^/]+\/projects\/[^/]+)\/(?:zones|regions)\//, '$1/locations/');
  }
  if (/^\/\/[\w.-]+\/\S/.test(name)) return name;
  return service !== undefined && /^projects\/[^/]+\//.test(name) ? fullNameOf(`//${service}/${name}`) : undefined;
};

/** The one notation of cloud ids of GCP: `gcp://compute.googleapis.com/projects/p/zones/z/instances/i`, in lower case. */
export const gcpCloudId = (fullName: string): string => fitKey(`gcp:${fullName}`.toLowerCase(), longestId);

/** How the format names a resource towards its source. */
export const gcpKey = (fullName: string): string => fitKey(fullName, longestKey);

/** The part behind a collection of the name: `partOf(name, 'zones')` is `us-central1-a`. */
export const partOf = (fullName: string, collection: string): string | undefined =>
  new RegExp(`/${collection}/([^/]+)`).exec(fullName)?.[1];

/** The last part of a name or link. */
export const lastPart = (text: unknown): string | undefined =>
  typeof text === 'string' ? text.split('/').at(-1) || undefined : undefined;
