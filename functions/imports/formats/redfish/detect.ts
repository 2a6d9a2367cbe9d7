import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const ofRedfish =
  /"@odata\.(?:type|id|context)"\s*:\s*"(?:#(?:ComputerSystem|Chassis|EthernetInterface|Manager|ServiceRoot)\w*\.|\/redfish\/v1)|"Type"\s*:\s*"ComputerSystem\.\d/;
const ofIronic = /"system_vendor"\s*:/;
const beside = /"(?:inventory|bmc_address|interfaces)"\s*:/;

/** Resources of Redfish, or the inventory of Ironic's inspection. */
export const detectRedfish: Format['detect'] = (head) =>
  begins.test(head) && (ofRedfish.test(head) || (ofIronic.test(head) && beside.test(head)));
