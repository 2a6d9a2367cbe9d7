import * as z from 'zod';

/** A layer, or a built-in class with all below it. `any`: every CI. */
export type EndKind =
  | 'any'
  | 'physical'
  | 'logical'
  | 'application'
  | 'service'
  | 'virtual-machine'
  | 'container-workload'
  | 'database'
  | 'peripheral'
  | 'printer';

/** What becomes of an edge when the CI at one end is retired: closed with it, kept, or the CI cannot be retired while it is open. */
export type OnRetire = 'close' | 'keep' | 'refuse';

type TypeData = {
  label: string;
  inverse: string;
  inverseLabel: string;
  suffers: 'from' | 'to' | 'both' | 'none';
  /** Which CIs it may lead from and to, pair by pair. */
  pairs: readonly { from: readonly EndKind[]; to: readonly EndKind[] }[];
  /** A CI of this kind has at most one open edge of the type leading from it. */
  oneFrom: readonly EndKind[];
  onRetire: { from: OnRetire; to: OnRetire };
};

const hosts = ['application', 'logical', 'physical'] as const;
const anything = [{ from: ['any'], to: ['any'] }] as const;

/**
 * Relationship types as data: each is read from its `from` end ("A runs on B"), `inverse` from the other end.
 * `suffers`: which end suffers when the other fails. `from` on B means: when B (the `to` end) fails, A (the `from` end) suffers.
 * The rules bind people; what a source says is stored with a warning at most. Adding a type touches this file only.
 */
export const relationshipTypes = {
  'runs on': {
    label: 'Runs on',
    inverse: 'hosts',
    inverseLabel: 'Hosts',
    suffers: 'from',
    pairs: [
      { from: ['service', 'application', 'logical'], to: hosts },
      { from: ['physical'], to: ['physical'] },
    ],
    oneFrom: ['virtual-machine'],
    onRetire: { from: 'close', to: 'refuse' },
  },
  'depends on': {
    label: 'Depends on',
    inverse: 'used by',
    inverseLabel: 'Used by',
    suffers: 'from',
    pairs: anything,
    oneFrom: [],
    onRetire: { from: 'close', to: 'refuse' },
  },
  'member of': {
    label: 'Member of',
    inverse: 'contains',
    inverseLabel: 'Contains',
    suffers: 'to',
    pairs: anything,
    oneFrom: [],
    onRetire: { from: 'close', to: 'close' },
  },
  'connected to': {
    label: 'Connected to',
    inverse: 'connected to',
    inverseLabel: 'Connected to',
    suffers: 'both',
    pairs: [{ from: hosts, to: hosts }],
    oneFrom: [],
    onRetire: { from: 'close', to: 'close' },
  },
  'installed on': {
    label: 'Installed on',
    inverse: 'has installed',
    inverseLabel: 'Has installed',
    suffers: 'from',
    pairs: [{ from: ['application', 'database', 'container-workload'], to: ['logical', 'physical'] }],
    oneFrom: ['database'],
    onRetire: { from: 'close', to: 'close' },
  },
  'attached to': {
    label: 'Attached to',
    inverse: 'has attached',
    inverseLabel: 'Has attached',
    suffers: 'none',
    pairs: [{ from: ['logical', 'physical'], to: ['logical', 'physical'] }],
    oneFrom: ['peripheral', 'printer'],
    onRetire: { from: 'close', to: 'close' },
  },
  'associated with': {
    label: 'Associated with',
    inverse: 'associated with',
    inverseLabel: 'Associated with',
    suffers: 'none',
    pairs: anything,
    oneFrom: [],
    onRetire: { from: 'keep', to: 'keep' },
  },
} as const satisfies Record<string, TypeData>;

export type RelationshipTypeName = keyof typeof relationshipTypes;

export const typeNames = Object.keys(relationshipTypes) as [RelationshipTypeName, ...RelationshipTypeName[]];

const normalise = (value: unknown): unknown =>
  typeof value === 'string' ? value.trim().toLowerCase().replaceAll(/[-_]/g, ' ') : value;

/** The names are those of the words table, with blanks; `runs-on` and `runs_on` are read as `runs on`. */
export const RelationshipType = z.preprocess(normalise, z.enum(typeNames)).meta({ id: 'RelationshipType' });
export type RelationshipType = RelationshipTypeName;

const inverses = typeNames.map((name) => relationshipTypes[name].inverse);

/** A type, or the name it has from its other end: `hosts`. */
export const RelationshipWord = z
  .preprocess(normalise, z.enum([...new Set([...typeNames, ...inverses])]))
  .meta({ id: 'RelationshipWord' });
export type RelationshipWord = z.output<typeof RelationshipWord>;

/** The type that a word stands for; `turned` when it is read from the other end. */
export const typeOf = (word: RelationshipWord): { type: RelationshipTypeName; turned: boolean } => {
  const own = typeNames.find((name) => name === word);
  if (own !== undefined) return { type: own, turned: false };
  const type = typeNames.find((name) => relationshipTypes[name].inverse === word);
  if (type === undefined) throw new Error(`no relationship type ${word}`);
  return { type, turned: true };
};

/** Types whose two ends are alike: stored once, with the smaller id as `from`. */
export const isSymmetric = (type: RelationshipTypeName): boolean => relationshipTypes[type].inverse === type;
