import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { App, Duration, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IPolicyValidationPlugin, IPolicyValidationPluginBeta1 } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwslintMemo } from '../dist/index.js';
import { installed } from './installed.js';

// The compiler says whether it is what both names ask for.
const plugin: IPolicyValidationPlugin & IPolicyValidationPluginBeta1 = new AwslintMemo();
const RULE = 'sqs-visibility-below-processing-time';

function shop(scope: App | Stage): Stack {
  const stack = new Stack(scope, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const code = lambda.Code.fromInline('def handler(event, context): pass');
  const work = new lambda.Function(stack, 'Work', { runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code });
  work.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Orders', { visibilityTimeout: Duration.seconds(1) })));
  return stack;
}

/** What the CDK writes about an app, and how the process would end. */
function synthesised(stages: string[], acknowledge: (app: App) => void = () => undefined): { report: any; failed: boolean } {
  // Beside this file, where the program looks for the files of the app.
  const outdir = mkdtempSync(path.join(__dirname, 'cdk.out-'));
  const app = new App({ outdir, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  Validations.of(app).addPlugins(new AwslintMemo({ command: installed() }));
  for (const scope of stages.length > 0 ? stages.map((name) => new Stage(app, name)) : [app]) {
    shop(scope);
  }
  acknowledge(app);
  app.synth();
  const whole = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  const report = whole.pluginReports.find((one: any) => one.pluginName === plugin.name);
  return { report, failed: report?.conclusion === 'failure' };
}

test('the CDK tells a finding of the program once, at its construct', () => {
  const { report, failed } = synthesised([]);
  const [one, ...rest] = report.violations.filter((each: any) => each.ruleName === RULE);
  assert.deepEqual([failed, rest, report.pluginVersion], [true, [], plugin.version]);
  assert.equal(one.violatingConstructs[0].constructPath, 'Shop/Orders/Resource');
  assert.match(one.suggestedFix, /^set it to at least 18\n.*plugin\.test\.[jt]s:\d+:\d+\n/);
});

test('the CDK tells it of stages once, whatever stacks its command line asks for', () => {
  const { report, failed } = synthesised(['Dev', 'Prod']);
  const [one, ...rest] = report.violations.filter((each: any) => each.ruleName === RULE);
  assert.deepEqual([failed, rest], [true, []]);
  assert.deepEqual(one.violatingConstructs.map((each: any) => each.constructPath), ['']);
});

test('what an app acknowledges is not told', () => {
  const rule = { id: `awslint-memo::${RULE}`, reason: 'tried' };
  for (const stages of [[], ['Dev', 'Prod']]) {
    const { report, failed } = synthesised(stages, (app) => Validations.of(app).acknowledge(rule));
    assert.equal(failed, false);
    assert.deepEqual((report?.violations ?? []).filter((each: any) => each.ruleName === RULE), []);
  }
});
