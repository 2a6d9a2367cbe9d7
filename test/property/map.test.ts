import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CiClassName, ciClasses } from '../../domain/ci/ci-classes.ts';
import { failurePaths } from '../../domain/graph/link.ts';
import { itemsFor, type MapCi } from '../../domain/map/collapse.ts';
import { layerOf, layers } from '../../domain/map/layer.ts';
import { type MapLink, wiresBetween } from '../../domain/map/wires.ts';
import type { RelationshipType } from '../../domain/relationship/relationship-types.ts';
import type { MapNode, ServiceMap } from '../../functions/maps/answers.ts';
import { drawMap } from '../../functions/maps/svg/draw-map.ts';
import { type Box, layOut } from '../../functions/maps/svg/layout.ts';
import { clean, shorten, widthOf } from '../../functions/maps/svg/text.ts';
import { oracle } from '../support/graph-oracle.ts';
import { ciNumber, type TestEdge, testEdge } from '../support/graph-world.ts';
import { drawnElements, readSvg } from '../support/svg.ts';

const numbers = new Map(Array.from({ length: 61 }, (_, n) => [ciNumber(n), n]));
const nameOf = [...numbers.keys()];
const classes = Object.keys(ciClasses) as CiClassName[];

/** A graph of up to 60 CIs below number 0, with cycles and hubs, as a walk down from it would have found it. */
const worlds = fc
  .record({
    wires: fc.array(
      fc.record({
        from: fc.oneof(fc.constant(0), fc.nat(60)),
        to: fc.nat(60),
        type: fc.constantFrom<RelationshipType>('depends on', 'runs on', 'member of'),
        group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 3 }),
      }),
      { maxLength: 120, size: 'max' },
    ),
    classOf: fc.array(fc.constantFrom(...classes), { minLength: 61, maxLength: 61 }),
  })
  .map(({ wires, classOf }) => {
    const edges = wires.flatMap(({ from, to, type, group }): TestEdge[] =>
      from === to ? [] : [testEdge(nameOf[from] ?? '', type, nameOf[to] ?? '', group)],
    );
    const distinct = [...new Map(edges.map((edge) => [edge.relationshipId, edge])).values()];
    const [root = ''] = nameOf;
    const { depths } = oracle(distinct, { roots: [root], direction: 'upstream', depth: 100 });
    const cis = [[root, 0] as const, ...depths]
      .sort((a, b) => a[1] - b[1])
      .map(([ciId, depth]): MapCi => ({ ciId, depth, class: classOf[numbers.get(ciId) ?? 0] ?? 'server' }));
    const known = new Set(cis.map(({ ciId }) => ciId));
    const links = distinct.flatMap((edge): MapLink[] =>
      failurePaths(edge)
        .filter(({ dependant }) => known.has(dependant))
        .map((path) => ({
          ...path,
          relationshipId: edge.relationshipId,
          type: edge.type,
          group: edge.attributes?.group,
        })),
    );
    return { cis, links };
  });

const most = fc.integer({ min: 10, max: 80 });

const mapOf = (
  cis: readonly MapCi[],
  links: readonly MapLink[],
  limit: number,
  name = 'CI',
): Omit<ServiceMap, 'cost'> => {
  const items = itemsFor(cis, links, limit);
  const edges = wiresBetween(items, links);
  const nodes = items.map(({ id, kind, layer, cis: [first, ...more] }, n): MapNode => {
    const shared = { id, kind, layer, name: `${name} ${n}`, depth: first?.depth ?? 0 };
    return kind === 'ci'
      ? { ...shared, ciId: id, class: first?.class ?? 'server' }
      : { ...shared, count: more.length + 1 };
  });
  const drawn = [...new Map(edges.flatMap(({ group, from }) => (group === undefined ? [] : [[group, from] as const])))];
  const groups = drawn.map(([id, of]) => ({ id, of, name, need: 1, members: 2 }));
  const summary = { read: cis.length, drawn: nodes.length, collapsed: 0, text: name };
  return { root: cis[0]?.ciId ?? '', nodes, edges, groups, truncated: false, summary };
};

const areApart = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;

describe('what a map draws', () => {
  it('is every CI once, no more boxes than asked, of one layer each, and every edge in one line or inside one box', () => {
    fc.assert(
      fc.property(worlds, most, ({ cis, links }, limit) => {
        const items = itemsFor(cis, links, limit);
        expect(items.length).toBeLessThanOrEqual(limit);
        expect(items[0]).toMatchObject({ kind: 'ci', id: cis[0]?.ciId });
        expect(items.flatMap((item) => item.cis.map(({ ciId }) => ciId)).sort()).toEqual(
          cis.map(({ ciId }) => ciId).sort(),
        );
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        for (const item of items)
          expect(item.cis.map((ci) => layerOf(ci.class))).toEqual(item.cis.map(() => item.layer));
        const itemOf = new Map(items.flatMap((item) => item.cis.map(({ ciId }) => [ciId, item.id] as const)));
        const wires = wiresBetween(items, links);
        const inside = links.filter(({ dependant, carrier }) => itemOf.get(dependant) === itemOf.get(carrier));
        expect(wires.reduce((sum, { count }) => sum + count, 0) + inside.length).toBe(links.length);
        const drawn = new Set(wires.map(({ from, to, type }) => `${from} ${to} ${type}`));
        const lost = links
          .filter((link) => !inside.includes(link))
          .filter(
            ({ dependant, carrier, type }) => !drawn.has(`${itemOf.get(dependant)} ${itemOf.get(carrier)} ${type}`),
          );
        expect(lost).toEqual([]);
        for (const { kind, cis: members } of items) if (kind === 'ci') expect(members).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  it('stands in bands from service to physical, no box on another, each line from its box to its box', () => {
    fc.assert(
      fc.property(worlds, most, ({ cis, links }, limit) => {
        const map = mapOf(cis, links, limit);
        const layout = layOut(map);
        const boxes = [...layout.boxes];
        expect(boxes.map(([id]) => id).sort()).toEqual([...map.nodes, ...map.groups].map(({ id }) => id).sort());
        const touching = boxes.flatMap(([id, box], n) =>
          boxes.slice(n + 1).flatMap(([other, beside]) => (areApart(box, beside) ? [] : [[id, other]])),
        );
        expect(touching).toEqual([]);
        const depths = layers.map((layer) =>
          map.nodes.filter((node) => node.layer === layer).map(({ id }) => layout.boxes.get(id)?.y ?? 0),
        );
        for (const [n, upper] of depths.entries())
          for (const lower of depths.slice(n + 1))
            if (upper.length > 0 && lower.length > 0) expect(Math.max(...upper)).toBeLessThan(Math.min(...lower));
        const wanted = map.edges.map(({ from, to, type, group }) => [group ?? from, to, type].join(' '));
        const told = layout.lines
          .filter(({ hasArrow }) => hasArrow)
          .map(({ from, to, type }) => [from, to, type].join(' '));
        expect(told.sort()).toEqual([...new Set(wanted)].sort());
      }),
      { numRuns: 20 },
    );
  });

  it('is the same bytes for the same map, well formed, and made of nothing but shapes and text, whatever the names', () => {
    fc.assert(
      fc.property(worlds, most, fc.string({ unit: 'binary', maxLength: 400 }), ({ cis, links }, limit, name) => {
        const map = mapOf(cis, links, limit, name);
        const svg = drawMap(map);
        expect(drawMap(structuredClone(map))).toBe(svg);
        const elements = readSvg(svg);
        expect(elements.every((element) => drawnElements.has(element.name))).toBe(true);
        expect(
          elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((key) => /^on|href|style/i.test(key)),
        ).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a text on a map', () => {
  it('is one clean line that fits, and stays what it is when it is cleaned again', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10_000 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 300 }), (text, width) => {
        const whole = clean(text);
        expect(clean(whole)).toBe(whole);
        expect([...whole].length).toBeLessThanOrEqual(300);
        expect(whole).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufffe\uffff]/u);
        expect(widthOf(shorten(text, width, 12), 12)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
