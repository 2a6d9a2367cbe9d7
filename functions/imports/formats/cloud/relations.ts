import type { RawRelation } from '../../../../domain/discovery/record.ts';

const most = 100;

/** A relation to what a cloud id names. */
export const cloudRelation = (
  type: RawRelation['type'],
  direction: RawRelation['direction'],
  cloudId: string,
): RawRelation => ({ type, direction, identifiers: [{ type: 'cloudId', value: cloudId }] });

/** A relation to what another record of the same source describes. */
export const recordRelation = (
  type: RawRelation['type'],
  direction: RawRelation['direction'],
  record: string,
): RawRelation => ({ type, direction, record });

const keyOf = ({ direction, identifiers, record, type }: RawRelation): string =>
  `${type} ${direction} ${record ?? ''} ${identifiers?.[0]?.value ?? ''}`;

/** Every relation once, in an order that does not depend on the file's; at most 100. */
export const orderedRelations = (relations: readonly RawRelation[]): RawRelation[] =>
  [...new Map(relations.map((relation) => [keyOf(relation), relation]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([, relation]) => relation);
