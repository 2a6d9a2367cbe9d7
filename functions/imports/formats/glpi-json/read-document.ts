import { UnreadableFile } from '../format.ts';
import { locateSyntaxError } from './json-syntax.ts';

/** Bytes, decompressed. The largest agent file seen has 1.4 MB (3,184 software rows). */
export const largestFile = 32 * 1024 * 1024;
/** Real files nest 6 levels. */
const deepestNesting = 64;

const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > largestFile) {
      const detail = `An agent file holds one device and may have ${largestFile} bytes; this one has more. Send one file per device.`;
      throw new UnreadableFile({ code: 'file-too-large', detail });
    }
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('') + decoder.decode();
};

const nestingOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') quoted = !quoted;
    else if (quoted) index += char === '\\' ? 1 : 0;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, found } = locateSyntaxError(text);
    const detail = `This is not JSON: line ${line}, column ${column} holds ${found} where something else must stand. Correct it there, or let the agent write the file again.`;
    throw new UnreadableFile({ code: 'json-syntax', detail, line, column });
  }
};

/**
 * Reads a whole agent file (one device) as JSON; a byte order mark is skipped.
 * Throws `UnreadableFile` with code `file-too-large`, `json-too-deep` or `json-syntax` (with line and column).
 */
export const readAgentFile = async (body: AsyncIterable<Uint8Array>): Promise<unknown> => {
  const text = await readText(body);
  if (nestingOf(text) > deepestNesting) {
    const detail = `The JSON is nested deeper than ${deepestNesting} levels, which no agent writes. Check what produced the file.`;
    throw new UnreadableFile({ code: 'json-too-deep', detail });
  }
  return parseJson(text);
};
