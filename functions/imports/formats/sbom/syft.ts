import { isObject, objectsOf } from '../glpi-json/values.ts';
import { textAt, textsAt, valueAt } from '../host-facts/pick.ts';
import type { Standard, Subject } from './bill.ts';
import { imageSubject, isPath } from './image-name.ts';
import { rowOf } from './rows.ts';

const subjectOf = (source: unknown): Subject => {
  const told = textAt(source, 'target.userInput', 'metadata.userInput', 'name', 'target', 'metadata.path');
  if (told === undefined) return { kind: 'none', told };
  const type = textAt(source, 'type');
  if (type === 'image') {
    const digest = textAt(source, 'target.manifestDigest', 'metadata.manifestDigest');
    return imageSubject(told, digest) ?? { kind: 'none', told };
  }
  const isNamed = textAt(source, 'name') === told && textAt(source, 'metadata.path') !== told && !isPath(told);
  return isNamed
    ? { kind: 'application', name: told, group: undefined, version: textAt(source, 'version'), purl: undefined }
    : { kind: 'none', told };
};

const distroOf = (head: Record<string, unknown>) => {
  const name = textAt(head, 'distro.prettyName', 'distro.name');
  return name === undefined ? undefined : { name, version: textAt(head, 'distro.version', 'distro.versionID') };
};

/** Syft's own JSON. The files of a package and how it was found are left out. */
export const syft: Standard = {
  isHead: (head) =>
    textAt(head, 'descriptor.name') === 'syft' || /anchore\/syft/.test(textAt(head, 'schema.url') ?? ''),
  readHead: (head) => ({
    standard: 'Syft',
    version: textAt(head, 'schema.version'),
    subject: subjectOf(valueAt(head, 'source')),
    roots: [],
    os: distroOf(head),
    moment: valueAt(head, 'descriptor.timestamp'),
    more: [],
  }),
  readRow: (artifact) => {
    const licences = Array.isArray(artifact.licenses)
      ? objectsOf(artifact.licenses).map((one) => textAt(one, 'spdxExpression', 'value'))
      : [];
    const plain = textsAt(artifact, 'licenses');
    const metadata = isObject(artifact.metadata) ? artifact.metadata : {};
    const row = rowOf({
      name: textAt(artifact, 'name'),
      version: textAt(artifact, 'version'),
      arch: textAt(metadata, 'architecture', 'arch'),
      publisher: textAt(metadata, 'vendor'),
      purl: textAt(artifact, 'purl'),
      licences: [...licences, ...plain],
    });
    return row === undefined ? undefined : { row, id: textAt(artifact, 'id') };
  },
  readOs: () => undefined,
};
