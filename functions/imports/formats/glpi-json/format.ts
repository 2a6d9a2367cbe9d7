import type { ParsedRecord } from '../../../../domain/discovery/record.ts';
import { type Format, UnreadableFile } from '../format.ts';
import { detectGlpiJson } from './detect.ts';
import { mapGlpi } from './map.ts';
import { type AgentMessage, readAgentFiles } from './read-document.ts';
import { isObject } from './values.ts';

/**
 * The JSON that GLPI agents write (inventory_format): one device a file, all item types, full or partial; or several such messages in a
 * list, or one per line. Throws `UnreadableFile` with `file-too-large`, `json-too-deep`, `json-syntax`, or `no-inventory` when the JSON
 * holds no device.
 */
export const glpiJson: Format = {
  name: 'glpi-json',
  detect: detectGlpiJson,
  parse: async function* (body) {
    const messages = await readAgentFiles(body);
    if (messages.length === 0) throw new UnreadableFile({ code: 'no-inventory', detail: noInventory });
    let recordIndex = 0;
    for (const message of messages) {
      for (const parsed of readMessage(message, messages.length)) yield numbered(parsed, recordIndex++);
    }
  },
};

/** A message without a device ends a file of one; of several, it is a fault beside the others. */
function* readMessage(message: AgentMessage, of: number): Iterable<ParsedRecord> {
  if ('document' in message && isObject(message.document) && isObject(message.document.content)) {
    yield* mapGlpi(message.document);
    return;
  }
  const problem = 'problem' in message ? message.problem : { code: 'no-inventory', detail: noInventory };
  if (of === 1) throw new UnreadableFile(problem);
  yield { fault: { recordIndex: 0, line: message.line, errors: [{ line: message.line, reason: problem.detail }] } };
}

const numbered = (parsed: ParsedRecord, recordIndex: number): ParsedRecord =>
  'record' in parsed ? { record: { ...parsed.record, recordIndex } } : { fault: { ...parsed.fault, recordIndex } };

const noInventory =
  'The JSON has no object `content`: this is an agent message without an inventory. Upload what `glpi-agent --local=<folder> --json` writes.';
