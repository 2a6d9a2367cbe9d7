import { guardedXml } from '../xml/guarded-xml.ts';
import { growTree, type RequestPart } from './xml-tree.ts';

/** The parts of a request, each as soon as it is complete; those before an error are given out before it is thrown. */
export async function* readRequest(texts: AsyncIterable<string>): AsyncGenerator<RequestPart, undefined> {
  const complete: RequestPart[] = [];
  const xml = guardedXml(growTree((part) => complete.push(part)));
  for await (const text of texts) {
    try {
      xml.write(text);
    } finally {
      yield* complete.splice(0);
    }
  }
  xml.end();
}
