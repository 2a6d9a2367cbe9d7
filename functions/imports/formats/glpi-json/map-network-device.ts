import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { Component, GlpiDocument } from './document.ts';
import { facts } from './facts.ts';
import { identifier, isUsable, nameplateOf } from './identifiers.ts';
import { ownAddresses } from './interfaces.ts';
import { serialKey } from './native-key.ts';
import { relatedRecord } from './related.ts';

/** Parts inside a box. What has a serial but none of these types (nor is a chassis or stack) stands on its own. */
const innerParts =
  /^(?:backplane|battery|container|cpu|fan|module|port|powersupply|sensor|storagedrive|energyobject)$/i;

const isChassis = ({ type }: Component): boolean => type?.toLowerCase() === 'chassis';
const isOuter = ({ type }: Component): boolean => /^(?:chassis|stack)$/i.test(type ?? '');

const nameplate = (part: Component, manufacturer: string | undefined) => ({
  bios: facts({ manufacturer, model: part.model, serial: part.serial, firmware: part.firmware }),
});

/** One chassis is the device itself under another serial; from two on, each is a box that was bought on its own. */
const membersOf = (chassis: readonly Component[], mainSerial: string | undefined): Component[] => {
  const others = chassis.filter(({ serial }) => serial?.toLowerCase() !== mainSerial?.toLowerCase());
  return chassis.length < 2 ? [] : others;
};

/**
 * The members of a switch stack and the access points of a controller. A stack is one logical CI whose first member is the main
 * record's asset; every further member is an asset alone. Rule: discovery-formats.md section 27.
 */
export const mapNetworkDevice = (document: GlpiDocument, main: DiscoveryRecord): DiscoveryRecord[] => {
  const { manufacturer: vendor, serial: mainSerial } = nameplateOf(document);
  const parts = (document.content.network_components ?? []).filter(
    ({ serial }) => serial !== undefined && isUsable({ type: 'serial', value: serial }),
  );
  const members = membersOf(parts.filter(isChassis), mainSerial).map((part) => {
    const manufacturer = part.manufacturer ?? vendor;
    return relatedRecord(main, {
      nativeKey: `member/${serialKey(part.serial ?? '', manufacturer)}`,
      nature: 'physical',
      assetKind: 'hardware',
      name: [main.name, part.model, part.name].filter((word) => word !== undefined).join(' '),
      identifiers: identifier('serial', part.serial, manufacturer),
      sections: nameplate(part, manufacturer),
    });
  });
  const attached = parts.filter(
    (part) => !isOuter(part) && !innerParts.test(part.type ?? '') && part.mac !== undefined,
  );
  return [...members, ...attached.flatMap((part) => mapAccessPoint(part, vendor, main))];
};

const mapAccessPoint = (part: Component, vendor: string | undefined, main: DiscoveryRecord): DiscoveryRecord[] => {
  const manufacturer = part.manufacturer ?? vendor;
  const nativeKey = serialKey(part.serial ?? '', manufacturer);
  if (nativeKey === undefined || part.model === undefined) return [];
  const addresses = ownAddresses(part.ip === undefined ? [] : [part.ip]);
  const point = {
    nativeKey,
    nature: 'physical' as const,
    ciClass: 'network-device' as const,
    assetKind: 'hardware' as const,
    name: [part.name ?? part.model, part.serial].join(' '),
    identifiers: [
      ...identifier('serial', part.serial, manufacturer),
      ...identifier('mac', part.mac?.toLowerCase()),
      ...addresses.flatMap((ip) => identifier('ip', ip)),
    ],
    sections: {
      ...nameplate(part, manufacturer),
      network: facts({
        primaryMac: part.mac?.toLowerCase(),
        ipAddresses: addresses.length === 0 ? undefined : addresses,
      }),
    },
  };
  return [relatedRecord(main, point, 'connected to')];
};
