import type { CiClassName } from '../../../../domain/ci/ci-classes.ts';

/** Tables by the words in their names, the most particular first; labels (`Linux Server`) read the same. */
const classes: readonly (readonly [RegExp, CiClassName])[] = [
  [
    /(?:^|_)(?:vm|virtual_machine|vmware_instance|hyper_v_instance|kvm_instance|vm_instance|ec2_instance|vm_object)(?:_|$)/,
    'virtual-machine',
  ],
  [/(?:^|_)db(?:_|$)|database|mssql|mysql_inst|ora_inst/, 'database'],
  [/kubernetes|docker|container|_pod(?:_|$)/, 'container-workload'],
  [/service_(?:technical|offering)|technical_service|query_based_service|tag_based/, 'technical-service'],
  [
    /service_(?:business|auto|discovered|manual)|business_service|^(?:service|business_capability|business_process)$/,
    'business-service',
  ],
  [
    /business_app|appl(?!iance)|vcenter|app_server|application|web_server|web_site|spkg|_software|cluster|endpoint/,
    'application',
  ],
  [
    /netgear|network_gear|ip_switch|ip_router|switch|router|firewall|(?:^|_)lb(?:_|$)|load_balancer|(?:^|_)wap(?:_|$)|access_point|wireless|ip_device|vpn_(?:gateway|concentrator)|network_adapter/,
    'network-device',
  ],
  [/storage_(?:server|device|switch|array)|(?:^|_)(?:san|msd|nas)(?:_|$)|tape/, 'storage'],
  [/(?:^|_)(?:ups|pdu)(?:_|$)|power/, 'power'],
  [/printer/, 'printer'],
  [/handheld|mobile|phone|tablet|ipad/, 'mobile'],
  [/monitor|display|peripheral|keyboard|scanner|imaging/, 'peripheral'],
  [
    /cloud|aws_|azure_|gcp_|storage_(?:volume|bucket)|logical_datacenter|availability_zone|bucket|lambda|function/,
    'cloud-resource',
  ],
  [/subnet|ip_network|network(?!_gear)|vlan|_vpc/, 'network'],
  [/server|esx|mainframe|hypervisor/, 'server'],
  [/computer|pc_hardware|workstation|laptop|desktop|notebook/, 'computer'],
  [/hardware|comm|_rack|chassis|device/, 'device'],
];

/** The class of a CI by its table, as name or label; undefined for a table that says too little. */
export const classOfTable = (table: string): CiClassName | undefined => {
  const name = table
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/g, '_')
    .replace(/^.{0,80}cmdb_ci_?/, '');
  return classes.find(([words]) => words.test(name))?.[1];
};
