import type { ParsedRecord } from '../../../domain/discovery/record.ts';
import { type Registry, UnreadableFile, type UploadContext } from '../../imports/formats/format.ts';
import { type Draft, numberDrafts } from '../../imports/formats/json-records.ts';
import { openContent } from '../open-content.ts';
import { type ChosenEntry, entryContext } from './choose-entries.ts';
import type { ZipLimits } from './limits.ts';

/**
 * The records of a registry's entries, one entry after the other, numbered through. What is told of a record names its entry; an entry
 * that cannot be read is one fault, behind those of its records that came before the damage. `tellsProblems`: also entries that no
 * planner reads. Throws `UnreadableFile` when there is no record at all, or (`zip-bomb`) too much of them.
 */
export const parseEntries = (
  entries: readonly ChosenEntry[],
  registry: Registry,
  context: UploadContext,
  limits: ZipLimits,
  tellsProblems: boolean,
): AsyncIterable<ParsedRecord> => {
  const meter = { left: limits.plain };
  const drafts = async function* (): AsyncIterable<Draft> {
    for (const entry of entries) {
      if (!('problem' in entry)) {
        if (entry.family === registry.family) yield* draftsOf(entry, registry, context, meter);
      } else if (tellsProblems) yield { fault: { errors: [{ reason: `${entry.name}: ${entry.problem}` }] } };
    }
  };
  return numberDrafts(drafts(), 'no-usable-record');
};

const draftsOf = async function* (
  entry: Extract<ChosenEntry, { format: string }>,
  { formats }: Registry,
  context: UploadContext,
  meter: { left: number },
): AsyncIterable<Draft> {
  const format = formats.find(({ name }) => name === entry.format);
  if (format === undefined) throw new Error(`no reader of ${entry.format}`);
  let close = async () => {};
  try {
    const content = await openContent(entry.open());
    close = content.close;
    const body = counted(content.body, meter);
    for await (const parsed of format.parse(body, entryContext(context, entry))) yield naming(entry, parsed);
  } catch (error) {
    if (!(error instanceof UnreadableFile) || error.problem.code === 'zip-bomb') throw error;
    const { line, column, detail } = error.problem;
    const at = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
    yield { fault: { errors: [{ ...at, reason: `${entry.name}: ${detail}` }] } };
  } finally {
    await close();
  }
};

const naming = ({ name }: ChosenEntry, parsed: ParsedRecord): Draft =>
  'record' in parsed
    ? {
        record: {
          ...parsed.record,
          warnings: parsed.record.warnings.map(({ code, detail }) => ({ code, detail: `${name}: ${detail}` })),
        },
      }
    : {
        fault: {
          ...parsed.fault,
          errors: parsed.fault.errors.map((error) => ({ ...error, reason: `${name}: ${error.reason}` })),
        },
      };

/** Also what gzip inside of the zip unpacks to. */
const counted = async function* (body: AsyncIterable<Uint8Array>, meter: { left: number }): AsyncIterable<Uint8Array> {
  for await (const part of body) {
    meter.left -= part.length;
    if (meter.left < 0) {
      const detail = 'The files in the zip unpack to more than is read at a time. Upload several zips.';
      throw new UnreadableFile({ code: 'zip-bomb', detail });
    }
    yield part;
  }
};
