import type { RunProblem } from '../../domain/import/run.ts';
import { chooseFormat } from '../imports/formats/catalogue.ts';
import { type Family, UnreadableFile, type UploadContext } from '../imports/formats/format.ts';
import type { ObjectStore, StoredObject } from '../objects/object-store.ts';
import { readSettings, type Settings } from './new-run.ts';
import { openContent } from './open-content.ts';
import type { Upload } from './upload.ts';

/** What the head of an upload tells: the format that reads it, or why none can, and which planners have to see to that. */
type Choice = { format: string; families: readonly Family[]; problem?: RunProblem };

/** An upload whose head was looked at. The body is the whole content, unpacked; `close` lets go of what was not read of it. */
export type OpenUpload = {
  object: StoredObject;
  settings: Settings;
  context: UploadContext;
  choice: Choice;
  body: AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
};

/** Opens an upload and chooses its format among all, as every planner does. Undefined: the object is gone. */
export const openUpload = async (uploads: ObjectStore, upload: Upload): Promise<OpenUpload | undefined> => {
  const object = await uploads.get(upload.key, upload.version);
  if (object === undefined) return undefined;
  const settings = readSettings(object.metadata);
  const context: UploadContext = {
    source: upload.source,
    objectKey: upload.key,
    storedAt: object.storedAt,
    ...(settings.profile === undefined ? {} : { profile: settings.profile }),
  };
  const { body, close, ...content } = await openContent(object.body);
  const choice = 'problem' in content ? unreadable(content.problem) : choose(content.head, context, settings);
  return { object, settings, context, choice, body, close };
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
const unreadable = (problem: RunProblem): Choice => ({ format: 'unknown', families: ['json', 'documents'], problem });
