const label = /^\uFEFF?(\S{1,250}) \| [A-Z]+!?(?: \(rc=-?\d+\))? => (?=\{)/;

/** Whether a text is what `ansible -m setup` prints: `gate-1 | SUCCESS => {`. */
export const beginsWithLabel = (text: string): boolean => label.test(text.trimStart());

/** The key of the document that stands for a label. */
export const labelKey = 'hangar_label';

const withDocument = (line: string): string =>
  line.replace(label, (_all, name: string) => `${JSON.stringify({ [labelKey]: name })} `);

/**
 * Makes JSON of what `ansible -m setup` prints: the label before each host becomes a document of its own on the same line.
 * JSON without labels passes unchanged: none of its lines can look like one. Lines may be of any length.
 */
export const labelsAsJson = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const encoder = new TextEncoder();
  let atStart = true; // of a line
  let held = '';
  const pass = (text: string, whole: boolean): string => {
    held += text;
    const lines = held.split('\n');
    const last = lines.pop() ?? '';
    const wait = atStart || lines.length > 0 ? !whole && last.length < 300 : false;
    const out = lines.map((line, index) => (index > 0 || atStart ? withDocument(line) : line));
    const rest = wait ? '' : lines.length > 0 || atStart ? withDocument(last) : last;
    atStart = wait;
    held = wait ? last : '';
    return [...out, rest].join('\n');
  };
  for await (const chunk of body) yield encoder.encode(pass(decoder.decode(chunk, { stream: true }), false));
  yield encoder.encode(pass(decoder.decode(), true));
};
