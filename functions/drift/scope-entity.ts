import { DriftScope } from '../../domain/drift/presence.ts';
import { defineEntity } from '../store/entity.ts';

/** Written by the relay alone; each step of a sweep writes it, and its stream record asks for the next one. No history, no event. */
export const scopeEntity = defineEntity<DriftScope, string>({
  name: 'drift scope',
  schema: DriftScope,
  tracked: false,
  id: ({ scope }) => scope,
  key: (scope) => ({ pk: `DRIFT#${scope}`, sk: '#' }),
  chart:
    'a kind of resource of an account and region: which sides name such things, and how far a sweep of older CIs is',
});
