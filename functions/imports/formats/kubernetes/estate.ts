import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { orderedRelations, recordRelation } from '../cloud/relations.ts';
import { isObject } from '../glpi-json/values.ts';
import { isWorkload } from './kind.ts';
import { type KubeObject, keyOf } from './object.ts';
import { backendsOf, claimsOf, templateOf } from './sections.ts';

/** What is kept of an object so that others can be related to it. */
export type Member = {
  kind: string;
  namespace: string | undefined;
  name: string;
  key: string;
  claims: string[];
  backends: string[];
  selector: [string, string][];
  podLabels: Record<string, unknown>;
  volume: string | undefined;
};

const textPairs = (value: unknown): [string, string][] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, one]): [string, string][] => (typeof one === 'string' ? [[name, one]] : []))
    : [];

/** Reads what others may refer to and what refers to others. */
export const memberOf = (object: KubeObject): Member => {
  const { kind, name, namespace, spec } = object;
  const { metadata } = isWorkload(kind) ? templateOf(object) : {};
  return {
    kind,
    namespace,
    name,
    key: keyOf(object),
    claims: isWorkload(kind) ? claimsOf(object) : [],
    backends: kind === 'Ingress' ? backendsOf(object) : [],
    selector: kind === 'Service' ? textPairs(spec.selector) : [],
    podLabels: isObject(metadata) && isObject(metadata.labels) ? metadata.labels : {},
    volume: kind === 'PersistentVolumeClaim' && typeof spec.volumeName === 'string' ? spec.volumeName : undefined,
  };
};

const nameKey = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind}/${namespace ?? ''}/${name}`;

/** The relations between the objects of a file. Only what is in the file is related: other names may mean another cluster. */
export const createEstate = (members: readonly Member[]) => {
  const byName = new Map(members.map((one) => [nameKey(one.kind, one.namespace, one.name), one.key]));
  const byLabel = new Map<string, Member[]>();
  for (const one of members) {
    for (const [label, value] of textPairs(one.podLabels)) {
      const key = `${one.namespace ?? ''}/${label}=${value}`;
      const known = byLabel.get(key);
      if (known === undefined) byLabel.set(key, [one]);
      else known.push(one);
    }
  }
  const toward = (
    type: RawRelation['type'],
    kind: string,
    namespace: string | undefined,
    name: string,
  ): RawRelation[] => {
    const target = byName.get(nameKey(kind, namespace, name));
    return target === undefined ? [] : [recordRelation(type, 'out', target)];
  };
  /** Every label of the selector must be on the pods. A service without selector chooses none. */
  const selected = ({ namespace, selector }: Member): RawRelation[] => {
    const [first] = selector;
    const possible = first === undefined ? [] : (byLabel.get(`${namespace ?? ''}/${first[0]}=${first[1]}`) ?? []);
    return possible
      .filter(({ podLabels }) => selector.every(([label, value]) => podLabels[label] === value))
      .map(({ key }) => recordRelation('associated with', 'out', key));
  };
  return (one: Member, nodes: readonly string[]): RawRelation[] =>
    orderedRelations([
      ...(one.namespace === undefined ? [] : toward('member of', 'Namespace', undefined, one.namespace)),
      ...nodes.flatMap((node) => toward('runs on', 'Node', undefined, node)),
      ...one.claims.flatMap((claim) => toward('depends on', 'PersistentVolumeClaim', one.namespace, claim)),
      ...one.backends.flatMap((service) => toward('depends on', 'Service', one.namespace, service)),
      ...(one.volume === undefined ? [] : toward('depends on', 'PersistentVolume', undefined, one.volume)),
      ...selected(one),
    ]);
};
