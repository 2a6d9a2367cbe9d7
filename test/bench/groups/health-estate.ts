import type { HealthState } from '../../../domain/health/tally.ts';

export const healthTenant = 'bench';

const classes = [
  'device/computer/',
  'device/computer/server/',
  'virtual-machine/',
  'application/',
  'device/mobile/',
  'asset/',
];
const rules = [
  'ci-owner',
  'ci-support-group',
  'ci-environment',
  'ci-orphan',
  'ci-duplicate',
  'ci-without-asset',
  'ci-criticality',
];
const start = Date.parse('2026-06-01T00:00:00.000Z');
const dayMs = 86_400_000;
const days = 3;

export type HealthChange = { before: HealthState | undefined; after: HealthState; at: string };

/**
 * An estate whose health changes for three days, always the same: half of the changes are sightings (the day of going stale moves on), a third begins
 * or ends a failure, the rest are new records, retirements and other classes. A few records change far more often than the others.
 */
export const growHealth = (size: number) => {
  const random = generator(size);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(from.length * random() ** 2)] as T;
  const records: HealthState[] = [];

  const stale = (at: number, recordClass: string): HealthState['stale'] =>
    recordClass === 'asset/' || recordClass === 'application/'
      ? undefined
      : {
          rule: 'ci-stale',
          from: new Date(at + (recordClass === 'virtual-machine/' ? 30 : 60) * dayMs).toISOString().slice(0, 10),
        };

  const born = (at: number): HealthState => {
    const recordClass = pick(classes);
    return withStale(
      {
        kind: recordClass === 'asset/' ? 'asset' : 'ci',
        id: `record-${records.length}`,
        class: recordClass,
        live: true,
        failing: rules.filter(() => random() < 0.3).sort(),
        names: [],
        generation: 0,
      },
      stale(at, recordClass),
    );
  };

  const changed = (record: HealthState, at: number): HealthState => {
    const kind = random();
    if (kind < 0.55) return withStale(record, stale(at, record.class));
    if (kind < 0.9) {
      const rule = pick(rules);
      const failing = record.failing.includes(rule)
        ? record.failing.filter((one) => one !== rule)
        : [...record.failing, rule].sort();
      return { ...record, failing };
    }
    if (kind < 0.95) return { ...record, live: !record.live };
    const recordClass = pick(classes);
    return withStale({ ...record, class: recordClass }, stale(at, recordClass));
  };

  /** The next change; `share` tells how much of the three days has gone. */
  const next = (share: number): HealthChange => {
    const at = start + Math.floor(share * days * dayMs);
    const n = records.length < size && random() < 0.5 ? records.length : Math.floor(records.length * random() ** 2);
    const before = records[n];
    const after = before === undefined ? born(at) : changed(before, at);
    records[n] = after;
    return { before, after, at: new Date(at).toISOString() };
  };
  return { random, next };
};

const withStale = ({ stale: _stale, ...record }: HealthState, stale: HealthState['stale']): HealthState =>
  stale === undefined ? record : { ...record, stale };

/** Even numbers from 0 to 1, always the same for one seed (mulberry32). */
const generator = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
