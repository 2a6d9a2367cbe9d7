import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { Table } from '../store/table.ts';
import { noteUnknown } from '../unknown-devices/note-unknown.ts';
import { noteLost } from './note-lost.ts';
import type { Noted } from './noted.ts';

/** What is to be noted of records because they came, whether they say anything new or not. Done again, it is done once. */
export const noteSeen = async (table: Table, run: StoredRun, now: string, noted: readonly Noted[]): Promise<void> => {
  await noteUnknown(table, run, now, noted);
  await noteLost(table, run, now, noted);
};
