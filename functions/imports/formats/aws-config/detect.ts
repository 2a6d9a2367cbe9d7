import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const itemKeys = /"(?:configurationItem|baseConfigurationItem)\w*\\*"\s*:/;
const queryAnswer = /"Results"\s*:\s*\[\s*"\{|"QueryInfo"\s*:/;

/** Configuration items, or the answer of a query, in JSON. */
export const detectAwsConfig: Format['detect'] = (head) =>
  begins.test(head) && (itemKeys.test(head) || queryAnswer.test(head));
