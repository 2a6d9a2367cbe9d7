import type { KnownPieces } from '../../imports/formats/known-pieces.ts';
import type { EntryTable, Known } from './entry-table.ts';
import type { KeyFilter } from './key-filter.ts';
import type { Place } from './known-line.ts';
import { pieceNames, pieceText } from './piece-names.ts';

export type Recogniser = KnownPieces & {
  /** From now on elements are looked for among these entries. */
  use: (entries: EntryTable) => void;
};

type Options = {
  /** Everything beside its bytes that decides which records an element becomes. */
  reader: readonly string[];
  changed: KeyFilter;
  /** Must the record be read though it says nothing new? */
  isWanted?: (record: Known) => boolean;
  /** Told of every record that an element stands for: where its entry lies, which record it is, and on which line it stands. */
  found: (place: Place, recordIndex: number, line: number) => void;
  settle: () => Promise<void>;
  /** Have records been numbered before, by a planner that came so far? */
  isContinued?: boolean;
};

/**
 * Recognises elements by the source's index. What a file says of a thing after it has said something new of it is never recognised:
 * of two records of one file the later counts, so it must be applied after the other.
 */
export const recogniser = ({ reader, changed, isWanted, found, settle, isContinued = false }: Options): Recogniser => {
  const nameOf = pieceNames(...reader);
  let entries: EntryTable | undefined;
  const mustRead = (known: Known): boolean => changed.mayHave(known.nativeKey) || isWanted?.(known) === true;
  return {
    use: (given) => {
      entries = given;
    },
    nameOf: (bytes, key) => pieceText(nameOf(bytes, key)),
    recognise: (bytes, key, line, recordIndex) => {
      const rows = entries?.ofPiece(nameOf(bytes, key));
      if (entries === undefined || rows === undefined) return 0;
      const isAsked = isWanted !== undefined || !changed.isEmpty();
      if (isAsked) for (const row of rows) if (mustRead(entries.knownAt(row))) return 0;
      for (let n = 0; n < rows.length; n += 1) found(entries.placeOf(rows[n] as number), recordIndex + n, line);
      return rows.length;
    },
    settle,
    isContinued,
  };
};
