import type { Change } from '../shared/change.ts';

/** One field of one thing that was taken back, or that stays because somebody else has changed it since. */
export type Told = {
  entity: 'asset' | 'ci' | 'binding' | 'relationship';
  id: string;
  field: string;
  /** What the run had made of it. */
  made: unknown;
  was: unknown;
  /** The change since, for which it stays. */
  refused?: Pick<Change, 'by' | 'at'>;
};
