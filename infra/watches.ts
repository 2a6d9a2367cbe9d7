import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';

/** A metric that is wrong as soon as it is above `limit` in `periods` periods in a row. */
export type Watch = { name: string; metric: IMetric; limit: number; periods: number; meaning: string };

const perMinute = { period: Duration.minutes(1) };

export const watchDeadLetters = (name: string, queue: IQueue): Watch => ({
  name: `${name}-dead-letters`,
  metric: queue.metricApproximateNumberOfMessagesVisible({ ...perMinute, statistic: 'max' }),
  limit: 0,
  periods: 1,
  meaning: `${name} gave up on something. Look into its dead letter queue, repair, then redrive.`,
});

/** Of dead letters that a consumer takes away at once: that some came. */
export const watchGivenUp = (name: string, queue: IQueue): Watch => ({
  name: `${name}-given-up`,
  metric: queue.metricNumberOfMessagesReceived({ ...perMinute, statistic: 'sum' }),
  limit: 0,
  periods: 1,
  meaning: `A run may have failed: ${name} gave up on something. GET /imports?status=failed tells which.`,
});

export const watchFunction = (name: string, handler: IFunction): Watch[] => [
  {
    name: `${name}-errors`,
    metric: handler.metricErrors(perMinute),
    limit: 0,
    periods: 3,
    meaning: `${name} has failed in each of the last three minutes.`,
  },
  {
    name: `${name}-throttles`,
    metric: handler.metricThrottles(perMinute),
    limit: 0,
    periods: 3,
    meaning: `${name} wants to run more often than the account's concurrency allows.`,
  },
];

export const watchStreamLag = (name: string, handler: IFunction): Watch => ({
  name: `${name}-lag`,
  metric: handler.metric('IteratorAge', { ...perMinute, statistic: 'max' }),
  limit: 60_000,
  periods: 5,
  meaning: `${name} is more than a minute behind the table: history and events come late.`,
});

export const watchQueueAge = (name: string, queue: IQueue): Watch => ({
  name: `${name}-age`,
  metric: queue.metricApproximateAgeOfOldestMessage(perMinute),
  limit: 15 * 60,
  periods: 3,
  meaning: `A message of ${name} has waited for more than a quarter of an hour.`,
});

export const watchApi = (api: HttpApi): Watch => ({
  name: 'api-5xx',
  metric: api.metricServerError(perMinute),
  limit: 0,
  periods: 2,
  meaning: 'The API answered with 5xx in each of the last two minutes.',
});

export const watchTable = (table: Table): Watch[] =>
  ['ReadThrottleEvents', 'WriteThrottleEvents'].map((metricName) => ({
    name: `table-${metricName}`,
    metric: new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: table.tableName },
      statistic: 'sum',
      ...perMinute,
    }),
    limit: 0,
    periods: 3,
    meaning: 'The table refuses requests: a partition is too hot, or traffic grew faster than it scales.',
  }));
