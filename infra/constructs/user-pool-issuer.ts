import { CfnUserPoolGroup, ClientAttributes, Mfa, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { roles } from '../../domain/access/permissions.ts';
import { accept } from '../nag.ts';

/**
 * Who may log in, when no other OIDC issuer is given. People are invited, never sign up; the tenant is set with the invitation and
 * can be changed by nobody afterwards; roles are groups. The API takes the id token: it carries tenant and groups.
 */
export class UserPoolIssuer extends Construct {
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const users = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      customAttributes: { tenant: new StringAttribute({ mutable: false, minLen: 3, maxLen: 40 }) },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const groupName of roles) new CfnUserPoolGroup(this, groupName, { groupName, userPoolId: users.userPoolId });
    const client = users.addClient('Api', {
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(1),
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true }).withCustomAttributes('tenant'),
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });
    this.issuer = users.userPoolProviderUrl;
    this.audience = client.userPoolClientId;
    accept(users, 'AwsSolutions-COG8');
  }
}
