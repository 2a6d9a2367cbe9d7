import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { ObjectStore } from '../objects/object-store.ts';

export type BaselinesContext = ApiContext & { data: ObjectStore };
export type BaselinesScope = RequestScope & BaselinesContext;
