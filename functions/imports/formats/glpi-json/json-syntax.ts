const blank = /[ \t\r\n]*/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

const matchAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
};

/** The index behind the string that opens at `at`, or the negative index (minus one) of what breaks it. */
const endOfString = (text: string, at: number): number => {
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) return index + 1;
    if (code < 0x20) return -index - 1;
    if (code !== 0x5c) continue;
    const escaped = matchAt(/["\\/bfnrt]|u[0-9a-fA-F]{4}/y, text, index + 1);
    if (escaped === 0) return -index - 1;
    index += escaped;
  }
  return -text.length - 1;
};

/** The index of the first character that breaks the JSON grammar, or the length of the text when it ends too early. */
const offendingIndex = (text: string): number => {
  const open: ('{' | '[')[] = [];
  let expected: 'value' | 'key' | 'colon' | 'more' = 'value';
  let mayClose = false;
  for (let at = matchAt(blank, text, 0); at < text.length; at += matchAt(blank, text, at)) {
    const char = text[at] ?? '';
    const inside = open.at(-1);
    if (char === (inside === '{' ? '}' : ']') && inside !== undefined && (expected === 'more' || mayClose)) {
      open.pop();
      expected = 'more';
      mayClose = false;
      at += 1;
    } else if (expected === 'more') {
      if (char !== ',' || inside === undefined) return at;
      expected = inside === '{' ? 'key' : 'value';
      at += 1;
    } else if (expected === 'colon') {
      if (char !== ':') return at;
      expected = 'value';
      at += 1;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (end < 0) return -end - 1;
      expected = expected === 'key' ? 'colon' : 'more';
      mayClose = false;
      at = end;
    } else if (expected === 'value' && (char === '{' || char === '[')) {
      open.push(char);
      expected = char === '{' ? 'key' : 'value';
      mayClose = true;
      at += 1;
    } else {
      const length = expected === 'value' ? matchAt(scalar, text, at) : 0;
      if (length === 0) return at;
      expected = 'more';
      mayClose = false;
      at += length;
    }
  }
  return text.length;
};

/**
 * Where JSON text breaks its grammar; line and column count from 1, columns in UTF-16 units.
 * The engine's own message names a place for some faults only, hence this second reading, done after a failure alone.
 */
export const locateSyntaxError = (text: string): { line: number; column: number; found: string } => {
  const index = offendingIndex(text);
  const before = text.slice(0, index).split('\n');
  const found = index >= text.length ? 'the end of the file' : JSON.stringify(text[index]);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, found };
};
