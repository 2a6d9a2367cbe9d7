import { mostOfLine, type Place, putKnownLine } from './source-index/known-line.ts';

const blockBytes = 256 * 1024;

/** Lines that wait to be stored, in one buffer that is used again. */
export const outcomeLines = () => {
  let block = Buffer.allocUnsafeSlow(blockBytes);
  let used = 0;
  let count = 0;
  const room = (bytes: number): void => {
    if (used + bytes <= block.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(block.length * 2, used + bytes));
    block.copy(larger, 0, 0, used);
    block = larger;
  };
  return {
    add: (line: string): void => {
      room(line.length * 3);
      used += block.write(line, used);
      count += 1;
    },
    addKnown: (place: Place, recordIndex: number, line: number): void => {
      room(mostOfLine(place));
      used = putKnownLine(place, recordIndex, line, block, used);
      count += 1;
    },
    count: (): number => count,
    /** The bytes of all lines, until the next one is added; from then on there are none. */
    take: (): Uint8Array => {
      const bytes = block.subarray(0, used);
      used = 0;
      count = 0;
      return bytes;
    },
  };
};
