import { judge } from '../../domain/health/judge.ts';
import { healthState } from '../../domain/health/tally.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { healthStateEntity } from '../data-health/entities.ts';
import { readEvidence } from '../data-health/evidence.ts';
import { describeError, type Log } from '../shared/log.ts';
import { type Table, type Write, WriteConflict } from '../store/table.ts';
import { healthWrites } from './health-writes.ts';
import { readRuling } from './ruling.ts';
import type { RecordRef } from './touched.ts';

const mostRounds = 20;
const group = 100;

/** Brings the stored health of records in line with what the table holds now. */
export const judgeRecords = async (
  table: Table,
  refs: readonly RecordRef[],
  log: Pick<Log, 'error'>,
): Promise<void> => {
  const byTenant = new Map<string, string[]>();
  for (const { tenant, id } of refs) byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), id]);
  for (const [tenant, ids] of byTenant) {
    for (let n = 0; n < ids.length; n += group) await judgeGroup(table, tenant, ids.slice(n, n + group), log);
  }
};

/**
 * The stored health is read first, what it rests on after it, and it is written under its version; then the record is judged once more, and left
 * only when nothing is to be written. So the last who writes has seen everything that was there when it wrote: whoever changes
 * something later brings the record here again, and a crash in between brings the batch again.
 */
const judgeGroup = async (
  table: Table,
  tenant: string,
  ids: readonly string[],
  log: Pick<Log, 'error'>,
): Promise<void> => {
  let waiting = ids;
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === mostRounds) throw new Error(`${waiting.length} records lost every race for their health`);
    const stored = await table.getMany(
      waiting.map((id) => healthStateEntity.keyOf(tenant, id)),
      { consistent: true },
    );
    const ruling = await readRuling(table, tenant);
    const evidence = await readEvidence(table, tenant, waiting, ruling.rulesFor, (id, error) =>
      log.error('not judged', { tenant, id, ...describeError(error) }),
    );
    const known = new Map(stored.map((item) => [item.pk, item]));
    const writes = evidence.flatMap((one): { id: string; writes: Write[] }[] => {
      const { facts, names } = one;
      const findings = judge(facts, one.around, ruling.rulesFor);
      const next = healthState(facts, findings, names, ruling.generation);
      const item = known.get(healthStateEntity.keyOf(tenant, facts.id).pk);
      const before = item === undefined ? undefined : healthStateEntity.fromItem(item);
      if (before !== undefined && sameContent(before.value, next)) return [];
      return [{ id: facts.id, writes: healthWrites(tenant, before, next) }];
    });
    await writeAll(
      table,
      writes.map((one) => one.writes),
    );
    waiting = writes.map(({ id }) => id);
  }
};

const inFlight = 10;

/** What is lost to another writer is looked at again, like all that was written. */
const writeAll = async (table: Table, acts: readonly (readonly Write[])[]): Promise<void> => {
  await table.writeEach(acts.filter((act) => act.length === 1).flat());
  const large = acts.filter((act) => act.length > 1);
  for (let n = 0; n < large.length; n += inFlight) {
    await Promise.all(
      large.slice(n, n + inFlight).map(async (act) => {
        try {
          await table.transact(act);
        } catch (error) {
          if (!(error instanceof WriteConflict)) throw error;
        }
      }),
    );
  }
};
