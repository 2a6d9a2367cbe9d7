import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** A file of JSON lines that only grows. */
export type Journal<T> = { append: (entry: T) => void; read: () => T[] };

export const openJournal = <T>(file: string): Journal<T> => ({
  append: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 }),
  read: () =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .flatMap(parseLine<T>)
      : [],
});

/** A kill can tear the last line. */
const parseLine = <T>(line: string): T[] => {
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
};
