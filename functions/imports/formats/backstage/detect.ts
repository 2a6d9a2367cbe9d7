import type { Format } from '../format.ts';

const inYaml = /^["']?apiVersion["']?\s*:\s*["']?(?:[\w-]+\.)*backstage\.io\//m;
const inJson = /"apiVersion"\s*:\s*"(?:[\w-]+\.)*backstage\.io\/|"backstage\.io\/managed-by-(?:origin-)?location"/;

/** Whether a text is JSON and not YAML: it begins with a bracket. */
export const beginsAsJson = (text: string): boolean => /^\uFEFF?\s*[{[]/.test(text);

/** Entities of `backstage.io`, or entities that say which location manages them. */
export const detectBackstage: Format['detect'] = (head) => (beginsAsJson(head) ? inJson : inYaml).test(head);
