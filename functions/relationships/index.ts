import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { relationshipsFunction } from './environment.ts';
import { relationshipsHandlers } from './handlers.ts';
import { relationshipsOperations } from './operations.ts';

export const handler = serve(relationshipsOperations, relationshipsHandlers, createApiContext(relationshipsFunction));
