import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { addInstallation } from '../../infra/installation.ts';
import { readStage } from '../../infra/stage.ts';

/** A resource of a template, as far as these tests look into it. */
// biome-ignore lint/suspicious/noExplicitAny: templates are what CloudFormation says they are
type Resource = { Type: string; Properties: any; DeletionPolicy?: string };

/** An empty app with the context of cdk.json, as the CDK CLI would make it. */
export const emptyApp = (context: Record<string, string> = {}): App =>
  new App({
    context: { ...JSON.parse(readFileSync('cdk.json', 'utf8')).context, ...context },
    outdir: mkdtempSync(join(tmpdir(), 'hangar-cdk-')),
  });

/** Synthesises an installation with cdk-nag's checks, without bundles: what the functions hold is not looked at here. */
export const synthesise = (context: Record<string, string> = {}) => {
  const app = emptyApp(context);
  const { state, service } = addInstallation(app, readStage(app.node), () => Code.fromInline('exports.handler = 0'));
  return { app, state: Template.fromStack(state), service: Template.fromStack(service) };
};

/** Resources of one type, by logical id. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.toJSON().Resources as Record<string, Resource>).filter(([, { Type }]) => Type === type);
