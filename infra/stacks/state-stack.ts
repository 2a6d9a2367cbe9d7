import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AccessLogBucket } from '../constructs/access-log-bucket.ts';
import { CursorSecret } from '../constructs/cursor-secret.ts';
import { HangarBus } from '../constructs/hangar-bus.ts';
import { HangarTable } from '../constructs/hangar-table.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { UploadsBucket } from '../constructs/uploads-bucket.ts';
import { UserPoolIssuer } from '../constructs/user-pool-issuer.ts';
import type { Stage } from '../stage.ts';

/** Everything that holds something. It is never deleted with the stack. */
export class StateStack extends Stack {
  readonly table: HangarTable;
  readonly uploads: UploadsBucket;
  readonly data: PrivateBucket;
  readonly bus: HangarBus;
  readonly cursorSecret: CursorSecret;
  readonly tokens: { issuer: string; audience: string };

  constructor(scope: Construct, id: string, { stage, ...props }: StackProps & { stage: Stage }) {
    super(scope, id, { description: 'Hangar: table, buckets, bus, users', ...props });
    const logs = new AccessLogBucket(this, 'AccessLogs');
    this.table = new HangarTable(this, 'Table');
    this.uploads = new UploadsBucket(this, 'Uploads', { logs });
    this.data = new PrivateBucket(this, 'Data', { logs });
    this.bus = new HangarBus(this, 'Bus', { name: stage.name });
    this.cursorSecret = new CursorSecret(this, 'CursorSecret');
    this.tokens = stage.oidc ?? new UserPoolIssuer(this, 'Identity');
  }
}
