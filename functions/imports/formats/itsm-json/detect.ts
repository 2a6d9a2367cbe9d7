import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const marks: readonly (readonly RegExp[])[] = [
  [/"sys_id"\s*:/, /"(?:result|records)"\s*:\s*[{[]|"sys_class_name"\s*:/],
  [/"asset_tag"\s*:/, /"status_label"\s*:/],
  [/"assetBasicInfo"\s*:/],
  [/"device_type"\s*:\s*\{/, /"(?:device_role|role|site|rack)"\s*:/],
  [/"vcpus"\s*:/, /"cluster"\s*:\s*\{/, /"last_updated"\s*:/],
  [/"model"\s*:\s*"(?:dcim|ipam|virtualization|tenancy|circuits|extras|users)\.\w+"/, /"fields"\s*:\s*\{/],
];

/** Rows of ServiceNow, Snipe-IT, Lansweeper or NetBox, by what only they call so. */
export const detectItsmJson: Format['detect'] = (head) =>
  begins.test(head) && marks.some((group) => group.every((mark) => mark.test(head)));
