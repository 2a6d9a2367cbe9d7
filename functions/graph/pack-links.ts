import type { Link } from '../../domain/graph/link.ts';
import { EdgeAttributes } from '../../domain/relationship/edge-attributes.ts';
import { RelationshipType } from '../../domain/relationship/relationship-types.ts';

/** An open edge on a page, with the version of the relationship that put it there. */
export type PageLink = Link & { version: number };

/**
 * Links as they are stored: under a heading that says what they have in common (`<runs on`, `<depends on|2|database`: `>` when the page's
 * CI is the `from` end), one text of entries, each the own parts of neighbour and relationship and the relationship's version. 64 of them take
 * 2.7 kB, so that reading a page costs half a unit.
 */
export const packLinks = (links: readonly PageLink[]): Record<string, string> => {
  const packed: Record<string, string> = {};
  for (const link of [...links].sort(byRelationship)) {
    const heading = headingOf(link);
    const entry = `${link.neighbour.slice(3)}${link.relationshipId.slice(-12)}.${link.version}`;
    packed[heading] = packed[heading] === undefined ? entry : `${packed[heading]} ${entry}`;
  }
  return packed;
};

const entries = /^[a-z2-7]{38}\.\d+(?: [a-z2-7]{38}\.\d+)*$/;

/** Reads the stored form back; throws on anything else. */
export const unpackLinks = (ciId: string, packed: Record<string, string>): PageLink[] =>
  Object.entries(packed).flatMap(([heading, text]) => {
    if (!entries.test(text)) throw new Error(`these are no links: ${text.slice(0, 80)}`);
    const shared = readHeading(heading);
    return text.split(' ').map((entry) => {
      const neighbour = `ci_${entry.slice(0, 26)}`;
      const relationshipId = `rel_${(shared.outward ? ciId : neighbour).slice(3)}_${entry.slice(26, 38)}`;
      return { ...shared, neighbour, relationshipId, version: Number(entry.slice(39)) };
    });
  });

const headingOf = ({ outward, type, attributes }: PageLink): string => {
  const redundancy = attributes === undefined ? '' : `|${attributes.need}|${attributes.group}`;
  return `${outward ? '>' : '<'}${type}${redundancy}`;
};

const readHeading = (heading: string): Pick<PageLink, 'outward' | 'type' | 'attributes'> => {
  const [side, type, need, group] = /^([<>])([^|]+)(?:\|(\d+)\|(.+))?$/s.exec(heading)?.slice(1) ?? [];
  return {
    outward: side === '>',
    type: RelationshipType.parse(type),
    ...(group === undefined ? {} : { attributes: EdgeAttributes.parse({ need: Number(need), group }) }),
  };
};

const byRelationship = (a: PageLink, b: PageLink): number => (a.relationshipId < b.relationshipId ? -1 : 1);
