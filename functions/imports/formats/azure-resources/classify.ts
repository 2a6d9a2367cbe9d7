import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';

const machines =
  /^microsoft\.(?:compute|classiccompute|connectedvmwarevsphere|scvmm|azurestackhci)\/(?:virtualmachinescalesets\/)?virtualmachines$/;
const databases =
  /^microsoft\.(?:sql|dbformysql|dbforpostgresql|dbformariadb|documentdb|cache|kusto|synapse)\/(?:\w*servers|managedinstances|databaseaccounts|mongoclusters|servergroupsv2|redis|redisenterprise|clusters|workspaces)(?:\/(?:databases|sqlpools))?$/;
const networks =
  /^microsoft\.network\/(?:virtualnetworks(?:\/subnets)?|networksecuritygroups|applicationsecuritygroups|routetables|natgateways|virtualnetworkgateways|localnetworkgateways|connections|expressroutecircuits|azurefirewalls|virtualwans|virtualhubs|vpngateways|vpnsites)$/;

/** A server elsewhere that Azure Arc looks after: nobody says here whether it is virtual. */
export const isArcMachine = (type: string): boolean => type === 'microsoft.hybridcompute/machines';

/** Class and nature by type (in lower case); nothing that Azure lists is an asset of the books. */
export const classifyAzure = (
  type: string,
): Pick<DiscoveryRecord, 'nature'> & Required<Pick<DiscoveryRecord, 'ciClass'>> => {
  if (machines.test(type)) return { ciClass: 'virtual-machine', nature: 'virtual' };
  if (isArcMachine(type)) return { ciClass: 'server', nature: 'unknown' };
  if (databases.test(type)) return { ciClass: 'database', nature: 'logical' };
  return { ciClass: networks.test(type) ? 'network' : 'cloud-resource', nature: 'logical' };
};
