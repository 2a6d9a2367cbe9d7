import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*(?:(?:#|\/\/)[^\n]*\n\s*)*[{[]/;
const typed = /"asset_?[tT]ype"\s*:\s*"(?:[\w.-]+\.(?:com|io)\/\w+|google\.[\w.]+)"/;
const computed = [/"kind"\s*:\s*"compute#\w+"/, /"selfLink"\s*:\s*"https:\/\/[\w.]+\.googleapis\.com\//];

/** Asset types of Google, or resources of the Compute API. */
export const detectGcpAssets: Format['detect'] = (head) =>
  begins.test(head) && (typed.test(head) || computed.every((key) => key.test(head)));
