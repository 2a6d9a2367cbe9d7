import { objectsOf } from '../glpi-json/values.ts';
import { textAt, textsAt, valueAt } from '../host-facts/pick.ts';
import type { Standard, Subject } from './bill.ts';
import { imageSubject, isPath } from './image-name.ts';
import { rowOf } from './rows.ts';

type Json = Record<string, unknown>;

const purlOf = (item: Json): string | undefined =>
  objectsOf(item.externalRefs)
    .filter((ref) => /purl/i.test(textAt(ref, 'referenceType') ?? ''))
    .map((ref) => textAt(ref, 'referenceLocator'))
    .find((purl) => purl !== undefined);

/** What Syft and others call the document after when they say nothing of a root: `.../syft/image/gate-web-<uuid>`. */
const subjectOf = (head: Json): Subject => {
  const name = textAt(head, 'name');
  const space = textAt(head, 'documentNamespace') ?? '';
  if (name === undefined || isPath(name) || /\/(?:dir|file|directory)\//i.test(space))
    return { kind: 'none', told: name };
  if (/\/image\//i.test(space)) return imageSubject(name) ?? { kind: 'none', told: name };
  return { kind: 'application', name, group: undefined, version: undefined, purl: undefined };
};

/** A package that the document describes, as subject. */
const subjectOfPackage = (item: Json): Subject => {
  const [name, version, purl] = [textAt(item, 'name'), textAt(item, 'versionInfo'), purlOf(item)];
  const purpose = textAt(item, 'primaryPackagePurpose') ?? '';
  if (name === undefined || isPath(name) || /^(?:file|operating[-_]system|device|source)$/i.test(purpose)) {
    return { kind: 'none', told: name };
  }
  if (/^container$/i.test(purpose) || /^pkg:(?:oci|docker)\//.test(purl ?? '')) {
    return imageSubject(name, version) ?? { kind: 'none', told: name };
  }
  return { kind: 'application', name, group: undefined, version, purl };
};

/** The package that a relationship says the document describes. */
const describedBy = (relationship: Json): string | undefined => {
  const [type, from, to] = ['relationshipType', 'spdxElementId', 'relatedSpdxElement'].map((key) =>
    textAt(relationship, key),
  );
  if (type === 'DESCRIBES' && from === 'SPDXRef-DOCUMENT') return to;
  return type === 'DESCRIBED_BY' && to === 'SPDXRef-DOCUMENT' ? from : undefined;
};

/** SPDX 2.2 and 2.3 as JSON, bare or in the answer of GitHub (`sbom`). Files, snippets and relationships are left out. */
export const spdx: Standard = {
  isHead: (head) => /^SPDX-[23]/.test(textAt(head, 'spdxVersion') ?? ''),
  readHead: (head, described) => ({
    standard: 'SPDX',
    version: textAt(head, 'spdxVersion')?.replace(/^SPDX-/, ''),
    subject: subjectOf(head),
    roots: [...described, ...textsAt(head, 'documentDescribes')],
    os: undefined,
    moment: valueAt(head, 'creationInfo.created'),
    more: [],
  }),
  readRow: (item) => {
    if (/^(?:file|operating[-_]system)$/i.test(textAt(item, 'primaryPackagePurpose') ?? '')) return undefined;
    const row = rowOf({
      name: textAt(item, 'name'),
      version: textAt(item, 'versionInfo'),
      publisher: [textAt(item, 'supplier'), textAt(item, 'originator')].find(
        (one) => !/^noassertion$/i.test(one ?? 'noassertion'),
      ),
      purl: purlOf(item),
      licences: [textAt(item, 'licenseConcluded'), textAt(item, 'licenseDeclared')],
    });
    return row === undefined ? undefined : { row, id: textAt(item, 'SPDXID') };
  },
  readOs: (item) =>
    /^operating[-_]system$/i.test(textAt(item, 'primaryPackagePurpose') ?? '')
      ? { name: textAt(item, 'name'), version: textAt(item, 'versionInfo') }
      : undefined,
  readSubject: subjectOfPackage,
  describedBy,
};
