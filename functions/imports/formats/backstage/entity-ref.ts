import { isObject } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';

/** An entity by kind, namespace and name, in lower case: catalogs compare them so. */
export type EntityRef = { kind: string; namespace: string; name: string };

/** What a reference leaves out. */
type Defaults = Pick<EntityRef, 'kind' | 'namespace'>;

const written = /^(?:([^:/\s]{1,100}):)?(?:([^:/\s]{1,100})\/)?([^:/\s]{1,150})$/;

/** `[kind:][namespace/]name`, or an object of these; undefined when it is neither. Source: Backstage, "Entity References". */
export const readRef = (value: unknown, defaults: Defaults): EntityRef | undefined => {
  const [, kind, namespace, name] = isObject(value)
    ? ['', textAt(value, 'kind'), textAt(value, 'namespace'), textAt(value, 'name')]
    : (written.exec(typeof value === 'string' ? value.trim() : '') ?? []);
  if (name === undefined) return undefined;
  return {
    kind: (kind ?? defaults.kind).toLowerCase(),
    namespace: (namespace ?? defaults.namespace).toLowerCase(),
    name: name.toLowerCase(),
  };
};

/** The reference in full: the native key of the entity. */
export const refKey = ({ kind, namespace, name }: EntityRef): string => `${kind}:${namespace}/${name}`;
