import { type Entry, getFileNameLowLevel } from 'yauzl';

const longest = 150;

/**
 * How an entry is called, for people to read and for formats that tell something by a path. No file is ever opened by this name, so a
 * path that climbs out does no harm; steps of dots, control characters and marks of writing direction are taken out all the same.
 */
export const entryName = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string => {
  const steps = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[\\/]/)
    .filter((step) => step !== '' && step !== '.' && step !== '..');
  const name = steps.join('/').toWellFormed();
  return name.length <= longest ? name : `…${name.slice(1 - longest).toWellFormed()}`;
};

/** What packers and desktops add by themselves. */
export const isLitter = (name: string): boolean =>
  /^__MACOSX(?:\/|$)|(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/i.test(name);
