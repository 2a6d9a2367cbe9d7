import type { Format } from '../format.ts';
import { beginAtRoot } from '../xml/begin-at-root.ts';

/** A root element `bom` in CycloneDX's name space. */
export const detectCycloneDxXml: Format['detect'] = (head) =>
  /^<(?:\w+:)?bom\s[^>]*cyclonedx\.org\/schema\/bom/.test(beginAtRoot(head) ?? '');
