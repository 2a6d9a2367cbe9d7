import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../format.ts';

/** Agents nest 8 levels, scanners 12. */
const deepestNesting = 64;
const mostAttributes = 200;
/** Characters of source between two tags: one text, comment or attribute. The longest real ones are encoded icons of some 100 kB. */
const longestToken = 1024 * 1024;
/** Characters of one tag with all its attributes. */
const longestTag = 4 * 1024 * 1024;
/** So much is handed to the parser at a time: the grain of the guards. */
const grain = 32 * 1024;

/** An element's attributes follow its `open`, one by one. */
export type XmlEvents = {
  open: (name: string, line: number) => void;
  attribute?: (name: string, value: string) => void;
  text: (text: string) => void;
  close: () => void;
};

/**
 * What is let pass: the plain `<!DOCTYPE name>` (with or without public and system id) of this root element; references to control
 * characters (`&#1;`), which stay as they are written.
 */
export type Leniency = { plainDoctype?: string; oddReferences?: true };

/**
 * Reads XML piece by piece and tells of elements, attributes and text. Nothing is ever expanded or fetched: a document type is refused
 * where it ends, before any of its entities could be used, unless `leniency` names it and it declares nothing.
 * Both throw `UnreadableFile` with line and column (from 1): `xml-doctype`, `xml-too-deep`, `xml-too-many-attributes`,
 * `xml-text-too-long`, or `xml-syntax` when the text is not well-formed.
 */
export const guardedXml = (
  events: XmlEvents,
  { plainDoctype, oddReferences }: Leniency = {},
): { write: (text: string) => void; end: () => void } => {
  const parser = new SaxesParser();
  let depth = 0;
  let attributes = 0;
  let sinceMark = 0;
  let sinceTag = 0;
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

  parser.on('error', ({ message }) => {
    if (harmless.test(message) || (oddReferences && /malformed character entity\.$/.test(message))) return;
    refuse('xml-syntax', `${reasonOf(message)} ${afterTag()} ${correct}`);
  });
  parser.on('doctype', (text) => {
    const [name, ...ids] = text.trim().split(/\s+/);
    const plain = name === plainDoctype && !text.includes('[') && /^(?:|(?:PUBLIC|SYSTEM)\b.*)$/.test(ids.join(' '));
    if (!plain) refuse('xml-doctype', 'a document type is not accepted, no tool writes this one. Remove it.');
  });
  parser.on('opentagstart', ({ name }) => {
    depth += 1;
    attributes = 0;
    sinceTag = 0;
    mark();
    if (depth > deepestNesting)
      refuse('xml-too-deep', `elements are nested deeper than ${deepestNesting} levels. ${check}`);
    events.open(name, parser.line);
  });
  parser.on('attribute', ({ name, value }) => {
    attributes += 1;
    mark();
    events.attribute?.(name, value);
    if (attributes > mostAttributes)
      refuse('xml-too-many-attributes', `an element has more than ${mostAttributes} attributes. ${check}`);
  });
  parser.on('closetag', () => {
    depth -= 1;
    sinceTag = 0;
    mark();
    events.close();
  });
  parser.on('text', events.text);
  parser.on('cdata', events.text);

  let begun = false;
  return {
    write: (given) => {
      // White space before the declaration is an error of its own, and common.
      const text = begun ? given : given.trimStart();
      begun ||= text !== '';
      for (let at = 0; at < text.length; at += grain) {
        const piece = text.slice(at, at + grain);
        sinceMark += piece.length;
        sinceTag += piece.length;
        parser.write(withoutControls(piece));
        if (sinceMark > longestToken || sinceTag > longestTag)
          refuse('xml-text-too-long', `no tag for more than ${longestToken} characters. ${afterTag()} ${check}`);
      }
    },
    end: () => void parser.close(),
  };
};

const check = 'Check what produced the file.';

const correct = 'Correct what is there, or let the agent write the file again.';

/** Two dashes in a comment: scanners note their command line there. */
const harmless = /malformed comment\.$/;

const reasonOf = (message: string): string =>
  `this is not well-formed XML (${message
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
    .slice(0, 120)}).`;

/** Agents pass on control characters that XML forbids, from names that software gave itself: they become blanks. */
const withoutControls = (text: string): string => text.replaceAll(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, ' ');
