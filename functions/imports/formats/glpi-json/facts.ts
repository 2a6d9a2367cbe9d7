import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';

type Facts = Record<string, AttributeValue>;
type Sections = DiscoveryRecord['sections'];

const cut = (value: AttributeValue): AttributeValue =>
  typeof value === 'string' ? value.slice(0, 200).toWellFormed() : value;

/** A section without the facts that the file does not know; texts are cut to 200 characters. */
export const facts = (values: Record<string, AttributeValue | undefined>): Facts =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, cut(value)] as const])),
  );

/** Sections without the empty ones: an empty section would say that the facts are gone. */
export const sectionsFrom = (sections: Sections): Sections =>
  Object.fromEntries(Object.entries(sections).filter(([, section]) => Object.keys(section).length > 0));

/** A name that fits the record. */
export const recordName = (name: string | undefined): string | undefined => name?.slice(0, 300).toWellFormed();
