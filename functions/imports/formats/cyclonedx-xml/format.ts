import type { Format, UploadContext } from '../format.ts';
import { type Draft, numberDrafts } from '../json-records.ts';
import { createCollector } from '../sbom/collect.ts';
import { cycloneDx } from '../sbom/cyclonedx.ts';
import { finishBill } from '../sbom/finish-bill.ts';
import { subjectOfKey } from '../sbom/key-subject.ts';
import { openText } from '../xml/open-text.ts';
import { detectCycloneDxXml } from './detect.ts';
import { readBom } from './read-bom.ts';

const largest = 256 * 1024 * 1024;

/** Bills of materials of CycloneDX as XML, mapped as those in JSON are. Throws `UnreadableFile` as `guardedXml`, or `no-usable-record`. */
export const cycloneDxXml: Format = {
  name: 'cyclonedx-xml',
  detect: detectCycloneDxXml,
  parse: (body, context) => numberDrafts(drafts(body, context), 'xml-syntax'),
};

async function* drafts(body: AsyncIterable<Uint8Array>, { objectKey }: UploadContext): AsyncGenerator<Draft> {
  const collector = createCollector({ components: cycloneDx });
  const { texts } = await openText(body, largest);
  for await (const found of readBom(texts)) {
    if ('list' in found) collector.add(found.list, found.element);
    else yield finishBill(cycloneDx, found.head, collector, subjectOfKey(objectKey), { line: 1, column: 1 });
  }
}
