import { Change } from '../../domain/shared/change.ts';
import { catalogue } from '../../events/catalogue.ts';
import type { PublishedEvent } from '../bus/event-bus.ts';
import type { Item } from '../store/table.ts';

/**
 * The published event of a new version: its type is the change's, its payload the part of the entity that the type's schema names.
 * Publishing is checked: a payload that the catalogue does not know never leaves.
 */
export const eventOf = ({ before, after }: { before: Item | undefined; after: Item }): PublishedEvent => {
  const change = Change.parse(after.c);
  const contract = catalogue.find(({ type }) => type === change.type);
  if (contract === undefined) throw new Error(`no event ${change.type} in the catalogue`);
  const facts: Record<string, unknown> = {
    ...(after.d as object),
    previousStatus: (before?.d as { status?: string })?.status,
  };
  const data = Object.fromEntries(
    Object.keys(contract.data.shape).flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]])),
  );
  const tenant = after.pk.slice(0, after.pk.indexOf('#'));
  const { type, at: time, by, correlationId, reason } = change;
  return {
    type,
    detail: {
      eventId: `${after.pk}|${after.sk}|${after.v}`,
      type,
      tenant,
      time,
      by,
      correlationId,
      version: after.v,
      ...(reason === undefined ? {} : { reason }),
      data: contract.data.parse(data),
    },
  };
};
