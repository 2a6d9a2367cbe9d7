import { numberAt, textAt } from '../host-facts/pick.ts';
import type { ChassisFacts } from './box.ts';
import { readNameplate } from './nameplate.ts';
import { linksAt, type Resource } from './resources.ts';

/** Parts of something else, and places. */
const parts =
  /^(?:component|module|card|cartridge|row|pod|zone|expansion|ipbaseddrive|immersiontank|coldplate|other)$/i;
const enclosures = /^(?:enclosure|drawer|shelf|sidecar|storageenclosure|rack|rackgroup|heatexchanger|powerstrip)$/i;

const holdsOf = (type: string | undefined, systems: readonly string[]): ChassisFacts['holds'] => {
  if (parts.test(type ?? '')) return 'none';
  if (enclosures.test(type ?? '') || systems.length > 1) return 'several';
  return 'one';
};

/** A chassis with what says to which system it belongs. */
export const readChassis = ({ body, id }: Resource): ChassisFacts => {
  const systems = linksAt(body, 'ComputerSystems');
  const type = textAt(body, 'ChassisType');
  return {
    ...readNameplate(body),
    id,
    type,
    systems,
    name: textAt(body, 'Name'),
    holds: holdsOf(type, systems),
    rack: textAt(body, 'Location.Placement.Rack'),
    rackUnit: numberAt(body, 'Location.Placement.RackOffset'),
  };
};
