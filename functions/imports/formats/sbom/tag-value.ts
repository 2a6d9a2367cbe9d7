type Json = Record<string, unknown>;

const starts: Readonly<Record<string, string>> = { PackageName: 'name', FileName: 'file', SnippetSPDXID: 'file' };
const fields: Readonly<Record<string, string>> = {
  ...{ SPDXID: 'SPDXID', PackageVersion: 'versionInfo', PackageSupplier: 'supplier', PackageOriginator: 'originator' },
  ...{ PackageLicenseConcluded: 'licenseConcluded', PackageLicenseDeclared: 'licenseDeclared' },
  PrimaryPackagePurpose: 'primaryPackagePurpose',
};

/** SPDX 2 as lines of tags and values, in the shape of its JSON: packages and relations one by one, in the end the head. */
export const readTagValues = async function* (
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ list: string; element: Json } | { head: Json }> {
  const head: Json = {};
  let open: { list: string; element: Json } | undefined;
  let inText = false;
  for await (const line of linesOf(body)) {
    const isText = inText;
    if (line.includes('<text>')) inText = true;
    if (line.includes('</text>')) inText = false;
    const [, tag = '', value = ''] = isText ? [] : (/^([A-Za-z]\w*):\s*(.*?)\s*$/.exec(line) ?? []);
    const begun = Object.hasOwn(starts, tag) ? starts[tag] : undefined;
    if (begun !== undefined) {
      if (open?.list === 'packages') yield open;
      open = begun === 'name' ? { list: 'packages', element: { name: value } } : { list: 'files', element: {} };
    } else if (tag === 'Relationship') yield { list: 'relationships', element: relationOf(value) };
    else if (open === undefined) readHead(head, tag, value);
    else if (tag === 'ExternalRef') addRef(open.element, value);
    else if (Object.hasOwn(fields, tag)) open.element[fields[tag] ?? ''] = value;
  }
  if (open?.list === 'packages') yield open;
  yield { head };
};

const readHead = (head: Json, tag: string, value: string): void => {
  if (tag === 'SPDXVersion') head.spdxVersion = value;
  if (tag === 'DocumentName') head.name = value;
  if (tag === 'DocumentNamespace') head.documentNamespace = value;
  if (tag === 'Created') head.creationInfo = { created: value };
};

const relationOf = (value: string): Json => {
  const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
  return { spdxElementId, relationshipType, relatedSpdxElement };
};

const addRef = (element: Json, value: string): void => {
  const [, referenceType, referenceLocator] = value.split(/\s+/);
  const known = Array.isArray(element.externalRefs) ? element.externalRefs : [];
  if (known.length < 100) element.externalRefs = [...known, { referenceType, referenceLocator }];
};

const longest = 64 * 1024;

/** Lines without their ends; of a longer one the beginning. */
const linesOf = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  const take = function* (more: string): Generator<string> {
    const parts = more.split('\n');
    parts[0] = rest.length > longest ? rest : rest + (parts[0] ?? '');
    rest = parts.pop() ?? '';
    for (const part of parts) yield part.slice(0, longest);
  };
  for await (const chunk of body) yield* take(decoder.decode(chunk, { stream: true }));
  yield* take(decoder.decode());
  if (rest !== '') yield rest.slice(0, longest);
};
