import * as z from 'zod';
import { count, optionalText, text } from '../shared/scalars.ts';
import { installation } from './installs.ts';

/** One product over all live CIs. `versions`: those installed most; `otherVersions` sums up the rest. A CI can have several versions. */
export const SoftwareProduct = z
  .strictObject({
    name: text,
    publisher: optionalText,
    installs: count,
    versions: z.array(z.strictObject({ version: text, installs: count })),
    otherVersions: z.strictObject({ versions: count, installs: count }).optional(),
  })
  .meta({ id: 'SoftwareProduct' });
export type SoftwareProduct = z.infer<typeof SoftwareProduct>;

export const mostVersions = 20;

/** A product from its numbers, shown as most CIs have it; undefined when no live CI has it. */
export const showProduct = (numbers: ReadonlyMap<string, number>): SoftwareProduct | undefined => {
  const installs = numbers.get(installation) ?? 0;
  const [names, publishers, versions] = ['n', 'p', 'v'].map((kind) => mostFirst(numbers, kind));
  const name = names?.[0]?.[0];
  if (installs <= 0 || name === undefined) return undefined;
  const publisher = publishers?.[0]?.[0];
  const shown = (versions ?? []).map(([version, of]) => ({ version, installs: of }));
  const rest = shown.slice(mostVersions);
  return {
    name,
    ...(publisher === undefined ? {} : { publisher }),
    installs,
    versions: shown.slice(0, mostVersions),
    ...(rest.length === 0
      ? {}
      : { otherVersions: { versions: rest.length, installs: rest.reduce((sum, one) => sum + one.installs, 0) } }),
  };
};

/** Of equally many the first as text. */
const mostFirst = (numbers: ReadonlyMap<string, number>, kind: string): [string, number][] =>
  [...numbers]
    .filter(([said, of]) => said.startsWith(kind) && of > 0)
    .map(([said, of]): [string, number] => [said.slice(1), of])
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
