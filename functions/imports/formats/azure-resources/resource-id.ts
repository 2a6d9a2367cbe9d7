import { fitKey, longestId, longestKey } from '../cloud/fit-key.ts';

const arm = /^\/subscriptions\/[\w-]+(?:\/|$)|^\/providers\/microsoft\./;

/** A resource id of Azure in the form that is compared: ids differ in letter case between services, and a slash may end them. */
export const resourceIdOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const id = value
    .trim()
    .toLowerCase()
    .replaceAll(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  return arm.test(id) && !/\s{2}|[\p{Cc}"<>]/u.test(id) ? id : undefined;
};

/** The one notation of cloud ids of Azure: `azure:/subscriptions/...` in lower case. */
export const azureCloudId = (resourceId: string): string => fitKey(`azure:${resourceId}`, longestId);

/** How the format names a resource towards its source. */
export const azureKey = (resourceId: string): string => fitKey(resourceId, longestKey);

/** What an id says: type (`microsoft.compute/virtualmachines`), name, subscription, resource group. */
export const partsOf = (resourceId: string) => {
  const [, provider = ''] = /^.*\/providers\/(.+)$/.exec(resourceId) ?? [];
  const [namespace = '', ...rest] = provider.split('/');
  const kinds = rest.filter((_part, index) => index % 2 === 0);
  const container = /\/resourcegroups\/[^/]+$/.test(resourceId)
    ? 'microsoft.resources/subscriptions/resourcegroups'
    : 'microsoft.resources/subscriptions';
  return {
    type: namespace === '' ? container : [namespace, ...kinds].join('/'),
    name: resourceId.split('/').at(-1) ?? resourceId,
    subscription: /^\/subscriptions\/([^/]+)/.exec(resourceId)?.[1],
    resourceGroup: /\/resourcegroups\/([^/]+)/.exec(resourceId)?.[1],
  };
};

/** Types whose parts are resources of their own in every listing. */
const ownParts = /\/virtualmachinescalesets\/[^/]+\/virtualmachines\/[^/]+|\/servers\/[^/]+\/databases\/[^/]+/;

/**
 * The resource that an id belongs to: a subnet or an address pool is a part of its network or load balancer, which are what
 * listings name.
 */
export const ownerOf = (resourceId: string): string => {
  const own = ownParts.exec(resourceId);
  if (own !== null) return resourceId.slice(0, own.index + own[0].length);
  return /^(.*?\/providers\/[^/]+\/[^/]+\/[^/]+)/.exec(resourceId)?.[1] ?? resourceId;
};
