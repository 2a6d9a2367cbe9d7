import type { Condition, Spent } from './document-calls.ts';
import type { Expectation, Meter } from './table.ts';

/** The condition expression that an expectation stands for. */
export const conditionOf = (expect: Expectation): Condition => {
  const answer = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (expect === 'any') return answer;
  if (expect === 'absent') {
    return { ...answer, ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };
  }
  return {
    ...answer,
    ConditionExpression: '#v = :v',
    ExpressionAttributeNames: { '#v': 'v' },
    ExpressionAttributeValues: { ':v': expect },
  };
};

/** Books one round trip and the units that DynamoDB says it cost. */
export const spend = (meter: Meter, what: 'readUnits' | 'writeUnits', spent: Spent = []): void => {
  meter.roundTrips += 1;
  for (const one of spent) meter[what] += one.CapacityUnits ?? 0;
};
