import { isObject, objectsOf } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';
import type { Bill, SoftwareRow, Standard, Subject } from './bill.ts';

export const mostRows = 20_000;
const deepest = 16;

/** The standards that are read, by the list that their elements stand in. */
export type Standards = Readonly<Record<string, Standard>>;

/** Everything of one bill that came before its head. */
export type Collected = {
  rows: SoftwareRow[];
  services: unknown[];
  /** Components beyond the most that are kept. */
  left: number;
  os: Bill['os'];
  subject: Subject | undefined;
};

/** Collects the elements of one bill: reduced rows only, each once, so that memory is bounded. */
export const createCollector = (standards: Standards) => {
  const rows = new Map<string, { row: SoftwareRow; ids: string[] }>();
  const described: string[] = [];
  const roots = new Map<string, Subject>();
  const services: unknown[] = [];
  let left = 0;
  let os: Bill['os'];

  const addRow = (list: string, element: Record<string, unknown>, depth = 0): void => {
    const standard = Object.hasOwn(standards, list) ? standards[list] : undefined;
    if (depth > deepest || standard === undefined) return;
    os ??= standard.readOs(element);
    const found = standard.readRow(element);
    if (found !== undefined) {
      const text = JSON.stringify(found.row);
      const known = rows.get(text);
      if (known !== undefined) known.ids.push(found.id ?? '');
      else if (rows.size < mostRows) rows.set(text, { row: found.row, ids: [found.id ?? ''] });
      else left += 1;
      const subject = standard.readSubject?.(element);
      if (subject !== undefined && found.id !== undefined && roots.size < mostRows) roots.set(found.id, subject);
    }
    if (list === 'components') for (const one of objectsOf(element.components)) addRow(list, one, depth + 1);
  };
  const addService = (service: Record<string, unknown>, depth = 0): void => {
    const [name, version, group] = ['name', 'version', 'group'].map((key) => textAt(service, key));
    if (name !== undefined && services.length < mostRows) {
      services.push({ name, ...(version ? { version } : {}), ...(group ? { group } : {}) });
    }
    if (depth < deepest) for (const one of objectsOf(service.services)) addService(one, depth + 1);
  };

  const add = (list: string, element: unknown): void => {
    if (!isObject(element)) return;
    if (list === 'services') addService(element);
    else if (list === 'relationships') {
      const found = Object.values(standards).flatMap((standard) => standard.describedBy?.(element) ?? []);
      described.push(...found);
    } else addRow(list, element);
  };
  /** What was collected, without the component that the bill is about. */
  const finish = (bill: Bill): Collected => {
    for (const one of objectsOf(bill.more)) addRow('components', one);
    const known = [...rows].filter(([, { ids }]) => !ids.some((id) => bill.roots.includes(id)));
    const about = [...new Set(bill.roots)].flatMap((id) => roots.get(id) ?? []);
    const subject = about.length === 1 ? about[0] : undefined;
    const sorted = known.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row);
    return { rows: sorted, services: sortedServices(services), left, os: bill.os ?? os, subject };
  };
  return { add, finish, described: (): readonly string[] => described };
};

const sortedServices = (services: readonly unknown[]): unknown[] =>
  [...new Set(services.map((one) => JSON.stringify(one)))].sort().map((text): unknown => JSON.parse(text));
