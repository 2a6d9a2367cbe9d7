import * as z from 'zod';
import { type CiClassName, ciClasses } from '../../domain/ci/ci-classes.ts';
import { type ClassPlace, isBuiltIn } from '../../domain/ci/class-name.ts';
import { changeClass, createClass, untouched } from '../../domain/model/change-class.ts';
import { nearText } from '../../domain/model/near-names.ts';
import type { OwnClass } from '../../domain/model/own-class.ts';
import { pathOf, resolveClass } from '../../domain/model/resolve-class.ts';
import { typeNames } from '../../domain/relationship/relationship-types.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { Stored } from '../store/entity.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import { ownClassEntity } from './entity.ts';
import type { modelOperations } from './operations.ts';
import { findOwnClass, listOwnClasses, mostOwnClasses, placeNamed, readClassAt } from './read-class.ts';
import { showType } from './relationship-types.ts';
import { showClass, showState, showSummary } from './views.ts';

type Scope = RequestScope & ApiContext;

export const modelHandlers: Handlers<typeof modelOperations, Scope> = {
  listCiClasses: async ({ query }, scope) => {
    const own = (await listOwnClasses(modelOf(scope))).map(({ value }) => value);
    const places: ClassPlace[] = [
      ...(Object.keys(ciClasses) as CiClassName[]).map((name) => ({ class: name })),
      ...own.filter(({ ownClasses }) => ownClasses.length > 0).map(placeOf),
    ];
    const after = query.cursor === undefined ? '' : z.string().parse(scope.cursor.open(query.cursor));
    const nameOf = (place: ClassPlace) => pathOf(place).at(-1) ?? '';
    const rest = places.filter((place) => nameOf(place) > after).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const items = rest.slice(0, query.limit).map((place) => showSummary(resolveClass(place, own)));
    const last = items.at(-1);
    return rest.length > items.length && last !== undefined
      ? { items, nextCursor: scope.cursor.seal(last.class) }
      : { items };
  },
  createCiClass: async ({ body }, scope) => {
    const model = modelOf(scope, true);
    const place = await placeNamed(model, body.extends, '#/body/extends');
    const parent = await readClassAt(model, place);
    const taken = () => new Problem('duplicate', `There is a class ${body.class} already.`, { fix: 'PUT changes it.' });
    if (isBuiltIn(body.class)) throw taken();
    if ((await listOwnClasses(model)).length >= mostOwnClasses) {
      throw new Problem('unprocessable', `You have ${mostOwnClasses} classes of your own; more are not kept.`);
    }
    const made = createClass(body, parent);
    const stored = scope.work.create(ownClassEntity, made, { type: 'CiClassCreated' }, taken);
    return showClass(resolveClass(placeOf(made), [...(await ownAbove(scope, parent)), made]), stored);
  },
  getCiClass: async ({ path }, scope) => {
    const { stored, place } = await loadClass(scope, path.class);
    return showClass(await readClassAt(modelOf(scope), place), stored);
  },
  putCiClass: async ({ path, body }, scope) => {
    const { stored, place } = await loadClass(scope, path.class);
    checkVersion(stored, scope.ifMatch);
    const above = (await ownAbove(scope, place)).filter(({ name }) => name !== path.class);
    const next = changeClass(stored.value, body, inherited(place, path.class, above));
    const intent = { type: 'CiClassChanged', reason: body.reason };
    const changed =
      stored.version === 0
        ? scope.work.create(ownClassEntity, next, intent)
        : scope.work.replace(ownClassEntity, stored, next, intent);
    return showClass(resolveClass(place, [...above, next]), changed);
  },
  listCiClassHistory: async ({ path, query }, scope) => {
    const { stored } = await loadClass(scope, path.class);
    return stored.version === 0 ? { items: [] } : readHistory(scope, ownClassEntity, path.class, query, showState);
  },
  listRelationshipTypes: async ({ query }, { cursor }) => {
    const after = query.cursor === undefined ? '' : z.string().parse(cursor.open(query.cursor));
    const rest = [...typeNames].sort().filter((name) => name > after);
    const items = rest.slice(0, query.limit).map(showType);
    const last = items.at(-1);
    return rest.length > items.length && last !== undefined ? { items, nextCursor: cursor.seal(last.type) } : { items };
  },
};

const modelOf = ({ table, principal }: Scope, consistent = false) => ({ table, tenant: principal.tenant, consistent });

const placeOf = ({ builtIn, ownClasses }: OwnClass): ClassPlace => ({ class: builtIn, ownClasses });

/** What the tenant has put under the names on the path of a class, its own included. */
const ownAbove = async (scope: Scope, place: ClassPlace): Promise<OwnClass[]> => {
  const keys = pathOf(place).map((name) => ownClassEntity.keyOf(scope.principal.tenant, name));
  const items = await scope.table.getMany(keys, { consistent: true });
  return items.map((item) => ownClassEntity.fromItem(item).value);
};

/** All that a class has without what the tenant has put under its own name. */
const inherited = (place: ClassPlace, name: string, above: readonly OwnClass[]) =>
  isBuiltIn(name)
    ? resolveClass(place, above)
    : resolveClass({ ...place, ownClasses: (place.ownClasses ?? []).slice(0, -1) }, above);

const loadClass = async (scope: Scope, name: string): Promise<{ stored: Stored<OwnClass>; place: ClassPlace }> => {
  const stored = await findOwnClass(modelOf(scope, true), name);
  if (stored !== undefined) return { stored, place: placeOf(stored.value) };
  if (isBuiltIn(name)) return { stored: { value: untouched({ class: name }), version: 0 }, place: { class: name } };
  const own = (await listOwnClasses(modelOf(scope))).map(({ value }) => value.name);
  throw new Problem('not-found', `There is no class ${name}.${nearText(name, [...Object.keys(ciClasses), ...own])}`);
};
