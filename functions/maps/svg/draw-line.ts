import { readDownwards } from '../../../domain/map/layer.ts';
import type { Box, Layout, Line, Point } from './layout.ts';
import { lineStyle } from './style.ts';

/**
 * A line leaves its box in the middle of the lower edge, goes straight down through each row it passes, swings over in between, and ends at the
 * upper edge of the box that carries; upwards the other way round.
 */
export const drawLine = (line: Line, { boxes, rows, rowOf }: Layout, spread: ReadonlyMap<Line, number>): string => {
  const [from, to] = [boxes.get(line.from), boxes.get(line.to)];
  if (from === undefined || to === undefined) return '';
  const isDown = (rowOf.get(line.from) ?? 0) <= (rowOf.get(line.to) ?? 0);
  const { colour, dashes } = lineStyle(line.type);
  const start = { x: from.x, y: edgeOf(from, isDown) };
  const gap = line.hasArrow ? 7 : 0;
  const end = { x: to.x + (spread.get(line) ?? 0), y: edgeOf(to, !isDown) + (isDown ? -gap : gap) };
  const points = [start, ...line.bends.flatMap((bend) => through(bend, rows, isDown)), end];
  const arrow = line.hasArrow ? ` marker-end="url(#${markerId(line.type)})"` : '';
  return `<path d="${pathOf(points)}" stroke="${colour}"${dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`}${arrow}><title>${readDownwards(line.type)}</title></path>`;
};

export const markerId = (type: Line['type']): string => `arrow-${type.replaceAll(' ', '-')}`;

const edgeOf = ({ y, height }: Box, isLower: boolean): number => y + (isLower ? height / 2 : -height / 2);

/** Where a line enters and leaves the row that a bend is in; between rows it bends by itself. */
const through = (bend: Point, rows: Layout['rows'], isDown: boolean): Point[] => {
  const row = [...rows.values()].find(({ top, bottom }) => bend.y >= top - 1 && bend.y <= bottom + 1);
  if (row === undefined) return [];
  const passed = [
    { x: bend.x, y: row.top },
    { x: bend.x, y: row.bottom },
  ];
  return isDown ? passed : passed.reverse();
};

const pathOf = ([start, ...rest]: readonly Point[]): string => {
  if (start === undefined) return '';
  let before = start;
  const parts = rest.map((point) => {
    const middle = Math.round((before.y + point.y) / 2);
    const part =
      before.x === point.x
        ? `L ${point.x} ${point.y}`
        : `C ${before.x} ${middle} ${point.x} ${middle} ${point.x} ${point.y}`;
    before = point;
    return part;
  });
  return [`M ${start.x} ${start.y}`, ...parts].join(' ');
};

/** Lines that end at the same box arrive side by side, as many as there is room for, in the order they come from. */
export const spreadEnds = ({ lines, boxes }: Layout): Map<Line, number> => {
  const spread = new Map<Line, number>();
  for (const [id, box] of boxes) {
    const arriving = lines
      .filter(({ to }) => to === id)
      .map((line) => ({ line, x: line.bends.at(-1)?.x ?? boxes.get(line.from)?.x ?? 0 }))
      .sort((a, b) => a.x - b.x);
    const step = Math.min(14, (box.width - 40) / Math.max(1, arriving.length - 1));
    for (const [n, { line }] of arriving.entries())
      spread.set(line, Math.round((n - (arriving.length - 1) / 2) * step));
  }
  return spread;
};
