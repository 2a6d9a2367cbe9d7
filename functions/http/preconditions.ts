import { Problem } from '../../domain/shared/problem.ts';
import { needsIdempotencyKey, needsIfMatch, type Operation } from './operation.ts';
import type { HttpEvent } from './request.ts';

/** A header by its name in lower case. */
export const header = (event: HttpEvent, name: string): string | undefined =>
  Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];

/** The strong ETag of a version. */
export const etagOf = (version: number): string => `"v${version}"`;

/** The version that If-Match names; PUT, PATCH and DELETE cannot do without it. `*` is not taken: it would overwrite the unseen. */
export const readIfMatch = (event: HttpEvent, operation: Operation): number | undefined => {
  if (!needsIfMatch(operation)) return undefined;
  const value = header(event, 'if-match');
  if (value === undefined) {
    throw new Problem('precondition-required', 'If-Match is missing.', {
      fix: 'Read the object first and send its ETag, for example If-Match: "v3".',
    });
  }
  const version = /^"v(\d{1,9})"$/.exec(value.trim())?.[1];
  if (version === undefined) {
    throw new Problem('version-conflict', `If-Match ${value.slice(0, 40)} is not an ETag of this API.`, {
      fix: 'Send one strong ETag as you read it, for example "v3".',
    });
  }
  return Number(version);
};

/** The client's Idempotency-Key; every POST has one, so that it can be sent again safely. */
export const readIdempotencyKey = (event: HttpEvent, operation: Operation): string | undefined => {
  if (!needsIdempotencyKey(operation)) return undefined;
  const key = header(event, 'idempotency-key')?.trim();
  if (key === undefined || key === '' || key.length > 255) {
    throw new Problem('idempotency-key-required', 'Idempotency-Key is missing, empty or longer than 255 characters.', {
      fix: 'Send any text that is unique for this intent, for example a UUID; send the same one when you try again.',
    });
  }
  return key;
};

/** The request's own id: the caller's correlation id when it sends a sane one, else the gateway's. */
export const correlationIdOf = (event: HttpEvent): string => {
  const given = header(event, 'x-correlation-id');
  return given !== undefined && /^[\w.:-]{1,100}$/.test(given) ? given : event.requestContext.requestId;
};
