import { Change } from '../../domain/shared/change.ts';
import type { Item } from '../store/table.ts';

/** A CI to be looked at, since when and for which request or run; `edgeIds`: edges that just changed, read by their keys. */
export type Look = { tenant: string; ciId: string; at: string; correlationId: string; edgeIds: readonly string[] };

/** The look that a changed item asks for: at the CI in whose partition it lies. */
export const lookFrom = (item: Item): Omit<Look, 'edgeIds'> => {
  const cut = item.pk.indexOf('#');
  const { at, correlationId } = Change.parse(item.c);
  return { tenant: item.pk.slice(0, cut), ciId: item.pk.slice(cut + 1), at, correlationId };
};
