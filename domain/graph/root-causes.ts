import { type FailureEdge, failuresFrom, type Groups, indexFailures } from './failure.ts';

/** A CI that could explain symptoms: which would fail with it, which are only reached, and how many steps away they are. */
export type Suspect = {
  ciId: string;
  /** Symptoms that fail when this CI fails. A symptom explains itself. */
  explains: string[];
  /** Symptoms that depend on it, but would survive or only degrade. */
  touches: string[];
  /** Steps to the nearest symptom, and the mean over all that it explains or touches. */
  nearest: number;
  meanDistance: number;
};

type Graph = { edges: readonly FailureEdge[]; groupsFor: (ciId: string) => Groups | undefined };

/**
 * The suspects behind `symptoms` in the graph upstream of them, those that explain most first, then the nearest, then by id. When
 * several symptoms share a suspect, those that are behind one symptom only are left out.
 */
export const findSuspects = (symptoms: readonly string[], { edges, groupsFor }: Graph): Suspect[] => {
  const upstream = new Map<string, string[]>();
  for (const { carrier, dependant } of edges) {
    const same = upstream.get(dependant);
    if (same === undefined) upstream.set(dependant, [carrier]);
    else same.push(carrier);
  }
  const distances = new Map(symptoms.map((symptom) => [symptom, distancesFrom(symptom, upstream)]));
  const byCarrier = indexFailures(edges);
  const all = [...new Set([...distances.values()].flatMap((reached) => [...reached.keys()]))].map((ciId) => {
    const failed = failuresFrom([ciId], byCarrier, groupsFor);
    const reached = symptoms.filter((symptom) => distances.get(symptom)?.has(ciId));
    const steps = reached.map((symptom) => distances.get(symptom)?.get(ciId) ?? 0);
    return {
      ciId,
      explains: reached.filter((symptom) => failed.has(symptom)),
      touches: reached.filter((symptom) => !failed.has(symptom)),
      nearest: Math.min(...steps),
      meanDistance: steps.reduce((sum, step) => sum + step, 0) / steps.length,
    };
  });
  const shared = all.filter(({ explains, touches }) => explains.length + touches.length > 1);
  return (shared.length > 0 ? shared : all).sort(byCoverage);
};

const byCoverage = (a: Suspect, b: Suspect): number =>
  b.explains.length - a.explains.length ||
  b.touches.length - a.touches.length ||
  a.meanDistance - b.meanDistance ||
  (a.ciId < b.ciId ? -1 : 1);

const distancesFrom = (start: string, upstream: ReadonlyMap<string, readonly string[]>): Map<string, number> => {
  const distances = new Map([[start, 0]]);
  for (const [ciId, distance] of distances) {
    for (const next of upstream.get(ciId) ?? []) if (!distances.has(next)) distances.set(next, distance + 1);
  }
  return distances;
};
