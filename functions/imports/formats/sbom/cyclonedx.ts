import { isObject, objectsOf } from '../glpi-json/values.ts';
import { textAt, valueAt } from '../host-facts/pick.ts';
import type { Standard, Subject } from './bill.ts';
import { imageSubject, isPath } from './image-name.ts';
import { rowOf } from './rows.ts';

type Json = Record<string, unknown>;

/** Components that are no software product. */
const others = /^(?:file|data|cryptographic-asset|operating-system|device)$/i;
const applications = /^(?:application|library|framework|platform)$/i;

const licencesOf = (component: Json): (string | undefined)[] =>
  objectsOf(component.licenses).map((one) =>
    textAt(one, 'expression', 'license.id', 'license.name', 'license.expression'),
  );

const subjectOf = (component: unknown): Subject => {
  const name = textAt(component, 'name');
  const type = textAt(component, 'type') ?? '';
  if (name === undefined || isPath(name)) return { kind: 'none', told: name };
  const version = textAt(component, 'version');
  if (type === 'container') return imageSubject(name, version) ?? { kind: 'none', told: name };
  if (!applications.test(type)) return { kind: 'none', told: `${type} ${name}` };
  return { kind: 'application', name, group: textAt(component, 'group'), version, purl: textAt(component, 'purl') };
};

/** CycloneDX 1.2 to 1.6 as JSON. Hashes, evidence, vulnerabilities, formulation and the serial number of the bill are left out. */
export const cycloneDx: Standard = {
  isHead: (head) => /^cyclonedx$/i.test(textAt(head, 'bomFormat') ?? ''),
  readHead: (head) => {
    const component = valueAt(head, 'metadata.component');
    return {
      standard: 'CycloneDX',
      version: textAt(head, 'specVersion'),
      subject: subjectOf(component),
      roots: [textAt(component, 'bom-ref')].filter((ref) => ref !== undefined),
      os: undefined,
      moment: valueAt(head, 'metadata.timestamp'),
      more: isObject(component) ? objectsOf(component.components) : [],
    };
  },
  readRow: (component) => {
    if (others.test(textAt(component, 'type') ?? '')) return undefined;
    const row = rowOf({
      name: textAt(component, 'name'),
      version: textAt(component, 'version'),
      group: textAt(component, 'group'),
      publisher: textAt(component, 'publisher', 'supplier.name', 'manufacturer.name'),
      purl: textAt(component, 'purl'),
      licences: licencesOf(component),
    });
    return row === undefined ? undefined : { row, id: textAt(component, 'bom-ref') };
  },
  readOs: (component) =>
    textAt(component, 'type') === 'operating-system'
      ? { name: textAt(component, 'name'), version: textAt(component, 'version') }
      : undefined,
};
