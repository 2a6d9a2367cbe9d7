import type { DiscoveryRecord, RawIdentifier } from '../../../../domain/discovery/record.ts';
import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { placeOfKey } from '../aws/place-of-key.ts';
import { awsCloudId, awsKey, instanceType, managedNodeType } from '../aws/resource.ts';
import { isOwnName } from '../aws-config/instance.ts';
import type { UploadContext } from '../format.ts';
import { recordName } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt } from '../json-records.ts';
import { type Contents, textOf, wordsOf } from './contents.ts';
import { nodeDetails, nodeSections, ownInterfaces } from './sections.ts';

/** What one object or answer tells of one node. `otherId`: another id that it gives to the same node. */
type NodeInventory = {
  account: string | undefined;
  region: string | undefined;
  id: string;
  otherId?: string | undefined;
  observedAt: string | undefined;
  contents: Contents;
};

const nodeId = /^(?:i|mi)-[\da-z]{8,32}$/;
const hybrid = (id: string): boolean => id.startsWith('mi-');

/**
 * The inventory of one managed node as a partial record: an EC2 instance, or outside of EC2 (`mi-`) a server of which nobody says whether
 * it is physical. An inventory that gives the node two ids names nothing: it has no identifiers, so that it is held for a person.
 */
export const mapNode = (node: NodeInventory, context: UploadContext, place: Place): Draft[] => {
  const id = node.id.trim().toLowerCase();
  if (!nodeId.test(id)) {
    return [
      faultAt(place, 'This names no managed node: its id does not begin with i- or mi-.', { value: id.slice(0, 200) }),
    ];
  }
  const other = otherIdOf(node, id);
  const base = { half: 'discovery' as const, line: place.line, ...at(node.observedAt) };
  const known = placeOfKey(context.objectKey);
  const type = hybrid(id) ? managedNodeType : instanceType;
  const resource = { account: node.account ?? known.account, region: node.region ?? known.region, type, id };
  const told = {
    partial: true,
    action: 'upsert' as const,
    sections: nodeSections(node.contents),
    details: nodeDetails(node.contents),
  };
  if (other !== undefined) {
    const detail = `The inventory of ${id} says it is that of ${other}. Nothing is written until someone says which it is.`;
    const warnings = [{ code: 'contradicts-itself', detail }];
    const nativeKey = `${awsKey(resource)}!=${other}`;
    return [
      {
        record: { ...base, ...told, nativeKey, nature: 'unknown', name: nameOf(node, true), identifiers: [], warnings },
      },
    ];
  }
  const named = { ...base, nativeKey: awsKey(resource), ...classOf(id) };
  const cloudId = identifier('cloudId', awsCloudId(resource));
  if (isTerminated(node)) {
    return [
      { record: { ...named, action: 'delete', partial: false, identifiers: cloudId, sections: {}, warnings: [] } },
    ];
  }
  const name = nameOf(node, hybrid(id));
  const identifiers = [...cloudId, ...nodeIdentifiers(node.contents)];
  return [{ record: { ...named, ...told, ...(name === undefined ? {} : { name }), identifiers, warnings: [] } }];
};

const at = (observedAt: string | undefined) => (observedAt === undefined ? {} : { observedAt });

const classOf = (id: string): Required<Pick<DiscoveryRecord, 'ciClass'>> & Pick<DiscoveryRecord, 'nature'> =>
  hybrid(id) ? { ciClass: 'server', nature: 'unknown' } : { ciClass: 'virtual-machine', nature: 'virtual' };

const otherIdOf = ({ contents, otherId }: NodeInventory, id: string): string | undefined =>
  [otherId, ...(contents.instanceinformation ?? []).map((row) => textOf(row, 'instanceid'))]
    .map((one) => one?.toLowerCase())
    .find((one) => one !== undefined && nodeId.test(one) && one !== id);

/** EC2 forgets a terminated instance after an hour; Systems Manager goes on listing it as such. */
const isTerminated = ({ contents }: NodeInventory): boolean =>
  (contents.instanceinformation ?? []).some((row) => /^terminated$/i.test(textOf(row, 'instancestatus') ?? ''));

/** Names that images and Windows make up. */
const madeUp = /^(?:ip-[\d-]+|i-[\da-f]+|ec2amaz-\w+|win-[a-z\d]{11}|localhost)(?:\.|$)/i;

/** The computer's name; of an instance only when someone chose it, because EC2 knows the name that people gave. */
const nameOf = ({ contents }: NodeInventory, always: boolean): string | undefined => {
  const name = textOf(contents.instanceinformation?.[0], 'computername');
  return name === undefined || (!always && madeUp.test(name)) ? undefined : recordName(name);
};

const nodeIdentifiers = (contents: Contents): RawIdentifier[] => {
  const [information] = contents.instanceinformation ?? [];
  const nics = ownInterfaces(contents);
  const macs = nics.flatMap((row) => canonicalMac(textOf(row, 'macaddress') ?? '') ?? []);
  const ips = [textOf(information, 'ipaddress') ?? '', ...nics.flatMap((row) => wordsOf(row, 'ipv4'))];
  const name = textOf(information, 'computername');
  const own = name !== undefined && isOwnName(name) && !/\.workgroup$/i.test(name);
  return [
    ...[...new Set(macs)].slice(0, 32).flatMap((mac) => identifier('mac', mac)),
    ...[...new Set(ips)].slice(0, 32).flatMap((ip) => (ip === '' ? [] : identifier('ip', ip))),
    ...identifier('hostname', name?.split('.')[0]),
    ...(own ? identifier('fqdn', name) : []),
  ];
};
