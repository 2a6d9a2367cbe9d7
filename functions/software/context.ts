import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { ObjectStore } from '../objects/object-store.ts';

export type SoftwareScope = RequestScope & ApiContext & { data: ObjectStore };
