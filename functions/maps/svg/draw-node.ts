import { ciClasses } from '../../../domain/ci/ci-classes.ts';
import { isBuiltIn } from '../../../domain/ci/class-name.ts';
import type { ServiceMap } from '../answers.ts';
import type { Box } from './layout.ts';
import { assetTop, badgeText, boxWidth, inset, moreTop } from './measures.ts';
import { ink, layerStyles } from './style.ts';
import { escapeXml, shorten } from './text.ts';

type Node = ServiceMap['nodes'][number];
const room = boxWidth - inset * 2;

/** Whatever the font makes of a text, it ends at the edge of its box. */
export const drawNode = (node: Node, box: Box, isRoot: boolean): string => {
  const { strong } = layerStyles[node.layer];
  const [x, y] = [box.x - box.width / 2, box.y - box.height / 2];
  const outline = `width="${box.width}" height="${box.height}" rx="6" fill="${ink.paper}" stroke="${strong}"`;
  const stack =
    node.kind === 'ci'
      ? ''
      : [8, 4].map((by) => `<rect x="${x + by}" y="${y + by}" ${outline} stroke-opacity="0.55"/>`).join('');
  return [
    `<g><title>${escapeXml(tooltipOf(node))}</title>${stack}`,
    `<rect x="${x}" y="${y}" ${outline} stroke-width="${isRoot ? 2.5 : 1}"/>`,
    `<rect x="${x}" y="${y + 6}" width="4" height="${box.height - 12}" fill="${strong}"/>`,
    `<svg x="${x}" y="${y}" width="${box.width - 4}" height="${box.height}">${contentsOf(node)}</svg></g>`,
  ].join('');
};

const contentsOf = (node: Node): string => {
  const { asset, more } = node;
  const faded = node.status === 'retired' || node.status === 'missing';
  return [
    line(node.name, 21, 13, { isBold: true, colour: faded ? ink.quiet : ink.text }),
    line(subtitleOf(node), 38, 11),
    ...(asset === undefined
      ? []
      : [
          `<path d="M ${inset} ${assetTop} H ${boxWidth - inset}" stroke="${ink.line}" stroke-dasharray="2 3"/>`,
          line(`${asset.tag ?? asset.assetId} · ${asset.status}`, assetTop + 15, 11, { colour: ink.text }),
          line(asset.holder ?? 'no holder', assetTop + 29, 11),
          line(asset.location ?? 'no location', assetTop + 43, 11),
        ]),
    ...(more === undefined
      ? []
      : [line(`+ ${more} more below, not read`, moreTop(node) + 10, 11, { colour: ink.badge })]),
  ].join('');
};

const line = (text: string, y: number, size: number, { isBold = false, colour = ink.quiet } = {}): string =>
  `<text x="${inset}" y="${y}" font-size="${size}"${isBold ? ' font-weight="bold"' : ''} fill="${colour}">${escapeXml(shorten(text, room, size, isBold))}</text>`;

const subtitleOf = ({ kind, class: ciClass, status, classes = {} }: Node): string => {
  if (kind === 'summary') return 'drawn as one';
  if (kind === 'rest')
    return Object.entries(classes)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const label = ciClass !== undefined && isBuiltIn(ciClass) ? ciClasses[ciClass].label : ciClass;
  return [label, status].filter((part) => part !== undefined).join(' · ');
};

const placeOf = ({ holder, location }: NonNullable<Node['asset']>): string =>
  [holder ?? 'no holder', location ?? 'no location'].join(' · ');

const tooltipOf = (node: Node): string => {
  const { name, ciId, asset, open } = node;
  return [
    name,
    subtitleOf(node),
    ...(ciId === undefined ? [] : [ciId]),
    ...(asset === undefined ? [] : [`asset ${asset.assetId}, ${asset.status}, ${placeOf(asset)}`]),
    ...(open === undefined ? [] : [`one by one: GET ${open}`]),
  ].join(' – ');
};

/** A redundancy group: how many of its members must be left. */
export const drawBadge = (group: ServiceMap['groups'][number], { x, y, width, height }: Box): string =>
  [
    `<g><title>${escapeXml(`Redundancy group ${group.name}: works while ${group.need} of ${group.members} are left`)}</title>`,
    `<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="11" fill="#fef3c7" stroke="${ink.badge}"/>`,
    `<text x="${x}" y="${y + 4}" font-size="11" font-weight="bold" text-anchor="middle" fill="${ink.badge}">${escapeXml(badgeText(group))}</text></g>`,
  ].join('');
