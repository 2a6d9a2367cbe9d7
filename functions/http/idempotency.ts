import * as z from 'zod';
import type { Principal } from '../../domain/access/permissions.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { text, whole } from '../../domain/shared/scalars.ts';
import { digest } from '../shared/digest.ts';
import { defineEntity } from '../store/entity.ts';
import type { Item, Table, Write } from '../store/table.ts';
import type { Operation } from './operation.ts';
import type { Reply } from './respond.ts';

const keptForMs = 24 * 60 * 60 * 1000;

const IdempotencyRecord = z.strictObject({
  recordId: text,
  requestHash: text,
  expiresAt: text,
  status: whole,
  body: text,
  headers: z.record(text, text),
});
type IdempotencyRecord = z.infer<typeof IdempotencyRecord>;

export const idempotencyEntity = defineEntity<IdempotencyRecord, string>({
  name: 'idempotency',
  schema: IdempotencyRecord,
  tracked: false,
  id: ({ recordId }) => recordId,
  key: (recordId) => ({ pk: `IDEM#${recordId}`, sk: '#' }),
  chart: 'the answer to one POST, kept 24 h, written with the effect',
});

export type IdempotentRequest = { recordId: string; requestHash: string };

/** Scope: tenant, principal, operation, key. The hash covers everything that was asked. */
export const identifyRequest = (
  principal: Principal,
  operation: Operation,
  key: string,
  input: unknown,
): IdempotentRequest => ({
  recordId: digest(JSON.stringify([principal.tenant, principal.subject, operation.id, key])),
  requestHash: digest(canonical(input)),
});

/** The answer already given, if any. The same key with another request is refused; an expired record counts as none. */
export const findReplay = async (
  table: Table,
  tenant: string,
  request: IdempotentRequest,
  now: string,
): Promise<{ replay?: Reply; expired?: Item }> => {
  const item = await table.get(idempotencyEntity.keyOf(tenant, request.recordId), { consistent: true });
  if (item === undefined) return {};
  const { value } = idempotencyEntity.fromItem(item);
  if (value.expiresAt <= now) return { expired: item };
  if (value.requestHash !== request.requestHash) {
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key came with another request before.', {
      fix: 'Use a new key for a new intent.',
    });
  }
  return {
    replay: { status: value.status, headers: { ...value.headers, 'idempotency-replayed': 'true' }, body: value.body },
  };
};

/** The record of this answer, to be written in the same transaction as the effect. */
export const recordWrite = (
  tenant: string,
  request: IdempotentRequest,
  reply: Reply,
  now: string,
  expired: Item | undefined,
): Write => {
  const expires = Date.parse(now) + keptForMs;
  const item = idempotencyEntity.toItem(
    tenant,
    {
      ...request,
      expiresAt: new Date(expires).toISOString(),
      status: reply.status,
      body: reply.body,
      headers: reply.headers,
    },
    (expired?.v ?? 0) + 1,
  );
  return { put: { ...item, ttl: Math.ceil(expires / 1000) }, expect: expired?.v ?? 'absent' };
};
