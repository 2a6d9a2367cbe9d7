import type * as z from 'zod';
import { CiFacts } from '../../../../domain/ci/ci-view.ts';
import { fitText } from './fit-text.ts';
import type { TableRow } from './table-row.ts';

const textFacts = ['owner', 'supportGroup', 'environment', 'description'] as const;

/** Facts of a service that its row gives, as `CiFacts` has them. Blank ones are left out; an unknown criticality too, with a warning. */
export const readServiceFacts = (row: TableRow): Record<string, string> => {
  const criticality = readCriticality(row);
  const texts = textFacts.flatMap((fact) => {
    const text = fitText(row, fact, row.read(fact)?.value, longest(CiFacts.shape[fact]));
    return text === undefined ? [] : [[fact, text] as const];
  });
  return { ...Object.fromEntries(texts), ...(criticality === undefined ? {} : { criticality }) };
};

/** The name as shown. The row has a key, so it has a name. */
export const readServiceName = (row: TableRow): string =>
  fitText(row, 'name', row.read('service')?.value, longest(CiFacts.shape.name)) ?? '';

const longest = (fact: z.ZodOptional<z.ZodString>): number => fact.unwrap().maxLength ?? 200;

const levels = CiFacts.shape.criticality.unwrap();

const readCriticality = (row: TableRow): string | undefined => {
  const cell = row.read('criticality');
  if (cell === undefined) return undefined;
  const level = levels.safeParse(cell.value.toLowerCase());
  if (level.success) return level.data;
  row.warn('unknown-criticality', `not one of ${levels.options.join(', ')}, left out`, cell);
  return undefined;
};
