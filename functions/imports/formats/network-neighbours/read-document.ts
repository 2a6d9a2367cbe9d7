import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { UnreadableFile } from '../format.ts';
import { readAgentFile } from '../glpi-json/read-document.ts';
import { looksLikeJson } from './detect.ts';

/** Bytes. YAML is parsed at 10 MB a second; a switch with 500 neighbours writes 0.5 MB. */
const largestYaml = 8 * 1024 * 1024;
/** Parsed output nests 4 levels. */
const deepestYaml = 32;

/**
 * Reads a whole file as JSON, or as YAML in which every value is text. Aliases are refused: a few of them can stand for any amount.
 * Throws `UnreadableFile`: `file-too-large`, `json-too-deep`, `json-syntax`, `yaml-syntax` (with line and column).
 */
export const readDocument = async (body: AsyncIterable<Uint8Array>): Promise<unknown> => {
  const { head, all } = await peek(body);
  return looksLikeJson(head) ? readAgentFile(all) : parseYaml(await readText(all));
};

const peek = async (body: AsyncIterable<Uint8Array>) => {
  const iterator = body[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let head = '';
  while (head.trim() === '') {
    const { done, value } = await iterator.next();
    if (done === true) break;
    parts.push(value);
    head = new TextDecoder().decode(value);
  }
  const all = async function* (): AsyncIterable<Uint8Array> {
    yield* parts;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  return { head, all: all() };
};

const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > largestYaml) {
      const detail = `A file of YAML may have ${largestYaml} bytes; this one has more. Send one file per device.`;
      throw new UnreadableFile({ code: 'file-too-large', detail });
    }
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
};

const parseYaml = (text: string): unknown => {
  try {
    return load(text, { schema: FAILSAFE_SCHEMA, maxDepth: deepestYaml, maxAliases: 0 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    const column = (error.mark?.column ?? 0) + 1;
    const detail = `This YAML cannot be read: line ${line}, column ${column}: ${error.reason.slice(0, 120)}. Correct it there, or write it again.`;
    throw new UnreadableFile({ code: 'yaml-syntax', detail, line, column });
  }
};
