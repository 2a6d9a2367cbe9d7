import { type Format, UnreadableFile } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import { faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { detectTerraformState } from './detect.ts';
import { isReal, type StateInstance } from './instance.ts';
import { mapInstances } from './map-instance.ts';
import { readShown, readVersion3, readVersion4 } from './read-resource.ts';
import { checkShown, checkVersion } from './version.ts';

const split = ['resources', 'modules'];
/** Characters of one document: the answer of `terraform show -json` is one. */
const largest = 64 * 1024 * 1024;
const most = 50_000;

/**
 * States of Terraform and OpenTofu: version 3 and 4, and `terraform show -json`. Resources are declared, not discovered; data sources
 * and what exists in the state alone are left out. Records come when the document ends, because its version may stand there and
 * dependencies point both ways; until then each resource is held without its secrets (about 1 kB), at most 50,000 of them.
 * Throws `UnreadableFile` with `unsupported-version`, `not-a-state`, `too-many-resources`, `json-syntax` or `no-usable-record`.
 */
export const terraformState: Format = {
  name: 'terraform-state',
  detect: detectTerraformState,
  parse: (body) => readJsonRecords(body, { split, largest }, createMapper()),
};

const namesNothing = 'Nothing names this resource: it needs its type, its name and its instances.';

const createMapper = (): JsonMapper => {
  let held: StateInstance[] = [];
  const hold = (found: readonly StateInstance[], line?: number): void => {
    for (const one of found) held.push(line === undefined ? one : { ...one, line });
    if (held.length <= most) return;
    const detail = `The state holds more than ${most} resources. Split it, or upload the states of its parts.`;
    throw new UnreadableFile({ code: 'too-many-resources', detail });
  };
  const take = (): StateInstance[] => {
    const taken = held;
    held = [];
    return taken;
  };
  return {
    map: (value, key, place) => {
      const raw = isObject(value) ? value : {};
      if (key === 'modules') {
        hold(readVersion3(raw));
        return [];
      }
      if (key !== undefined) {
        const found = readVersion4(raw);
        hold(found ?? [], place.line);
        return found === undefined ? [faultAt(place, namesNothing)] : [];
      }
      if (raw.format_version !== undefined && raw.version === undefined) {
        checkShown(raw);
        hold(isObject(raw.values) ? readShown(raw.values.root_module) : []);
      } else checkVersion(raw);
      const instances = take();
      const real = instances.filter(({ type }) => isReal(type));
      if (real.length === 0 && instances.length > 0) return [faultAt(place, nothingReal)];
      return mapInstances(real, raw.lineage);
    },
  };
};

const nothingReal =
  'The state holds only resources that exist in it alone (null_resource, random_id and the like): there is nothing to record.';
