import { Problem, type ProblemCode } from './problem.ts';

/** One reason why something cannot be done, and the part of the request it comes from. */
export type Refusal = { code: ProblemCode; pointer: string; detail: string; fix?: string };

/** Throws the first reason as a problem that lists them all, so that a person is not told of them one by one; nothing for none. */
export const refuse = (refusals: readonly Refusal[]): void => {
  const [first] = refusals;
  if (first === undefined) return;
  const fix = refusals.flatMap((one) => one.fix ?? [])[0];
  throw new Problem(first.code, first.detail, {
    errors: refusals.map(({ pointer, detail }) => ({ pointer, detail })),
    ...(fix === undefined ? {} : { fix }),
  });
};
