import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*(?:\[\s*)?\{/;
const ofSyft = [/"artifacts"\s*:\s*\[/, /"(?:foundBy|metadataType)"\s*:|anchore\/syft|"name"\s*:\s*"syft"/];
const ofOthers = /"bomFormat"\s*:\s*"CycloneDX"|"SPDXID"\s*:\s*"SPDXRef-|"spdxVersion"\s*:\s*"SPDX-2/;

const ofGraph = [/"@graph"\s*:/, /spdx\.org\/rdf\/v?3|"specVersion"\s*:\s*"3\.|"SpdxDocument"/];

/** SPDX 2 as lines of tags and values. */
export const isTagValue = (head: string): boolean => /^\uFEFF?(?:\s*#.*\n|\s+)*SPDXVersion:\s*SPDX-2/.test(head);

/** A bill of materials, by who wrote it. */
export const detectSbom: Format['detect'] = (head) =>
  isTagValue(head) ||
  (begins.test(head) &&
    (ofOthers.test(head) || [ofSyft, ofGraph].some((marks) => marks.every((mark) => mark.test(head)))));
