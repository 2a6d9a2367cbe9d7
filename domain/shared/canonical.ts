/** The same text for the same content: object keys in order, `undefined` left out. What hashes and comparisons are made of. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
};

/** Do two values hold the same content, whatever the order of their keys? */
export const sameContent = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);
