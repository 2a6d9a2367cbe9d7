import { isCount, isRun, placeholders } from '../../../../domain/identity/placeholders.ts';
import type { Field } from './profile.ts';

/** What people write into a tag, serial or name when there is none, besides what the identity rules reject anyway. */
const sheetWords = new Set([
  ...[
    'test',
    'testing',
    'tba',
    'tbc',
    'todo',
    'pending',
    'missing',
    'lost',
    'yes',
    'no',
    'no tag',
    'no serial',
    'not assigned',
  ],
  ...[
    'virtual',
    'vm',
    'various',
    'multiple',
    'see notes',
    'tag',
    'asset tag',
    'serial',
    'serial number',
    'unlimited',
    'volume',
  ],
]);

const isKnownSet = (field: Field): field is 'serial' | 'assetTag' | 'hostname' =>
  field === 'serial' || field === 'assetTag' || field === 'hostname';

/** Whether a value names nothing: rows that share it are not the same thing, so it must be neither identifier nor key. */
export const isPlaceholder = (field: Field, value: string): boolean => {
  const text = value.toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const known = isKnownSet(field) ? placeholders[field] : placeholders.text;
  const isNumber = field === 'serial' || field === 'assetTag' || field === 'imei';
  return (
    known.has(text) || sheetWords.has(text) || isRun(text) || (isNumber && isCount(text)) || !/[\p{L}\p{N}]/u.test(text)
  );
};
