import { Binding } from '../../domain/binding/binding.ts';
import { parentCiOf } from '../../domain/shared/id.ts';
import { defineEntity } from '../store/entity.ts';

export const bindingPrefix = 'B#';

export const bindingEntity = defineEntity<Binding, string>({
  name: 'binding',
  schema: Binding,
  tracked: true,
  id: ({ bindingId }) => bindingId,
  key: (bindingId) => ({ pk: parentCiOf(bindingId), sk: `${bindingPrefix}${bindingId}` }),
  indexes: ({ assetId, validFrom }) => ({ inverse: { pk: assetId, sk: `${bindingPrefix}${validFrom}` } }),
  chart: 'which asset realises the CI, from when to when; found from the asset too',
});
