import type { Place } from '../json-piece.ts';
import { type Draft, faultAt } from '../json-records.ts';
import type { Standard, Subject } from './bill.ts';
import { type createCollector, mostRows } from './collect.ts';
import { mapBill } from './map-bill.ts';

const noSubject = (told: string | undefined): string =>
  `The bill does not tell what it is about${told === undefined ? '' : ` (it names "${told.slice(0, 100)}")`}: ` +
  'upload it under a path with host=<name>, image=<repository> or app=<name>.';

/** A bill whose elements were collected and whose head was read, as a record of what the path (`named`) or the bill says it is about. */
export const finishBill = (
  standard: Standard,
  head: Record<string, unknown>,
  collector: ReturnType<typeof createCollector>,
  named: Subject | undefined,
  place: Place,
): Draft => {
  const told = standard.readHead(head, collector.described());
  const { left, os, rows, services, subject: described } = collector.finish(told);
  const subject = named ?? described ?? told.subject;
  if (subject.kind === 'none') return faultAt(place, noSubject(subject.told));
  const detail = `Only the first ${mostRows} components were taken; ${left} more were left out.`;
  const warnings = left === 0 ? [] : [{ code: 'software-cut', detail }];
  return { record: { ...mapBill({ ...told, os }, subject, rows, services, warnings), line: place.line } };
};
