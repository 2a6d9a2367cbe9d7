import { BindingView, NewBinding } from '../../domain/binding/bind.ts';
import { defineOperation, type Operations } from '../http/operation.ts';

export const bindingsOperations = {
  createBinding: defineOperation({
    id: 'createBinding',
    route: 'POST /bindings',
    summary: 'Say which asset realises a configuration item from now on',
    permission: 'binding:write',
    body: NewBinding,
    success: { status: 201, schema: BindingView },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
} satisfies Operations;
