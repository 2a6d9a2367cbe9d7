import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { tagsOf } from '../aws/tags.ts';
import { recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { isWorkload } from './kind.ts';
import { classifyNode, nodeIdentifiers, nodeSections } from './node.ts';
import { type KubeObject, keyOf } from './object.ts';
import type { Running } from './pods.ts';
import { resourceFacts, workloadFacts } from './sections.ts';

type Draft = Omit<DiscoveryRecord, 'recordIndex'>;

const weak = {
  code: 'weak-identity',
  detail:
    'The object has no uid, so it is known by kind, namespace and name, and to this source only. Dump it from the API.',
};

const classify = (
  object: KubeObject,
): Pick<DiscoveryRecord, 'nature'> & Pick<DiscoveryRecord, 'ciClass' | 'container'> => {
  if (object.kind === 'Node') return classifyNode(object);
  return { ciClass: isWorkload(object.kind) ? 'container-workload' : 'cloud-resource', nature: 'logical' };
};

const sectionsOf = (object: KubeObject) => {
  if (object.kind === 'Node') return nodeSections(object);
  return isWorkload(object.kind) ? { workload: workloadFacts(object) } : { resource: resourceFacts(object) };
};

/** An object as canonical record, without relations: what it is related to may stand further down in the file. */
export const mapObject = (object: KubeObject): Draft => ({
  nativeKey: keyOf(object),
  half: 'discovery',
  ...classify(object),
  action: 'upsert',
  partial: false,
  name: recordName(object.name),
  identifiers: [...identifier('k8sUid', object.uid), ...(object.kind === 'Node' ? nodeIdentifiers(object) : [])],
  sections: sectionsFrom({ ...sectionsOf(object), labels: tagsOf(object.labels) }),
  warnings: object.uid === undefined ? [weak] : [],
});

/** Sections `pods` and `replicaSets`: their number, where the file lists them at all. */
export const countSections = (
  running: Running | undefined,
  seen: { pods: number; between: number },
): DiscoveryRecord['sections'] => ({
  ...(seen.pods === 0 ? {} : { pods: { count: running?.pods ?? 0 } }),
  ...(seen.between === 0 || running === undefined || running.replicaSets === 0
    ? {}
    : { replicaSets: { count: running.replicaSets } }),
});

/** A controller that only its pods or replica sets tell of: its uid and name are known, and how many they are. */
export const mapUnseen = (running: Running, seen: { pods: number; between: number }): Draft[] => {
  const { owner, namespace } = running;
  if (owner.uid === undefined || !isWorkload(owner.kind) || owner.kind === 'Job') return [];
  const uid = owner.uid.toLowerCase();
  return [
    {
      nativeKey: keyOf({ ...owner, uid, namespace }),
      half: 'discovery',
      ciClass: 'container-workload',
      nature: 'logical',
      action: 'upsert',
      partial: true,
      name: recordName(owner.name),
      identifiers: identifier('k8sUid', uid),
      sections: countSections(running, seen),
      warnings: [],
    },
  ];
};
