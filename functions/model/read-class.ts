import { ciClasses } from '../../domain/ci/ci-classes.ts';
import { type ClassPlace, isBuiltIn } from '../../domain/ci/class-name.ts';
import { nearText } from '../../domain/model/near-names.ts';
import type { OwnClass } from '../../domain/model/own-class.ts';
import { pathOf, type ResolvedClass, resolveClass } from '../../domain/model/resolve-class.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import { modelPartition, ownClassEntity, ownClassPrefix } from './entity.ts';

type Model = { table: Table; tenant: string; consistent?: boolean };

/** More classes than this a tenant does not have: all of them are read together where a list needs them. */
export const mostOwnClasses = 500;

/** What the tenant has put under a name; a built-in class may have nothing there. */
export const findOwnClass = async (
  { table, tenant, consistent = false }: Model,
  name: string,
): Promise<Stored<OwnClass> | undefined> => {
  const item = await table.get(ownClassEntity.keyOf(tenant, name), { consistent });
  return item === undefined ? undefined : ownClassEntity.fromItem(item);
};

/** Where a class of this name stands; undefined when there is none. A built-in one is known without reading. */
export const findPlace = async (model: Model, name: string): Promise<ClassPlace | undefined> => {
  if (isBuiltIn(name)) return { class: name };
  const found = await findOwnClass(model, name);
  return found === undefined ? undefined : { class: found.value.builtIn, ownClasses: found.value.ownClasses };
};

/** The class at a place with all that it inherits: half a read unit for each class on its path, in one round trip. */
export const readClassAt = async (
  { table, tenant, consistent = false }: Model,
  place: ClassPlace,
): Promise<ResolvedClass> => {
  const keys = pathOf(place).map((name) => ownClassEntity.keyOf(tenant, name));
  const items = await table.getMany(keys, { consistent });
  return resolveClass(
    place,
    items.map((item) => ownClassEntity.fromItem(item).value),
  );
};

/**
 * A class by the name that a request gives it at `pointer`. What is not found is looked for once more in the latest state, so that a class
 * can be used at once by whoever has made it. Throws `unprocessable`, with the names that are near.
 */
export const placeNamed = async (model: Model, name: string, pointer: string): Promise<ClassPlace> => {
  const found = (await findPlace(model, name)) ?? (await findPlace({ ...model, consistent: true }, name));
  if (found !== undefined) return found;
  const names = [...Object.keys(ciClasses), ...(await listOwnClasses(model)).map((one) => one.value.name)];
  throw new Problem('unprocessable', `There is no class ${name}.`, {
    errors: [{ pointer, detail: `No class is called that.${nearText(name, names)}` }],
    fix: 'GET /ci-classes lists them; POST /ci-classes adds one of your own.',
  });
};

/** Does as `decide` says of the class; a refusal counts only by the latest state of the model. */
export const decideByClass = async (
  model: Model,
  place: ClassPlace,
  decide: (ofClass: ResolvedClass) => void,
): Promise<void> => {
  try {
    decide(await readClassAt(model, place));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    decide(await readClassAt({ ...model, consistent: true }, place));
  }
};

/** Everything that the tenant has put into the model, by name. */
export const listOwnClasses = async ({ table, tenant }: Model): Promise<Stored<OwnClass>[]> => {
  const found: Stored<OwnClass>[] = [];
  let last: Awaited<ReturnType<Table['query']>>['last'];
  do {
    const page = await table.query({
      pk: ofTenant(tenant, modelPartition),
      prefix: ownClassPrefix,
      limit: mostOwnClasses,
      ...(last === undefined ? {} : { after: last }),
    });
    found.push(...page.items.map((item) => ownClassEntity.fromItem(item)));
    last = page.last;
  } while (last !== undefined);
  return found;
};
