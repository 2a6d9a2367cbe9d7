import { describe, expect, it } from '@jest/globals';
import { relayTrigger } from '../../functions/relay/contracts.ts';
import { passesFilter } from '../../infra/local/event-filter.ts';

/** A stream record of an item, as DynamoDB writes it. */
const recordOf = (item: object | undefined) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: '1', ...(item === undefined ? {} : { NewImage: item }) },
});
const changed = { M: { type: { S: 'AssetCreated' }, by: { S: 'me' } } };
const filter = relayTrigger.kind === 'stream' ? (relayTrigger.filter ?? {}) : {};

describe('the filter before the relay', () => {
  it('lets items pass that carry their change, and neither history nor what nobody tracks', () => {
    expect(passesFilter(filter, recordOf({ e: { S: 'asset' }, c: changed }))).toBe(true);
    expect(passesFilter(filter, recordOf({ e: { S: 'history' }, c: changed }))).toBe(false);
    expect(passesFilter(filter, recordOf({ e: { S: 'claim' } }))).toBe(false);
    expect(passesFilter(filter, recordOf({ c: changed }))).toBe(false);
    expect(passesFilter(filter, recordOf(undefined))).toBe(false);
  });
});

describe('a filter of events', () => {
  it('asks every name for one of its alternatives', () => {
    const ofUploads = {
      source: ['aws.s3', 'local'],
      detail: { kind: [{ 'anything-but': ['test'] }, { exists: false }] },
    };
    expect(passesFilter(ofUploads, { source: 'local', detail: { kind: 'real' } })).toBe(true);
    expect(passesFilter(ofUploads, { source: 'local' })).toBe(true);
    expect(passesFilter(ofUploads, { source: 'local', detail: { kind: 'test' } })).toBe(false);
    expect(passesFilter(ofUploads, { source: 'elsewhere', detail: { kind: 'real' } })).toBe(false);
    expect(passesFilter({}, { anything: true })).toBe(true);
  });
});
