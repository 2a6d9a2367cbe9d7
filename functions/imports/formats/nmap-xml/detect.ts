import type { Format } from '../format.ts';
import { beginAtRoot } from '../xml/begin-at-root.ts';

/** Whether the root element is that of a scan. */
export const detectNmapXml: Format['detect'] = (head) => /^<nmaprun[\s>]/.test(beginAtRoot(head) ?? '');
