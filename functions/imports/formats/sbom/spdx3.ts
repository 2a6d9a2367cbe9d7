import { objectsOf } from '../glpi-json/values.ts';
import { textAt, textsAt } from '../host-facts/pick.ts';

type Json = Record<string, unknown>;

const words: Readonly<Record<string, string>> = { operatingSystem: 'operating-system' };

const typeOf = (element: Json): string =>
  (textAt(element, 'type', '@type') ?? '').replace(/^.*[/:#]/, '').replace(/^software_/i, '');

const purlOf = (element: Json): string | undefined =>
  textAt(element, 'software_packageUrl', 'packageUrl') ??
  objectsOf(element.externalIdentifier)
    .filter((one) => /(?:package|p)-?url$/i.test(textAt(one, 'externalIdentifierType') ?? ''))
    .map((one) => textAt(one, 'identifier'))
    .find((purl) => purl !== undefined);

/** A package of SPDX 3 in the words of SPDX 2, so that one mapper serves both. */
const packageOf = (element: Json): Json => {
  const purpose = textAt(element, 'software_primaryPurpose', 'primaryPurpose');
  const purl = purlOf(element);
  return {
    SPDXID: textAt(element, 'spdxId', '@id'),
    name: element.name,
    versionInfo: textAt(element, 'software_packageVersion', 'packageVersion'),
    primaryPackagePurpose: words[purpose ?? ''] ?? purpose,
    externalRefs: purl === undefined ? [] : [{ referenceType: 'purl', referenceLocator: purl }],
  };
};

/**
 * One element of the `@graph` of SPDX 3, told in the lists of SPDX 2. `head` gathers what stands there in the document: name, moment, and
 * the roots, which may be packages or a bill that names them.
 */
export const readElement = (element: Json, head: Json): { list: string; element: Json } | undefined => {
  const type = typeOf(element);
  if (type === 'Package') return { list: 'packages', element: packageOf(element) };
  if (type === 'CreationInfo') head.creationInfo ??= { created: textAt(element, 'created') };
  if (type === 'SpdxDocument') {
    head.name = element.name;
    head.spdxVersion ??= 'SPDX-3';
  }
  if (type === 'SpdxDocument' || type === 'Sbom' || type === 'Bom') {
    const known = Array.isArray(head.documentDescribes) ? head.documentDescribes : [];
    head.documentDescribes = [...known, ...textsAt(element, 'rootElement')];
  }
  return undefined;
};
