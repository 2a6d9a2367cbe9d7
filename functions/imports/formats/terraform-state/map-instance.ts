import type {
  DiscoveryRecord,
  RawIdentifier,
  RawRelation,
  RecordWarning,
} from '../../../../domain/discovery/record.ts';
import { nameTagOf, tagsOf } from '../aws/tags.ts';
import { fitKey, longestKey } from '../cloud/fit-key.ts';
import { orderedRelations, recordRelation } from '../cloud/relations.ts';
import { smallFacts, smallText } from '../cloud/small-facts.ts';
import { facts, recordName } from '../glpi-json/facts.ts';
import type { Draft } from '../json-records.ts';
import { shown } from './attributes.ts';
import { type AwsPlaces, awsPlaces } from './aws-identity.ts';
import { classifyInstance, identifiersOf } from './identity.ts';
import { configOf, type StateInstance } from './instance.ts';

const weak: RecordWarning = {
  code: 'weak-identity',
  detail:
    'Nothing but its address names the resource, so it is known to this source only: the state does not tell account, region or id, or tells the id of another resource.',
};

/** `provider["registry.terraform.io/hashicorp/aws"].north`, `module.a.provider.aws`, `registry.terraform.io/hashicorp/aws`: aws. */
const providerOf = (provider: string): string | undefined =>
  /"([^"]+)"/.exec(provider)?.[1]?.split('/').at(-1) ??
  provider
    .replace(/^.*provider\./, '')
    .split('/')
    .at(-1)
    ?.split('.')[0];

const nameOf = ({ address, attributes }: StateInstance): string => {
  const { bucket, function_name: named, identifier, k8s_name: object, name } = attributes;
  const found = [nameTagOf(attributes.tags), name, object, identifier, named, bucket].flatMap(
    (one) => smallText(one) ?? [],
  );
  return found[0] ?? address;
};

/** Section `declared`: what the state says is there, apart from what discovery found. `type` is the resource's, not an attribute. */
const declaredFacts = ({ address, attributes, module, name, provider, tainted, type }: StateInstance) => {
  const { name: named, type: kind, ...rest } = smallFacts(attributes, shown);
  return facts({
    ...rest,
    type,
    name,
    address,
    module: module === '' ? undefined : module,
    provider: providerOf(provider),
    resourceName: named,
    resourceKind: kind,
    tainted: tainted ? true : undefined,
  });
};

/**
 * Identifiers by resource. Settings of a resource (`azurerm_storage_account_network_rules`) have the id of that resource: it belongs to
 * the one whose type is shortest, else the two would be one CI that says of itself now this, now that.
 */
const ownIdentifiers = (
  instances: readonly StateInstance[],
  places: AwsPlaces,
): ReadonlyMap<StateInstance, RawIdentifier[]> => {
  const all = new Map(instances.map((one) => [one, identifiersOf(one, places)]));
  const holders = new Map<string, StateInstance>();
  for (const [one, identifiers] of all) {
    for (const { value } of identifiers) {
      const holder = holders.get(value);
      if (holder === undefined || one.type.length < holder.type.length) holders.set(value, one);
    }
  }
  return new Map(
    [...all].map(([one, identifiers]) => [
      one,
      identifiers.every(({ value }) => holders.get(value) === one) ? identifiers : [],
    ]),
  );
};

/**
 * The records of one state. They belong to the book half: what is declared is kept apart from what is discovered, so that the two can
 * be compared. `lineage` tells one state from another of the same source whose addresses are the same.
 */
export const mapInstances = function* (instances: readonly StateInstance[], lineage: unknown): Generator<Draft> {
  const places = awsPlaces(instances);
  const keyOf = ({ address }: StateInstance): string =>
    fitKey(typeof lineage === 'string' && lineage !== '' ? `${lineage}/${address}` : address, longestKey);
  const byConfig = Map.groupBy(instances, ({ config }) => config);
  const dependencies = (one: StateInstance): RawRelation[] =>
    [...new Set(one.dependsOn.map(configOf))].flatMap((config) => {
      const all = byConfig.get(config) ?? [];
      // Instances of one module depend on those of the same one; a dependency names no index.
      const near = all.filter(({ module }) => module === one.module);
      return (near.length > 0 ? near : all)
        .filter((target) => target.address !== one.address)
        .map((target) => recordRelation('depends on', 'out', keyOf(target)));
    });
  const known = ownIdentifiers(instances, places);
  for (const one of instances) {
    const identifiers = known.get(one) ?? [];
    const record: Omit<DiscoveryRecord, 'recordIndex'> = {
      ...(one.line === undefined ? {} : { line: one.line }),
      nativeKey: keyOf(one),
      half: 'book',
      ...classifyInstance(one),
      action: 'upsert',
      partial: false,
      name: recordName(nameOf(one)),
      identifiers,
      // Carried also when it is empty: tags that are no longer declared must go.
      sections: { declared: declaredFacts(one), declaredTags: tagsOf(one.attributes.tags) },
      relations: orderedRelations(dependencies(one)),
      warnings: identifiers.length === 0 ? [weak] : [],
    };
    yield { record };
  }
};
