import { type Format, UnreadableFile } from '../format.ts';
import { detectGlpiJson } from './detect.ts';
import { mapGlpi } from './map.ts';
import { readAgentFile } from './read-document.ts';
import { isObject } from './values.ts';

/**
 * The JSON that GLPI agents write (inventory_format): one device a file, all item types, full or partial.
 * Throws `UnreadableFile` with `file-too-large`, `json-too-deep`, `json-syntax`, or `no-inventory` when the JSON holds no device.
 */
export const glpiJson: Format = {
  name: 'glpi-json',
  detect: detectGlpiJson,
  parse: async function* (body) {
    const document = await readAgentFile(body);
    if (!isObject(document) || !isObject(document.content)) {
      const detail =
        'The JSON has no object `content`: this is an agent message without an inventory. Upload what `glpi-agent --local=<folder> --json` writes.';
      throw new UnreadableFile({ code: 'no-inventory', detail });
    }
    yield* mapGlpi(document);
  },
};
