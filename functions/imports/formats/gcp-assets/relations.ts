import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { cloudRelation, orderedRelations } from '../cloud/relations.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import type { Asset } from './asset.ts';
import { fullNameOf, gcpCloudId } from './names.ts';

type Side = Pick<RawRelation, 'type' | 'direction'>;

const memberOf: Side = { type: 'member of', direction: 'out' };
/** What a link inside a resource says, by its key. */
const links: Readonly<Record<string, Side>> = {
  network: memberOf,
  subnetwork: memberOf,
  privateNetwork: memberOf,
  backendService: { type: 'depends on', direction: 'out' },
  defaultService: { type: 'depends on', direction: 'out' },
  instance: { type: 'depends on', direction: 'out' },
  instanceGroup: { type: 'associated with', direction: 'out' },
  router: { type: 'associated with', direction: 'out' },
  target: { type: 'depends on', direction: 'out' },
  targetVpnGateway: { type: 'depends on', direction: 'out' },
  topic: { type: 'depends on', direction: 'out' },
  urlMap: { type: 'depends on', direction: 'out' },
  vpnGateway: { type: 'depends on', direction: 'out' },
};

const toward = (asset: Asset, link: unknown, side: Side): RawRelation[] => {
  const target = fullNameOf(link, asset.type.split('/')[0]?.replace('sqladmin', 'compute'));
  return target === undefined || target === asset.name
    ? []
    : [cloudRelation(side.type, side.direction, gcpCloudId(target))];
};

const linksIn = (asset: Asset, values: Record<string, unknown>): RawRelation[] =>
  Object.entries(links).flatMap(([key, side]) => (Object.hasOwn(values, key) ? toward(asset, values[key], side) : []));

/** An interface lies in its subnetwork, and that in the network: the network is named only where there is none. */
const networkOf = (asset: Asset, nic: Record<string, unknown>): RawRelation[] =>
  toward(asset, nic.subnetwork ?? nic.network, memberOf);

/** The relations of an asset to its parent and to what its resource links to, each by cloud id. */
export const relationsOf = (asset: Asset): RawRelation[] => {
  const data = asset.data ?? {};
  const settings = isObject(data.settings) ? objectsOf(data.settings.ipConfiguration) : [];
  const users = Array.isArray(data.users) ? data.users : [];
  return orderedRelations([
    ...toward(asset, asset.parent, memberOf),
    ...linksIn(asset, data),
    ...settings.flatMap((one) => linksIn(asset, one)),
    ...objectsOf(data.networkInterfaces).flatMap((nic) => networkOf(asset, nic)),
    ...objectsOf(data.disks).flatMap(({ source }) => toward(asset, source, { type: 'attached to', direction: 'in' })),
    ...users.flatMap((user) => toward(asset, user, { type: 'attached to', direction: 'out' })),
  ]);
};
