import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonical } from '../../domain/shared/canonical.ts';
import { Problem } from '../../domain/shared/problem.ts';

/**
 * Opaque cursors: the position, sealed with an HMAC over position, tenant, operation and filter. A cursor of another tenant, another
 * list or another filter, or one that was edited, is refused: the position inside is a key of the table.
 */
export const sealCursor = (secret: string, binding: unknown, position: unknown): string => {
  const text = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${text}.${sealOf(secret, binding, text).toString('base64url')}`;
};

export const openCursor = (secret: string, binding: unknown, cursor: string): unknown => {
  const [text = '', seal = ''] = cursor.split('.');
  const given = Buffer.from(seal, 'base64url');
  const expected = sealOf(secret, binding, text);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Problem('invalid-request', 'The cursor is not one of this list.', {
      errors: [{ pointer: '#/query/cursor', detail: 'Send nextCursor of the previous page, with the same filters.' }],
    });
  }
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
};

const sealOf = (secret: string, binding: unknown, text: string): Buffer =>
  createHmac('sha256', secret)
    .update(`${canonical(binding)}\n${text}`)
    .digest()
    .subarray(0, 16);
