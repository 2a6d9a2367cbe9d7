import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { RelationshipType } from '../../../../domain/relationship/relationship-types.ts';
import { recordName, sectionsFrom } from './facts.ts';

type Given = Pick<DiscoveryRecord, 'nativeKey' | 'nature' | 'identifiers' | 'sections'> &
  Partial<Pick<DiscoveryRecord, 'ciClass' | 'assetKind' | 'container' | 'name' | 'details'>>;

/**
 * A thing that the main device's file tells of. It is partial, because its own agent or prober knows more.
 * `relation`: how it stands to the main device, read from the thing; absent when it is an asset only.
 */
export const relatedRecord = (main: DiscoveryRecord, given: Given, relation?: RelationshipType): DiscoveryRecord => ({
  ...given,
  recordIndex: main.recordIndex,
  half: 'discovery',
  action: 'upsert',
  partial: true,
  name: recordName(given.name),
  sections: sectionsFrom(given.sections),
  warnings: [],
  ...(main.observedAt === undefined ? {} : { observedAt: main.observedAt }),
  ...(relation === undefined
    ? {}
    : { relations: [{ type: relation, direction: 'out' as const, record: main.nativeKey }] }),
});
