/** Thrown while a file is read, when there is no time for more of it. */
export class OutOfTime extends Error {
  constructor() {
    super('there is no time left for more of this file');
    this.name = 'OutOfTime';
  }
}

/** What a planner needs at last: to compare a batch, to store what it has cut, and to call for the next one. */
export const leastMs = 30_000;

/**
 * Whether a planner has to stop, asked between two records. Once it has to, it has to: `hasPassed`. Nobody stops who has not got further
 * than the one before, or the same would happen again and again.
 */
export const startDeadline = (timeLeft: (() => number) | undefined) => {
  let hasPassed = false;
  return {
    mustStop: (isAhead: boolean): boolean => {
      hasPassed ||= timeLeft !== undefined && timeLeft() < leastMs && isAhead;
      return hasPassed;
    },
    hasPassed: (): boolean => hasPassed,
  };
};
