import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*\{/;
const writer = /"terraform_version"\s*:\s*"/;
const parts = /"(?:lineage|serial|resources|modules|format_version)"\s*:/;
/** Where keys were sorted, the writer stands behind the resources. */
const sorted = [
  /"mode"\s*:\s*"(?:managed|data)"/,
  /"instances"\s*:\s*\[/,
  /"provider"\s*:\s*"(?:module\.[^"]+\.)?provider[.[]/,
];

/** A state, by who wrote it; where keys were sorted, by its resources. */
export const detectTerraformState: Format['detect'] = (head) =>
  begins.test(head) && ((writer.test(head) && parts.test(head)) || sorted.every((mark) => mark.test(head)));
