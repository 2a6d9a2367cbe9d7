import { readdirSync, readFileSync } from 'node:fs';

/** A device of Skyways as an agent would write it. What is not given is not in the file. */
export type Machine = {
  name: string;
  serial?: string;
  vendor?: string;
  uuid?: string;
  macs?: readonly string[];
  /** One for each MAC. */
  ips?: readonly string[];
  seenAt?: string;
  guests?: readonly { name: string; uuid: string }[];
  os?: string;
  software?: readonly string[];
  partial?: boolean;
  deviceId?: string;
};

/** An inventory as the GLPI agent writes it. */
export const agentJson = (machine: Machine): string => {
  const {
    name,
    serial,
    vendor = 'Dell Inc.',
    uuid,
    macs = [],
    ips = [],
    seenAt,
    guests,
    os,
    software,
    partial,
  } = machine;
  return JSON.stringify({
    action: 'inventory',
    deviceid: machine.deviceId ?? `${name}-2026-01-01-00-00-00`,
    itemtype: 'Computer',
    ...(partial === true ? { partial } : {}),
    content: {
      versionclient: 'GLPI-Agent_v1.11',
      hardware: { name, ...(uuid === undefined ? {} : { uuid }), vmsystem: 'Physical', chassis_type: 'Notebook' },
      ...(serial === undefined ? {} : { bios: { ssn: serial, smanufacturer: vendor, smodel: 'Latitude 5440' } }),
      ...(macs.length === 0
        ? {}
        : { networks: macs.map((mac, n) => ({ description: `eth${n}`, mac, type: 'ethernet', ipaddress: ips[n] })) }),
      ...(os === undefined ? {} : { operatingsystem: { name: os, full_name: os } }),
      ...(software === undefined ? {} : { softwares: software.map((one) => ({ name: one, version: '1.0' })) }),
      ...(guests === undefined
        ? {}
        : { virtualmachines: guests.map((guest) => ({ ...guest, vmtype: 'kvm', status: 'running' })) }),
      ...(seenAt === undefined ? {} : { accesslog: { logdate: seenAt } }),
    },
  });
};

export type BookRow = Partial<
  Record<
    | 'Asset Tag'
    | 'Name'
    | 'Serial Number'
    | 'Manufacturer'
    | 'Status'
    | 'Location'
    | 'Holder'
    | 'MAC Address'
    | 'Notes',
    string
  >
>;

/** An asset book with these rows. */
export const bookCsv = (rows: readonly BookRow[]): string => {
  const titles = [
    'Asset Tag',
    'Name',
    'Serial Number',
    'Manufacturer',
    'Status',
    'Location',
    'Holder',
    'MAC Address',
    'Notes',
  ] as const;
  return [titles.join(','), ...rows.map((row) => titles.map((title) => row[title] ?? '').join(','))].join('\n');
};

export type EstateFile = { source: string; name: string; content: Buffer };

const estate = new URL('../fixtures/estate/', import.meta.url);

/** The demo estate as it is uploaded: the folder is the source. */
export const estateFiles = (): EstateFile[] =>
  readdirSync(estate, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: source }) =>
      readdirSync(new URL(`${source}/`, estate))
        .sort()
        .map((name) => ({ source, name, content: readFileSync(new URL(`${source}/${name}`, estate)) })),
    );

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const shuffled = <T>(list: readonly T[], random: () => number): T[] => {
  const out = [...list];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
};
