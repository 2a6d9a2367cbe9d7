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
  const drawn = new Map<string, Omit<Line, 'bends'> & { isUpward: boolean }>();
  const draw = (from: string, to: string, type: Line['type'], hasArrow: boolean) => {
    const name = JSON.stringify([from, to, type]);
    if (drawn.has(name)) return;
    const isUpward = (rowOf.get(from) ?? 0) > (rowOf.get(to) ?? 0);
    drawn.set(name, { from, to, type, hasArrow, isUpward });
    if (isUpward) graph.setEdge(to, from, {}, name);
    else graph.setEdge(from, to, {}, name);
  };
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const place = ({ from, to }: { from: string; to: string }) => `${names.get(from)} ${names.get(to)} ${from} ${to}`;
  for (const { from, to, type, group } of [...map.edges].sort((a, b) => (place(a) < place(b) ? -1 : 1))) {
    if (group !== undefined) draw(from, group, type, false);
    draw(group ?? from, to, type, true);
  }
  arrange(graph);
  const boxes = new Map((graph.nodes() as string[]).map((id) => [id, boxOf(graph.node(id) as Box)]));
  const lines = (graph.edges() as { v: string; w: string; name?: string }[]).flatMap((edge): Line[] => {
    const line = drawn.get(edge.name ?? '');
    if (line === undefined) return [];
    const { isUpward, ...rest } = line;
    const inner = ((graph.edge(edge) as { points?: Point[] }).points ?? []).slice(1, -1).map(rounded);
    return [{ ...rest, bends: isUpward ? inner.reverse() : inner }];
  });
  return { boxes, lines, rows: extentsOf(boxes, rowOf), rowOf };
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
