import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Trigger } from '../../functions/bus/contracts.ts';
import type { FunctionSettings } from '../../functions/shared/environment.ts';
import type { Resources } from '../resources.ts';

/** What the construct of a consumer needs, whatever wakes it. */
export type ConsumerProps<Kind extends Trigger['kind'] = Trigger['kind']> = {
  settings: FunctionSettings;
  trigger: Extract<Trigger, { kind: Kind }>;
  resources: Resources;
  codeOf: (name: string) => Code;
};
