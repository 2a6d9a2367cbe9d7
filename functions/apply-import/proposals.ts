import type { RecordOutcome } from '../../domain/import/run.ts';
import { type MergeProposal, nextProposal, type Sighting } from '../../domain/merge/proposal.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { proposalEntity, proposalIdOf } from '../merges/proposal-entity.ts';
import type { Stored } from '../store/entity.ts';
import type { RunScope } from './context.ts';

const mostRounds = 5;

/**
 * After its records are written: proposals to merge what ambiguous records lead to. One that says nothing new is not written again;
 * what another worker did to it meanwhile is read again.
 */
export const keepProposals = async (
  { context, run, now }: RunScope,
  outcomes: ReadonlyMap<number, RecordOutcome>,
  sightings: ReadonlyMap<number, readonly Sighting[]>,
): Promise<void> => {
  let pending = [...sightings].flatMap(([index, list]) => (outcomes.get(index)?.outcome === 'ambiguous' ? list : []));
  for (let round = 0; pending.length > 0 && round < mostRounds; round += 1) {
    const keys = pending.map(({ things }) => proposalEntity.keyOf(run.tenant, proposalIdOf(run.tenant, things)));
    const items = await context.table.getMany(keys, { consistent: true });
    const known = new Map(items.map(proposalEntity.fromItem).map((one) => [one.value.proposalId, one]));
    const staged = new Map<
      string,
      { next: MergeProposal; stored: Stored<MergeProposal> | undefined; of: Sighting[] }
    >();
    for (const sighting of pending) {
      const id = proposalIdOf(run.tenant, sighting.things);
      const before = staged.get(id);
      const next = nextProposal(before?.next ?? known.get(id)?.value, id, sighting, now);
      if (next !== undefined) staged.set(id, { next, stored: known.get(id), of: [...(before?.of ?? []), sighting] });
    }
    const list = [...staged.values()];
    const results = await context.table.writeEach(
      list.map(({ next, stored }) => {
        const at = laterOf(now, stored?.change?.at ?? now);
        const change = { type: 'MergeProposed', by: `source:${run.source}`, at, correlationId: run.runId };
        const put = proposalEntity.toItem(run.tenant, next, (stored?.version ?? 0) + 1, change);
        return { put, expect: stored?.version ?? ('absent' as const) };
      }),
    );
    pending = list.filter((_, n) => results[n]?.done !== true).flatMap(({ of }) => of);
  }
};
