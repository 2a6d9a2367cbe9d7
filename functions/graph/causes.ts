import type { Asset } from '../../domain/asset/asset.ts';
import { showAsset } from '../../domain/asset/asset-view.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { type FailureEdge, groupsOf } from '../../domain/graph/failure.ts';
import type { Neighbours, Surroundings } from '../../domain/graph/link.ts';
import { findSuspects, type Suspect } from '../../domain/graph/root-causes.ts';
import { scoreCause, type Window } from '../../domain/graph/score-cause.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { viewingOf } from '../reconciliation/read-viewing.ts';
import type { Stored } from '../store/entity.ts';
import { cardOf } from './card-of.ts';
import { fillCards, readAssets, readCis } from './hydrate.ts';
import { type Scope, startMeter } from './impact.ts';
import type { CauseRequest } from './operations.ts';
import { walkGraph } from './walk-graph.ts';

const levels = 50;
const mostUpstream = 2000;
/** So many suspects, the best by coverage and distance, are looked at for changes and age. */
const lookedAt = 100;
const defaultWindowMs = 7 * 24 * 60 * 60 * 1000;

/** The shared causes of symptoms, best first (see `scoreCause`), then by id. Throws `not-found` for a symptom that does not exist. */
export const findCauses = async ({ limit, ...request }: CauseRequest, neighbours: Neighbours, scope: Scope) => {
  const { table, principal, clock, now } = scope;
  const { tenant } = principal;
  const spent = startMeter(table.meter);
  const window = windowOf(request.window, now);
  const symptoms = [...new Set(request.symptoms)];
  const seen = new Map<string, Surroundings>();
  const remembering: Neighbours = async (ids, direction) => {
    const found = await neighbours(ids, direction);
    for (const one of found) seen.set(one.ciId, one);
    return found;
  };
  const { walk } = await walkGraph({
    roots: symptoms,
    direction: 'upstream',
    depth: levels,
    limit: mostUpstream,
    mostEdges: Number.POSITIVE_INFINITY,
    neighbours: remembering,
    clock,
  });
  await fillCards(table, tenant, walk.cards, { asked: symptoms, shown: [] });
  const groups = new Map([...seen.values()].map(({ ciId, links }) => [ciId, groupsOf(links)]));
  const graph = { edges: edgesOf(seen.values()), groupsFor: (ciId: string) => groups.get(ciId) };
  const suspects = findSuspects(symptoms, graph).slice(0, lookedAt);
  const cis = await readCis(
    table,
    tenant,
    suspects.map(({ ciId }) => ciId),
  );
  const assets = await readAssets(
    table,
    tenant,
    [...cis.values()].flatMap(({ value }) => value.binding?.assetId ?? []),
  );
  const viewing = await viewingOf(scope);
  const causes = suspects.flatMap((suspect) => {
    const ci = cis.get(suspect.ciId);
    const asset = assets.get(ci?.value.binding?.assetId ?? '');
    return ci === undefined ? [] : [causeOf(suspect, { ci, asset, viewing }, symptoms.length, window)];
  });
  causes.sort((a, b) => b.score - a.score || (a.ciId < b.ciId ? -1 : 1));
  return {
    symptoms,
    causes: causes.slice(0, limit),
    truncated: walk.isTruncated(),
    cost: { nodes: walk.reads(), ...spent() },
  };
};

const edgesOf = (surroundings: Iterable<Surroundings>): FailureEdge[] =>
  [...surroundings].flatMap(({ ciId, links }) =>
    links.map(({ neighbour, type, attributes }) => ({
      carrier: neighbour,
      dependant: ciId,
      type,
      group: attributes?.group,
    })),
  );

type Known = { ci: Stored<Ci>; asset: Stored<Asset> | undefined; viewing: Viewing };

const causeOf = (suspect: Suspect, { ci, asset, viewing }: Known, symptoms: number, window: Window) => {
  const { ciId, explains, touches, nearest, meanDistance } = suspect;
  const { purchaseDate, warrantyEnd } = asset === undefined ? {} : showAsset(asset, viewing);
  const changes = [ci.change, asset?.change].flatMap((change) => change ?? []);
  const { score, reasons } = scoreCause(suspect, { changes, purchaseDate, warrantyEnd }, symptoms, window);
  return {
    ciId,
    ...cardOf(ci.value),
    score,
    explains,
    touches,
    distance: { nearest, mean: Math.round(meanDistance * 100) / 100 },
    reasons,
  };
};

const windowOf = (asked: CauseRequest['window'], now: string): Window => {
  const to = asked?.to ?? now;
  const from = asked?.from ?? new Date(Date.parse(now) - defaultWindowMs).toISOString();
  if (from < to) return { from, to };
  throw new Problem('unprocessable', 'The window ends before it begins.', {
    errors: [{ pointer: '#/body/window', detail: `From ${from} to ${to} is no time.` }],
  });
};
