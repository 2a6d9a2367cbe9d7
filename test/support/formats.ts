import { catalogue, chooseFormat as chooseKnown } from '../../functions/imports/formats/catalogue.ts';
import { documentFormats } from '../../functions/imports/formats/document-formats.ts';
import type { Format, UploadContext } from '../../functions/imports/formats/format.ts';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';

const formatOf = (name: string): Format => {
  const format = [...jsonFormats.formats, ...documentFormats.formats].find((one) => one.name === name);
  if (format === undefined) throw new Error(`no planner reads ${name}`);
  return format;
};

/** The formats of both planners, in the order of the catalogue. */
export const formats: readonly Format[] = catalogue.map(({ name }) => formatOf(name));

/** What the planners choose together. */
export const chooseFormat = (head: string, context: UploadContext, named: string | undefined): Format =>
  formatOf(chooseKnown(head, context, named).name);
