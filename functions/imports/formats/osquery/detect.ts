import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const marks: readonly (readonly RegExp[])[] = [
  [/"hostIdentifier"\s*:/, /"(?:snapshot|columns|diffResults)"\s*:/],
  [/"hardware_serial"\s*:/, /"(?:cpu_brand|cpu_logical_cores|physical_memory)"\s*:/],
  [/"osquery_version"\s*:/, /"(?:hostname|computer_name)"\s*:/],
];

/** Result logs of osquery, rows of its `system_info`, and hosts as fleet managers list them. */
export const detectOsquery: Format['detect'] = (head) =>
  begins.test(head) && marks.some((group) => group.every((mark) => mark.test(head)));
