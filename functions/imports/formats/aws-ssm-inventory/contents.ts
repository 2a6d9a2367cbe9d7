import { isObject, objectsOf } from '../glpi-json/values.ts';

/** One row of an inventory type, its keys in lower case: tools write `HotFixID` and `HotFixId`. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a node by inventory type, in lower case and without `AWS:` (`instanceinformation`, `application` ...). */
export type Contents = Readonly<Record<string, readonly Row[]>>;

/** A row with its keys in lower case. */
export const readRow = (row: Readonly<Record<string, unknown>>): Row =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]));

/** `AWS:Application` (in folder names also `AWS_Application`) as `application`; undefined for types of one's own (`Custom:`). */
export const inventoryType = (name: string): string | undefined =>
  /^aws[:_](\w+)$/i.exec(name.trim())?.[1]?.toLowerCase();

/** The values of a text field, which may be several with commas between them. */
export const wordsOf = (row: Row, key: string): string[] =>
  String(row[key] ?? '')
    .split(/[\s,;]+/)
    .filter((word) => word !== '');

/** A text field, trimmed; undefined when it is empty. All values of an inventory are text. */
export const textOf = (row: Row | undefined, ...keys: string[]): string | undefined => {
  for (const key of keys) {
    const value = row?.[key];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (text !== '') return text;
  }
  return undefined;
};

/**
 * The contents of an item of AWS Config or of an answer of GetInventory: `{"AWS:Network": {"Content": [rows]}}`. The content of
 * `AWS:InstanceInformation` is a map by node id in AWS Config.
 */
export const readContents = (blocks: unknown): Contents => {
  if (!isObject(blocks)) return {};
  return Object.fromEntries(
    Object.entries(blocks).flatMap(([name, block]) => {
      const type = inventoryType(name);
      return type === undefined ? [] : [[type, rowsOf(block).map(readRow)]];
    }),
  );
};

const rowsOf = (block: unknown): Record<string, unknown>[] => {
  if (!isObject(block)) return objectsOf(block);
  const content = block.Content ?? block.content;
  if (!isObject(content)) return objectsOf(content);
  return objectsOf(Object.values(content).some(isObject) ? Object.values(content) : content);
};
