import { fullNameOf } from '../gcp-assets/names.ts';
import type { StateInstance } from './instance.ts';

/** The service in full resource names, by the beginning of the resource type; the longest that fits is right. */
const services: readonly (readonly [string, string])[] = [
  ['google_artifact_registry_', 'artifactregistry'],
  ['google_bigquery_', 'bigquery'],
  ['google_bigtable_', 'bigtable'],
  ['google_cloud_run_', 'run'],
  ['google_cloudfunctions_', 'cloudfunctions'],
  ['google_cloudfunctions2_', 'cloudfunctions'],
  ['google_compute_', 'compute'],
  ['google_container_', 'container'],
  ['google_dataproc_', 'dataproc'],
  ['google_filestore_', 'file'],
  ['google_kms_', 'cloudkms'],
  ['google_pubsub_', 'pubsub'],
  ['google_redis_', 'redis'],
  ['google_secret_manager_', 'secretmanager'],
  ['google_spanner_', 'spanner'],
];

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Grants have the id of what they grant on, followed by role and member. */
const grants = /_iam_(?:member|binding|policy|audit_config)$/;

/** The full resource name of a resource of Google, as Cloud Asset Inventory writes it; undefined when the state does not tell it. */
export const googleNameOf = ({ attributes, type }: StateInstance): string | undefined => {
  const { id, name, number, project, self_link: link, unique_id: uniqueId } = attributes;
  if (grants.test(type)) return undefined;
  const owner = textOf(project);
  if (type === 'google_storage_bucket') return fullNameOf(`//storage.googleapis.com/${textOf(name) ?? '?'}`);
  if (type === 'google_project') {
    return /^\d+$/.test(String(number))
      ? fullNameOf(`//cloudresourcemanager.googleapis.com/projects/${String(number)}`)
      : undefined;
  }
  if (type === 'google_service_account') {
    return owner && textOf(uniqueId)
      ? fullNameOf(`//iam.googleapis.com/projects/${owner}/serviceAccounts/${String(uniqueId)}`)
      : undefined;
  }
  if (type === 'google_sql_database_instance') {
    return owner && textOf(name)
      ? fullNameOf(`//cloudsql.googleapis.com/projects/${owner}/instances/${String(name)}`)
      : undefined;
  }
  const service = services.find(([beginning]) => type.startsWith(beginning))?.[1];
  if (service === undefined) return undefined;
  const host = `${service}.googleapis.com`;
  const named = [fullNameOf(link), fullNameOf(id, host)].find((one) => one?.startsWith(`//${host}/`));
  return named;
};
