import type { RunProblem } from '../../../../domain/import/run.ts';
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

const checkNesting = (text: string): string => {
  if (nestingOf(text) <= deepestNesting) return text;
  const detail = `The JSON is nested deeper than ${deepestNesting} levels, which no agent writes. Check what produced the file.`;
  throw new UnreadableFile({ code: 'json-too-deep', detail });
};

/** Reads a whole agent file (one device) as JSON. Throws as `readAgentFiles`. */
export const readAgentFile = async (body: AsyncIterable<Uint8Array>): Promise<unknown> =>
  parseJson(checkNesting(await readText(body)));

/** One message of an agent, or what is wrong with its line. */
export type AgentMessage = { document: unknown; line: number } | { problem: RunProblem; line: number };

/**
 * The messages in a file: one as an agent writes it; or several, in a list or one per line, as people gather them. A line that is no JSON
 * leaves the others. Throws `UnreadableFile` with code `file-too-large`, `json-too-deep` or `json-syntax` (with line and column).
 */
export const readAgentFiles = async (body: AsyncIterable<Uint8Array>): Promise<AgentMessage[]> => {
  const text = await readText(body);
  const lines = text.split('\n');
  const isPerLine = lines.length > 1 && lines.filter((line) => /^\s*\{.*\}\s*$/.test(line)).length > 1;
  if (isPerLine && lines.every((line) => /^\s*(?:\{|$)/.test(line))) {
    return lines.flatMap((line, index) => (line.trim() === '' ? [] : [messageOf(line, index + 1)]));
  }
  const found = parseJson(checkNesting(text));
  return (Array.isArray(found) ? found : [found]).map((document: unknown) => ({ document, line: 1 }));
};

const messageOf = (text: string, line: number): AgentMessage => {
  try {
    return { document: parseJson(checkNesting(text)), line };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: { ...error.problem, line }, line };
    throw error;
  }
};
