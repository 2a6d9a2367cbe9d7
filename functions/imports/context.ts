import type { ApiContext } from '../http/serve.ts';
import type { ObjectStore } from '../objects/object-store.ts';

export type ImportsContext = ApiContext & { data: ObjectStore };
