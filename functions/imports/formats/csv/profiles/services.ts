import type { Profile } from '../profile.ts';
import { commonColumns } from './columns.ts';

const { assetTag, serial, uuid, imei, mac, hostname, fqdn } = commonColumns;
const service = ['servicename', 'service', 'businessservice'];
const ciClass = ['class', 'type'];
const owner = ['owner', 'serviceowner', 'businessowner'];
const criticality = ['criticality', 'businesscriticality'];
const runsOn = ['runson'];
const dependsOn = ['dependson'];

/**
 * A list of services and applications: one row is one CI and no asset. `Runs On` and `Depends On` are lists separated by semicolons.
 * A column that identifies hardware says that the rows are devices, with the service they belong to beside them.
 */
export const services: Profile = {
  name: 'services',
  kind: 'service',
  detect: [
    {
      all: [service, ciClass, [...owner, ...criticality, ...runsOn, ...dependsOn]],
      none: [...assetTag, ...serial, ...uuid, ...imei, ...mac, ...hostname, ...fqdn],
    },
  ],
  columns: {
    ...{ service, ciClass, owner, criticality, runsOn, dependsOn },
    supportGroup: ['supportgroup', 'supportteam', 'assignmentgroup'],
    environment: ['environment', 'env'],
    description: ['description', 'servicedescription'],
  },
  nativeKey: [{ fields: ['service'] }],
  dateOrder: 'ymd',
  decimal: '.',
  currency: 'USD',
};
