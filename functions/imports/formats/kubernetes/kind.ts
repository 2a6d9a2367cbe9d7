import { isObject } from '../glpi-json/values.ts';

type Json = Record<string, unknown>;

/** The API groups whose kinds are meant: a `Service` of Knative is no Service. */
const groups =
  /^(?:v\d|(?:apps|batch|extensions|networking\.k8s\.io|apps\.openshift\.io|argoproj\.io|storage\.k8s\.io)\/v\d)/;

/** Plurals in the self link of an object, which older dumps carry. */
const plurals: Readonly<Record<string, string>> = {
  cronjobs: 'CronJob',
  daemonsets: 'DaemonSet',
  deployments: 'Deployment',
  ingresses: 'Ingress',
  jobs: 'Job',
  namespaces: 'Namespace',
  nodes: 'Node',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  persistentvolumes: 'PersistentVolume',
  pods: 'Pod',
  replicasets: 'ReplicaSet',
  services: 'Service',
  statefulsets: 'StatefulSet',
};

const fromLink = (link: unknown): string | undefined => {
  const [, plural = ''] = /\/([a-z]+)\/[^/]+$/.exec(typeof link === 'string' ? link : '') ?? [];
  return Object.hasOwn(plurals, plural) ? plurals[plural] : undefined;
};

/** What only objects of a kind have, in an order in which the first that fits is right. */
const marks: readonly [string, (spec: Json, status: Json) => boolean][] = [
  ['Node', (_spec, status) => isObject(status.nodeInfo)],
  ['Pod', (spec) => Array.isArray(spec.containers)],
  ['CronJob', (spec) => isObject(spec.jobTemplate)],
  ['StatefulSet', (spec) => isObject(spec.template) && ('serviceName' in spec || 'volumeClaimTemplates' in spec)],
  ['Deployment', (spec) => isObject(spec.template) && 'strategy' in spec],
  ['DaemonSet', (spec) => isObject(spec.template) && 'updateStrategy' in spec],
  ['Job', (spec) => isObject(spec.template) && ('backoffLimit' in spec || 'completions' in spec)],
  ['ReplicaSet', (spec) => isObject(spec.template) && 'selector' in spec],
  ['PersistentVolumeClaim', (spec) => Array.isArray(spec.accessModes) && isObject(spec.resources)],
  ['PersistentVolume', (spec) => Array.isArray(spec.accessModes) && isObject(spec.capacity)],
  ['Service', (spec) => 'clusterIP' in spec || 'externalName' in spec || 'sessionAffinity' in spec],
  ['Ingress', (spec) => Array.isArray(spec.rules) || 'ingressClassName' in spec || 'defaultBackend' in spec],
  ['Namespace', (spec) => Array.isArray(spec.finalizers)],
];

/**
 * The kind of an object. Lists of one kind leave it out of their entries and may name it behind them, so it is told by the self link
 * or by what only one kind has. Undefined when nothing tells it; kinds of other API groups get the group before their name.
 */
export const kindOf = ({ apiVersion, kind, metadata, spec, status }: Json): string | undefined => {
  if (typeof kind === 'string' && kind !== '') {
    const known = typeof apiVersion !== 'string' || groups.test(apiVersion);
    return known ? kind : `${String(apiVersion).split('/')[0]}/${kind}`;
  }
  const [own, told] = [isObject(spec) ? spec : {}, isObject(status) ? status : {}];
  const link = isObject(metadata) ? fromLink(metadata.selfLink) : undefined;
  return link ?? marks.find(([, fits]) => fits(own, told))?.[0];
};

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'DeploymentConfig', 'Rollout']);
const resources = new Set(['Service', 'Ingress', 'PersistentVolumeClaim', 'PersistentVolume', 'Namespace']);

/** Controllers of long life. A job of a cron job is none: it comes and goes with its schedule. */
export const isWorkload = (kind: string): boolean => workloads.has(kind);

/** What becomes a cloud resource. */
export const isResource = (kind: string): boolean => resources.has(kind);
