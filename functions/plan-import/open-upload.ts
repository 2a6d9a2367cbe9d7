import type { RunProblem } from '../../domain/import/run.ts';
import type { SourceSettings } from '../../domain/sources/source.ts';
import { chooseFormat } from '../imports/formats/catalogue.ts';
import { UnreadableFile, type UploadContext } from '../imports/formats/format.ts';
import { peek } from '../imports/formats/peek.ts';
import type { ObjectStore, StoredObject } from '../objects/object-store.ts';
import { readSettings, type Settings } from './new-run.ts';
import { openContent } from './open-content.ts';
import type { Choice, Opened } from './opened.ts';
import type { Upload } from './upload.ts';
import { zipLimits } from './zip/limits.ts';
import { openArchive } from './zip/open-archive.ts';

/** An upload whose head was looked at. */
export type OpenUpload = Opened & { object: StoredObject; settings: Settings };

/** Opens an upload and chooses its format among all, as every planner does. Undefined: the object is gone. */
export const openUpload = async (
  uploads: ObjectStore,
  upload: Upload,
  source: SourceSettings = {},
): Promise<OpenUpload | undefined> => {
  const object = await uploads.get(upload.key, upload.version);
  if (object === undefined) return undefined;
  const settings = readSettings(object.metadata, source);
  const context: UploadContext = {
    source: upload.source,
    objectKey: upload.key,
    storedAt: object.storedAt,
    ...(settings.profile === undefined ? {} : { profile: settings.profile }),
  };
  const { start, all, close } = await peek(object.body, 4);
  try {
    const opened = isZip(start)
      ? await openArchive(all, context, settings, zipLimits)
      : await openFile(all, context, settings);
    return { object, settings, ...opened, close: () => opened.close().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
};

/** The magic bytes of a zip: of its first entry, or of the end of an empty one. */
const isZip = (start: Buffer): boolean => ['504b0304', '504b0506'].includes(start.subarray(0, 4).toString('hex'));

const openFile = async (
  packed: AsyncIterable<Uint8Array>,
  context: UploadContext,
  settings: Settings,
): Promise<Opened> => {
  const { body, close, ...content } = await openContent(packed);
  const choice = 'problem' in content ? unreadable(content.problem) : choose(content.head, context, settings);
  const parse: Opened['parse'] = ({ formats }, storedAt, pieces) =>
    formats
      .find(({ name }) => name === choice.format)
      ?.parse(body, { ...context, storedAt, ...(pieces === undefined ? {} : { pieces }) });
  return { choice, parse, close };
};

const choose = (head: string, context: UploadContext, settings: Settings): Choice => {
  try {
    const { name, family } = chooseFormat(head, context, settings.format);
    return { format: name, families: [family] };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { format: 'unknown', families: ['json'], problem: error.problem };
  }
};

/**
 * A head that cannot be unpacked has no owner: where damage lies at its end, it depends on how the bytes arrive whether a planner sees
 * it. So whoever sees it rejects the file; the one that comes second finds that done.
 */
const unreadable = (problem: RunProblem): Choice => ({
  format: 'unknown',
  families: ['json', 'registers', 'documents'],
  problem,
});
