import type { Facet } from './facet.ts';

type Half = Facet['half'];

/** What a device says of itself: here discovery knows better than the asset book. */
const hardwareFacts: ReadonlySet<string> = new Set(['manufacturer', 'model', 'modelNumber', 'serial']);

/** Which half is asked first for an asset's fact. A manual edit locks the field, whatever the sources say later. */
export const assetAuthority = (fact: string): readonly Half[] =>
  hardwareFacts.has(fact) ? ['manual', 'discovery', 'book'] : ['manual', 'book', 'discovery'];

/** As for assets: a CI is called what it calls itself; who answers for it is known by people and books. */
export const ciAuthority = (fact: string): readonly Half[] =>
  fact === 'name' ? ['manual', 'discovery', 'book'] : ['manual', 'book', 'discovery'];

/** Operational attributes, which have no entry of their own: discovery over book. */
export const attributeAuthority: readonly Half[] = ['manual', 'discovery', 'book'];

/**
 * The sections whose values describe the thing itself, in this order within one source. A shown fact is never taken from another
 * section: the `name` of the section `os` names the operating system.
 */
export const thingSections = ['manual', 'itam', 'device', 'hardware', 'bios', 'chassis'] as const;
