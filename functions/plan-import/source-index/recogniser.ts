import type { RecordOutcome } from '../../../domain/import/run.ts';
import type { KnownPieces } from '../../imports/formats/known-pieces.ts';
import type { EntryTable, Known } from './entry-table.ts';
import type { KeyFilter } from './key-filter.ts';
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
  /** Told of every record that an element stands for. */
  found: (record: Known & Pick<RecordOutcome, 'recordIndex' | 'line'>) => void;
  settle: () => Promise<void>;
  /** Have records been numbered before, by a planner that came so far? */
  isContinued?: boolean;
};

/**
 * Recognises elements by the source's index. What a file says of a thing after it has said something new of it is never recognised:
 * of two records of one file the later counts, so it must be applied after the other.
 */
export const recogniser = ({
  reader,
  changed,
  isWanted = () => false,
  found,
  settle,
  isContinued = false,
}: Options): Recogniser => {
  const nameOf = pieceNames(...reader);
  let entries: EntryTable | undefined;
  return {
    use: (given) => {
      entries = given;
    },
    nameOf: (bytes, key) => pieceText(nameOf(bytes, key)),
    recognise: (bytes, key, line, recordIndex) => {
      const known = entries?.ofPiece(nameOf(bytes, key));
      if (known === undefined || known.some((one) => changed.mayHave(one.nativeKey) || isWanted(one))) return 0;
      for (const [n, one] of known.entries()) found({ ...one, recordIndex: recordIndex + n, line });
      return known.length;
    },
    settle,
    isContinued,
  };
};
