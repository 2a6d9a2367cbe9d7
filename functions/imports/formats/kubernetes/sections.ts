import { smallFacts, smallText, textList } from '../cloud/small-facts.ts';
import { facts } from '../glpi-json/facts.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import type { KubeObject } from './object.ts';

type Json = Record<string, unknown>;

const inside = (value: unknown, ...keys: string[]): Json =>
  keys.reduce<Json>((found, key) => (isObject(found[key]) ? found[key] : {}), isObject(value) ? value : {});

/** The pod template of a controller; a cron job has it inside its job. */
export const templateOf = ({ spec }: KubeObject): Json => {
  const direct = inside(spec, 'template');
  return Object.keys(direct).length > 0 ? direct : inside(spec, 'jobTemplate', 'spec', 'template');
};

/** Names of the claims that the pods of a controller mount. */
export const claimsOf = (object: KubeObject): string[] =>
  objectsOf(inside(templateOf(object), 'spec').volumes).flatMap(
    (volume) => smallText(inside(volume, 'persistentVolumeClaim').claimName) ?? [],
  );

/**
 * Section `workload`: what runs. Of containers only the images are read: commands, arguments, environment and mounted secrets may hold
 * passwords. What the cluster counts by itself (ready, available, updated replicas) changes without anybody changing anything.
 */
export const workloadFacts = (object: KubeObject) => {
  const { kind, namespace, spec } = object;
  const pod = inside(templateOf(object), 'spec');
  const containers = [...objectsOf(pod.initContainers), ...objectsOf(pod.containers)];
  return facts({
    kind,
    namespace,
    ...smallFacts(spec, ['replicas', 'schedule', 'suspend', 'serviceName', 'parallelism', 'completions']),
    strategy: smallText(inside(spec, 'strategy').type) ?? smallText(inside(spec, 'updateStrategy').type),
    images: textList(containers.map(({ image }) => image)),
    serviceAccount: smallText(pod.serviceAccountName),
  });
};

const portOf = ({ port, protocol }: Json): string | undefined =>
  typeof port === 'number' ? `${port}/${String(protocol ?? 'TCP').toLowerCase()}` : undefined;

/** Section `resource`: what is shown of services, ingresses, volumes and namespaces. */
export const resourceFacts = ({ kind, namespace, spec }: KubeObject) => {
  const hosts = objectsOf(spec.rules).map(({ host }) => host);
  const storage =
    smallText(inside(spec, 'resources', 'requests').storage) ?? smallText(inside(spec, 'capacity').storage);
  return facts({
    kind,
    namespace,
    ...smallFacts(spec, [
      'clusterIP',
      'externalName',
      'ingressClassName',
      'loadBalancerClass',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'type',
      'volumeMode',
      'volumeName',
    ]),
    ports: kind === 'Service' ? textList(objectsOf(spec.ports).map(portOf)) : undefined,
    hosts: textList(hosts),
    storage,
    driver: smallText(inside(spec, 'csi').driver),
    volume: smallText(inside(spec, 'csi').volumeHandle),
  });
};

/** The names of the services that an ingress sends to, in the spelling of any API version. */
export const backendsOf = ({ spec }: KubeObject): string[] => {
  const paths = objectsOf(spec.rules).flatMap((rule) => objectsOf(inside(rule, 'http').paths));
  const backends = [...paths.map(({ backend }) => backend), spec.defaultBackend, spec.backend];
  return backends.flatMap((one) => smallText(inside(one, 'service').name) ?? smallText(inside(one).serviceName) ?? []);
};
