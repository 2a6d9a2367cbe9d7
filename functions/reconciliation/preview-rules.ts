import * as z from 'zod';
import type { Asset } from '../../domain/asset/asset.ts';
import { assetCandidates } from '../../domain/asset/asset-view.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { ciCandidates } from '../../domain/ci/ci-view.ts';
import { compareRules, type FieldEffect } from '../../domain/reconcile/compare-rules.ts';
import { compileRules, type RuleBook } from '../../domain/reconcile/rule-book.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { digest } from '../shared/digest.ts';
import type { Effect, Preview, PreviewRequest } from './operations.ts';
import { readSegment, segmentsOf } from './preview-segments.ts';

type Scope = Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>;

/** Where a page ended, and of which question: a cursor goes on with the same rules only. */
const Place = z.strictObject({ asked: z.string(), segment: z.int(), after: z.string().optional() });
type Place = z.infer<typeof Place>;

/** How many characters of changes one page has room for; of what comes after them only the number is told. */
const mostCharacters = 100_000;

/**
 * What the proposed rules would show otherwise in the next `limit` CIs and assets, as they stand now. The changes of a page are
 * bounded, because the answer of a POST is kept for its Idempotency-Key.
 */
export const previewRules = async (request: PreviewRequest, present: RuleBook, scope: Scope): Promise<Preview> => {
  const proposed = compileRules(request.rules, present.version + 1);
  const segments = segmentsOf(request.class);
  const asked = digest(canonical([request.rules, request.class])).slice(0, 16);
  let place = placeOf(request, asked, scope);
  const page = { scanned: 0, entitiesChanged: 0, fieldsChanged: 0, items: [] as Effect[] };
  let room = mostCharacters;
  for (;;) {
    const segment = segments[place.segment];
    if (segment === undefined) return page;
    if (page.scanned === request.limit) break;
    const { found, next } = await readSegment(segment, place.after, request.limit - page.scanned, scope);
    for (const one of found) {
      const changes = effectsOn(one, present, proposed, scope.now);
      page.scanned += 1;
      if (changes.length === 0) continue;
      page.entitiesChanged += 1;
      page.fieldsChanged += changes.length;
      const fitting = changes.filter((change) => {
        room -= JSON.stringify(change).length;
        return room >= 0;
      });
      const leftOut = changes.length - fitting.length;
      page.items.push({
        ...nameOf(one),
        changes: fitting,
        ...(leftOut === 0 ? {} : { changesLeftOut: leftOut }),
      });
    }
    place = next === undefined ? { asked, segment: place.segment + 1 } : { asked, segment: place.segment, after: next };
    if (next !== undefined) break;
  }
  return { ...page, nextCursor: scope.cursor.seal(place) };
};

const placeOf = ({ cursor }: PreviewRequest, asked: string, scope: Scope): Place => {
  if (cursor === undefined) return { asked, segment: 0 };
  const place = Place.parse(scope.cursor.open(cursor));
  if (place.asked === asked) return place;
  throw new Problem('invalid-request', 'The cursor belongs to other rules.', {
    errors: [
      { pointer: '#/body/cursor', detail: 'Send nextCursor of the previous page, with the same rules and class.' },
    ],
  });
};

const effectsOn = (one: Asset | Ci, present: RuleBook, proposed: RuleBook, now: string): FieldEffect[] => {
  const [ruleClass, candidates] =
    'assetId' in one ? (['asset', assetCandidates(one)] as const) : [one.class, ciCandidates(one)];
  return compareRules(candidates, present.rulesFor(ruleClass), proposed.rulesFor(ruleClass), now);
};

const nameOf = (one: Asset | Ci) =>
  'assetId' in one
    ? { entity: 'asset' as const, assetId: one.assetId, class: 'asset' as const }
    : { entity: 'ci' as const, ciId: one.ciId, class: one.class };
