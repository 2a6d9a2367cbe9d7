import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Expectation, Meter } from './table.ts';

/** The condition expression that an expectation stands for. */
export const conditionOf = (expect: Expectation) => {
  if (expect === 'any') return {};
  if (expect === 'absent') {
    return { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };
  }
  return {
    ConditionExpression: '#v = :v',
    ExpressionAttributeNames: { '#v': 'v' },
    ExpressionAttributeValues: { ':v': expect },
  };
};

/** Books one round trip and the units that DynamoDB says it cost. */
export const spend = (
  meter: Meter,
  what: 'readUnits' | 'writeUnits',
  ...consumed: (ConsumedCapacity | undefined)[]
): void => {
  meter.roundTrips += 1;
  for (const one of consumed) meter[what] += one?.CapacityUnits ?? 0;
};
