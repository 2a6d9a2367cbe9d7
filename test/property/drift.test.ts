import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Ci } from '../../domain/ci/ci.ts';
import { compareAttributes } from '../../domain/drift/compare-attributes.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { relationshipIdOf } from '../../domain/relationship/write-relationship.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { findingEntity } from '../../functions/drift/entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { keepDrift } from '../../functions/relay/drift.ts';
import { digest } from '../../functions/shared/digest.ts';
import type { Item, Table } from '../../functions/store/table.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

const idOf = (letter: string) => `ci_${letter.repeat(26)}`;
const [owner, database, ...groups] = ['a', 'b', 'c', 'd', 'e'].map(idOf) as [string, string, ...string[]];
const at = (n: number) => `2026-11-22T08:00:${String(n).padStart(2, '0')}.000Z`;
const change = (type: string, n: number) => ({ type, by: 'source:any', at: at(n), correlationId: 'run' });

type Words = {
  declares: boolean;
  finds: boolean;
  type: number;
  found: number;
  tag: number;
  foundTag: number;
  isRetired: boolean;
};

/** What sources say of one instance: each side alone, both, or neither. */
const facetsOf = ({ declares, finds, type, found, tag, foundTag }: Words): Facets => ({
  ...(declares && {
    'terraform#book': {
      half: 'book',
      sections: {
        declared: {
          at: at(0),
          hash: `d${type}`,
          values: { instance_type: `t${type}`, type: 'aws_instance', subnet_id: 's' },
        },
        declaredTags: { at: at(0), hash: `t${tag}`, values: tag === 0 ? {} : { Team: `team ${tag}` } },
      },
    },
  }),
  ...(finds && {
    aws: {
      half: 'discovery',
      sections: {
        virtualMachine: { at: at(1), hash: `v${found}`, values: { type: `T${found}` } },
        tags: {
          at: at(1),
          hash: `g${foundTag}`,
          values: foundTag === 0 ? { Other: 'x' } : { Team: `team ${foundTag}` },
        },
      },
    },
  }),
});

const group = (n: number): Facets => ({
  'terraform#book': {
    half: 'book',
    sections: {
      declared: { at: at(0), hash: 'g', values: { type: 'aws_security_group', address: `aws_security_group.g${n}` } },
    },
  },
});

const ciItem = (ciId: string, facets: Facets, version: number, isRetired = false): Item => {
  const ci: Ci = {
    ciId,
    class: 'virtual-machine',
    status: isRetired ? 'retired' : 'operational',
    statusSetBy: 'import',
    identifiers: [],
    facets,
    origin: { correlationId: 'run' },
    createdAt: at(0),
  };
  return ciEntity.toItem('skyways', ci, version, change('CiUpdated', version));
};

type Edge = { type: Relationship['type']; from: string; to: string; source: string };
const edges: Edge[] = [
  ...groups.map((to) => ({ type: 'depends on' as const, from: owner, to, source: 'terraform' })),
  ...groups.map((to) => ({ type: 'associated with' as const, from: owner, to, source: 'aws' })),
  { type: 'depends on', from: owner, to: database, source: 'terraform' },
  ...groups.slice(0, 2).map((to) => ({ type: 'depends on' as const, from: database, to, source: 'terraform' })),
];
const edgeItem = ({ type, from, to, source }: Edge, version: number, isOpen: boolean): Item => {
  const relationshipId = relationshipIdOf({ type, from, to }, digest);
  const edge = {
    relationshipId,
    type,
    from,
    to,
    sources: [source],
    validFrom: at(0),
    ...(isOpen ? {} : { validTo: at(1) }),
  };
  return relationshipEntity.toItem('skyways', edge, version, change('RelationshipUpdated', version));
};

const Event = fc.oneof(
  fc.record({
    words: fc.record({
      declares: fc.nat(5).map((n) => n > 0),
      finds: fc.nat(5).map((n) => n > 0),
      type: fc.nat(2),
      found: fc.nat(2),
      tag: fc.nat(2),
      foundTag: fc.nat(2),
      isRetired: fc.nat(6).map((n) => n === 0),
    }),
  }),
  fc.record({ edge: fc.nat(edges.length - 1), isOpen: fc.boolean() }),
);

/** What is open, and what each side says in it: all that must not depend on the way there. */
const openIn = (table: MemoryTable) =>
  table
    .items()
    .filter(({ e }) => e === findingEntity.name)
    .map((item) => findingEntity.fromItem(item).value)
    .filter(({ state }) => state !== 'resolved')
    .map(({ findingId, subject, declared, discovered }) => [findingId, subject, declared?.value, discovered?.value])
    .sort();

const start = (): MemoryTable => {
  const table = memoryTable();
  for (const [n, ciId] of groups.entries()) table.put(ciItem(ciId, group(n), 1));
  return table;
};
const put = (table: Table, item: Item) => table.writeEach([{ put: item, expect: 'any' }]);

describe('drift findings', () => {
  it('are what facets and edges say at the end, whatever the order, lateness and repetition of their changes', async () => {
    let drifted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(Event, { minLength: 4, maxLength: 14 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 40, maxLength: 40 }),
        async (events, luck) => {
          const table = start();
          const waiting: { before: Item | undefined; after: Item }[] = [];
          const latest = new Map<string, Item>();
          const deliver = async (n: number, again: boolean) => {
            const record = waiting[n % waiting.length];
            if (record === undefined) return;
            if (!again) waiting.splice(n % waiting.length, 1);
            await keepDrift(table, [record]);
          };
          for (const [n, event] of events.entries()) {
            const item =
              'words' in event
                ? ciItem(owner, facetsOf(event.words), n + 1, event.words.isRetired)
                : edgeItem(edges[event.edge] as Edge, n + 1, event.isOpen);
            const key = `${item.pk} ${item.sk}`;
            waiting.push({ before: latest.get(key), after: item });
            latest.set(key, item);
            await put(table, item);
            const [which = 0, how = 0] = luck[n] ?? [];
            if (how % 3 > 0) await deliver(which, how % 2 === 0);
          }
          for (let n = events.length; waiting.length > 0; n += 1) {
            const [which = 0] = luck[n % luck.length] ?? [];
            await deliver(which, false);
          }
          const fresh = start();
          for (const item of latest.values()) await put(fresh, item);
          await keepDrift(
            fresh,
            [...latest.values()].map((after) => ({ before: undefined, after })),
          );
          expect(openIn(table)).toEqual(openIn(fresh));
          drifted += openIn(fresh).length;
          const spent = table.meter.writeUnits;
          await keepDrift(
            table,
            [...latest.values()].map((after) => ({ before: undefined, after })),
          );
          expect(table.meter.writeUnits).toBe(spent);
        },
      ),
      { numRuns: 120 },
    );
    expect(drifted).toBeGreaterThan(40);
  });

  it('are made of facets, in no order, and only where both sides speak', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.nat(2),
        fc.nat(2),
        fc.nat(2),
        fc.nat(2),
        (declares, finds, type, found, tag, foundTag) => {
          const facets = facetsOf({ declares, finds, type, found, tag, foundTag, isRetired: false });
          const said = compareAttributes(facets);
          expect(compareAttributes(Object.fromEntries(Object.entries(facets).reverse()))).toEqual(said);
          const expected = [
            ...(type === found ? [] : ['instanceType']),
            ...(tag === 0 || tag === foundTag ? [] : ['tags.Team']),
          ];
          expect(said.map(({ subject }) => subject)).toEqual(declares && finds ? expected : []);
        },
      ),
    );
  });
});
