import { resolve, sep } from 'node:path';

/**
 * The object key for each file: `discovery/<source>/<base name>`. Files of one call that share a base name keep as many of their
 * folders as it takes to tell them apart; the same file named twice is the same key twice.
 */
export const keysFor = (files: readonly string[], source: string): string[] => {
  const paths = files.map((file) => resolve(file).split(sep).filter(Boolean));
  const tail = (path: readonly string[], length: number) => path.slice(-length).join('/');
  return paths.map((path) => {
    const whole = path.join('/');
    const others = paths.filter((other) => other.join('/') !== whole);
    let length = 1;
    while (length < path.length && others.some((other) => tail(other, length) === tail(path, length))) length += 1;
    return `discovery/${source}/${tail(path, length)}`;
  });
};
