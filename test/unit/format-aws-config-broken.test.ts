import { describe, expect, it } from '@jest/globals';
import { notification, parseAll, problemOf, recordOf, snapshotItems, sns, withoutLine } from '../support/aws.ts';

type Json = Record<string, unknown>;
const items = snapshotItems;
const [instanceItem] = items;
const account = '111122223333/eu-north-1';
const instance = 'aws:i-0aa11bb22cc33dd44';

describe('the end of a resource', () => {
  const gone = { configuration: null, tags: {}, relationships: [], ARN: null, availabilityZone: null };

  it.each(['ResourceDeleted', 'ResourceDeletedNotRecorded'])('%s is a delete by identifiers alone', async (status) => {
    const item = { ...instanceItem, ...gone, configurationItemStatus: status };
    const record = await recordOf(sns(notification(item, { configurationItemDiff: { changedProperties: 'NOTJSON' } })));
    expect(withoutLine(record)).toEqual({
      recordIndex: 0,
      line: 0,
      nativeKey: `${account}/aws::ec2::instance/i-0aa11bb22cc33dd44`,
      half: 'discovery',
      action: 'delete',
      partial: false,
      nature: 'virtual',
      ciClass: 'virtual-machine',
      observedAt: '2026-05-04T06:00:00.250Z',
      identifiers: [{ type: 'cloudId', value: instance }],
      sections: {},
      warnings: [],
    });
  });

  it('is also a terminated instance, and not a stopped one', async () => {
    const inState = (name: string) => recordOf({ ...instanceItem, configuration: { state: { name } } });
    expect((await inState('terminated')).action).toBe('delete');
    expect((await inState('stopped')).action).toBe('upsert');
  });

  it('is not said by an item that is only not recorded any more', async () => {
    const record = await recordOf({ ...instanceItem, ...gone, configurationItemStatus: 'ResourceNotRecorded' });
    expect(record).toMatchObject({ action: 'upsert', partial: true, warnings: [{ code: 'no-configuration' }] });
    expect(record.relations).toBeUndefined();
  });

  it('keeps nothing but the name of an item that was too large to send', async () => {
    const summary = { ...instanceItem, configuration: undefined, relationships: undefined };
    const record = await recordOf({
      configurationItemSummary: summary,
      s3DeliverySummary: {},
      messageType: 'OversizedConfigurationItemChangeNotification',
    });
    expect(record.partial).toBe(true);
    expect(record.warnings.map(({ code }) => code)).toContain('oversized-item');
  });
});

describe('broken content', () => {
  const [first, second, third] = items.map((item) => JSON.stringify(item)) as [string, string, string];
  const snapshot = (...texts: string[]) => `{"fileVersion":"1.0",\n"configurationItems":[\n${texts.join(',\n')}\n]}`;

  it('rejects the broken item with line and column, and reads those around it', async () => {
    const parsed = await parseAll(snapshot(first, '{"resourceType": oops}', third));
    expect(parsed.map((one) => ('record' in one ? one.record.recordIndex : one.fault))).toEqual([
      0,
      { recordIndex: 1, line: 4, errors: [{ line: 4, column: 18, reason: expect.stringContaining('not JSON') }] },
      2,
    ]);
  });

  it('rejects an item that nothing names, and one whose text is no JSON', async () => {
    const parsed = await parseAll(`{"Results":[${JSON.stringify(first)},"{\\"configuration\\":{}}","{oops"]}`);
    expect(parsed.map((one) => ('fault' in one ? one.fault.errors[0]?.reason : 'record'))).toEqual([
      'record',
      expect.stringContaining('Nothing names this resource'),
      expect.stringContaining('not JSON'),
    ]);
  });

  it('keeps the good beginning of a file that was cut off', async () => {
    const parsed = await parseAll(snapshot(first, second, third).slice(0, -60));
    expect(parsed).toHaveLength(3);
    expect(parsed[2]).toMatchObject({ fault: { errors: [{ line: 5, reason: expect.stringContaining('cut off') }] } });
  });

  it.each([
    ['an item whose list is not closed', `[${JSON.stringify(instanceItem)}`, 'json-syntax'],
    ['a raw line break in a text', '{"configurationItem": {"resourceType": "AWS::\n"}}', 'json-syntax'],
    ['a broken message', '{"Type":"Notification","Message":"{\\"configurationItem\\":{]"}', 'json-syntax'],
    ['an item without a name', '{"configurationItem": {"configurationItemStatus":"OK"}}', 'no-usable-record'],
  ])('cannot read %s at all', async (_what, text, code) => {
    expect(await problemOf(text)).toMatchObject({ code, line: expect.any(Number), column: expect.any(Number) });
  });

  it('is not led astray by keys that mean something to JavaScript', async () => {
    const text = JSON.stringify(instanceItem).replace('"Team"', '"__proto__"');
    const record = await recordOf(text);
    expect(Object.keys(record.sections.tags ?? {})).toEqual(['Name']);
    expect(({} as Json).Team).toBeUndefined();
  });

  it('shows at most 20 tags and no long one', async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `k${String(index).padStart(2, '0')}`,
        index === 0 ? 'x'.repeat(300) : 'v',
      ]),
    );
    const record = await recordOf({ ...instanceItem, tags });
    expect(Object.keys(record.sections.tags ?? {})).toEqual(
      Array.from({ length: 20 }, (_, index) => `k${String(index + 1).padStart(2, '0')}`),
    );
  });
});
