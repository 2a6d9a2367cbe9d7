import type { RunProblem } from '../../../domain/import/run.ts';
import { chooseFormat } from '../../imports/formats/catalogue.ts';
import { type Family, UnreadableFile, type UploadContext } from '../../imports/formats/format.ts';
import { openContent } from '../open-content.ts';
import type { Choice } from '../opened.ts';
import type { ZipEntry } from './open-zip.ts';

/** An entry and who reads it, or why nobody can. */
export type ChosenEntry = ZipEntry & ({ format: string; family: Family } | { problem: string });

/** Looks at the head of every entry. What is said of one entry is no reason to leave the others. */
export const chooseEntries = async (
  entries: readonly ZipEntry[],
  context: UploadContext,
  named: string | undefined,
): Promise<ChosenEntry[]> => {
  const chosen: ChosenEntry[] = [];
  for (const entry of entries) chosen.push({ ...entry, ...(await chooseEntry(entry, context, named)) });
  return chosen;
};

/** How a format sees one entry: as an object that lies in a folder of the zip's name. */
export const entryContext = (context: UploadContext, { name }: ZipEntry): UploadContext => ({
  ...context,
  objectKey: `${context.objectKey}/${name}`,
});

const chooseEntry = async (entry: ZipEntry, context: UploadContext, named: string | undefined) => {
  if (entry.refusal !== undefined) return { problem: entry.refusal };
  try {
    const { close, ...content } = await openContent(entry.open());
    await close();
    if ('problem' in content) return { problem: content.problem.detail };
    if (content.head === '') return { problem: 'It is empty.' };
    if (content.head.startsWith('PK\u0003\u0004')) return { problem: nested };
    const { name: format, family } = chooseFormat(content.head, entryContext(context, entry), named);
    return { format, family };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.problem.detail };
    throw error;
  }
};

const nested = 'It is a zip inside a zip, which is not opened. Upload it by itself.';

/**
 * Whose a zip is: the run of the upload is that of the planner which reads the first entry that anybody reads, and it also tells of
 * entries that nobody reads. Entries of each other planner become a run of their own.
 */
export const chooseZip = (entries: readonly ChosenEntry[], snapshot: boolean): Choice => {
  const readable = entries.flatMap((entry) => ('format' in entry ? [entry] : []));
  const family = readable[0]?.family;
  if (family === undefined) return { format: 'unknown', families: ['json'], problem: unusable(entries) };
  const byFamily = Map.groupBy(readable, (entry) => entry.family);
  const runs = [...byFamily].map(([of, some]) => ({
    family: of,
    format: `zip/${[...new Set(some.map(({ format }) => format))].join('+')}`,
  }));
  const [own = { family, format: 'zip/unknown' }, ...shares] = runs;
  const choice: Choice = { format: own.format, families: [own.family] };
  if (shares.length === 0) return choice;
  return snapshot ? { ...choice, problem: mixedSnapshot(runs) } : { ...choice, shares };
};

const unusable = (entries: readonly ChosenEntry[]): RunProblem => {
  const told = entries.flatMap((entry) => ('problem' in entry ? [`${entry.name}: ${entry.problem}`] : []));
  return {
    code: 'no-usable-entry',
    detail: `None of the ${entries.length} files in the zip can be read. ${told.slice(0, 3).join(' ')}`,
  };
};

/** Each of the runs would take what is in the others for missing. */
const mixedSnapshot = (runs: readonly { format: string }[]): RunProblem => {
  const names = runs.map(({ format }) => format.replace('zip/', '').replaceAll('+', ', '));
  return {
    code: 'mixed-snapshot',
    detail: `A full snapshot must be read in one run; ${names.join(' and ')} are read in ${runs.length}. Upload a zip of each, to a source each.`,
  };
};
