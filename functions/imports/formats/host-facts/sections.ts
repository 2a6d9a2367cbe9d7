import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { placeholders } from '../../../../domain/identity/placeholders.ts';
import type { Kind } from '../glpi-json/classify.ts';
import { facts, sectionsFrom } from '../glpi-json/facts.ts';
import { isUsable } from '../glpi-json/identifiers.ts';
import type { HostFacts } from './host-facts.ts';
import { networkOf } from './network.ts';

const shownAddresses = 8;

/** A text that says something: `NA`, `Not Specified`, `To be filled by O.E.M.` do not. */
const telling = (text: string | undefined): string | undefined =>
  text === undefined || placeholders.manufacturer.has(text.trim().toLowerCase()) ? undefined : text;

const usable = (type: 'serial' | 'assetTag', value: string | undefined): string | undefined =>
  value !== undefined && isUsable({ type, value }) ? value : undefined;

/** The nameplate. Containers show that of their host, so they have none. */
const biosFacts = (host: HostFacts, { container, nature }: Kind) =>
  container
    ? {}
    : facts({
        manufacturer: telling(host.vendor),
        model: telling(host.product),
        serial: usable('serial', host.serial),
        assetTag: nature === 'virtual' ? undefined : usable('assetTag', host.assetTag),
        sku: telling(host.sku),
        biosVersion: telling(host.biosVersion),
      });

const networkFacts = (host: HostFacts): Record<string, AttributeValue> => {
  const { addresses, primaryMac } = networkOf(host);
  return facts({
    ipAddresses: addresses.length === 0 ? undefined : addresses.slice(0, shownAddresses),
    primaryMac,
    defaultGateway: host.gateway,
  });
};

/** The facts shown from the table, by the same sections and names as those of GLPI agents. What changes by itself is left out. */
export const sectionsOf = (host: HostFacts, kind: Kind): DiscoveryRecord['sections'] =>
  sectionsFrom({
    bios: biosFacts(host, kind),
    hardware: facts({
      chassisType: telling(host.chassisType),
      memoryMb: host.memoryMb,
      virtualisation: host.guest === true ? telling(host.technology) : undefined,
      domain: telling(host.domain),
    }),
    cpu: facts(host.cpu),
    os: facts({
      osName: telling(host.os.name),
      osVersion: telling(host.os.version),
      osArch: telling(host.os.arch),
      kernelVersion: host.os.kernel,
    }),
    network: networkFacts(host),
  });
