import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { App } from 'aws-cdk-lib/core';
import { addChecks } from './nag.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { StateStack } from './stacks/state-stack.ts';
import type { Stage } from './stage.ts';

/**
 * One installation of Hangar: what holds data in one stack, what can be thrown away and made again in the other.
 * `codeOf` gives the code of the function of that name, so that tests need no bundles.
 */
export const addInstallation = (app: App, stage: Stage, codeOf: (name: string) => Code) => {
  const state = new StateStack(app, `${stage.name}-state`, { stage, terminationProtection: true });
  const service = new ServiceStack(app, `${stage.name}-service`, { stage, state, codeOf });
  addChecks(app);
  return { state, service };
};
