import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const syncKey = /\/AWS[:_]\w+\/accountid=\d+\/region=[^/]+\/resourcetype=/i;
const answers = /"(?:InstanceInformationList|PingStatus)"\s*:|"TypeName"\s*:\s*"AWS:|"AWS:InstanceInformation"\s*:/;
const rowKeys = [/"resourceId"\s*:\s*"m?i-/, /"(?:captureTime|schemaVersion)"\s*:/];

/** Rows of a resource data sync, by content or by the key they are stored under, and answers of Systems Manager. */
export const detectAwsSsmInventory: Format['detect'] = (head, { objectKey }) =>
  begins.test(head) && (syncKey.test(`/${objectKey}`) || answers.test(head) || rowKeys.every((key) => key.test(head)));
