/**
 * The text of an identifier without what cannot be seen: NFKC form, no control, zero-width or direction marks,
 * blanks collapsed and trimmed, lone surrogates replaced (they cannot be stored). Cleaning twice changes nothing.
 */
export const cleanText = (text: string): string =>
  isPlain(text)
    ? text
    : text
        .toWellFormed()
        .replaceAll(/[\t\n\v\f\r]/g, ' ')
        .replaceAll(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
        .normalize('NFKC')
        .replaceAll(/\s+/g, ' ')
        .trim();

/** Visible ASCII is clean already; nearly every identifier is. */
const isPlain = (text: string): boolean => /^[!-~]*$/.test(text);

/**
 * The words of a name in lower case, without punctuation: `Hewlett-Packard (Inc.)` gives `hewlett packard inc`.
 * Dots and apostrophes vanish inside a word, so that `O.E.M.` is `oem`; other punctuation parts words.
 */
export const wordsOf = (name: string): string[] =>
  cleanText(cleanText(name).toLowerCase())
    .replaceAll(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');

/** A company in the form that is compared: its words joined by `-`, undefined when it has none. */
export const canonicalCompany = (name: string | undefined): string | undefined =>
  wordsOf(name ?? '').join('-') || undefined;
