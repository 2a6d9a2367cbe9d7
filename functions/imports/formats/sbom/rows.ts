import { clip } from '../csv/clean-cell.ts';
import type { SoftwareRow } from './bill.ts';

type Text = string | undefined;

const longest = 300;
const mostLicences = 20;
const saysNothing = /^(?:noassertion|none|unknown|unspecified|\(null\)|null)$/i;

/** A text that says something, cut to a length that fits into a row. */
export const telling = (text: Text): Text => {
  const found = text?.replaceAll(/\s+/g, ' ').trim();
  return found === undefined || found === '' || saysNothing.test(found) ? undefined : clip(found, longest);
};

/** A package URL without version, qualifiers and subpath: the same for every release. */
export const productPurl = (purl: string): string => purl.replace(/[?#].*$/, '').replace(/@[^/@]*$/, '');

const archOf = (purl: Text): Text => /[?&]arch=([\w.-]{1,40})/.exec(purl ?? '')?.[1];

/** `Organization: Berge (mail@...)` names Berge; people (`Person: ...`) and addresses are left out. */
const publisherOf = (text: Text): Text =>
  /^person:/i.test(text ?? '')
    ? undefined
    : telling(text?.replace(/^(?:organization|tool):\s*/i, '').replaceAll(/[<(][^<>()]*@[^<>()]*[>)]/g, ''));

/** A row without what is not known; undefined when it has no name. */
export const rowOf = (told: {
  name: Text;
  version: Text;
  group?: Text;
  arch?: Text;
  publisher?: Text;
  purl?: Text;
  licences: readonly Text[];
}): SoftwareRow | undefined => {
  const name = telling(told.name);
  if (name === undefined) return undefined;
  const [version, group, publisher] = [telling(told.version), telling(told.group), publisherOf(told.publisher)];
  const arch = telling(told.arch) ?? archOf(told.purl);
  const purl = told.purl?.startsWith('pkg:') ? clip(told.purl, longest) : undefined;
  const licences = [...new Set(told.licences.flatMap((one) => telling(one) ?? []))].sort().slice(0, mostLicences);
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(group === undefined ? {} : { group }),
    ...(arch === undefined ? {} : { arch }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(purl === undefined ? {} : { purl }),
    ...(licences.length === 0 ? {} : { licences }),
  };
};
