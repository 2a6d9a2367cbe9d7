import { parseCompact } from '../../domain/identity/identifier.ts';
import { knownByName } from '../../domain/unknown-device/known-by.ts';
import { recognise } from '../../domain/unknown-device/see.ts';
import { unknownIdOf } from '../../domain/unknown-device/sighting.ts';
import { ciEntity } from '../cis/entity.ts';
import { digest } from '../shared/digest.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';
import { addressesOf } from '../unknown-devices/addresses-of.ts';
import { unknownEntity, unknownNamePartition } from '../unknown-devices/entity.ts';

type Change = { before: Item | undefined; after: Item };
type Thing = {
  assetId?: string;
  ciId?: string;
  class?: string;
  identifiers?: string[];
  binding?: { assetId?: string; ciId?: string };
};
type Named = {
  by: { type: 'mac' | 'hostname' | 'fqdn'; value: string };
  tenant: string;
  unknownId: string;
  as: { assetId?: string; ciId?: string };
  after: Item;
};

const mostRounds = 12;

/**
 * Closes the rows of unknown devices whose MAC or name an asset or CI has from now on, whoever gave it that: an import, a person, a merge.
 * Only what is new of a thing is looked for, so that a thing that merely changes costs nothing.
 */
export const recogniseUnknown = async (table: Table, news: readonly Change[]): Promise<void> => {
  const named = await namedBy(table, news);
  if (named.length === 0) return;
  const keys = new Map(named.map(({ tenant, unknownId }) => [unknownId, unknownEntity.keyOf(tenant, unknownId)]));
  const rows = await table.getMany([...keys.values()], { consistent: true });
  for (const row of rows) {
    const found = named.find((one) => one.unknownId === row.pk.slice(row.pk.indexOf('#') + 1) && isSure(row, one));
    if (found !== undefined) await close(table, row, found);
  }
};

/** A name that anybody may take closes nothing unless the CI has an address of the row too; a full name has to be the row's. */
const isSure = (row: Item, { by, after }: Named): boolean => {
  if (by.type === 'mac') return true;
  if (after.e !== ciEntity.name) return false;
  const { identifiers } = unknownEntity.fromItem(row).value;
  if (by.type === 'fqdn' && !identifiers.some(({ type, value }) => type === 'fqdn' && value === by.value)) return false;
  return knownByName(identifiers, by.type, addressesOf(ciEntity.fromItem(after).value)) === 'sure';
};

const close = async (table: Table, row: Item, { tenant, as, after }: Named): Promise<void> => {
  let current: Item | undefined = row;
  for (let round = 0; round < mostRounds && current !== undefined; round += 1) {
    const { value, version, change } = unknownEntity.fromItem(current);
    const next = recognise(value, as);
    if (next === undefined) return;
    const { by, at, correlationId } = after.c as { by: string; at: string; correlationId: string };
    const type = 'UnknownDeviceRecognised';
    const told = { type, by, at: change !== undefined && change.at > at ? change.at : at, correlationId };
    const [result] = await table.writeEach([
      { put: unknownEntity.toItem(tenant, next, version + 1, told), expect: version },
    ]);
    if (result === undefined || result.done) return;
    current = result.current;
  }
};

const namedBy = async (table: Table, news: readonly Change[]): Promise<Named[]> => {
  const named: Named[] = [];
  for (const { before, after } of news) {
    const thing = after.d as Thing;
    if ((after.e !== 'asset' && after.e !== 'ci') || !isOwned(after.e, thing)) continue;
    const known = before !== undefined && isOwned(after.e, before.d as Thing) ? (before.d as Thing).identifiers : [];
    const fresh = (thing.identifiers ?? []).filter((one) => !(known ?? []).includes(one)).map(parseCompact);
    const tenant = after.pk.slice(0, after.pk.indexOf('#'));
    const as =
      after.e === 'asset' ? pair(thing.assetId, thing.binding?.ciId) : pair(thing.binding?.assetId, thing.ciId);
    for (const { type, value } of fresh) {
      if (type !== 'mac' && type !== 'hostname' && type !== 'fqdn') continue;
      const told = { by: { type, value }, tenant, as, after };
      if (type === 'mac') named.push({ ...told, unknownId: unknownIdOf(tenant, { type, value }, digest) });
      else for (const unknownId of await rowsOfName(table, tenant, value)) named.push({ ...told, unknownId });
    }
  }
  return named;
};

/** Rows of every source that go by a name; by the first part of a full one. */
const rowsOfName = async (table: Table, tenant: string, name: string): Promise<string[]> => {
  const pk = ofTenant(tenant, unknownNamePartition(name.split('.')[0] ?? name));
  const { items } = await table.query({ index: 'inverse', pk, limit: 100 });
  return items.map(({ g1sk }) => String(g1sk));
};

/** An unmanaged CI merely stands for what was seen. */
const isOwned = (entity: string, { class: ciClass, binding }: Thing): boolean =>
  entity === 'asset' || ciClass !== 'unmanaged' || binding !== undefined;

const pair = (assetId: string | undefined, ciId: string | undefined) => ({
  ...(assetId === undefined ? {} : { assetId }),
  ...(ciId === undefined ? {} : { ciId }),
});
