import * as z from 'zod';
import { type RelationshipType, relationshipTypes } from '../../domain/relationship/relationship-types.ts';

const onRetire = z.enum(['close', 'keep', 'refuse']);

/** `oneFrom`: CIs of these kinds have one open relationship of the type at most, leading from them. Kinds are layers, classes, or `any`. */
export const RelationshipTypeView = z
  .strictObject({
    type: z.string(),
    label: z.string(),
    inverse: z.string(),
    inverseLabel: z.string(),
    suffers: z.enum(['from', 'to', 'both', 'none']),
    pairs: z.array(z.strictObject({ from: z.array(z.string()), to: z.array(z.string()) })),
    oneFrom: z.array(z.string()),
    onRetire: z.strictObject({ from: onRetire, to: onRetire }),
    attributes: z.array(z.string()),
  })
  .meta({ id: 'RelationshipTypeView' });

/** Redundancy groups need an end that suffers. */
export const showType = (type: RelationshipType): z.input<typeof RelationshipTypeView> => {
  const { pairs, oneFrom, suffers, ...rest } = relationshipTypes[type];
  return {
    type,
    ...rest,
    suffers,
    pairs: pairs.map(({ from, to }) => ({ from: [...from], to: [...to] })),
    oneFrom: [...oneFrom],
    attributes: suffers === 'from' || suffers === 'to' ? ['group', 'need'] : [],
  };
};
