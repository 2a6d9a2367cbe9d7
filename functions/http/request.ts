import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type * as z from 'zod';
import { isAllowed, type Principal, type Role, roles } from '../../domain/access/permissions.ts';
import { type Moved, Problem, type ProblemError } from '../../domain/shared/problem.ts';
import type { Operation } from './operation.ts';

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;

const largestBody = 1_000_000;

/** The principal that the gateway's JWT authorizer vouches for. Claims: `custom:tenant` or `tenant`, `cognito:groups` or `roles`. */
export const principalOf = (event: HttpEvent): Principal => {
  const claims: Record<string, unknown> = event.requestContext.authorizer?.jwt?.claims ?? {};
  const tenant = claims['custom:tenant'] ?? claims.tenant;
  const subject = claims.sub;
  if (typeof tenant !== 'string' || !/^[a-z0-9-]{3,40}$/.test(tenant) || typeof subject !== 'string') {
    throw new Problem('unauthenticated', 'The token names no tenant or no subject.', {
      fix: 'Ask your administrator to set the tenant claim (`custom:tenant` or `tenant`).',
    });
  }
  return { tenant, subject, roles: rolesOf(claims['cognito:groups'] ?? claims.roles) };
};

/** The gateway hands a list claim over as an array, as `[a b]`, or as text with blanks or commas. Unknown names are no roles. */
const rolesOf = (claim: unknown): Role[] => {
  const names = Array.isArray(claim) ? claim.map(String) : String(claim ?? '').split(/[\s,[\]"]+/);
  return roles.filter((role) => names.includes(role));
};

export const authorise = (principal: Principal, operation: Operation): void => {
  if (operation.permission === 'public' || isAllowed(principal, operation.permission)) return;
  throw new Problem('forbidden', `This needs the permission ${operation.permission}.`, {
    fix: `Your roles are: ${principal.roles.join(', ') || 'none'}.`,
  });
};

/** Path, query and body, parsed by the operation's schemas. All faults are told at once, each with its pointer. */
export const readInput = (event: HttpEvent, operation: Operation) => {
  const faults: ProblemError[] = [];
  const read = (part: 'path' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown) => {
    if (schema === undefined) return {};
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) faults.push(...errorsOf(part, issue));
    return undefined;
  };
  const input = {
    path: read('path', operation.path, event.pathParameters ?? {}),
    query: read('query', operation.query, event.queryStringParameters ?? {}),
    body: operation.body === undefined ? undefined : read('body', operation.body, readJson(event)),
  };
  if (operation.query === undefined && Object.keys(event.queryStringParameters ?? {}).length > 0) {
    for (const name of Object.keys(event.queryStringParameters ?? {})) {
      faults.push({ pointer: `#/query/${escapeStep(name)}`, detail: 'This operation takes no query parameters.' });
    }
  }
  if (faults.length > 0) {
    throw new Problem('invalid-request', `${faults.length} part(s) of the request are not as agreed.`, {
      errors: faults,
      fix: 'See GET /openapi.json for the contract.',
    });
  }
  return input;
};

const readJson = (event: HttpEvent): unknown => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  if (text.length > largestBody)
    throw new Problem('payload-too-large', 'A request body may have up to 1,000,000 characters.');
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 120) : 'not JSON';
    throw new Problem('invalid-request', 'The body is not JSON.', { errors: [{ pointer: '#/body', detail }] });
  }
};

const errorsOf = (part: string, issue: z.core.$ZodIssue, base: readonly PropertyKey[] = []): ProblemError[] => {
  const path = [...base, ...issue.path];
  const nearest = nearestOf(issue);
  if (nearest !== undefined) return nearest.flatMap((one) => errorsOf(part, one, path));
  const pointer = ['#', part, ...path.map((step) => escapeStep(String(step)))].join('/');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapeStep(key)}`,
      detail: 'Unknown, or set by the server only.',
    }));
  }
  return [{ pointer, detail: issue.message }];
};

/** What is wrong with the alternative that fits best, where several were allowed and nothing was said for all of them. */
const nearestOf = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] | undefined =>
  issue.code === 'invalid_union' && issue.message === 'Invalid input'
    ? [...issue.errors].filter(({ length }) => length > 0).sort((a, b) => a.length - b.length)[0]
    : undefined;

const escapeStep = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** The address of the same request about what the thing was merged into. */
export const sameRequestFor = (
  { routeKey, pathParameters, queryStringParameters }: HttpEvent,
  { from, to }: Moved,
): string => {
  const path = routeKey.replace(/^\S+ /, '').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = pathParameters?.[name] ?? '';
    return encodeURIComponent(id === from ? to : id);
  });
  const query = new URLSearchParams(queryStringParameters as Record<string, string> | undefined).toString();
  return query === '' ? path : `${path}?${query}`;
};
