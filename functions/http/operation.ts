import type * as z from 'zod';
import type { Permission } from '../../domain/access/permissions.ts';
import type { ProblemCode } from '../../domain/shared/problem.ts';

type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/**
 * One API operation, declared exactly once: handler types, validation, routing, CDK routes, OpenAPI and the test client come from it.
 * `permission: 'public'` means: no token. PUT, PATCH and DELETE need If-Match, POST needs an Idempotency-Key, by their method.
 * `location` gives the address of what a POST made. `alternatives`: media types, beside JSON, that the answer can be had in.
 */
export type Operation<
  Path extends z.ZodObject = z.ZodObject,
  QueryString extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Success extends z.ZodType = z.ZodType,
> = {
  id: string;
  route: Route;
  summary: string;
  permission: Permission | 'public';
  path?: Path;
  query?: QueryString;
  body?: Body;
  success: {
    status: number;
    schema: Success;
    location?: (output: z.output<Success>) => string;
    alternatives?: readonly string[];
  };
  problems: readonly ProblemCode[];
};

export type Operations = Record<string, Operation>;

export const defineOperation = <
  Path extends z.ZodObject,
  QueryString extends z.ZodObject,
  Body extends z.ZodType,
  Success extends z.ZodType,
>(
  operation: Operation<Path, QueryString, Body, Success>,
): Operation<Path, QueryString, Body, Success> => operation;

type Part<T, Fallback> = T extends z.ZodType ? z.output<T> : Fallback;

/** What a handler of this operation is given. */
export type Input<O extends Operation> = {
  path: O extends Operation<infer P> ? Part<P, Record<string, never>> : never;
  query: O extends Operation<z.ZodObject, infer Q> ? Part<Q, Record<string, never>> : never;
  body: O extends Operation<z.ZodObject, z.ZodObject, infer B> ? Part<B, undefined> : never;
};

export type Output<O extends Operation> = z.input<O['success']['schema']>;

/** How an answer is written in another form than JSON: the text, and headers beside the media type. Bytes depend on the answer alone. */
export type Rendering<Answer> = (answer: Answer) => { text: string; headers: Record<string, string> };

/** For the operations that name `alternatives`: how each of those is written. */
export type Renderings<Ops extends Operations> = {
  [Name in keyof Ops]?: Readonly<Record<string, Rendering<z.output<Ops[Name]['success']['schema']>>>>;
};

/** One handler per operation, neither missing nor extra: the compiler says so. `Scope` is what one request may use. */
export type Handlers<Ops extends Operations, Scope> = {
  [Name in keyof Ops]: (input: Input<Ops[Name]>, scope: Scope) => Promise<Output<Ops[Name]>>;
};

/** Is an Idempotency-Key (POST) or an If-Match (PUT, PATCH, DELETE) needed? Decided by the method alone. */
export const needsIdempotencyKey = ({ route }: Pick<Operation, 'route'>): boolean => route.startsWith('POST ');
export const needsIfMatch = ({ route }: Pick<Operation, 'route'>): boolean => /^(PUT|PATCH|DELETE) /.test(route);
