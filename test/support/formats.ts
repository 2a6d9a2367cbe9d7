import { catalogue, chooseFormat as chooseKnown } from '../../functions/imports/formats/catalogue.ts';
import type { Format, UploadContext } from '../../functions/imports/formats/format.ts';
import { registries } from './registries.ts';

const formatOf = (name: string): Format => {
  const format = registries.flatMap(({ formats }) => formats).find((one) => one.name === name);
  if (format === undefined) throw new Error(`no planner reads ${name}`);
  return format;
};

/** The formats of all planners, in the order of the catalogue. */
export const formats: readonly Format[] = catalogue.map(({ name }) => formatOf(name));

/** What the planners choose together. */
export const chooseFormat = (head: string, context: UploadContext, named: string | undefined): Format =>
  formatOf(chooseKnown(head, context, named).name);
