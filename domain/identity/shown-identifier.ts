import * as z from 'zod';
import { optionalText, text } from '../shared/scalars.ts';
import { IdentifierType, parseCompact } from './identifier.ts';

/** An identifier as the API shows it, in its normalised form. */
export const ShownIdentifier = z
  .strictObject({ type: IdentifierType, value: text, qualifier: optionalText })
  .meta({ id: 'ShownIdentifier' });
export type ShownIdentifier = z.infer<typeof ShownIdentifier>;

/** The shown form of a stored, compact one. */
export const showIdentifier = (compact: string): ShownIdentifier => {
  const { type, value, qualifier } = parseCompact(compact);
  return { type, value, ...(qualifier === '' ? {} : { qualifier }) };
};
