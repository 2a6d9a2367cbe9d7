import * as z from 'zod';
import { isObject, objectsOf, text, texts } from '../glpi-json/values.ts';
import { keptAttributes } from './attributes.ts';
import { configOf, type StateInstance, withIndex } from './instance.ts';

type Json = Record<string, unknown>;

const Written = z.object({
  address: text,
  mode: text,
  module: text,
  name: text,
  provider: text,
  provider_name: text,
  type: text,
});

const join = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('.');

/** The resource of a version 4 state; undefined when nothing names it. Objects that wait to be destroyed are left out. */
export const readVersion4 = (raw: Json): StateInstance[] | undefined => {
  const { mode, module = '', name, provider = '', type } = Written.parse(raw);
  if (type === undefined || name === undefined || !Array.isArray(raw.instances)) return undefined;
  if (mode === 'data') return [];
  return objectsOf(raw.instances).flatMap((one) => {
    if (one.deposed !== undefined) return [];
    const attributes = isObject(one.attributes) ? one.attributes : one.attributes_flat;
    const address = withIndex(join(module, type, name), one.index_key);
    return [
      {
        address,
        config: configOf(address),
        module,
        type,
        name,
        provider,
        attributes: keptAttributes(type, attributes, one.sensitive_attributes),
        dependsOn: [...(texts.parse(one.dependencies) ?? []), ...(texts.parse(one.depends_on) ?? [])],
        tainted: one.status === 'tainted',
      },
    ];
  });
};

/** A module of a version 3 state: its resources by `type.name` or `type.name.index`. */
export const readVersion3 = (module: Json): StateInstance[] => {
  const path = (texts.parse(module.path) ?? []).filter((part, index) => index > 0 || part !== 'root');
  const prefix = path.map((part) => `module.${part}`).join('.');
  const resources = isObject(module.resources) ? module.resources : {};
  return Object.entries(resources).flatMap(([key, raw]) => {
    const [, name, index] = /^[^.]+\.(.+?)(?:\.(\d+))?$/.exec(key) ?? [];
    if (!isObject(raw) || name === undefined || key.startsWith('data.')) return [];
    const [primary] = objectsOf(raw.primary);
    const { provider = '', type = key.split('.')[0] ?? '' } = Written.parse(raw);
    if (primary === undefined) return [];
    const attributes = isObject(primary.attributes) ? primary.attributes : {};
    const config = join(prefix, type, name);
    // Dependencies are told within the module; `aws_subnet.front.0` and `.*` mean one or all of them.
    const dependsOn = (texts.parse(raw.depends_on) ?? []).map((one) => join(prefix, one.replace(/\.(?:\d+|\*)$/, '')));
    return [
      {
        address: index === undefined ? config : withIndex(config, Number(index)),
        config,
        module: prefix,
        type,
        name,
        provider,
        attributes: keptAttributes(type, { ...attributes, id: attributes.id ?? primary.id }, undefined),
        dependsOn,
        tainted: primary.tainted === true,
      },
    ];
  });
};

const deepest = 32;

/** The resources of a module and its children, as `terraform show -json` writes them. */
export const readShown = (module: unknown, depth = 0): StateInstance[] => {
  if (!isObject(module) || depth > deepest) return [];
  const { address: own = '' } = Written.parse(module);
  const mine = objectsOf(module.resources).flatMap((raw): StateInstance[] => {
    const { address, mode, name, provider_name: provider = '', type } = Written.parse(raw);
    if (type === undefined || name === undefined || mode === 'data' || raw.deposed_key !== undefined) return [];
    const full = address ?? withIndex(join(own, type, name), raw.index);
    return [
      {
        address: full,
        config: configOf(full),
        module: own,
        type,
        name,
        provider,
        attributes: keptAttributes(type, raw.values, raw.sensitive_values),
        dependsOn: texts.parse(raw.depends_on) ?? [],
        tainted: raw.tainted === true,
      },
    ];
  });
  return [...mine, ...objectsOf(module.child_modules).flatMap((child) => readShown(child, depth + 1))];
};
