import type { DiscoveryRecord, RawIdentifier, RecordWarning } from '../../../../domain/discovery/record.ts';
import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { momentOf } from '../aws/moment.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier, isUsable } from '../glpi-json/identifiers.ts';
import { keyPart } from '../glpi-json/native-key.ts';
import type { ManagedDevice } from './device.ts';
import type { createSeparator } from './organisations.ts';
import { purchaseFacts } from './purchase-facts.ts';
import type { Row } from './unwrap.ts';

type Draft = Omit<DiscoveryRecord, 'recordIndex'>;

const guests =
  /cloud pc|virtual machine|virtual platform|vmware|virtualbox|parallels|\bkvm\b|qemu|amazon ec2|google compute/i;
const mostSoftware = 20_000;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const identifiersOf = (device: ManagedDevice): RawIdentifier[] => {
  const { assetTag, hardwareUuid, imeis, macs, manufacturer, name, serial, udid } = device;
  const addresses = new Set(macs.flatMap((mac) => canonicalMac(mac ?? '') ?? []));
  return [
    ...identifier('serial', serial, manufacturer),
    ...identifier('uuid', hardwareUuid),
    ...identifier('udid', udid),
    ...[...new Set(imeis)].flatMap((imei) => identifier('imei', imei)),
    ...identifier('assetTag', assetTag),
    ...[...addresses].flatMap((mac) => identifier('mac', mac)),
    ...(/^[a-z\d][\w.-]{0,62}$/i.test(name ?? '') ? identifier('hostname', name) : []),
  ];
};

const isStrong = (raw: RawIdentifier): boolean =>
  ['serial', 'imei', 'udid', 'uuid', 'assetTag'].includes(raw.type) && isUsable(raw);

const sectionsOf = (device: ManagedDevice): DiscoveryRecord['sections'] => {
  const { assetTag, cpu, manufacturer, memoryMb, model, modelNumber, os, ownership, serial, storageMb } = device;
  const usable = (type: 'serial' | 'assetTag', value: string | undefined) =>
    value !== undefined && isUsable({ type, value }) ? value : undefined;
  return sectionsFrom({
    bios: facts({
      manufacturer,
      model,
      modelNumber,
      serial: usable('serial', serial),
      assetTag: usable('assetTag', assetTag),
    }),
    hardware: facts({ memoryMb, storageMb }),
    cpu: facts(cpu),
    os: facts({ osName: os.name, osVersion: os.version, osBuild: os.build }),
    ownership: facts({ ownership }),
    mdm: facts(device.managed),
  });
};

/** Rows in the words of GLPI's software lists, sorted, each once. */
const softwareOf = ({ software }: ManagedDevice): { rows: unknown[] | undefined; warnings: RecordWarning[] } => {
  if (software === undefined) return { rows: undefined, warnings: [] };
  const texts = software.flatMap(({ bundle, name, version }) =>
    name === undefined
      ? []
      : [JSON.stringify({ name, ...(version ? { version } : {}), ...(bundle ? { bundle } : {}) })],
  );
  const all = [...new Set(texts)].sort();
  const detail = `Only the first ${mostSoftware} of ${all.length} applications were taken.`;
  return {
    rows: all.slice(0, mostSoftware).map((text): unknown => JSON.parse(text)),
    warnings: all.length > mostSoftware ? [{ code: 'software-cut', detail }] : [],
  };
};

const keyOf = ({ dialect, organisation }: Row, id: string): string => {
  const scope = organisation === undefined || uuid.test(id) ? '' : `${keyPart(organisation)}/`;
  return `${dialect.name}:${scope}${keyPart(id)}`;
};

/**
 * One enrolled device: what the tool found on it, and beside that, for what the organisation owns, a record of its asset book half
 * (holder, purchase, tag). What people own themselves, and what nobody says the owner of, is a CI without asset. Undefined when nothing
 * names the device.
 */
export const mapDevice = (row: Row, separate: ReturnType<typeof createSeparator>): Draft[] | undefined => {
  const device = row.dialect.read(row.row);
  const { identifiers, warnings } = separate(identifiersOf(device), row.organisation);
  const id = device.id ?? identifiers.find(isStrong)?.value;
  if (id === undefined) return undefined;
  const isVirtual = guests.test(`${device.manufacturer ?? ''} ${device.model ?? ''}`);
  const isUntold = [device.manufacturer, device.model, device.serial].every((one) => one === undefined);
  const isOwned = !isVirtual && !isUntold && (device.ownership === undefined || device.ownership === 'company');
  const software = softwareOf(device);
  const observedAt = momentOf(...device.seenAt);
  const nativeKey = keyOf(row, id);
  const name = recordName(device.name ?? device.model ?? device.serial);
  const main: Draft = {
    nativeKey,
    half: 'discovery',
    action: 'upsert',
    partial: false,
    nature: isVirtual ? 'virtual' : isUntold && device.kind === 'computer' ? 'unknown' : 'physical',
    ciClass: isVirtual ? 'virtual-machine' : device.kind,
    ...(isOwned ? { assetKind: 'hardware' as const } : {}),
    ...(observedAt === undefined ? {} : { observedAt }),
    name,
    identifiers,
    sections: sectionsOf(device),
    ...(software.rows === undefined ? {} : { details: { software: software.rows } }),
    warnings: [...warnings, ...software.warnings, ...(device.ownership === 'unknown' ? [unknownOwner] : [])],
  };
  const book = isOwned && identifiers.some(isStrong) ? bookOf(main, device) : undefined;
  return book === undefined ? [main] : [main, book];
};

const unknownOwner = {
  code: 'ownership-unknown',
  detail: 'The tool does not say who owns the device, so no asset is made of it. Set the owner there.',
};

/** The asset book half; undefined when the tool tells nothing of it. */
const bookOf = ({ nativeKey, identifiers }: Draft, { assetTag, purchase }: ManagedDevice): Draft | undefined => {
  const { facts: itam, warnings } = purchaseFacts(purchase);
  if (Object.keys(itam).length === 0 && assetTag === undefined && warnings.length === 0) return undefined;
  return {
    nativeKey: `${nativeKey}/itam`,
    half: 'book',
    action: 'upsert',
    partial: false,
    nature: 'physical',
    assetKind: 'hardware',
    identifiers: identifiers.filter(({ type }) => type !== 'hostname'),
    sections: {},
    itam,
    warnings,
  };
};
