/** The text behind everything that may stand before the root element, undefined when a part of that does not end in the head. */
const beginAtRoot = (head: string): string | undefined => {
  let rest = head.replaceAll('\0', '').replace(/^[\uFEFF\uFFFD\s]+/, '');
  for (;;) {
    const end = prologEnds.find(([start]) => rest.startsWith(start))?.[1](rest);
    if (end === undefined) return rest;
    if (end < 0) return undefined;
    rest = rest.slice(end).trimStart();
  }
};

const behind = (text: string, mark: string): number => {
  const at = text.indexOf(mark);
  return at < 0 ? -1 : at + mark.length;
};

/** A document type is skipped here, so that the file is refused for it and not called unknown. */
const behindDoctype = (text: string): number => {
  const subset = text.indexOf('[');
  const plain = behind(text, '>');
  if (subset < 0 || subset > plain) return plain;
  const close = text.indexOf(']', subset);
  const end = close < 0 ? -1 : behind(text.slice(close), '>');
  return end < 0 ? -1 : close + end;
};

const prologEnds: readonly (readonly [string, (text: string) => number])[] = [
  ['<?', (text) => behind(text, '?>')],
  ['<!--', (text) => behind(text, '-->')],
  ['<!DOCTYPE', behindDoctype],
];

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
export const detectFusionXml = (head: string): boolean => {
  if (looksPacked(head)) return true;
  const root = beginAtRoot(head);
  return root !== undefined && /^<REQUEST[\s>]/i.test(root) && /<(?:CONTENT|DEVICEID|QUERY)[\s>]/i.test(root);
};
