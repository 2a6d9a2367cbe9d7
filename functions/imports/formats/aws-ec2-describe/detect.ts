import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const answers = /"(?:Reservations|DBInstances)"\s*:\s*\[/;
const instanceKeys = [/"InstanceId"\s*:\s*"i-/, /"(?:InstanceType|ImageId|AmiLaunchIndex)"\s*:/];

/** Reservations, databases or instances as the describe calls list them. */
export const detectAwsEc2Describe: Format['detect'] = (head) =>
  begins.test(head) && (answers.test(head) || instanceKeys.every((key) => key.test(head)));
