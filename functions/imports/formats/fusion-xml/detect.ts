import type { Format } from '../format.ts';
import { beginAtRoot } from '../xml/begin-at-root.ts';

/**
 * Whether text begins with what a zlib header (78 01, 78 9c, 78 da) becomes when it is read as UTF-8: `x` and a character that no text has
 * there. Packed data also holds control characters, which tell it from Latin-1 text that begins with an x.
 */
const looksPacked = (head: string): boolean => {
  const second = head.charCodeAt(1);
  const fits = second === 1 || second === 0xfffd || (second >= 0x680 && second <= 0x6bf);
  return head.startsWith('x') && fits && [...head.slice(0, 400)].some(isControl);
};
const isControl = (char: string): boolean => char < ' ' && !'\t\r\n'.includes(char);

/**
 * Whether a head is that of an agent's XML: the root element is REQUEST, and one of the three elements that every request has is near.
 * OCS sends its requests deflated, which shows in the head only as noise: those are taken, and judged when they are unpacked.
 */
export const detectFusionXml: Format['detect'] = (head) => {
  if (looksPacked(head)) return true;
  const root = beginAtRoot(head);
  return root !== undefined && /^<REQUEST[\s>]/i.test(root) && /<(?:CONTENT|DEVICEID|QUERY)[\s>]/i.test(root);
};
