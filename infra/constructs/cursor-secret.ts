import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accept } from '../nag.ts';

/** Signs list cursors. Made by AWS and never seen by anybody; a lost or changed one only ends the lists that are open. */
export class CursorSecret extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Signs list cursors',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    accept(this, 'AwsSolutions-SMG4');
  }
}
