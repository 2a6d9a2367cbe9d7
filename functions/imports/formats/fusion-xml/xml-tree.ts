import { UnreadableFile } from '../format.ts';
import type { XmlEvents } from '../xml/guarded-xml.ts';

/** An element with children: their names in lower case, repeated ones as a list. It has no prototype, so that no name can reach one. */
export type XmlNode = { [name: string]: XmlValue };
export type XmlValue = string | XmlNode | (string | XmlNode)[];

/** What a request consists of: its network devices as they end (`line`: where each began), then the rest as a whole. */
export type RequestPart = { device: XmlNode; line: number } | { request: XmlNode; line: number };

/** Elements and characters that are kept of one record. The largest real one (3,184 software rows) has some 40,000 elements. */
const mostElements = 200_000;
const mostText = 32 * 1024 * 1024;

type Open = { name: string; line: number; node: XmlNode | undefined; text: string };
type Size = { elements: number; text: number };

export const emptyNode = (): XmlNode => Object.create(null);

/** Adds a child; the second of a name makes a list of both. */
const append = (node: XmlNode, name: string, value: string | XmlNode): void => {
  const there = node[name];
  if (name === '__proto__') return;
  if (there === undefined) node[name] = value;
  else if (Array.isArray(there)) there.push(value);
  else node[name] = [there, value];
};

/**
 * Builds the tree of a REQUEST from its events. Every CONTENT/DEVICE is given away when it ends and not kept, so that memory holds one
 * device. Empty elements are left out, as the agents' own converter does; text beside child elements is, too.
 * Throws `UnreadableFile`: `no-inventory` when the root is another one, `record-too-large`.
 */
export const growTree = (emit: (part: RequestPart) => void): XmlEvents => {
  const stack: Open[] = [];
  const rest: Size = { elements: 0, text: 0 };
  let size = rest;

  const count = (key: keyof Size, amount: number, most: number) => {
    size[key] += amount;
    if (size[key] > most) throw tooLarge();
  };
  const isDevice = () => stack.length === 3 && stack[2]?.name === 'device' && stack[1]?.name === 'content';

  return {
    open: (rawName, line) => {
      const name = rawName.toLowerCase();
      if (stack.length === 0 && name !== 'request') throw otherRoot(rawName);
      stack.push({ name, line, node: undefined, text: '' });
      if (isDevice()) size = { elements: 0, text: 0 };
      count('elements', 1, mostElements);
    },
    text: (text) => {
      const open = stack.at(-1);
      if (open === undefined || open.node !== undefined) return;
      count('text', text.length, mostText);
      open.text += text;
    },
    close: () => {
      const device = isDevice();
      const { name, line, node, text } = stack.pop() as Open;
      const parent = stack.at(-1);
      if (device) size = rest;
      if (parent === undefined) emit({ request: node ?? emptyNode(), line });
      else if (device) emit({ device: node ?? emptyNode(), line });
      else if (node !== undefined || text.trim() !== '') {
        parent.node ??= emptyNode();
        append(parent.node, name, node ?? text.trim());
      }
    },
  };
};

const tooLarge = (): UnreadableFile =>
  new UnreadableFile({
    code: 'record-too-large',
    detail: `One device may have ${mostElements} elements and ${mostText} characters; this one has more. Check what produced the file.`,
  });

const otherRoot = (name: string): UnreadableFile =>
  new UnreadableFile({
    code: 'no-inventory',
    detail: `The root element is ${name.slice(0, 60)}, not REQUEST: this is no agent's inventory. Upload what the agent writes with --local=<folder>.`,
  });
