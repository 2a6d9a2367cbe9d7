import { azureCloudId, resourceIdOf } from '../azure-resources/resource-id.ts';
import { gcpCloudId } from '../gcp-assets/names.ts';

/** Providers whose nodes are containers on a developer's machine, and those whose nodes are hardware. */
const containers = new Set(['kind', 'k3d']);
const hardware = new Set([
  'baremetalhost',
  'eks-hybrid',
  'metal3',
  'equinixmetal',
  'packet',
  'k3s',
  'rke2',
  'minikube',
  'tinkerbell',
]);

export type Provider = { cloudId?: string; nature: 'virtual' | 'unknown'; container?: true };

/**
 * What a node's provider id (`aws:///eu-north-1a/i-0123`, `gce://project/zone/name`, `azure:///subscriptions/...`) says: the cloud id of
 * its machine in the notation of the format that lists it, and whether it is virtual. Undefined when there is none.
 */
export const readProviderId = (text: unknown): Provider | undefined => {
  const [, provider = '', rest = ''] = /^([\w-]+):\/\/(.+)$/.exec(typeof text === 'string' ? text.trim() : '') ?? [];
  const name = provider.toLowerCase();
  if (name === '')
    return typeof text === 'string' && /^ocid1\.instance\./.test(text) ? virtual(`oci:${text}`) : undefined;
  if (containers.has(name)) return { nature: 'virtual', container: true };
  if (hardware.has(name)) return { nature: 'unknown' };
  const last = rest.split('/').at(-1) ?? '';
  if (name === 'aws')
    return /^m?i-[\da-z-]+$/i.test(last) ? virtual(`aws:${last.toLowerCase()}`) : { nature: 'virtual' };
  if (name === 'gce') return ofGoogle(rest);
  if (name === 'azure') {
    const id = resourceIdOf(rest.startsWith('/') ? rest : `/${rest}`);
    return id === undefined ? { nature: 'virtual' } : virtual(azureCloudId(id));
  }
  return last === '' ? { nature: 'virtual' } : virtual(`${name}:${last.toLowerCase()}`.slice(0, 300));
};

const virtual = (cloudId: string): Provider => ({ cloudId, nature: 'virtual' });

const ofGoogle = (rest: string): Provider => {
  const [project, zone, name] = rest.split('/');
  return project && zone && name
    ? virtual(gcpCloudId(`//compute.googleapis.com/projects/${project}/zones/${zone}/instances/${name}`))
    : { nature: 'virtual' };
};
