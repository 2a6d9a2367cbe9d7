import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import { inAnswers } from '../json-answers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { detectKubernetes } from './detect.ts';
import { createEstate, type Member, memberOf } from './estate.ts';
import { isResource, isWorkload } from './kind.ts';
import { countSections, mapObject, mapUnseen } from './map-object.ts';
import { readObject } from './object.ts';
import { createPodCount, runningOf } from './pods.ts';

const split = ['items'];

/**
 * Objects of Kubernetes as its API writes them: lists of one kind or of all, bare arrays, single objects, several documents or one per
 * line. Records come when the file ends, because owners and selectors point both ways; until then each object that becomes a CI is
 * held as a record (about 1 kB), pods only as counts. Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const kubernetes: Format = {
  name: 'kubernetes',
  detect: detectKubernetes,
  parse: (body) => readJsonRecords(body, { split }, inAnswers(split, createMapper())),
};

const namesNothing =
  'Nothing names this object: it needs its kind and metadata.name. Dump it with kubectl get -o json.';

/** Entries of a list of one kind do not tell it, and of other kinds (secrets, events) nothing is wanted. */
const isNamed = ({ kind, metadata }: Record<string, unknown>): boolean =>
  kind === undefined && isObject(metadata) && typeof metadata.name === 'string' && metadata.name !== '';

const createMapper = (): JsonMapper => {
  const pods = createPodCount();
  const held: { record: ReturnType<typeof mapObject>; member: Member; object: Parameters<typeof runningOf>[0] }[] = [];
  let first: Place | undefined; // of what became no CI
  let others = 0;

  const map = (value: unknown, key: string | undefined, place: Place): Draft[] => {
    const raw = isObject(value) ? value : {};
    if (key === undefined && (Array.isArray(raw.items) || 'items' in raw)) return [];
    if (raw.kind === 'Status')
      return [faultAt(place, `The API refused to list: ${String(raw.message ?? raw.reason).slice(0, 300)}`)];
    const object = readObject(raw);
    if (object === undefined && isNamed(raw)) {
      first ??= place;
      others += 1;
      return [];
    }
    if (object === undefined) return [faultAt(place, namesNothing)];
    const isOwned = object.owner !== undefined;
    if (
      object.kind === 'Node' ||
      isResource(object.kind) ||
      (isWorkload(object.kind) && !(object.kind === 'Job' && isOwned))
    ) {
      const record = { ...mapObject(object), line: place.line };
      const { spec: _spec, status: _status, labels: _labels, ...rest } = object;
      held.push({ record, member: memberOf(object), object: { ...rest, spec: {}, status: {}, labels: {} } });
      return [];
    }
    first ??= place;
    if (object.kind === 'Pod') pods.addPod(object);
    else if (object.kind === 'ReplicaSet' || object.kind === 'ReplicationController' || object.kind === 'Job')
      pods.addBetween(object);
    else others += 1;
    return [];
  };

  const finish = function* (): Generator<Draft> {
    const sums = pods.sum();
    const relate = createEstate(held.map(({ member }) => member));
    const known = new Set<string>();
    for (const { record, member, object } of held) {
      const running = isWorkload(object.kind) ? runningOf(object, sums) : undefined;
      const counts = isWorkload(object.kind) ? countSections(running, pods.seen) : {};
      const relations = relate(member, running?.nodes ?? []);
      known.add(record.nativeKey);
      yield { record: { ...record, sections: { ...record.sections, ...counts }, relations } };
    }
    const unseen = [...new Set(sums.values())].flatMap((running) => mapUnseen(running, pods.seen));
    for (const record of unseen) if (!known.has(record.nativeKey)) yield { record };
    if (held.length + unseen.length > 0 || first === undefined) return;
    const counted = `${pods.seen.pods} pods, ${pods.seen.between} replica sets and jobs, ${others} others`;
    yield faultAt(first, `The file holds no object that becomes a CI (${counted}). ${advice}`);
  };
  return { map, finish };
};

const advice =
  'Pods are counted at their controllers: dump those too, with kubectl get deployments,statefulsets,daemonsets,replicasets,pods -o json.';
