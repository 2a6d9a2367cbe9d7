import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { isObject } from '../glpi-json/values.ts';
import { type EntityRef, readRef, refKey } from './entity-ref.ts';
import { classOfKind } from './kinds.ts';

type Edge = Pick<RawRelation, 'type' | 'direction'>;

const dependsOn: Edge = { type: 'depends on', direction: 'out' };
const usedBy: Edge = { type: 'depends on', direction: 'in' };
const memberOf: Edge = { type: 'member of', direction: 'out' };
const contains: Edge = { type: 'member of', direction: 'in' };

/** Fields of `spec` that name other entities, with the kind that a bare name means. An API depends on what provides it. */
const fields: Readonly<Record<string, readonly [Edge, string]>> = {
  dependsOn: [dependsOn, 'component'],
  dependencyOf: [usedBy, 'component'],
  consumesApis: [dependsOn, 'api'],
  providesApis: [usedBy, 'api'],
  apiConsumedBy: [usedBy, 'component'],
  apiProvidedBy: [dependsOn, 'component'],
  system: [memberOf, 'system'],
  domain: [memberOf, 'domain'],
  subcomponentOf: [memberOf, 'component'],
  subdomainOf: [memberOf, 'domain'],
};

/** What the catalog's API calls the same in `relations`, after it has put both ends together. */
const types: Readonly<Record<string, Edge>> = {
  dependsOn,
  dependencyOf: usedBy,
  consumesApi: dependsOn,
  providesApi: usedBy,
  apiConsumedBy: usedBy,
  apiProvidedBy: dependsOn,
  partOf: memberOf,
  hasPart: contains,
};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/**
 * The relations of an entity, from its spec and from what the catalog found, each once and in text order. `unread`: references that
 * cannot be read. Those to people, teams and files are left out.
 */
export const relationsOf = (
  self: EntityRef,
  spec: Record<string, unknown>,
  told: unknown,
): { relations: RawRelation[]; unread: string[] } => {
  const found = new Map<string, RawRelation>();
  const unread: string[] = [];
  const add = (edge: Edge, value: unknown, kind: string): void => {
    const ref = readRef(value, { kind, namespace: self.namespace });
    if (ref === undefined)
      unread.push(String(isObject(value) ? JSON.stringify(value).slice(0, 80) : value).slice(0, 80));
    else if (refKey(ref) !== refKey(self) && classOfKind(ref.kind, '') !== 'none') {
      const record = refKey(ref);
      found.set(`${edge.type} ${edge.direction} ${record}`, { ...edge, record, name: ref.name });
    }
  };
  for (const [field, [edge, kind]] of Object.entries(fields)) {
    for (const value of listOf(spec[field])) if (value !== null && value !== '') add(edge, value, kind);
  }
  for (const one of listOf(told).filter(isObject)) {
    const edge = typeof one.type === 'string' && Object.hasOwn(types, one.type) ? types[one.type] : undefined;
    if (edge !== undefined) add(edge, one.targetRef ?? one.target, 'component');
  }
  return { relations: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation), unread };
};
