import type { ParsedRecord } from '../../../../domain/discovery/record.ts';
import type { Format } from '../format.ts';
import { openText } from '../xml/open-text.ts';
import { detectFusionXml } from './detect.ts';
import { mapRequest } from './map-request.ts';
import { readRequest } from './read-request.ts';

/** Bytes, unpacked. The largest agent file seen has 0.5 MB; a file of many network devices may be larger. */
const largestFile = 64 * 1024 * 1024;

/**
 * The XML of FusionInventory, Rudder and OCS agents (`.ocs`, `.xml`, deflated or plain): the inventory of one machine, or any number of
 * devices that were read by SNMP or discovered. It is converted to the shape of GLPI's JSON and mapped as that.
 * Throws `UnreadableFile`: `no-inventory`, `xml-syntax`, `file-too-large`, `zlib-broken`, `record-too-large`, `xml-doctype`,
 * `xml-too-deep`, `xml-too-many-attributes`, `xml-text-too-long`; behind devices that were read, these become a fault instead.
 */
export const fusionXml: Format = {
  name: 'fusion-xml',
  detect: detectFusionXml,
  parse: (body) => parseFusionXml(body),
};

async function* parseFusionXml(body: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedRecord, undefined> {
  const { texts, notices } = await openText(body, largestFile);
  for await (const parsed of mapRequest(readRequest(texts))) {
    if ('record' in parsed) {
      const untold = notices.filter((notice) => !notice.isTold);
      for (const notice of untold) notice.isTold = true;
      parsed.record.warnings.unshift(...untold.map(({ code, detail }) => ({ code, detail })));
    }
    yield parsed;
  }
}
