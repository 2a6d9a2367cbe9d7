import type { Family } from '../imports/formats/format.ts';

export type Planner = { name: string; family: Family };

/** What each planner reads. */
export const planners: readonly Planner[] = [
  { name: 'plan-import', family: 'json' },
  { name: 'plan-registers', family: 'registers' },
  { name: 'plan-documents', family: 'documents' },
];

/**
 * Whose dead letters lie in a queue, by its ARN. `told`: `<planner>=<ARN>` for each, separated by spaces. Throws for a queue that is not
 * told of: whose upload it was cannot be known then.
 */
export const plannerOf = (told: string, queueArn: string): Planner => {
  const entry = told.split(' ').find((one) => one.slice(one.indexOf('=') + 1) === queueArn);
  const planner = planners.find(({ name }) => entry?.startsWith(`${name}=`));
  if (planner === undefined) throw new Error(`no planner gives up into ${queueArn}`);
  return planner;
};
