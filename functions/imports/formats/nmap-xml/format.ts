import type { ParsedRecord } from '../../../../domain/discovery/record.ts';
import type { Notice } from '../csv/notice.ts';
import { type Format, UnreadableFile } from '../format.ts';
import { openText } from '../xml/open-text.ts';
import { detectNmapXml } from './detect.ts';
import { mapHost } from './map-host.ts';
import { readScan } from './read-scan.ts';

/** Bytes, unpacked. A host has some 1.5 kB, one that was looked at closely 60 kB. */
const largestScan = 2 * 1024 * 1024 * 1024;

/**
 * What nmap writes with `-oX` (and masscan likewise): each host that is up, as it ends. Its plain document type is passed over, one
 * that declares anything is refused. A scan that was killed gives the hosts before that, and a fault for the rest.
 * Throws `UnreadableFile` when that comes before the first host: `no-scan`, `scan-failed`, `xml-syntax`, `file-too-large`,
 * `zlib-broken`, `xml-doctype`, `xml-too-deep`, `xml-too-many-attributes`, `xml-text-too-long`.
 */
export const nmapXml: Format = {
  name: 'nmap-xml',
  detect: detectNmapXml,
  parse: (body) => parseScan(body),
};

async function* parseScan(body: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedRecord, undefined> {
  const { texts, notices } = await openText(body, largestScan);
  let index = 0;
  let hosts = 0;
  try {
    for await (const part of readScan(texts)) {
      if ('finished' in part) {
        const failure = failureOf(part.finished);
        if (failure === undefined) continue;
        throw new UnreadableFile({ code: 'scan-failed', detail: `The scan failed: ${failure}. Scan again.` });
      }
      hosts += 1;
      const parsed = mapHost(part.host, index);
      if (parsed === undefined) continue;
      index += 1;
      yield withNotices(parsed, notices);
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile) || hosts === 0) throw error;
    const { detail, line, column } = error.problem;
    const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
    const reason = `${detail} The ${hosts} hosts before that were read.`;
    yield { fault: { recordIndex: index, ...(line === undefined ? {} : { line }), errors: [{ ...place, reason }] } };
  }
}

const failureOf = ({ exit, errormsg }: Record<string, string>): string | undefined =>
  errormsg !== undefined || exit === 'error' ? (errormsg ?? 'no reason given').slice(0, 200) : undefined;

const withNotices = (parsed: ParsedRecord, notices: readonly Notice[]): ParsedRecord => {
  if ('fault' in parsed) return parsed;
  const untold = notices.filter((notice) => !notice.isTold);
  for (const notice of untold) notice.isTold = true;
  parsed.record.warnings.unshift(...untold.map(({ code, detail }) => ({ code, detail })));
  return parsed;
};
