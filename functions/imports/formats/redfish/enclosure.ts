import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier, isUsable } from '../glpi-json/identifiers.ts';
import { keyPart, serialKey } from '../glpi-json/native-key.ts';
import type { Box, ChassisFacts } from './box.ts';

/** How an enclosure is named by what sits in it; undefined when its serial names nothing. */
export const enclosureOf = ({ manufacturer, model, name, serial }: ChassisFacts): Box['inside'] => {
  const key = serial === undefined ? undefined : serialKey(serial, manufacturer);
  return key === undefined
    ? undefined
    : { key, identifiers: identifier('serial', serial, manufacturer), name: model ?? name };
};

/** The facts of a chassis: of a machine's own case, or of an enclosure. */
export const chassisFacts = ({ type, model, partNumber, rack, rackUnit, serial }: ChassisFacts) =>
  facts({ chassisType: type, chassisModel: model, chassisSerial: serial, partNumber, rack, rackUnit });

/** An enclosure as a device of its own; none when nothing names it. */
export const mapEnclosure = (chassis: ChassisFacts): Omit<DiscoveryRecord, 'recordIndex'> | undefined => {
  const { assetTag, manufacturer, model, name, serial, sku, type } = chassis;
  const tag = assetTag !== undefined && isUsable({ type: 'assetTag', value: assetTag }) ? assetTag : undefined;
  const nativeKey = enclosureOf(chassis)?.key ?? (tag === undefined ? undefined : `tag:${keyPart(tag)}`);
  if (nativeKey === undefined) return undefined;
  return {
    nativeKey,
    half: 'discovery',
    action: 'upsert',
    partial: false,
    nature: 'physical',
    ciClass: /storage/i.test(type ?? '') ? 'storage' : 'device',
    assetKind: 'hardware',
    name: recordName(name ?? model ?? serial),
    identifiers: [...identifier('serial', serial, manufacturer), ...identifier('assetTag', tag)],
    sections: sectionsFrom({
      bios: facts({ manufacturer, model, serial, assetTag: tag, sku }),
      chassis: chassisFacts(chassis),
    }),
    warnings: [],
  };
};
