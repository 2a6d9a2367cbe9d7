import { isObject } from '../glpi-json/values.ts';
import type { Neighbour } from './neighbour.ts';
import { type JsonObject, objectsIn, type Report, textOf } from './report.ts';

/** `json0` wraps every text as `[{ "value": "..." }]`. */
const plain = (value: unknown): string | undefined => {
  const [first] = objectsIn(value);
  return first === undefined ? textOf(value) : textOf(first.value);
};

const all = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((entry) => plain(entry) ?? []).slice(0, 16);

/** Interfaces come as a list of `{ eth0: {...} }`, as one such object, or as rows with their name (`json0`). */
const interfacesOf = (value: unknown): [string, JsonObject][] =>
  objectsIn(value).flatMap((entry) =>
    typeof entry.name === 'string'
      ? [[entry.name, entry] as [string, JsonObject]]
      : Object.entries(entry).flatMap(([name, row]) =>
          objectsIn(row).map((one) => [name, one] as [string, JsonObject]),
        ),
  );

/** A chassis stands under its system's name, or bare when it has none. */
const chassisOf = (value: unknown): { name?: string | undefined; chassis: JsonObject } => {
  const [first = {}] = objectsIn(value);
  if ('id' in first) return { name: plain(first.name), chassis: first };
  const [[name, chassis] = []] = Object.entries(first).filter(([, entry]) => isObject(entry));
  return isObject(chassis) ? { name, chassis } : { chassis: {} };
};

const idOf = (value: unknown): string | undefined => plain(objectsIn(value)[0]?.value ?? value);

const neighbourOf = (localPort: string, row: JsonObject): Neighbour => {
  const { name, chassis } = chassisOf(row.chassis);
  const [port = {}] = objectsIn(row.port);
  return {
    localPort,
    remotePort: idOf(port.id) ?? plain(port.descr),
    system: name,
    chassis: idOf(chassis.id),
    addresses: all(chassis['mgmt-ip']),
    description: plain(chassis.descr),
  };
};

/** What `lldpctl -f json` or `-f json0` writes on a machine that runs lldpd; with `local-chassis`, it names itself. */
export const readLldpctl = (value: unknown): Report | undefined => {
  if (!isObject(value)) return undefined;
  const [lldp] = objectsIn(value.lldp);
  const [own] = objectsIn(value['local-chassis']);
  if (lldp === undefined && own === undefined) return undefined;
  const { name, chassis } = chassisOf(own?.chassis);
  const rows = lldp === undefined ? [] : interfacesOf(lldp.interface);
  return {
    isHost: true,
    ...(name === undefined ? {} : { device: name }),
    ...(own === undefined ? {} : { mac: idOf(chassis.id) }),
    ...(lldp === undefined ? {} : { neighbours: rows.map(([port, row]) => neighbourOf(port, row)) }),
  };
};
