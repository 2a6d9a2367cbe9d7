/** Longest text that goes into a tooltip or a description. */
const longest = 300;

/** Marks that turn the direction of what follows, whoever wrote them; controls; halves of characters; what XML cannot hold. */
const unsafe = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu;
const piledMarks = /(\p{M}{2})\p{M}+/gu;

/** Names come from discovery files: one line of what can be shown, at most 300 characters of it. */
export const clean = (text: string): string => {
  const line = text
    .slice(0, longest * 4)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(unsafe, '')
    .replaceAll(piledMarks, '$1')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
};

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and for attribute values in either kind of quotes. */
export const escapeXml = (text: string): string => clean(text).replaceAll(/[&<>"']/g, (one) => entities[one] ?? '');

/** How wide a text is at a font size, by the widths of Arial in classes, a little generous: other fonts are wider. */
export const widthOf = (text: string, size: number, isBold = false): number => {
  let width = 0;
  for (const one of text) width += share(one);
  return width * size * (isBold ? 1.12 : 1.05);
};

const share = (one: string): number => {
  if (/\p{M}/u.test(one)) return 0;
  if (/[iljtf.,:;'|!()[\]\- ]/.test(one)) return 0.32;
  if (/[mwMW@%]/.test(one)) return 0.88;
  if (/[A-Z&]/.test(one)) return 0.7;
  return one.charCodeAt(0) < 0x2000 ? 0.56 : 1.05;
};

/** As much of a text as fits into a width, with an ellipsis when that is not all. Clean, not escaped. */
export const shorten = (text: string, width: number, size: number, isBold = false): string => {
  const whole = clean(text);
  if (widthOf(whole, size, isBold) <= width) return whole;
  const characters = [...whole];
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, size, isBold) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
};
