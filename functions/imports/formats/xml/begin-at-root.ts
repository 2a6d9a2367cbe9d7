/**
 * The text behind everything that may stand before the root element (declaration, comments, document type), undefined when a part of
 * that does not end in the head. UTF-16 is read, too: decoded as UTF-8 it is the same text with NULs between.
 */
export const beginAtRoot = (head: string): string | undefined => {
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
