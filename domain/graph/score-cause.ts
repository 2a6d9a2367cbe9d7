import type { Suspect } from './root-causes.ts';

/** What is known of a suspect beside the graph. `changedAt`: when it or its asset last changed, and by what. */
export type CauseFacts = {
  changes: readonly { at: string; type: string; by: string }[];
  purchaseDate?: string | undefined;
  warrantyEnd?: string | undefined;
};

export type Window = { from: string; to: string };

export type Reason = {
  code: 'coverage' | 'recent-change' | 'distance' | 'age' | 'warranty';
  points: number;
  detail: string;
};

const weights = { coverage: 0.6, recency: 0.2, nearness: 0.1, age: 0.05, warranty: 0.05 };
/** A symptom that would survive counts for a quarter of one that would fail. */
const touchedShare = 0.25;
const oldAfterYears = 5;
const yearMs = 365.25 * 24 * 60 * 60 * 1000;

/**
 * Score of a suspect from 0 to 1, and what it is made of:
 *
 *     0.60 x (explained + 0.25 x touched) / symptoms
 *   + 0.20 x recency    1 for a change at the end of the window, falling evenly to 0 at its start; 0 for changes outside
 *   + 0.10 x nearness   1 / (1 + mean steps to the symptoms)
 *   + 0.05 x age        years since purchase / 5, at most 1
 *   + 0.05 x warranty   1 when the asset's warranty has ended by the end of the window
 *
 * Rounded to four decimals, so that the order does not hang on the last bit. Times are ISO 8601; `window.to` is the present.
 */
export const scoreCause = (suspect: Suspect, facts: CauseFacts, symptoms: number, window: Window) => {
  const { explains, touches, meanDistance } = suspect;
  const reasons: Reason[] = [];
  const count = (code: Reason['code'], weight: number, share: number, detail: string) => {
    if (share > 0) reasons.push({ code, points: round(weight * share), detail });
  };
  const covered = (explains.length + touchedShare * touches.length) / symptoms;
  const survive = touches.length === 0 ? '' : `; ${touches.length} more depend on it and would survive`;
  count('coverage', weights.coverage, covered, `Explains ${explains.length} of ${symptoms} symptoms${survive}.`);
  const latest = facts.changes
    .filter(({ at }) => at >= window.from && at <= window.to)
    .sort((a, b) => (a.at > b.at ? -1 : 1))[0];
  if (latest !== undefined) {
    const detail = `${latest.type} by ${latest.by} at ${latest.at}.`;
    count('recent-change', weights.recency, shareOf(latest.at, window), detail);
  }
  count('distance', weights.nearness, 1 / (1 + meanDistance), `${round(meanDistance)} steps away on average.`);
  const years =
    facts.purchaseDate === undefined ? 0 : (Date.parse(window.to) - Date.parse(facts.purchaseDate)) / yearMs;
  count('age', weights.age, Math.min(1, years / oldAfterYears), `Bought on ${facts.purchaseDate}.`);
  const isOut = facts.warrantyEnd !== undefined && facts.warrantyEnd < window.to.slice(0, 10);
  count('warranty', weights.warranty, isOut ? 1 : 0, `Its warranty ended on ${facts.warrantyEnd}.`);
  return { score: round(reasons.reduce((sum, { points }) => sum + points, 0)), reasons };
};

const shareOf = (at: string, { from, to }: Window): number =>
  (Date.parse(at) - Date.parse(from)) / Math.max(1, Date.parse(to) - Date.parse(from));

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
