import type { Change } from '../../domain/shared/change.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { recognise, see } from '../../domain/unknown-device/see.ts';
import type { Sighting } from '../../domain/unknown-device/sighting.ts';
import type { UnknownDevice } from '../../domain/unknown-device/unknown-device.ts';
import type { Stored } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import { unknownEntity } from './entity.ts';
import { type KnownAs, knownAs } from './known-as.ts';

const mostRounds = 12;

/** In whose name rows are written: those of a run. */
export type SeenBy = { tenant: string; source: string; runId: string; now: string };

/**
 * Keeps the rows of devices that were seen and are none that anybody owns. Seeing one again writes nothing within a day, and a device that
 * is owned closes its row. Rows that are new are looked at once more after they are written: what became known in between is closed too,
 * and what becomes known later finds the row.
 */
export const keepSightings = async (table: Table, by: SeenBy, sightings: readonly Sighting[]): Promise<void> => {
  let pending = sightings;
  for (let round = 0; pending.length > 0; round += 1) {
    if (round === mostRounds) throw new Error(`${pending.length} unknown device(s) lost every race; tried again later`);
    const known = await knownAs(
      table,
      by.tenant,
      pending.map(({ named }) => named),
    );
    const rows = await readRows(table, by.tenant, pending);
    const staged = new Map<string, { next: UnknownDevice; type?: string; isNew: boolean; about: Sighting[] }>();
    for (const [n, sighting] of pending.entries()) {
      const { unknownId } = sighting;
      const before = staged.get(unknownId)?.next ?? rows.get(unknownId)?.value;
      const decided = decide(before, sighting, known[n] ?? {});
      const earlier = staged.get(unknownId);
      if (decided === undefined) continue;
      const type = decided.type ?? earlier?.type;
      staged.set(unknownId, {
        next: decided.next,
        ...(type === undefined ? {} : { type }),
        isNew: !rows.has(unknownId),
        about: [...(earlier?.about ?? []), sighting],
      });
    }
    const all = [...staged.values()];
    const results = await table.writeEach(
      all.map(({ next, type }) => {
        const stored = rows.get(next.unknownId);
        const change = type === undefined ? undefined : changeOf(type, by, stored);
        const put = unknownEntity.toItem(by.tenant, next, (stored?.version ?? 0) + 1, change);
        return { put, expect: stored?.version ?? ('absent' as const) };
      }),
    );
    pending = all.flatMap(({ isNew, about }, n) => (isNew || results[n]?.done !== true ? about : []));
  }
};

type Decided = { next: UnknownDevice; type?: string };

const decide = (before: UnknownDevice | undefined, sighting: Sighting, known: KnownAs): Decided | undefined => {
  if (known.owned !== undefined) {
    const next = before === undefined ? undefined : recognise(before, known.owned);
    return next === undefined ? undefined : { next, type: 'UnknownDeviceRecognised' };
  }
  // Its name is that of something owned, and nothing speaks against it: no news, but what is being asked stays.
  if (known.likely && before === undefined) return undefined;
  const seen = see(before, sighting, known.ciId);
  if (seen === undefined) return undefined;
  return { next: seen.next, ...(seen.told === undefined ? {} : { type: 'UnknownDeviceDetected' }) };
};

export const changeOf = (
  type: string,
  { source, runId, now }: Omit<SeenBy, 'tenant'>,
  stored: Stored<UnknownDevice> | undefined,
): Change => ({
  type,
  by: `source:${source}`,
  at: laterOf(now, stored?.change?.at ?? now),
  correlationId: runId,
});

const readRows = async (table: Table, tenant: string, sightings: readonly Sighting[]) => {
  const ids = [...new Set(sightings.map(({ unknownId }) => unknownId))];
  const items = await table.getMany(
    ids.map((id) => unknownEntity.keyOf(tenant, id)),
    { consistent: true },
  );
  return new Map(items.map(unknownEntity.fromItem).map((stored) => [stored.value.unknownId, stored]));
};
