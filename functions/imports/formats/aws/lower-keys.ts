import { isObject } from '../glpi-json/values.ts';

const deepest = 12;

/** The same JSON with the first letter of every key in lower case: the CLI writes `SubnetId` where AWS Config writes `subnetId`. */
export const lowerKeys = (value: unknown, depth = 0): unknown => {
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return value.map((entry) => lowerKeys(entry, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key.slice(0, 1).toLowerCase() + key.slice(1),
      lowerKeys(entry, depth + 1),
    ]),
  );
};
