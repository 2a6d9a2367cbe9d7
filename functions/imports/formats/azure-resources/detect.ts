import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const id = /"\/subscriptions\/[\w-]+["/]/i;
const type = /"microsoft\.\w+\/\w+|\/providers\/microsoft\.\w+\/\w+/i;
const template = /"\$schema"\s*:\s*"[^"]*\/deploymentTemplate\.json/i;
const others =
  /"terraform_version"\s*:|"(?:format_version|lineage)"\s*:\s*"|"apiVersion"\s*:\s*"(?:v1|apps\/v1)"|"asset_?[tT]ype"\s*:/;

/** Ids below a subscription with types of Microsoft; or a template, to be refused with a reason. */
export const detectAzureResources: Format['detect'] = (head) =>
  begins.test(head) && !others.test(head) && (template.test(head) || (id.test(head) && type.test(head)));
