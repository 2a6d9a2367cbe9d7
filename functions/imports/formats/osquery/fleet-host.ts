import { isObject } from '../glpi-json/values.ts';
import type { HostFacts, Json } from '../host-facts/host-facts.ts';
import { cpuOf, entriesAt, mebibytes, numberAt, textAt, valueAt } from '../host-facts/pick.ts';
import { factsOf } from './host.ts';

/** A host as Fleet lists it (`GET /hosts`, `fleetctl get hosts --json`), without what changes at every check. */
export const readFleetHost = (row: Json): HostFacts => {
  const id = textAt(row, 'uuid') ?? textAt(row, 'osquery_host_id', 'id') ?? textAt(row, 'hostname') ?? '';
  const mac = textAt(row, 'primary_mac');
  const address = textAt(row, 'primary_ip');
  const facts = factsOf({
    identifier: id,
    decorations: {},
    moment: valueAt(row, 'seen_time'),
    rows: { system: [row] },
  });
  const [, system, version] = /^(.*?)\s+(\d[\w.]*)$/.exec(textAt(row, 'os_version') ?? '') ?? [];
  return {
    ...facts,
    os: {
      name: system ?? textAt(row, 'os_version', 'platform'),
      version,
      arch: textAt(row, 'cpu_type'),
      kernel: undefined,
      server: /server/i.test(system ?? ''),
    },
    memoryMb: mebibytes(valueAt(row, 'memory'), 'b'),
    cpu: cpuOf(textAt(row, 'cpu_brand'), undefined, numberAt(row, 'cpu_physical_cores')),
    interfaces:
      mac === undefined ? undefined : [{ name: 'primary', mac, addresses: address === undefined ? [] : [address] }],
    primary: 'primary',
    packages: Array.isArray(row.software) ? entriesAt(row, 'software').flatMap(([, one]) => packageOf(one)) : undefined,
    moments: ['detail_updated_at', 'seen_time', 'updated_at'].map((key) => valueAt(row, key)),
  };
};

const packageOf = (
  one: unknown,
): { name: string; version: string | undefined; arch: undefined; publisher: string | undefined }[] => {
  const name = isObject(one) ? textAt(one, 'name') : undefined;
  return name === undefined
    ? []
    : [{ name, version: textAt(one, 'version'), arch: undefined, publisher: textAt(one, 'vendor') }];
};
