import { defineFunction } from '../shared/environment.ts';

export const platformFunction = defineFunction({
  name: 'platform',
  purpose: 'Health and the contract of the API',
  variables: [],
  access: {},
});
