import { EventBus } from 'aws-cdk-lib/aws-events';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { assetCreated } from '../../events/asset-events.ts';

/** The bus that domain events are published on, with an archive to replay them from. */
export class HangarBus extends EventBus {
  constructor(scope: Construct, id: string, { name }: { name: string }) {
    super(scope, id, { eventBusName: name });
    this.archive('Archive', {
      description: 'Every event of this installation, for replay',
      eventPattern: { source: assetCreated.pattern.source },
      retention: Duration.days(365),
    });
  }
}
