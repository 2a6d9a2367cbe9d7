import type { Ci } from '../../domain/ci/ci.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { adjacencyEntity } from '../../functions/graph/entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import type { Item } from '../../functions/store/table.ts';
import type { TestEdge } from './graph-world.ts';

export const graphTenant = 'skyways';
export const graphStart = '2026-01-01T00:00:00.000Z';

const changed = (type: string, at: string) => ({ type, by: 'kim', at, correlationId: 'test' });

/** A CI as a person would have made it. */
export const ciItem = (ciId: string, name: string, version = 1, more: Partial<Ci> = {}): Item =>
  ciEntity.toItem(
    graphTenant,
    {
      ciId,
      class: 'server',
      status: 'operational',
      statusSetBy: 'person',
      identifiers: [],
      facets: { manual: { half: 'manual', sections: { manual: { at: graphStart, hash: 'h', values: { name } } } } },
      origin: { correlationId: 'test' },
      createdAt: graphStart,
      ...more,
    },
    version,
    changed(version === 1 ? 'CiCreated' : 'CiUpdated', graphStart),
  );

/** A version of a relationship, open or closed. */
export const edgeItem = (edge: TestEdge, version = 1, isOpen = true): Item => {
  const value: Relationship = { ...edge, sources: ['manual'], validFrom: graphStart };
  return relationshipEntity.toItem(
    graphTenant,
    isOpen ? value : { ...value, validTo: graphStart },
    version,
    changed(isOpen ? 'RelationshipCreated' : 'RelationshipClosed', graphStart),
  );
};

/** What is on the pages, as text: which CI, which way, which edge in which version, with which card. */
export const pageEntries = (items: readonly Item[]): string[] =>
  items
    .filter(({ e }) => e === adjacencyEntity.name)
    .flatMap((item) => {
      const { ciId, way, page, card, links } = adjacencyEntity.fromItem(item).value;
      const head = page === 0 ? [`${ciId} ${way} card ${card?.name} ${card?.assetId}`] : [];
      return [...head, ...links.map((link) => `${ciId} ${way} ${JSON.stringify(Object.entries(link).sort())}`)];
    })
    .sort();
