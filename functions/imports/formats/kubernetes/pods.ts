import type { KubeObject, Owner } from './object.ts';

const mostNodes = 50;

type Place = { owner: Owner; namespace: string | undefined };
/** What is kept of the pods of one owner; `hash` is what a deployment adds to the names of its replica sets. */
type Tally = Place & { count: number; nodes: Set<string>; hash: unknown };

/** The pods of a controller, the nodes they are on, and the replica sets it made. */
export type Running = Place & { pods: number; nodes: string[]; replicaSets: number };

/** By what an owner is found: its uid, or its kind and name. */
const keysOf = (
  { kind, name, uid }: Omit<Owner, 'uid'> & { uid?: string | undefined },
  namespace: string | undefined,
): string[] => [...(uid === undefined ? [] : [uid.toLowerCase()]), `${kind}/${namespace ?? ''}/${name}`];

/**
 * Counts pods and what stands between them and their controllers (replica sets, jobs of a cron job): they are short-lived and become
 * no CIs. What is kept grows with the controllers, not with the pods.
 */
export const createPodCount = () => {
  const seen = { pods: 0, between: 0 };
  const tallies = new Map<string, Tally>();
  const between: (Place & { isSet: boolean })[] = [];
  const index = new Map<string, Place>();

  const addPod = ({ labels, namespace, owner, spec }: KubeObject): void => {
    seen.pods += 1;
    if (owner === undefined || owner.kind === 'Node') return;
    const [key = ''] = keysOf(owner, namespace);
    const hash = labels['pod-template-hash'];
    const tally = tallies.get(key) ?? { owner, namespace, count: 0, nodes: new Set<string>(), hash };
    tallies.set(key, tally);
    tally.count += 1;
    if (typeof spec.nodeName === 'string' && tally.nodes.size < mostNodes) tally.nodes.add(spec.nodeName);
  };

  /** A replica set, or a job that something owns. */
  const addBetween = (object: KubeObject): void => {
    seen.between += 1;
    const { kind, namespace, owner } = object;
    if (owner === undefined) return;
    const held = { owner, namespace, isSet: kind === 'ReplicaSet' };
    between.push(held);
    for (const key of keysOf(object, namespace)) index.set(key, held);
  };

  /** The sums by controller, found under its uid and under its kind and name; called once, at the end. */
  const sum = (): ReadonlyMap<string, Running> => {
    const sums = new Map<string, Running>();
    const at = ({ owner, namespace }: Place): Running => {
      const keys = keysOf(owner, namespace);
      const known = keys.flatMap((key) => sums.get(key) ?? [])[0];
      const running = known ?? { owner, namespace, pods: 0, nodes: [], replicaSets: 0 };
      for (const key of keys) sums.set(key, running);
      return running;
    };
    for (const held of between) if (held.isSet) at(held).replicaSets += 1;
    for (const tally of tallies.values()) {
      const running = at(controllerOf(tally, index));
      running.pods += tally.count;
      running.nodes = [...new Set([...running.nodes, ...tally.nodes])].sort().slice(0, mostNodes);
    }
    return sums;
  };
  return { addPod, addBetween, sum, seen };
};

/** A replica set that is not in the file is named after its deployment and the hash that its pods carry. */
const controllerOf = (tally: Tally, index: ReadonlyMap<string, Place>): Place => {
  const { hash, namespace, owner } = tally;
  const known = keysOf(owner, namespace).flatMap((key) => index.get(key) ?? [])[0];
  if (known !== undefined) return known;
  const end = `-${String(hash)}`;
  if (owner.kind !== 'ReplicaSet' || typeof hash !== 'string' || !owner.name.endsWith(end)) return tally;
  return { namespace, owner: { kind: 'Deployment', name: owner.name.slice(0, -end.length), uid: undefined } };
};

/** What runs for a controller, if the file tells. */
export const runningOf = (object: KubeObject, sums: ReadonlyMap<string, Running>): Running | undefined =>
  keysOf(object, object.namespace).flatMap((key) => sums.get(key) ?? [])[0];
