import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Watch } from '../watches.ts';

/** One alarm per watch; all ring on one topic, which is subscribed to outside of this app. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { watches }: { watches: readonly Watch[] }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    for (const { name, metric, limit, periods, meaning } of watches) {
      const alarm = new Alarm(this, name, {
        metric,
        threshold: limit,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: meaning,
      });
      alarm.addAlarmAction(new SnsAction(this.topic));
    }
  }
}
