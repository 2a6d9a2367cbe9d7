import type { Facets } from '../reconcile/facet.ts';
import { type Disagreement, type Said, saidOf } from './said.ts';

/**
 * The kinds of neighbour that both sides name: as Terraform calls their type, and as the clouds do. Only edges to these are compared: most of
 * what a state declares as a dependency no discovery ever sees. Adding a kind touches this list only.
 */
const edgeKinds: readonly { kind: string; declared: readonly string[]; discovered: readonly string[] }[] = [
  {
    kind: 'securityGroup',
    declared: ['aws_security_group', 'aws_default_security_group'],
    discovered: ['aws::ec2::securitygroup'],
  },
];

/** The types of edges by which each side says so. */
export const comparedTypes = { declared: 'depends on', discovered: 'associated with' } as const;

/** Which kind of neighbour a CI is, if of any that is compared. */
export const edgeKindOf = (facets: Facets): string | undefined => {
  const declared = String(saidOf(facets, 'book', ['declared.type'])?.value ?? '');
  const discovered = String(saidOf(facets, 'discovery', ['cloud.resourceType'])?.value ?? '').toLowerCase();
  return edgeKinds.find((one) => one.declared.includes(declared) || one.discovered.includes(discovered))?.kind;
};

/** What a neighbour is called as a resource, without the index of one of several: a declared dependency does not say which of them. */
export const groupOf = (ciId: string, facets: Facets): string => {
  const address = saidOf(facets, 'book', ['declared.address'])?.value;
  return typeof address === 'string' ? address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '') : ciId;
};

/** A neighbour of a compared kind that one side names. */
export type Neighbour = { ciId: string; kind: string; name: string; group: string; source: string; at: string };

/**
 * The neighbours on which both sides disagree: of a kind of which both speak, one is declared and not discovered, or the other way
 * round. `indirect`: neighbours that something else which this one depends on needs itself; a state lists them as its own.
 */
export const compareEdges = (
  declared: readonly Neighbour[],
  discovered: readonly Neighbour[],
  indirect: ReadonlySet<string>,
): Disagreement[] => {
  const found = new Set(discovered.map(({ ciId }) => ciId));
  const foundGroups = new Set(discovered.map(({ group }) => group));
  const wanted = new Set(declared.map(({ ciId }) => ciId));
  const isShared = ({ kind }: Neighbour) =>
    declared.some((one) => one.kind === kind) && discovered.some((one) => one.kind === kind);
  const isAlone = ({ group }: Neighbour) => declared.filter((one) => one.group === group).length === 1;
  const missing = declared.filter(
    (one) =>
      isShared(one) && !found.has(one.ciId) && !foundGroups.has(one.group) && isAlone(one) && !indirect.has(one.ciId),
  );
  const undeclared = discovered.filter((one) => isShared(one) && !wanted.has(one.ciId));
  return [
    ...missing.map((one) => disagreement(one, { declared: saidBy(one) })),
    ...undeclared.map((one) => disagreement(one, { discovered: saidBy(one) })),
  ].sort((a, b) => (String(a.otherCiId) < String(b.otherCiId) ? -1 : 1));
};

const saidBy = ({ name, source, at }: Neighbour): Said => ({ value: name, source, at });

const disagreement = (
  { ciId, kind }: Neighbour,
  said: Pick<Disagreement, 'declared' | 'discovered'>,
): Disagreement => ({
  kind: 'edge',
  subject: kind,
  otherCiId: ciId,
  ...said,
});
