import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { bundleFolder, bundleFunctions } from './bundle.ts';
import { addInstallation } from './installation.ts';
import { readStage } from './stage.ts';

await bundleFunctions();
const app = new App();
addInstallation(app, readStage(app.node), (name) => Code.fromAsset(bundleFolder(name)));
app.synth();
