import { emptyNode, type XmlNode, type XmlValue } from './xml-tree.ts';

/** What the GLPI mapper reads: XML knows texts only, GLPI's JSON also numbers, truths and lists. */
export type Row = Record<string, unknown>;

/** A value that may be repeated, as a list. */
export const listOf = (value: XmlValue | undefined): (string | XmlNode)[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The elements with children of a value that may be repeated. */
export const nodesOf = (value: XmlValue | undefined): XmlNode[] =>
  listOf(value).filter((entry) => typeof entry !== 'string');

/** The texts of a value that may be repeated. */
export const textsOf = (value: XmlValue | undefined): string[] =>
  listOf(value).filter((entry) => typeof entry === 'string');

/** The first text of a value, if it has one. */
export const textOf = (value: XmlValue | undefined): string | undefined => textsOf(value)[0];

/** The first of elements that should be there once; what only a later one says is filled in. */
export const merged = (value: XmlValue | undefined): XmlNode | undefined => {
  const nodes = nodesOf(value);
  return nodes.length < 2 ? nodes[0] : Object.assign(emptyNode(), ...nodes.reverse());
};

/** What a table says of a name that the file made up: never what every object inherits. */
export const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A row with fields under their new names; a field that is there already stays, and what it replaces goes. */
export const renamed = (row: Row, names: Readonly<Record<string, string>>): Row => {
  const old = Object.keys(names).filter((name) => row[name] !== undefined);
  if (old.length === 0) return row;
  const kept = Object.entries(row).filter(([name]) => !Object.hasOwn(names, name));
  return { ...Object.fromEntries(old.map((name) => [names[name] ?? name, row[name]])), ...Object.fromEntries(kept) };
};

/** A row without some fields. */
export const without = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
