import { ciClasses } from '../../../../domain/ci/ci-classes.ts';
import type { DiscoveryRecord, RawIdentifier } from '../../../../domain/discovery/record.ts';
import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { facts, recordName } from '../glpi-json/facts.ts';
import { identifier, isUsable } from '../glpi-json/identifiers.ts';
import { ownAddresses } from '../glpi-json/interfaces.ts';
import { bookFacts } from './book-facts.ts';
import type { Thing } from './thing.ts';

type Draft = Omit<DiscoveryRecord, 'recordIndex'>;

/** Machines and what stands for one. Services and applications borrow addresses and serials from these. */
const isMachine = ({ ciClass }: Thing): boolean =>
  ciClass === undefined || ciClass === 'virtual-machine' || ciClasses[ciClass].layer === 'physical';

const identifiersOf = (thing: Thing): RawIdentifier[] => {
  if (!isMachine(thing)) return [];
  const { addresses = [], assetTag, book = {}, fqdn, hostname, imeis = [], macs = [], serial, uuid } = thing;
  const known = new Set(macs.flatMap((mac) => canonicalMac(mac ?? '') ?? []));
  const ips = ownAddresses(addresses.flatMap((address) => address?.replace(/\/\d+$/, '') ?? []));
  return [
    ...identifier('serial', serial, book.manufacturer),
    ...identifier('uuid', uuid),
    ...identifier('assetTag', assetTag, book.company),
    ...[...new Set(imeis)].flatMap((imei) => identifier('imei', imei)),
    ...[...known].slice(0, 64).flatMap((mac) => identifier('mac', mac)),
    ...ips.slice(0, 64).flatMap((ip) => identifier('ip', ip)),
    ...identifier('fqdn', fqdn !== undefined && isUsable({ type: 'fqdn', value: fqdn }) ? fqdn : undefined),
    ...identifier('hostname', hostname),
  ];
};

const names = (raw: RawIdentifier): boolean =>
  ['serial', 'assetTag', 'imei', 'uuid'].includes(raw.type) && isUsable(raw);

const natureOf = ({ asset, ciClass, isVirtual }: Thing): Draft['nature'] => {
  if (isVirtual === true || ciClass === 'virtual-machine') return 'virtual';
  if (ciClass === undefined) return asset === 'software' ? 'logical' : 'physical';
  return ciClasses[ciClass].layer === 'physical' ? 'physical' : 'logical';
};

/** Every section is carried, empty ones too: a partial record would otherwise keep what is gone. */
const sectionsOf = (thing: Thing): Draft['sections'] =>
  Object.fromEntries(
    Object.entries(thing.sections)
      .filter(([name]) => isMachine(thing) || !ofMachines.has(name))
      .map(([name, values]) => [name, facts(values)]),
  );

const ofMachines: ReadonlySet<string> = new Set(['bios', 'hardware', 'os']);

/**
 * A row as a record of the asset book half: an asset, a CI, or both where the row says so. What a tool found by itself is discovery, and
 * its asset book a record beside it. CIs are partial records, because their relations come in rows of their own.
 */
export const mapThing = (thing: Thing, home: string): Draft[] => {
  const identifiers = identifiersOf(thing);
  const { asset, book = {}, ciClass, found = false, key, name, observedAt, relations, warnings = [] } = thing;
  const { facts: itam, warnings: doubts } = bookFacts(book, home);
  const nature = natureOf(thing);
  const isAsset = asset !== undefined && nature !== 'virtual' && (ciClass === undefined || identifiers.some(names));
  const base = { action: 'upsert', nature, name: recordName(name), identifiers } as const;
  const kind = isAsset ? { assetKind: asset } : {};
  const ci = ciClass === undefined ? {} : { ciClass };
  if (!found) {
    const told = isAsset && Object.keys(itam).length > 0 ? { itam } : {};
    const partial = ciClass !== undefined && relations === undefined;
    const own = relations === undefined ? {} : { relations };
    return [
      {
        ...base,
        nativeKey: key,
        half: 'book',
        partial,
        ...ci,
        ...kind,
        sections: sectionsOf(thing),
        ...told,
        ...own,
        warnings: [...warnings, ...doubts],
      },
    ];
  }
  const seen = observedAt === undefined ? {} : { observedAt };
  const main: Draft = {
    ...base,
    nativeKey: key,
    half: 'discovery',
    partial: false,
    ...ci,
    ...kind,
    ...seen,
    sections: sectionsOf(thing),
    warnings,
  };
  if (!isAsset || Object.keys(itam).length === 0) return [main];
  const beside = {
    nativeKey: `${key}/itam`,
    half: 'book',
    partial: false,
    ...kind,
    sections: {},
    itam,
    warnings: doubts,
  } as const;
  const lasting = identifiers.filter(({ type }) => type !== 'ip' && type !== 'hostname');
  return [main, { ...base, ...beside, identifiers: lasting, warnings: [...doubts] }];
};
