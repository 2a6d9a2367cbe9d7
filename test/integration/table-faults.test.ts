import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sdkDocumentCalls } from '../../functions/store/document-calls-sdk.ts';
import { signedDocumentCalls } from '../../functions/store/document-calls-signed.ts';
import { dynamoTable } from '../../functions/store/dynamo-table.ts';
import { type Item, type Table, type Write, WriteConflict } from '../../functions/store/table.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { type Fault, faultyDynamo } from '../support/faulty-dynamo.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
let direct: Table;
beforeAll(async () => {
  dynamo = await dynamoForTests();
  direct = await dynamo.emptyTable();
});
afterAll(() => dynamo.stop());

let running: Awaited<ReturnType<typeof faultyDynamo>>[] = [];
const between: typeof faultyDynamo = async (behind) => {
  const proxy = await faultyDynamo(behind);
  running.push(proxy);
  return proxy;
};
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  running = [];
});

const quick = { attempts: 4, baseMs: 1, longestMs: 5 };
const signed = ({ endpoint }: { endpoint: string }) =>
  signedDocumentCalls({ endpoint, silenceMs: 300, retries: quick });

const item = (v: number, sk = '#', pk = 'skyways#a'): Item => ({ pk, sk, e: 'thing', v });
const key = { pk: 'skyways#a', sk: '#' };
const insert = (...items: Item[]): Write[] => items.map((put) => ({ put, expect: 'absent' }));

/** The table behind a proxy that does what the faults say, spoken to in this way. */
const behindFaults = async (transport: typeof signed, ...faults: Fault[]) => {
  const { name, endpoint } = dynamo.latest();
  const proxy = await between({ endpoint });
  proxy.faults.push(...faults);
  return { proxy, table: dynamoTable(name, transport({ endpoint: proxy.endpoint })) };
};

/** What a call ends in: its value, or the kind of error. */
const endOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => ({ value }),
    (error) => (error instanceof WriteConflict ? { conflict: error.failed } : { error: String(error) }),
  );

/** Each in a partition of its own, which holds version 1 of one item. */
const calls: Record<string, (table: Table, pk: string) => Promise<unknown>> = {
  get: (table, pk) => table.get({ pk, sk: '#' }, { consistent: true }),
  getMany: (table, pk) => table.getMany([{ pk, sk: '#' }], { consistent: true }),
  query: (table, pk) => table.query({ pk, limit: 5 }),
  'put over version 1': (table, pk) => table.writeEach([{ put: item(2, '#', pk), expect: 1 }]),
  'put where nothing is': (table, pk) => table.writeEach(insert(item(1, 'new', pk))),
  'put whatever is there': (table, pk) => table.writeEach([{ put: item(7, '#', pk), expect: 'any' }]),
  remove: (table, pk) => table.writeEach([{ remove: { pk, sk: '#' }, expect: 1 }]),
  transact: (table, pk) => table.transact([...insert(item(1, 'new', pk)), { put: item(2, '#', pk), expect: 1 }]),
  'transact in vain': (table, pk) =>
    table.transact([...insert(item(1, 'new', pk)), { put: item(3, '#', pk), expect: 2 }]),
};

describe('when a request goes wrong', () => {
  const endsThrough = async (transport: typeof signed, fault: Fault) => {
    await Promise.all(
      Object.keys(calls).map((pk) =>
        direct.writeEach([
          { put: item(1, '#', pk), expect: 'any' },
          { remove: { pk, sk: 'new' }, expect: 'any' },
        ]),
      ),
    );
    const ends = Object.entries(calls).map(async ([pk, call]) => {
      const { proxy, table } = await behindFaults(transport, fault);
      const end = await endOf(call(table, pk));
      const stored = (await direct.query({ pk, limit: 10 })).items;
      return [pk, { end, stored, requests: proxy.seen.map(({ operation }) => operation) }] as const;
    });
    return Object.fromEntries(await Promise.all(ends));
  };

  it.each<Fault>(['throttle', 'fail', 'reset', 'reset-after', 'cut-after'])(
    '%s: every call by signed requests tries again and ends as through the SDK, in answer and in the table',
    async (fault) => {
      const bySdk = await endsThrough(sdkDocumentCalls, fault);
      expect(await endsThrough(signed, fault)).toEqual(bySdk);
      expect(Object.values(bySdk).map(({ requests }) => requests.length)).toEqual(Object.keys(calls).map(() => 2));
      expect(bySdk.transact).toMatchObject({ end: { value: undefined }, stored: [{ v: 2 }, { v: 1 }] });
    },
  );
});

describe('signed requests', () => {
  it('send a transaction whose answer was lost with the same token, so that it is carried out once', async () => {
    const { proxy, table } = await behindFaults(signed, 'cut-after', 'silence-after');
    await direct.writeEach([{ remove: key, expect: 'any' }]);
    await table.transact(insert(item(1)));
    await table.transact([{ put: item(2), expect: 1 }]);
    const tokens = proxy.seen.map(({ body }) => body.ClientRequestToken);
    expect(tokens).toHaveLength(4);
    expect([tokens[1], tokens[2]]).toEqual([tokens[0], tokens[0]]);
    expect(tokens[3]).not.toBe(tokens[0]);
    expect(await direct.get(key)).toEqual(item(2));
  });

  it('give up after their attempts, with the last error, and keep silence and damage for faults that pass', async () => {
    const { proxy, table } = await behindFaults(signed, 'silence-after', 'damage-after', 'throttle', 'fail');
    await expect(table.get(key)).rejects.toMatchObject({
      name: 'InternalServerError',
      message: expect.stringContaining('500'),
    });
    expect(proxy.seen).toHaveLength(quick.attempts);
    proxy.faults.push('damage-after');
    expect(await table.get({ ...key, sk: 'nothing' })).toBeUndefined();
  });

  it('put a clock right that is an hour slow, and keep it right', async () => {
    const { proxy, table } = await behindFaults(signed, 'skew');
    await table.get(key);
    await table.get(key);
    const hours = proxy.seen.map(({ date }) =>
      Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')),
    );
    expect(hours.map((ms) => ms - Date.now() > 1_800_000)).toEqual([false, true, true]);
  });

  it('do not try again what would fail again', async () => {
    const server = await between({ status: 400, answer: { __type: 'x#ValidationException', message: 'no' } });
    await expect(dynamoTable('t', signed(server)).get(key)).rejects.toThrow('400 GetItem: no');
    expect(server.seen).toHaveLength(1);
  });
});

describe.each([
  ['the SDK', sdkDocumentCalls],
  ['signed requests', signed],
])('a transaction refused through %s', (_name, transport) => {
  /** The local DynamoDB never lets two transactions collide. */
  const refusedFor = async (...codes: string[]): Promise<unknown> => {
    const answer = {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      message: 'cancelled',
      CancellationReasons: codes.map((Code) => ({ Code })),
    };
    const server = await between({ status: 400, answer });
    const error = await dynamoTable('t', transport(server))
      .transact(insert(item(1, 'a'), item(1, 'b')))
      .catch((thrown: unknown) => thrown);
    return error;
  };

  it('is a conflict when transactions collided, and otherwise what it is', async () => {
    const collided = await refusedFor('None', 'TransactionConflict');
    expect(collided).toBeInstanceOf(WriteConflict);
    expect((collided as WriteConflict).failed).toEqual([]);
    const failed = await refusedFor('None', 'ConditionalCheckFailed');
    expect((failed as WriteConflict).failed).toEqual([{ index: 1, current: undefined }]);
    expect(await refusedFor('None', 'ValidationError')).not.toBeInstanceOf(WriteConflict);
  });
});
