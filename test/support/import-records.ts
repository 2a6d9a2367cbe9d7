import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { decideRecord } from '../../domain/import/decide-record.ts';
import { fingerprintOf } from '../../domain/import/fingerprint.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import { digest } from '../../functions/shared/digest.ts';

/** A laptop as an agent sees it. */
export const discovered = (more: Partial<DiscoveryRecord> = {}): DiscoveryRecord => ({
  recordIndex: 0,
  nativeKey: 'serial:dell:SKYW42',
  half: 'discovery',
  action: 'upsert',
  partial: false,
  nature: 'physical',
  ciClass: 'computer',
  assetKind: 'hardware',
  name: 'sky-lt-1',
  identifiers: [
    { type: 'serial', value: 'SKYW42', qualifier: 'Dell Inc.' },
    { type: 'mac', value: 'a4:bb:6d:00:00:01' },
  ],
  sections: { os: { name: 'Debian', version: '12' }, bios: { manufacturer: 'Dell Inc.', serial: 'SKYW42' } },
  warnings: [],
  ...more,
});

/** The same laptop as the asset book has it. */
export const booked = (more: Partial<DiscoveryRecord> = {}): DiscoveryRecord => ({
  recordIndex: 0,
  nativeKey: 'assetTag=sky-1',
  half: 'book',
  action: 'upsert',
  partial: false,
  nature: 'physical',
  assetKind: 'hardware',
  identifiers: [
    { type: 'assetTag', value: 'SKY-1' },
    { type: 'serial', value: 'SKYW42', qualifier: 'Dell' },
  ],
  sections: {},
  itam: { holder: 'Astrid Lindqvist', costCentre: 'CC-4100' },
  warnings: [],
  ...more,
});

/** Decides one record against what is known, as the applier does. */
export const decide = (record: DiscoveryRecord, known: KnownPair = {}, at = '2026-11-20T06:00:00.000Z') =>
  decideRecord(
    {
      record,
      print: fingerprintOf(record, digest),
      identifiers: normaliseIdentifiers(record, record.half),
      source: record.half === 'book' ? 'register' : 'agents',
      tenant: 'skyways',
      runId: 'run',
      at,
      now: '2026-11-22T08:00:00.000Z',
      digest,
    },
    known,
  );
