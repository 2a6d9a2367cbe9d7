import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { UploadContext } from '../format.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier, isUsable } from '../glpi-json/identifiers.ts';
import { keyPart } from '../glpi-json/native-key.ts';
import { deviceNameOf } from './device-name.ts';
import { isDomainName, isHostName } from './neighbour.ts';
import { neighbourRows, relateNeighbours } from './relate.ts';
import type { DeviceFacts, Report } from './report.ts';

const virtualModels = /\bv(?:srx|mx|qfx|eos|ios|jun|router)|firefly|csr1000v|c8000v|iosv|nx-?osv|\bchr\b|virtual/i;

/** Gear with a serial can be an asset, unless its model is one that is only software. */
const kindOf = ({ model, serial }: DeviceFacts): Pick<DiscoveryRecord, 'nature' | 'assetKind'> => {
  if (serial === undefined || !isUsable({ type: 'serial', value: serial })) return { nature: 'unknown' };
  return virtualModels.test(model ?? '') ? { nature: 'virtual' } : { nature: 'physical', assetKind: 'hardware' };
};

/** The full name is a fact as well: of a partial record that names more than before, only facts tell that it does. */
const sectionsOf = ({ vendor, model, serial, osVersion, fqdn }: DeviceFacts): DiscoveryRecord['sections'] =>
  sectionsFrom({
    bios: facts({ manufacturer: vendor, model, serial }),
    os: facts({ osVersion }),
    network: facts({ fqdn: fqdn !== undefined && isDomainName(fqdn) ? fqdn : undefined }),
  });

/**
 * The device that reports, and each of its neighbours, as partial records. The device is named by its facts, by the file, or by the
 * file's name; all three make the same key, so that facts and neighbours in separate files are of one device.
 */
export const mapReport = (report: Report, context: UploadContext, recordIndex: number): DiscoveryRecord[] => {
  const { neighbours, isHost, mac } = report;
  const known = report.facts ?? {};
  const told = known.hostname ?? report.device;
  const name = (told ?? deviceNameOf(context.objectKey)).replace(/\.$/, '');
  const fqdns = [known.fqdn, name].flatMap((text) => (text !== undefined && isDomainName(text) ? [text] : []));
  const host = isDomainName(name) ? name.split('.')[0] : name;
  const main: DiscoveryRecord = {
    recordIndex,
    nativeKey: `device:${keyPart(name) || 'unnamed'}`,
    half: 'discovery',
    action: 'upsert',
    partial: true,
    ...kindOf(known),
    ciClass: isHost ? 'unmanaged' : 'network-device',
    name: recordName(name),
    identifiers: [
      ...identifier('serial', known.serial, known.vendor),
      ...identifier('mac', mac),
      ...[...new Set(fqdns.map((text) => text.toLowerCase()))].flatMap((text) => identifier('fqdn', text)),
      ...(host !== undefined && isHostName(host) ? identifier('hostname', host) : []),
    ],
    sections: sectionsOf(known),
    warnings: told === undefined ? [namedByFile] : [],
  };
  if (neighbours === undefined) return [main];
  const { relations, stubs, warnings } = relateNeighbours(main, neighbours);
  const details = { neighbours: neighbourRows(neighbours) };
  return [{ ...main, details, relations, warnings: [...main.warnings, ...warnings] }, ...stubs].map(
    (record, index) => ({
      ...record,
      recordIndex: recordIndex + index,
    }),
  );
};

const namedByFile = {
  code: 'device-named-by-file',
  detail:
    'The content does not say which device reports: it is taken from the name of the file. A full name (sw-01.example.com.json), or facts in the same file, find the device that other sources know.',
};
