import { type OwnClass, OwnClassSchema } from '../../domain/model/own-class.ts';
import { defineEntity } from '../store/entity.ts';

/** All that a tenant has put into the model lies side by side. */
export const modelPartition = 'REF#ci-classes';
export const ownClassPrefix = 'C#';

export const ownClassEntity = defineEntity<OwnClass, string>({
  name: 'ci class',
  schema: OwnClassSchema,
  tracked: true,
  id: ({ name }) => name,
  key: (name) => ({ pk: modelPartition, sk: `${ownClassPrefix}${name}` }),
  chart: "a class of the tenant's own, or its attributes on a built-in one",
});
