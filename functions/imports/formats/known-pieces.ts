/**
 * Recognises elements of a file that its source has said before and that became what they are now: they need not be read again. Only of
 * elements that mean the same wherever they stand, which the mapper of a format says.
 */
export type KnownPieces = {
  /**
   * For how many records an element stands, if all of them are as it says; 0 where it has to be read. The first of them has the index
   * `recordIndex`; `line` is where it stands.
   */
  recognise: (bytes: Buffer, key: string, line: number, recordIndex: number) => number;
  /** How the element is recognised later; `version` is that of the mapper that reads it. */
  nameOf: (bytes: Buffer, key: string) => string;
  /** Room to put away what was recognised, between two chunks of the file. What it throws ends the reading. */
  settle: () => Promise<void>;
  /** The file was read before, and records of it could be used. */
  isContinued: boolean;
};
