import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { tableIndexes, tableKeys } from '../../functions/store/contracts.ts';
import { type Watch, watchTable } from '../watches.ts';

/** The one table. Its stream carries both images: it is the outbox that history and events are made from. */
export class HangarTable extends Table {
  readonly watches: Watch[];

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text(tableKeys.partition),
      sortKey: text(tableKeys.sort),
      timeToLiveAttribute: tableKeys.ttl,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.watches = watchTable(this);
    for (const [indexName, keys] of Object.entries(tableIndexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(keys.partition),
        sortKey: text(keys.sort),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
  }
}

const text = (name: string) => ({ name, type: AttributeType.STRING });
