import { isObject, objectsOf } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';
import type { Bill, SoftwareRow, Subject } from './bill.ts';
import { cycloneDx } from './cyclonedx.ts';
import { describedBy, spdx, subjectOfPackage } from './spdx.ts';
import { syft } from './syft.ts';

export const mostRows = 20_000;
const deepest = 16;

/** The list of an element says which standard it is of. */
const standards = { components: cycloneDx, packages: spdx, artifacts: syft } as const;

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
export const createCollector = () => {
  const rows = new Map<string, { row: SoftwareRow; ids: string[] }>();
  const described: string[] = [];
  const roots = new Map<string, Subject>();
  const services: unknown[] = [];
  let left = 0;
  let os: Bill['os'];

  const addRow = (list: keyof typeof standards, element: Record<string, unknown>, depth = 0): void => {
    if (depth > deepest) return;
    const standard = standards[list];
    os ??= standard.readOs(element);
    const found = standard.readRow(element);
    if (found !== undefined) {
      const text = JSON.stringify(found.row);
      const known = rows.get(text);
      if (known !== undefined) known.ids.push(found.id ?? '');
      else if (rows.size < mostRows) rows.set(text, { row: found.row, ids: [found.id ?? ''] });
      else left += 1;
      if (list === 'packages' && found.id !== undefined && roots.size < mostRows)
        roots.set(found.id, subjectOfPackage(element));
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
    if (list === 'components' || list === 'packages' || list === 'artifacts') addRow(list, element);
    else if (list === 'services') addService(element);
    else if (list === 'relationships') described.push(...[describedBy(element)].filter((id) => id !== undefined));
  };
  /** What was collected, without the component that the bill is about. */
  const finish = (bill: Bill): Collected => {
    for (const one of objectsOf(bill.more)) addRow('components', one);
    const known = [...rows].filter(([, { ids }]) => !ids.some((id) => bill.roots.includes(id)));
    const subject = bill.roots.length === 1 ? roots.get(bill.roots[0] ?? '') : undefined;
    const sorted = known.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row);
    return { rows: sorted, services: sortedServices(services), left, os: bill.os ?? os, subject };
  };
  return { add, finish, described: (): readonly string[] => described };
};

const sortedServices = (services: readonly unknown[]): unknown[] =>
  [...new Set(services.map((one) => JSON.stringify(one)))].sort().map((text): unknown => JSON.parse(text));
