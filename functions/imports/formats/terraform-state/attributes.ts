import { isObject, objectsOf } from '../glpi-json/values.ts';

type Json = Record<string, unknown>;

/** What is shown of any resource: facts that describe it and cannot be a secret. */
export const shown = [
  'account_kind',
  'account_replication_type',
  'account_tier',
  'ami',
  'arn',
  'availability_zone',
  'cidr_block',
  'cluster_identifier',
  'computer_name',
  'database_version',
  'engine',
  'engine_version',
  'id',
  'identifier',
  'image',
  'instance_class',
  'instance_type',
  'kind',
  'location',
  'machine_type',
  'name',
  'node_type',
  'os_type',
  'private_ip',
  'private_ip_address',
  'project',
  'region',
  'resource_group_name',
  'runtime',
  'self_link',
  'size',
  'sku',
  'sku_name',
  'storage_type',
  'subnet_id',
  'tier',
  'type',
  'version',
  'vm_size',
  'volume_type',
  'vpc_id',
  'zone',
] as const;

/** What only names the resource towards its provider. */
const naming = [
  'allocation_id',
  'alarm_name',
  'bucket',
  'cluster_resource_id',
  'dbi_resource_id',
  'droplet_id',
  'family',
  'function_name',
  'key_id',
  'number',
  'owner_id',
  'policy_id',
  'project_id',
  'resource_id',
  'spot_instance_id',
  'unique_id',
  'url',
  'uuid',
  'virtual_machine_id',
  'zone_id',
];
const wanted = new Set<string>([...shown, ...naming]);

/** Tags as a map; version 3 writes them flat (`tags.Name`). */
const tagsIn = (attributes: Json): unknown => {
  for (const key of ['tags', 'tags_all', 'labels', 'effective_labels']) {
    if (isObject(attributes[key]) && Object.keys(attributes[key]).length > 0) return attributes[key];
    const flat = Object.entries(attributes).filter(([name]) => name.startsWith(`${key}.`) && !/[%#]$/.test(name));
    if (flat.length > 0) return Object.fromEntries(flat.map(([name, value]) => [name.slice(key.length + 1), value]));
  }
  return undefined;
};

/** The uid and name of an object of Kubernetes. */
const metadataIn = (attributes: Json): Json => {
  const [metadata] = objectsOf(attributes.metadata);
  return {
    k8s_uid: metadata?.uid ?? attributes['metadata.0.uid'],
    k8s_name: metadata?.name ?? attributes['metadata.0.name'],
  };
};

/** Names of attributes that the state itself calls sensitive: a list of paths (version 4), or an object of truths (`show -json`). */
const sensitiveIn = (told: unknown): Set<string> => {
  if (isObject(told)) return new Set(Object.keys(told).filter((name) => told[name] === true));
  const paths = Array.isArray(told) ? told : [];
  return new Set(
    paths.flatMap((path) => {
      const [first] = objectsOf(path);
      return typeof path === 'string' ? [path] : typeof first?.value === 'string' ? [first.value] : [];
    }),
  );
};

/** Keys and passwords have ids that are half of a credential. */
const credential = /access_key|api_key|password|token|service_account_key|private_key/;

/** The attributes that may be kept of a resource. Whatever is not named above is never looked at. */
export const keptAttributes = (type: string, attributes: unknown, sensitive: unknown): Json => {
  const from = isObject(attributes) ? attributes : {};
  const hidden = sensitiveIn(sensitive);
  const names = Object.keys(from).filter((name) => wanted.has(name) && !hidden.has(name));
  const isCredential = credential.test(type);
  return {
    ...Object.fromEntries(names.filter((name) => !isCredential || name !== 'id').map((name) => [name, from[name]])),
    ...(hidden.has('tags') || hidden.has('labels') ? {} : { tags: tagsIn(from) }),
    ...(type.startsWith('kubernetes_') ? metadataIn(from) : {}),
  };
};
