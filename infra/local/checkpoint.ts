import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** How far a consumer has come in a stream, kept on disk. */
export type Checkpoint = { position: () => string | undefined; advance: (position: string) => void };

/** A checkpoint of another stream (the table was made anew) does not count. The file is replaced whole, so a kill cannot tear it. */
export const openCheckpoint = (file: string, streamArn: string): Checkpoint => {
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  let current = stored.streamArn === streamArn ? stored.position : undefined;
  return {
    position: () => current,
    advance: (position) => {
      if (position === current) return;
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, position }));
      renameSync(`${file}.new`, file);
      current = position;
    },
  };
};
