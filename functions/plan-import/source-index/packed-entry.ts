import { type Fingerprint, wholePrintOf } from '../../../domain/import/fingerprint.ts';
import { outcomes } from '../../../domain/import/outcome.ts';
import type { SourceEntry } from '../../../domain/import/source-index.ts';
import { digest } from '../../shared/digest.ts';

/*
 * A source entry as it is stored: one line of text, since a query is charged for the bytes it goes through and the planner goes through
 * all entries of a source. Fields are parted by a space:
 * version, CI, asset, run (their own parts), record, outcome, rule, piece, print, sections, then what few entries have, each by a letter.
 * Source and native key are read from the item's key.
 */
const version = '1';
const none = '-';
const fixed = 10;

const own = (id: string | undefined): string => (id === undefined ? none : id.slice(id.indexOf('_') + 1));
const idOf = (prefix: string, part: string | undefined): string | undefined =>
  part === undefined || part === none ? undefined : `${prefix}_${part}`;
const coded = (text: string | undefined): string => (text === undefined ? none : encodeURIComponent(text) || '%');
const decoded = (text: string | undefined): string | undefined =>
  text === undefined || text === none ? undefined : text === '%' ? '' : decodeURIComponent(text);

const sectionsText = (fingerprint: Fingerprint): string =>
  Object.entries(fingerprint)
    .map(([name, hash]) => `${encodeURIComponent(name)}=${encodeURIComponent(hash)}`)
    .sort()
    .join(',') || none;

const moments = { h: 'heardAt', a: 'relatedAt', x: 'deletedAt', b: 'revivedAt', m: 'missingSince' } as const;

/** A name of an element counts only while the entry says what it said when it was named: whatever else is written makes it void. */
export const packEntry = (entry: SourceEntry, keyed: string): string => {
  const print = wholePrintOf(entry.fingerprint, digest);
  const [piece, of] = entry.piece?.split(' ') ?? [];
  const isFull = entry.ciId !== undefined;
  const relations = entry.relations?.map((id) => {
    const [, parent = '', child = ''] = id.split('_');
    return isFull && parent === own(entry.ciId) ? child : `${parent}_${child}`;
  });
  return [
    version,
    own(entry.ciId),
    own(entry.assetId),
    own(entry.run),
    entry.record,
    outcomes.indexOf(entry.outcome),
    coded(entry.rule),
    piece !== undefined && of === print ? piece : none,
    print,
    sectionsText(entry.fingerprint),
    ...(keyed === entry.nativeKey ? [] : [`k${coded(entry.nativeKey)}`]),
    ...(relations === undefined ? [] : [`r${relations.join(',')}`]),
    ...Object.entries(moments).flatMap(([letter, name]) =>
      entry[name] === undefined ? [] : [`${letter}${entry[name]}`],
    ),
    ...(entry.unrelated === true ? ['u'] : []),
  ].join(' ');
};

/** Reads the stored form back; what comes out is parsed by the schema. Anything but a text is handed on as it is, and refused there. */
export const unpackEntry = (stored: unknown, { pk, sk }: { pk: string; sk: string }): unknown => {
  if (typeof stored !== 'string' || !stored.startsWith(`${version} `)) return stored;
  const parts = stored.split(' ');
  const [, ci, asset, run, record, outcome, rule, piece, print, sections = none] = parts;
  const rest = new Map(parts.slice(fixed).map((part) => [part.slice(0, 1), part.slice(1)]));
  const relations = rest.get('r');
  return {
    source: pk.split('#')[2],
    nativeKey: decoded(rest.get('k')) ?? sk,
    fingerprint: sectionsOf(sections),
    ...given({ ciId: idOf('ci', ci), assetId: idOf('ast', asset), rule: decoded(rule) }),
    run: idOf('run', run),
    record: Number(record),
    outcome: outcomes[Number(outcome)],
    ...given({ piece: piece === none ? undefined : `${piece} ${print}` }),
    ...given(Object.fromEntries(Object.entries(moments).map(([letter, name]) => [name, rest.get(letter)]))),
    ...(relations === undefined
      ? {}
      : {
          relations:
            relations === ''
              ? []
              : relations.split(',').map((id) => (id.includes('_') ? `rel_${id}` : `rel_${ci}_${id}`)),
        }),
    ...(rest.has('u') ? { unrelated: true } : {}),
  };
};

const sectionsOf = (text: string): Fingerprint =>
  text === none
    ? {}
    : Object.fromEntries(
        text.split(',').map((pair) => {
          const [name = '', hash = ''] = pair.split('=');
          return [decodeURIComponent(name), decodeURIComponent(hash)];
        }),
      );

const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** What the planner needs of a stored entry, without making an object of all of it. */
export type LeanEntry = {
  nativeKey: string;
  /** Own parts of the ids. */
  ci: string | undefined;
  asset: string | undefined;
  piece: string | undefined;
  print: string;
  /** Nothing but its content decides whether it is unchanged. */
  isPlain: boolean;
};

/** Reads a stored entry as far as the planner needs it. Throws on what no entry looks like. */
export const leanEntry = (stored: unknown, { pk, sk }: { pk: string; sk: string }): LeanEntry => {
  const parts = typeof stored === 'string' ? stored.split(' ') : [];
  const [first, ci = '', asset = '', , , , , piece = '', print = ''] = parts;
  if (first !== version || parts.length < fixed || !isOwn(ci) || !isOwn(asset) || print.length !== 16)
    throw new Error(`corrupt source entry at ${pk} ${sk}`);
  let nativeKey = sk;
  let isPlain = true;
  for (let n = fixed; n < parts.length; n += 1) {
    const part = parts[n] ?? '';
    if (part.startsWith('k')) nativeKey = decoded(part.slice(1)) ?? sk;
    else if (part === 'u' || part.startsWith('m') || part.startsWith('x')) isPlain = false;
  }
  return {
    nativeKey,
    ci: ci === none ? undefined : ci,
    asset: asset === none ? undefined : asset,
    piece: piece === none ? undefined : piece,
    print,
    isPlain,
  };
};

const isOwn = (part: string): boolean => part === none || part.length === 26;
