const [quote, comma, bracket, backslash, bracketEnd, brace, braceEnd] = [34, 44, 91, 92, 93, 123, 125];

/** The next character that means something: inside of a string a quote or a backslash, elsewhere a quote, a bracket or a comma. */
export const nextMark = (text: string, from: number, quoted: boolean): number => {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) return index;
    if (quoted ? code === backslash : code === comma || code === brace || code === braceEnd) return index;
    if (!quoted && (code === bracket || code === bracketEnd)) return index;
  }
  return text.length;
};
