import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { cloudRelation, orderedRelations } from '../cloud/relations.ts';
import { isObject } from '../glpi-json/values.ts';
import { classifyAzure } from './classify.ts';
import type { AzureResource } from './resource.ts';
import { azureCloudId, ownerOf, partsOf, resourceIdOf } from './resource-id.ts';

type Side = Pick<RawRelation, 'type' | 'direction'>;
const deepest = 10;

/** What an id says by the key that holds it, or that holds the object whose `id` it is. */
const byKey: Readonly<Record<string, Side>> = {
  availabilityset: { type: 'member of', direction: 'out' },
  hostgroup: { type: 'member of', direction: 'out' },
  host: { type: 'runs on', direction: 'out' },
  ipconfiguration: { type: 'attached to', direction: 'out' },
  manageddisk: { type: 'attached to', direction: 'in' },
  managedby: { type: 'attached to', direction: 'out' },
  serverfarm: { type: 'runs on', direction: 'out' },
  serverfarmid: { type: 'runs on', direction: 'out' },
  subnet: { type: 'member of', direction: 'out' },
  subnetid: { type: 'member of', direction: 'out' },
  subnets: { type: 'associated with', direction: 'out' },
  virtualmachine: { type: 'attached to', direction: 'out' },
  virtualmachinescaleset: { type: 'member of', direction: 'out' },
  virtualnetworksubnetid: { type: 'member of', direction: 'out' },
  vnetsubnetid: { type: 'member of', direction: 'out' },
};
const other: Side = { type: 'associated with', direction: 'out' };
/** Machines have interfaces; security groups only list theirs. */
const ofMachines: Readonly<Record<string, Side>> = { networkinterfaces: { type: 'attached to', direction: 'in' } };

type Mention = { id: string; key: string };

/** The ids inside a value, each with the key that tells what it is; keys of lists count for their entries. */
const mentionsIn = (value: unknown, key: string, outer: string, depth: number): Mention[] => {
  if (depth > deepest) return [];
  if (typeof value === 'string') {
    const id = resourceIdOf(value);
    return id === undefined ? [] : [{ id, key: key === 'id' ? outer : key }];
  }
  if (Array.isArray(value)) return value.flatMap((one) => mentionsIn(one, key, outer, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => mentionsIn(one, name.toLowerCase(), key, depth + 1));
};

/** Interfaces and private endpoints of a network, and machines of a set, tell of it themselves. */
const toldByOthers = /(?:ipconfigurations|privateendpoints|serviceassociationlinks|virtualmachines)$/;
const noResource = /\/providers\/microsoft\.(?:authorization|resources|policyinsights|marketplace)\/|\/locations\//;

/**
 * The relations of a resource to those that its properties name, by cloud id. Parts (subnets, pools) stand for what they are parts of;
 * of several things one id says, the most telling is taken.
 */
export const relationsOf = ({ id, managedBy, properties, type }: AzureResource): RawRelation[] => {
  const found = new Map<string, Side>();
  const isMachine = classifyAzure(type).ciClass === 'virtual-machine';
  const mentions = [...mentionsIn(managedBy, 'managedby', '', 0), ...mentionsIn(properties, 'properties', '', 0)];
  for (const mention of mentions) {
    const target = ownerOf(mention.id);
    const isOwn = target === id || id.startsWith(`${target}/`) || target.startsWith(`${id}/`);
    if (isOwn || noResource.test(target) || toldByOthers.test(mention.key)) continue;
    if (partsOf(target).type.startsWith('microsoft.resources/')) continue;
    const side = byKey[mention.key] ?? (isMachine ? ofMachines[mention.key] : undefined) ?? other;
    const known = found.get(target);
    if (known === undefined || known.type === other.type) found.set(target, side);
  }
  const parent = type === 'microsoft.compute/virtualmachinescalesets/virtualmachines' ? parentOf(id) : undefined;
  if (parent !== undefined) found.set(parent, { type: 'member of', direction: 'out' });
  return orderedRelations(
    [...found].map(([target, side]) => cloudRelation(side.type, side.direction, azureCloudId(target))),
  );
};

const parentOf = (id: string): string | undefined => /^(.+)\/virtualmachines\/[^/]+$/.exec(id)?.[1];
