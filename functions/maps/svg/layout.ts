import { layout as arrange, Graph } from '@dagrejs/dagre';
import type { ServiceMap } from '../answers.ts';
import { badgeSize, boxSize } from './measures.ts';
import { rowsOf } from './rows.ts';

export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };

/** A line: between which boxes, the points it passes in between (one for each row), the edge it draws. */
export type Line = {
  from: string;
  to: string;
  bends: Point[];
  type: ServiceMap['edges'][number]['type'];
  hasArrow: boolean;
};

export type Layout = {
  boxes: Map<string, Box>;
  lines: Line[];
  rows: Map<number, { top: number; bottom: number }>;
  rowOf: Map<string, number>;
};

/** Rows that lines pass on their way, all together. */
const mostPassed = 80;
const [betweenBoxes, betweenLines, betweenRows] = [28, 14, 64];

/**
 * Where everything stands: rows by `rowsOf`, order and place within them by dagre. An edge of a group runs from the badge of the group. The
 * same map is always laid out in the same way. Points are centres.
 */
export const layOut = (map: Pick<ServiceMap, 'nodes' | 'edges' | 'groups'>): Layout => {
  const rowOf = rowsOf(map);
  // dagre keeps every second rank for labels of edges; there are none, so that lines turn there.
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    nodesep: betweenBoxes,
    edgesep: betweenLines,
    ranksep: betweenRows,
    rankalign: 'top',
    ranker: ((ranked: Graph) => {
      for (const id of ranked.nodes() as string[])
        (ranked.node(id) as { rank?: number }).rank = 2 * (rowOf.get(id) ?? 0);
    }) as unknown as 'longest-path',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of [...map.nodes].sort(byName)) graph.setNode(node.id, { ...boxSize(node) });
  for (const group of map.groups) graph.setNode(group.id, { ...badgeSize(group) });
  const lines = linesOf(map);
  const routed = new Map(routable(lines, rowOf).map((line, n) => [String(n), line]));
  for (const [name, { from, to }] of routed) {
    if (isDown(from, to, rowOf)) graph.setEdge(from, to, {}, name);
    else graph.setEdge(to, from, {}, name);
  }
  arrange(graph);
  const boxes = new Map((graph.nodes() as string[]).map((id) => [id, boxOf(graph.node(id) as Box)]));
  for (const edge of graph.edges() as { v: string; w: string; name?: string }[]) {
    const line = routed.get(edge.name ?? '');
    const inner = ((graph.edge(edge) as { points?: Point[] }).points ?? []).slice(1, -1).map(rounded);
    line?.bends.push(...(isDown(line.from, line.to, rowOf) ? inner : inner.reverse()));
  }
  return { boxes, lines, rows: extentsOf(boxes, rowOf), rowOf };
};

const isDown = (from: string, to: string, rowOf: ReadonlyMap<string, number>): boolean =>
  (rowOf.get(from) ?? 0) <= (rowOf.get(to) ?? 0);

/** Every line once, in the order of the names at its ends. */
const linesOf = ({ nodes, edges }: Pick<ServiceMap, 'nodes' | 'edges'>): Line[] => {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const place = ({ from, to }: { from: string; to: string }) => `${names.get(from)} ${names.get(to)} ${from} ${to}`;
  const lines = [...edges]
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
    .flatMap(({ from, to, type, group }): Line[] => [
      ...(group === undefined ? [] : [{ from, to: group, type, hasArrow: false, bends: [] }]),
      { from: group ?? from, to, type, hasArrow: true, bends: [] },
    ]);
  return [...new Map(lines.map((line) => [JSON.stringify([line.from, line.to, line.type]), line])).values()];
};

/**
 * The lines that are led around boxes: the shortest first, until they pass as many rows as there is time and width for. The others run
 * straight, behind the boxes.
 */
const routable = (lines: readonly Line[], rowOf: ReadonlyMap<string, number>): Line[] => {
  const spanOf = ({ from, to }: Line) => Math.abs((rowOf.get(from) ?? 0) - (rowOf.get(to) ?? 0));
  let passed = 0;
  const led = new Set(
    [...lines]
      .sort((a, b) => spanOf(a) - spanOf(b))
      .filter((line) => {
        passed += spanOf(line) - 1;
        return passed <= mostPassed;
      }),
  );
  return lines.filter((line) => led.has(line));
};

/** Where edges leave dagre a choice, boxes stand in the order of their names. */
const byName = (a: ServiceMap['nodes'][number], b: ServiceMap['nodes'][number]): number => {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

const boxOf = ({ x, y, width, height }: Box): Box => ({ ...rounded({ x, y }), width, height });

const extentsOf = (boxes: ReadonlyMap<string, Box>, rowOf: ReadonlyMap<string, number>): Layout['rows'] => {
  const rows: Layout['rows'] = new Map();
  for (const [id, { y, height }] of boxes) {
    const row = rowOf.get(id) ?? 0;
    const { top, bottom } = rows.get(row) ?? { top: y, bottom: y };
    rows.set(row, { top: Math.min(top, y - height / 2), bottom: Math.max(bottom, y + height / 2) });
  }
  return rows;
};
