import type { Neighbours } from '../../domain/graph/link.ts';
import type { RequestScope } from '../http/serve.ts';
import { leadingMerges } from '../merges/running.ts';
import type { Table } from '../store/table.ts';
import { readAdjacencyAt } from './adjacency-at.ts';
import { readAdjacency } from './adjacency-reader.ts';
import { followMerges } from './follow-merges.ts';

/**
 * What walks see: the edges as of a moment (UTC, milliseconds; undefined: now), and how many CIs are asked about in one step, so that a walk can
 * look at the clock in between. `isCut`: some CI had more edges than were read.
 */
export type Estate = {
  asOf: string | undefined;
  neighbours: Neighbours;
  atOnce: number;
  isCut: () => boolean;
};

const never = () => false;

export const estateAt = (
  { table, principal }: { table: Table; principal: RequestScope['principal'] },
  asOf: string | undefined,
): Estate =>
  asOf === undefined
    ? {
        asOf,
        neighbours: followMerges(readAdjacency(table, principal.tenant), () => leadingMerges(table, principal.tenant)),
        atOnce: 4000,
        isCut: never,
      }
    : { asOf, ...readAdjacencyAt(table, principal.tenant, asOf), atOnce: 200 };
