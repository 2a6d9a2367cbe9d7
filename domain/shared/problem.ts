/** Every failure that a caller can see, by its stable code. The only place where an HTTP status is written. */
export const problemTypes = {
  moved: { status: 308, title: 'It was merged into another one' },
  'invalid-request': { status: 400, title: 'The request does not match the contract' },
  'idempotency-key-required': { status: 400, title: 'Every POST needs an Idempotency-Key' },
  unauthenticated: { status: 401, title: 'A valid bearer token is needed' },
  forbidden: { status: 403, title: 'Your roles do not allow this' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'not-acceptable': { status: 406, title: 'There is no answer in a form that you accept' },
  conflict: { status: 409, title: 'The request contradicts the present state' },
  duplicate: { status: 409, title: 'Something else already has this identity' },
  'illegal-transition': { status: 409, title: 'The lifecycle does not allow this step' },
  'version-conflict': { status: 412, title: 'It has changed since you read it' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  unprocessable: { status: 422, title: 'The request is well formed but cannot be carried out' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'precondition-required': { status: 428, title: 'Send If-Match with the ETag you read' },
  'too-many-requests': { status: 429, title: 'Too many requests at once; try again shortly' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const;

export type ProblemCode = keyof typeof problemTypes;

/** One fault inside a request: `pointer` is a JSON pointer such as `#/body/serial`. */
export type ProblemError = { pointer: string; detail: string };

/** What was asked for is another thing now: it was merged into it. */
export type Moved = { from: string; to: string };

/**
 * The only error that domain code throws. Anything else that is thrown is a bug and becomes `internal`.
 * `detail` and `fix` are shown to the caller, so they never carry secrets or raw internals.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: ProblemError[];
  readonly fix: string | undefined;
  readonly moved: Moved | undefined;

  constructor(code: ProblemCode, detail: string, more: { errors?: ProblemError[]; fix?: string; moved?: Moved } = {}) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.errors = more.errors ?? [];
    this.fix = more.fix;
    this.moved = more.moved;
  }
}
