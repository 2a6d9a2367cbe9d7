import { guardedXml, type XmlEvents } from '../xml/guarded-xml.ts';

type Json = Record<string, unknown>;
type Element = { name: string; value: Json; text: string; children: { name: string; value: unknown }[] };

/** Characters of text that one element keeps; nothing longer is used. */
const longestText = 2000;
/** Lists, whose elements are handed on in the shape of CycloneDX's JSON. */
const lists = new Set(['components', 'services', 'licenses']);
/** What is long and never used. */
const passed = new Set([
  'hashes',
  'evidence',
  'vulnerabilities',
  'dependencies',
  'externalReferences',
  'properties',
  'pedigree',
]);

/**
 * Reads a bill in XML as its JSON would be: each outermost component and service as soon as it ends, then the head. Texts and attributes
 * become properties, other elements nested objects. Throws as `guardedXml`.
 */
export const readBom = async function* (
  texts: AsyncIterable<string>,
): AsyncGenerator<{ list: string; element: Json } | { head: Json }> {
  const open: Element[] = [];
  let found: { list: string; element: Json }[] = [];
  let head: Json = {};
  let skipped = 0;
  const events: XmlEvents = {
    open: (qualified) => {
      const name = qualified.replace(/^.*:/, '');
      if (skipped > 0 || passed.has(name)) skipped += 1;
      else open.push({ name, value: {}, text: '', children: [] });
    },
    attribute: (name, value) => {
      const top = open.at(-1);
      if (skipped === 0 && top !== undefined) top.value = { ...top.value, [`${name}`]: value };
    },
    text: (text) => {
      const top = open.at(-1);
      if (skipped === 0 && top !== undefined && top.text.length < longestText) top.text += text;
    },
    close: () => {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      const done = open.pop();
      const parent = open.at(-1);
      if (done === undefined) return;
      const value = jsonOf(done);
      if (parent === undefined) head = { ...(typeof value === 'object' ? value : {}), bomFormat: 'CycloneDX' } as Json;
      else if (open.length === 2 && lists.has(parent.name)) found.push({ list: parent.name, element: value as Json });
      else parent.children.push({ name: done.name, value });
    },
  };
  const parser = guardedXml(events);
  for await (const text of texts) {
    parser.write(text);
    yield* found;
    found = [];
  }
  parser.end();
  yield* found;
  yield { head };
};

const jsonOf = ({ name, value, text, children }: Element): unknown => {
  if (name === 'licenses') {
    return children.map((one) => (one.name === 'expression' ? { expression: one.value } : { license: one.value }));
  }
  if (lists.has(name)) return children.map((one) => one.value);
  if (children.length === 0 && Object.keys(value).length === 0) return text.trim();
  const told = new Map<string, unknown>(Object.entries(value));
  for (const one of children) if (!told.has(one.name)) told.set(one.name, one.value);
  return Object.fromEntries(told);
};
