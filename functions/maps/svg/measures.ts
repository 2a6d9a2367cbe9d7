import type { ServiceMap } from '../answers.ts';
import { shorten, widthOf } from './text.ts';

type Node = ServiceMap['nodes'][number];
type Group = ServiceMap['groups'][number];

export const boxWidth = 204;
export const inset = 12;
const [head, assetPart, morePart] = [50, 52, 18];

/** A box has a head, a part for the asset when there is one, and a line for what was not read further down. */
export const boxSize = ({ asset, more }: Node) => ({
  width: boxWidth,
  height: head + (asset === undefined ? 0 : assetPart) + (more === undefined ? 0 : morePart),
});
export const assetTop = head;
export const moreTop = ({ asset }: Node): number => head + (asset === undefined ? 0 : assetPart);

const longestBadge = 240;

/** "web: 2 of 3 needed" */
export const badgeText = ({ name, need, members }: Group): string =>
  `${shorten(name, 110, 11)}: ${need} of ${members} needed`;

export const badgeSize = (group: Group) => ({
  width: Math.min(longestBadge, Math.ceil(widthOf(badgeText(group), 11, true)) + 24),
  height: 22,
});
