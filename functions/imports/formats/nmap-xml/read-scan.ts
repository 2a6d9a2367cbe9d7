import { UnreadableFile } from '../format.ts';
import { guardedXml, type XmlEvents } from '../xml/guarded-xml.ts';
import { isRead, newHost, settle } from './collect-host.ts';
import type { Element, Host } from './host.ts';

/** What a scan consists of: its hosts as they end, and how it ended. */
export type ScanPart = { host: Host } | { finished: Record<string, string> };

/** Characters of one attribute or text that are kept: a host key has some 3,000. */
const longestValue = 16_384;

/**
 * The parts of an nmap scan, each as soon as it is complete; those before an error are given out before it is thrown. Memory holds one
 * host, of which only what is read is kept. Throws `UnreadableFile`: `no-scan` when the root is another one, and what `guardedXml` does.
 */
export async function* readScan(texts: AsyncIterable<string>): AsyncGenerator<ScanPart, undefined> {
  const complete: ScanPart[] = [];
  const events = growHosts((part) => complete.push(part));
  const xml = guardedXml(events, { plainDoctype: 'nmaprun', oddReferences: true });
  for await (const text of texts) {
    try {
      xml.write(text);
    } finally {
      yield* complete.splice(0);
    }
  }
  xml.end();
}

const newElement = (name: string): Element => ({ name, attributes: Object.create(null), children: [], text: '' });

const growHosts = (emit: (part: ScanPart) => void): XmlEvents => {
  const stack: Element[] = [];
  /** How deep we are inside an element that is not read. */
  let passing = 0;
  let host: Host | undefined;

  const isWanted = (name: string): boolean => {
    const parent = stack.at(-1)?.name ?? '';
    if (host !== undefined) return isRead(parent, name);
    return parent === 'nmaprun' ? name === 'host' || name === 'runstats' : parent === 'runstats' && name === 'finished';
  };

  return {
    open: (name, line) => {
      if (stack.length === 0 && name !== 'nmaprun') throw otherRoot(name);
      if (stack.length > 0 && (passing > 0 || !isWanted(name))) {
        passing += 1;
        return;
      }
      if (stack.length === 1 && name === 'host') host = newHost(line, stack[0]?.attributes ?? {});
      stack.push(newElement(name));
    },
    attribute: (name, value) => {
      const element = stack.at(-1);
      if (passing === 0 && element !== undefined) element.attributes[name] = value.slice(0, longestValue);
    },
    text: (text) => {
      const element = stack.at(-1);
      if (passing === 0 && element !== undefined && ['elem', 'cpe'].includes(element.name))
        element.text = (element.text + text).slice(0, longestValue);
    },
    close: () => {
      if (passing > 0) {
        passing -= 1;
        return;
      }
      const element = stack.pop() as Element;
      const parent = stack.at(-1);
      if (element.name === 'host' && host !== undefined) {
        emit({ host: { ...host, attributes: element.attributes } });
        host = undefined;
      } else if (host !== undefined && parent !== undefined) settle(host, parent, element);
      else if (element.name === 'finished') emit({ finished: element.attributes });
    },
  };
};

const otherRoot = (name: string): UnreadableFile =>
  new UnreadableFile({
    code: 'no-scan',
    detail: `The root element is ${name.slice(0, 60)}, not nmaprun: this is no scan. Upload what nmap writes with -oX.`,
  });
