import { ciClasses } from '../ci/ci-classes.ts';
import { type RelationshipType, relationshipTypes } from '../relationship/relationship-types.ts';

/** The bands of a map, from what people ask for down to what can be touched. */
export const layers = ['service', 'application', 'logical', 'physical'] as const;
export type Layer = (typeof layers)[number];

export const layerOf = (ciClass: keyof typeof ciClasses): Layer => ciClasses[ciClass].layer;

/** The types of a map unless others are asked for: those that say which end needs the other. */
export const carryingTypes = (Object.keys(relationshipTypes) as RelationshipType[]).filter((type) =>
  ['from', 'to'].includes(relationshipTypes[type].suffers),
);

/** How an edge reads from the end that needs to the end that carries: "A runs on B", "B contains A". */
export const readDownwards = (type: RelationshipType): string =>
  relationshipTypes[type].suffers === 'to' ? relationshipTypes[type].inverse : type;
