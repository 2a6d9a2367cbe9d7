import type { DiscoveryRecord } from '../discovery/record.ts';
import type { FacetValue } from '../reconcile/facet.ts';
import type { IncomingFacet, IncomingSection } from '../reconcile/merge.ts';
import { canonical } from '../shared/canonical.ts';
import type { Digest } from '../shared/id.ts';
import { type Fingerprint, isFactSection } from './fingerprint.ts';

/** Sections of discovery that describe the hardware itself: an asset keeps these, everything else is the CI's. */
const assetSections: ReadonlySet<string> = new Set(['bios', 'chassis', 'device']);

/**
 * What a record says of its CI: every section but the ITAM half. The name is a fact of the thing itself (`device`); in a partial
 * record, which does not carry that section, it is only what the thing is listed as.
 */
export const ciFacetOf = (record: DiscoveryRecord, print: Fingerprint, at: string, digest: Digest): IncomingFacet => {
  const sections: IncomingFacet['sections'] = {};
  for (const [name, hash] of Object.entries(print)) {
    if (!isFactSection(name) || name === 'itam') continue;
    sections[name] = sectionOf(record, name, hash);
  }
  if (record.name !== undefined) {
    const name = record.partial && record.sections.device === undefined ? 'listing' : 'device';
    const values = { ...record.sections[name], name: record.name };
    const hash = digest(canonical([values, print[name]])).slice(0, 16);
    sections[name] = { ...sections[name], ...overlayOf(record), hash, values };
  }
  return { half: record.half, nativeKey: record.nativeKey, at, sections };
};

/** What a record says of its asset: the whole ITAM half of a book, or what discovery knows of the hardware. */
export const assetFacetOf = (
  record: DiscoveryRecord,
  print: Fingerprint,
  at: string,
  digest: Digest,
): IncomingFacet => {
  const sections: IncomingFacet['sections'] = {};
  for (const [name, hash] of Object.entries(print)) {
    if (assetSections.has(name)) sections[name] = sectionOf(record, name, hash);
  }
  if (record.itam !== undefined) {
    const values = { ...bookIdentifiers(record), ...record.itam } as Record<string, FacetValue>;
    sections.itam = { hash: digest(canonical(values)).slice(0, 16), values, ...overlayOf(record) };
  }
  return { half: record.half, nativeKey: record.nativeKey, at, sections };
};

const sectionOf = (record: DiscoveryRecord, name: string, hash: string): IncomingSection => {
  const values = record.sections[name];
  const list = record.details?.[name];
  return {
    hash,
    ...(values === undefined ? {} : { values }),
    ...(list === undefined ? {} : { count: list.length }),
    ...overlayOf(record),
  };
};

/** Sections of a state or a catalogue: whoever carries one declares all of a thing, so that what it no longer says is gone. */
const wholeDeclarations = ['declared', 'catalog'];

/** A blank cell of a book means "leave"; a declaration has no blanks. */
const overlayOf = ({ half, sections }: DiscoveryRecord): { overlay?: true } =>
  half === 'book' && !wholeDeclarations.some((name) => Object.hasOwn(sections, name)) ? { overlay: true } : {};

/** Tag and serial as the book writes them: shown, beside the normalised identifiers that identity uses. */
const bookIdentifiers = (record: DiscoveryRecord): Record<string, string> =>
  Object.fromEntries(
    record.identifiers.flatMap(({ type, value }) =>
      (type === 'assetTag' || type === 'serial') && value.trim() !== '' ? [[type, value.trim()]] : [],
    ),
  );
