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

/** Do two values hold the same content, whatever the order of their keys? As equal canonical texts would say, without making them. */
export const sameContent = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let n = 0; n < a.length; n += 1) if (!sameContent(a[n] ?? null, b[n] ?? null)) return false;
    return true;
  }
  if (!isRecord(a) || !isRecord(b)) {
    // No text of an object is one of a number, a text or nothing.
    if (isRecord(a) || isRecord(b)) return false;
    return typeof a !== 'string' && typeof b !== 'string' && canonical(a) === canonical(b);
  }
  let rest = 0;
  for (const key of Object.keys(b)) if (b[key] !== undefined) rest += 1;
  for (const key of Object.keys(a)) {
    if (a[key] === undefined) continue;
    if (!Object.hasOwn(b, key) || b[key] === undefined || !sameContent(a[key], b[key])) return false;
    rest -= 1;
  }
  return rest === 0;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
