import type { Asset } from '../../domain/asset/asset.ts';
import { showAsset } from '../../domain/asset/asset-view.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { type FailureEdge, groupsOf } from '../../domain/graph/failure.ts';
import type { Neighbours, Surroundings } from '../../domain/graph/link.ts';
import { findSuspects, type Suspect } from '../../domain/graph/root-causes.ts';
import { scoreCause, type Window } from '../../domain/graph/score-cause.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { viewingAsOf } from '../reconciliation/read-viewing.ts';
import type { Stored } from '../store/entity.ts';
import { cardOf, shownOf } from './card-of.ts';
import type { Estate } from './estate.ts';
import { fillCards, readAssets, readCis } from './hydrate.ts';
import type { Scope } from './impact.ts';
import { startMeter } from './meter.ts';
import type { CauseRequest } from './operations.ts';
import { walkGraph } from './walk-graph.ts';

const levels = 50;
const mostUpstream = 2000;
/** So many suspects, the best by coverage and distance, are looked at for changes and age. */
const lookedAt = 100;
const defaultWindowMs = 7 * 24 * 60 * 60 * 1000;

/**
 * The shared causes of symptoms, best first (see `scoreCause`), then by id, in the estate as of now or of a past moment. What changed a suspect
 * is looked up as of the end of the window. Throws `not-found` for a symptom that does not exist, or did not then.
 */
export const findCauses = async ({ limit, ...request }: CauseRequest, estate: Estate, scope: Scope) => {
  const { table, clock } = scope;
  const { asOf, neighbours, atOnce } = estate;
  const spent = startMeter(table.meter);
  const window = windowOf(request.window, asOf ?? scope.now);
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
    atOnce,
    clock,
  });
  await fillCards(scope, walk.cards, { asked: symptoms, shown: [], asOf });
  const groups = new Map([...seen.values()].map(({ ciId, links }) => [ciId, groupsOf(links)]));
  const graph = { edges: edgesOf(seen.values()), groupsFor: (ciId: string) => groups.get(ciId) };
  const suspects = findSuspects(symptoms, graph).slice(0, lookedAt);
  const end = endOf(window, asOf, scope.now);
  const suspected = suspects.map(({ ciId }) => ciId);
  const cis = await readCis(scope, suspected, end);
  const assetIds = [...cis.values()].flatMap(({ value }) => value.binding?.assetId ?? []);
  const assets = await readAssets(scope, assetIds, end);
  const viewing = await viewingAsOf(scope, { asOf });
  const causes = suspects.flatMap((suspect) => {
    const ci = cis.get(suspect.ciId);
    const asset = assets.get(ci?.value.binding?.assetId ?? '');
    return ci === undefined ? [] : [causeOf(suspect, { ci, asset, viewing }, symptoms.length, window)];
  });
  causes.sort((a, b) => b.score - a.score || (a.ciId < b.ciId ? -1 : 1));
  return {
    symptoms,
    causes: causes.slice(0, limit),
    truncated: walk.isTruncated() || estate.isCut(),
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
    ...shownOf(cardOf(ci.value)),
    score,
    explains,
    touches,
    distance: { nearest, mean: Math.round(meanDistance * 100) / 100 },
    reasons,
  };
};

/** The moment whose facts count: the end of a window that is over, or the moment asked about. Undefined for the present. */
const endOf = ({ to }: Window, asOf: string | undefined, now: string): string | undefined => {
  const latest = asOf ?? now;
  return to < latest ? to : asOf;
};

const windowOf = (asked: CauseRequest['window'], now: string): Window => {
  const to = asked?.to ?? now;
  const from = asked?.from ?? new Date(Date.parse(now) - defaultWindowMs).toISOString();
  if (from < to) return { from, to };
  throw new Problem('unprocessable', 'The window ends before it begins.', {
    errors: [{ pointer: '#/body/window', detail: `From ${from} to ${to} is no time.` }],
  });
};
