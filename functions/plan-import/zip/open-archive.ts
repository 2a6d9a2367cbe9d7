import { UnreadableFile, type UploadContext } from '../../imports/formats/format.ts';
import type { Settings } from '../new-run.ts';
import type { Opened } from '../opened.ts';
import { type ChosenEntry, chooseEntries, chooseZip } from './choose-entries.ts';
import type { ZipLimits } from './limits.ts';
import { type OpenZip, openZip } from './open-zip.ts';
import { parseEntries } from './parse-entries.ts';

/** A zip as an upload: every entry is a document of its own, in the format that its content shows. */
export const openArchive = async (
  packed: AsyncIterable<Uint8Array>,
  context: UploadContext,
  settings: Settings,
  limits: ZipLimits,
): Promise<Opened> => {
  let zip: OpenZip | undefined;
  try {
    zip = await openZip(packed, limits);
    const entries = await chooseEntries(zip.entries, context, settings.format);
    const choice = chooseZip(entries, settings.snapshot === true);
    const parse: Opened['parse'] = (registry, storedAt) => {
      const isOurs = (entry: ChosenEntry) => 'family' in entry && entry.family === registry.family;
      const tellsProblems = choice.families.includes(registry.family);
      if (!entries.some(isOurs)) return undefined;
      return parseEntries(entries, registry, { ...context, storedAt }, limits, tellsProblems);
    };
    return { choice, parse, close: zip.close };
  } catch (error) {
    await zip?.close();
    if (!(error instanceof UnreadableFile)) throw error;
    // The whole of it was read, so that every planner sees the same: one is enough to say so.
    const choice = { format: 'unknown', families: ['json'] as const, problem: error.problem };
    return { choice, parse: () => undefined, close: async () => {} };
  }
};
