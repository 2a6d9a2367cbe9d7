const most = 3;

/** The names that a mistyped one may have meant, the nearest first: at most three. */
export const nearNames = (name: string, names: Iterable<string>): string[] => {
  const wanted = plain(name);
  return [...names]
    .map((one) => ({ one, distance: distanceOf(wanted, plain(one)) }))
    .filter(
      ({ one, distance }) => distance <= Math.max(2, Math.floor(wanted.length / 3)) || endsAlike(wanted, plain(one)),
    )
    .sort((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one);
};

/** `. Near it: a, b` for the end of a sentence; empty when nothing is near. */
export const nearText = (name: string, names: Iterable<string>): string => {
  const near = nearNames(name, names);
  return near.length === 0 ? '' : ` Near it: ${near.join(', ')}.`;
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9.*]/g, '');

/** `version` may mean `os.version`. */
const endsAlike = (a: string, b: string): boolean => b.endsWith(`.${a}`) || a.endsWith(`.${b}`);

/** How many characters to insert, remove or replace (Levenshtein 1966). */
const distanceOf = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, from] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, to] of [...b].entries()) {
      const swap = (row[j] ?? 0) + (from === to ? 0 : 1);
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
