import { layers } from '../../../domain/map/layer.ts';
import type { ServiceMap } from '../answers.ts';
import { drawLegend, legendHeight, legendWidth } from './draw-legend.ts';
import { drawLine, markerId, spreadEnds } from './draw-line.ts';
import { drawBadge, drawNode } from './draw-node.ts';
import { type Layout, layOut } from './layout.ts';
import { font, ink, layerStyles, lineStyle } from './style.ts';
import { escapeXml, shorten } from './text.ts';

const [gutter, margin, header, bandPad] = [128, 24, 84, 20];
const leastWidth = 860;

/**
 * A service map as a picture that stands alone: no scripts, styles, fonts, links or pictures from elsewhere, every name cleaned and escaped.
 * The same map always gives the same bytes.
 */
export const drawMap = (map: Omit<ServiceMap, 'cost'>): string => {
  const layout = layOut(map);
  const types = [...new Set(layout.lines.map(({ type }) => type))].sort();
  const boxes = [...layout.boxes.values()];
  const right = Math.max(
    0,
    ...boxes.map(({ x, width }) => x + width / 2),
    ...layout.lines.flatMap(({ bends }) => bends.map(({ x }) => x)),
  );
  const bottom = Math.max(0, ...boxes.map(({ y, height }) => y + height / 2));
  const width = Math.ceil(Math.max(leastWidth, gutter + right + margin * 2, legendWidth(types, map)));
  const bodyHeight = bottom + bandPad * 2;
  const height = Math.ceil(header + bodyHeight + legendHeight + margin);
  const root = map.nodes.find(({ id }) => id === map.root)?.name ?? map.root;
  const title = `Service map of ${root}`;
  const under = [map.summary.text, ...(map.asOf === undefined ? [] : [`As of ${map.asOf}.`])].join(' ');
  const shift = gutter + Math.max(0, Math.floor((width - gutter - margin - right) / 2));
  const spread = spreadEnds(layout);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}" role="img" aria-labelledby="map-title map-description">`,
    `<title id="map-title">${escapeXml(title)}</title><desc id="map-description">${escapeXml(`${under} ${inWords(map)}`)}</desc>`,
    `<defs>${types.map(markerOf).join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
    `<text x="${margin}" y="36" font-size="20" font-weight="bold" fill="${ink.text}">${escapeXml(shorten(title, width - margin * 2, 20, true))}</text>`,
    `<text x="${margin}" y="58" font-size="12" fill="${ink.quiet}">${escapeXml(shorten(under, width - margin * 2, 12))}</text>`,
    `<g transform="translate(0 ${header + bandPad})">${bandsOf(map, layout, width)}`,
    `<g transform="translate(${shift} 0)"><g fill="none" stroke-width="1.4">${layout.lines.map((line) => drawLine(line, layout, spread)).join('')}</g>`,
    ...map.nodes.map((node) => drawPlaced(layout, node.id, (box) => drawNode(node, box, node.id === map.root))),
    ...map.groups.map((group) => drawPlaced(layout, group.id, (box) => drawBadge(group, box))),
    '</g></g>',
    `<g transform="translate(${margin} ${header + bodyHeight + 12})">${drawLegend(types, map)}</g></svg>`,
  ].join('\n');
};

const drawPlaced = (
  { boxes }: Layout,
  id: string,
  draw: (box: NonNullable<ReturnType<Layout['boxes']['get']>>) => string,
) => {
  const box = boxes.get(id);
  return box === undefined ? '' : draw(box);
};

/** A band for each layer, with its name at the left. */
const bandsOf = (
  { nodes, groups }: Pick<ServiceMap, 'nodes' | 'groups'>,
  { rows, rowOf }: Layout,
  width: number,
): string =>
  layers
    .map((layer) => {
      const ids = nodes.filter((node) => node.layer === layer).map(({ id }) => id);
      const badges = groups.filter(({ of }) => ids.includes(of)).map(({ id }) => id);
      const extents = [...ids, ...badges].flatMap((id) => rows.get(rowOf.get(id) ?? -1) ?? []);
      if (extents.length === 0) return '';
      const { label, strong, band } = layerStyles[layer];
      const top = Math.min(...extents.map((extent) => extent.top)) - bandPad;
      const bottom = Math.max(...extents.map((extent) => extent.bottom)) + bandPad;
      return [
        `<rect x="${margin / 2}" y="${top}" width="${width - margin}" height="${bottom - top}" rx="8" fill="${band}"/>`,
        `<text x="${margin}" y="${top + 24}" font-size="13" font-weight="bold" fill="${strong}">${label}</text>`,
      ].join('');
    })
    .join('');

const markerOf = (type: Layout['lines'][number]['type']): string =>
  `<marker id="${markerId(type)}" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse"><path d="M 0 0 L 8 4 L 0 8 Z" fill="${lineStyle(type).colour}"/></marker>`;

/** For those who hear the picture: what stands in each layer. */
const inWords = ({ nodes }: Pick<ServiceMap, 'nodes'>): string =>
  layers
    .flatMap((layer) => {
      const count = nodes.filter((node) => node.layer === layer).reduce((sum, node) => sum + (node.count ?? 1), 0);
      return count === 0 ? [] : [`${layerStyles[layer].label}: ${count}.`];
    })
    .join(' ');
