import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';

const machines = /^compute\.googleapis\.com\/Instance$/;
const databases =
  /^(?:(?:sqladmin|cloudsql|spanner|redis|memcache|alloydb|firestore)\.googleapis\.com\/|bigtable(?:admin)?\.googleapis\.com\/(?:Instance|Cluster|Table)$)/;
const networks =
  /^compute\.googleapis\.com\/(?:Network|Subnetwork|Firewall|FirewallPolicy|Route|Router|VpnGateway|TargetVpnGateway|ExternalVpnGateway|VpnTunnel|Interconnect|InterconnectAttachment)$/;
const workloads = /(?:^|\.)k8s\.io\/(?:Deployment|StatefulSet|DaemonSet|CronJob|Job)$/;
const shortLived = /k8s\.io\/(?:Pod|ReplicaSet|ControllerRevision|Event|Endpoints|EndpointSlice|Lease)$/;
const secrets = /k8s\.io\/(?:Secret|ConfigMap)$/;

/** Whether the asset becomes a CI. Pods and replica sets come and go with their controller; secrets are nobody's business. */
export const isKept = (type: string): boolean => !shortLived.test(type) && !secrets.test(type);

/** Class and nature by type; nothing of GCP is an asset that an organisation owns. */
export const classifyGcp = (
  type: string,
): Pick<DiscoveryRecord, 'nature'> & Required<Pick<DiscoveryRecord, 'ciClass'>> => {
  if (machines.test(type) || type === 'k8s.io/Node') return { ciClass: 'virtual-machine', nature: 'virtual' };
  if (databases.test(type)) return { ciClass: 'database', nature: 'logical' };
  if (workloads.test(type)) return { ciClass: 'container-workload', nature: 'logical' };
  return { ciClass: networks.test(type) ? 'network' : 'cloud-resource', nature: 'logical' };
};
