/**
 * A row of a software list as a product. `key` is what installations are counted under: the name without its case. `name`, `publisher` and
 * `version` are as shown; whose product it is says nothing of which one it is, since sources write publishers each in its own way or not at all.
 */
export type Product = { key: string; name: string; publisher?: string; version?: string };

const mostOfName = 200;
const mostOfPublisher = 100;
const mostOfVersion = 60;

/** Undefined for what is no row, or has no name. Reads the fields that every format writes: `name`, `publisher`, `version`. */
export const productOf = (row: unknown): Product | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  const { name: given, publisher, version } = row as Record<string, unknown>;
  const shown = textOf(version, mostOfVersion);
  const name = bareName(textOf(given, mostOfName), shown);
  const key = productKey(name);
  if (key === '' || key === '__proto__') return undefined;
  const by = textOf(publisher, mostOfPublisher);
  return { key, name, ...(by === '' ? {} : { publisher: by }), ...(shown === '' ? {} : { version: shown }) };
};

/** What a name is compared by. */
export const productKey = (name: string): string => textOf(name, mostOfName).toLowerCase();

/** Trimmed, blanks collapsed, not over long; `|` parts names of numbers from each other and is a blank here. */
const textOf = (value: unknown, most: number): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .replaceAll(/[\s|\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, most)
        .toWellFormed()
        .trim()
    : '';

/** `(x64)`, `[32-bit]`, `(x64 en-GB)`: an architecture in brackets at the end, with or without a language. */
const architecture =
  /\s*[([](?:x64|x86|x86[_-]64|amd64|arm64|aarch64|i[36]86|(?:32|64)[ -]?bits?)(?: [a-z]{2}(?:-[a-z]{2})?)?[)\]]$/i;
/** A number with a dot in it, at the end behind a blank, perhaps behind `v`, `version` or a dash. */
const dotted = /(?:\s+-)?\s+(?:v|version )?\d+(?:\.\d+)+$/i;

/** The name without the version and the architecture that installers write behind it; as it is when nothing else would be left. */
const bareName = (name: string, version: string): string => {
  for (let rest = name; ; ) {
    const next = withoutVersion(rest.replace(architecture, '').replace(dotted, ''), version);
    if (next === '') return rest;
    if (next === rest) return rest;
    rest = next;
  }
};

const withoutVersion = (name: string, version: string): string =>
  version !== '' && name.toLowerCase().endsWith(` ${version.toLowerCase()}`)
    ? name.slice(0, -version.length).replace(/[\s-]+$/, '')
    : name;
