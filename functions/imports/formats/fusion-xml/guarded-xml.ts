import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../format.ts';

/** Real files nest 8 levels and have no attributes. */
const deepestNesting = 64;
const mostAttributes = 200;
/** Characters of source between two tags: one text, comment or attribute. The longest real ones are encoded icons of some 100 kB. */
const longestToken = 1024 * 1024;
/** So much is handed to the parser at a time: the grain of the guards. */
const grain = 32 * 1024;

export type XmlEvents = {
  open: (name: string, line: number) => void;
  text: (text: string) => void;
  close: () => void;
};

/**
 * Reads XML piece by piece and tells of elements and text; attributes are passed over. Nothing is ever expanded or fetched: a document
 * type is refused where it ends, before any of its entities could be used. Both throw `UnreadableFile` with line and column (from 1):
 * `xml-doctype`, `xml-too-deep`, `xml-too-many-attributes`, `xml-text-too-long`, or `xml-syntax` when the text is not well-formed.
 */
export const guardedXml = (events: XmlEvents): { write: (text: string) => void; end: () => void } => {
  const parser = new SaxesParser();
  let depth = 0;
  let attributes = 0;
  let sinceMark = 0;
  let lastTag = { line: 1, column: 0 };

  const refuse = (code: string, what: string): never => {
    const line = parser.line;
    const column = Math.max(1, parser.column);
    throw new UnreadableFile({ code, detail: `Line ${line}, column ${column}: ${what}`, line, column });
  };
  const mark = () => {
    sinceMark = 0;
    lastTag = { line: parser.line, column: parser.column };
  };
  const afterTag = () => `The last tag that was understood ends in line ${lastTag.line}, column ${lastTag.column}.`;

  parser.on('error', ({ message }) => refuse('xml-syntax', `${reasonOf(message)} ${afterTag()} ${correct}`));
  parser.on('doctype', () => refuse('xml-doctype', 'a document type is not accepted, no agent writes one. Remove it.'));
  parser.on('opentagstart', ({ name }) => {
    depth += 1;
    attributes = 0;
    mark();
    if (depth > deepestNesting)
      refuse('xml-too-deep', `elements are nested deeper than ${deepestNesting} levels. ${check}`);
    events.open(name, parser.line);
  });
  parser.on('attribute', () => {
    attributes += 1;
    mark();
    if (attributes > mostAttributes)
      refuse('xml-too-many-attributes', `an element has more than ${mostAttributes} attributes. ${check}`);
  });
  parser.on('closetag', () => {
    depth -= 1;
    mark();
    events.close();
  });
  parser.on('text', events.text);
  parser.on('cdata', events.text);

  return {
    write: (text) => {
      for (let at = 0; at < text.length; at += grain) {
        const piece = text.slice(at, at + grain);
        sinceMark += piece.length;
        parser.write(withoutControls(piece));
        if (sinceMark > longestToken)
          refuse('xml-text-too-long', `no tag for more than ${longestToken} characters. ${afterTag()} ${check}`);
      }
    },
    end: () => void parser.close(),
  };
};

const check = 'Check what produced the file.';

const correct = 'Correct what is there, or let the agent write the file again.';

const reasonOf = (message: string): string =>
  `this is not well-formed XML (${message
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
    .slice(0, 120)}).`;

/** Agents pass on control characters that XML forbids, from names that software gave itself: they become blanks. */
const withoutControls = (text: string): string => text.replaceAll(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, ' ');
