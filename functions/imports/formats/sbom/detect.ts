import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*\{/;
const ofSyft = [/"artifacts"\s*:\s*\[/, /"(?:foundBy|metadataType)"\s*:|anchore\/syft|"name"\s*:\s*"syft"/];
const ofOthers = /"bomFormat"\s*:\s*"CycloneDX"|"SPDXID"\s*:\s*"SPDXRef-|"spdxVersion"\s*:\s*"SPDX-2/;

/** A bill of materials, by who wrote it. */
export const detectSbom: Format['detect'] = (head) =>
  begins.test(head) && (ofOthers.test(head) || ofSyft.every((mark) => mark.test(head)));
