import assert from 'node:assert/strict';
import * as path from 'node:path';
import { test } from 'node:test';
import type { Context, Scope } from '../dist/cdk.js';
import type { Level } from '../dist/report.js';
import { violations } from '../dist/violations.js';
import { finding, staged } from './stand-in.js';

function context(...stacks: string[]): Context {
  const stackTemplates = stacks.map((one) => ({ stackConstructPath: one, templatePath: `/${one}.template.json` }));
  return { templatePaths: [], stackTemplates };
}

const ONE = context('Shop');

test('a finding is of its construct, with what to do and where', () => {
  assert.deepEqual(violations([finding()], ONE, 'error'), [
    {
      ruleName: 'sqs-long-polling',
      description: 'the wait is 0 s',
      severity: 'warning',
      fix: 'set it to 20\nlib/shop.ts:7:5\nawslint-memo explain sqs-long-polling',
      violatingResources: [
        {
          constructPath: 'Shop/Orders/Resource',
          templatePath: path.resolve('cdk.out/Shop.template.json'),
          locations: ['Properties.ReceiveMessageWaitTimeSeconds'],
        },
      ],
    },
  ]);
});

test('what stands beside the properties is no property', () => {
  const location = (route: string) => violations([finding({ route })], ONE, 'error')[0]!.violatingResources[0].locations[0];
  assert.equal(location('UpdatePolicy.AutoScalingRollingUpdate'), 'UpdatePolicy.AutoScalingRollingUpdate');
  assert.equal(location('DependsOn[0]'), 'DependsOn[0]');
  assert.equal(location('MetadataOptions.HttpTokens'), 'Properties.MetadataOptions.HttpTokens');
});

test('what ends the synthesis is an error, and nothing else is', () => {
  const severity = (level: Level, failOn: Level | 'never') => violations([finding({ level })], ONE, failOn)[0]!.severity;
  assert.deepEqual(
    (['error', 'warning', 'advice', 'never'] as const).map((failOn) => [severity('error', failOn), severity('warning', failOn), severity('advice', failOn)]),
    [['error', 'warning', 'info'], ['error', 'error', 'info'], ['error', 'error', 'error'], ['error', 'warning', 'info']],
  );
});

test('what stages repeat is told once, and of no construct, which the command line would leave out', () => {
  const [dev, prod] = [staged('Dev'), staged('Prod')];
  const all = context('Dev/Shop', 'Prod/Shop');
  const [one, ...rest] = violations([{ ...dev, message: `${dev.message} (in the stages Dev and Prod)`, each: [dev, prod] }], all, 'error');
  assert.deepEqual(rest, []);
  assert.equal(one!.description, 'the wait is 0 s (in the stages Dev and Prod)');
  assert.deepEqual(one!.violatingResources, [
    {
      resourceLogicalId: 'Dev/Shop/Orders/Resource',
      templatePath: path.resolve('cdk.out/assembly-Dev/DevShop.template.json'),
      locations: ['Properties.ReceiveMessageWaitTimeSeconds'],
    },
  ]);
  assert.equal(one!.fix?.split('\n')[1], 'lib/shop.ts:7:5 (Dev/Shop/Orders/Resource, Prod/Shop/Orders/Resource)');
});

test('an error is told whatever stacks are asked for; a warning is told with its stack', () => {
  const two = context('Shop', 'Tools');
  assert.equal(violations([finding({ level: 'error' })], two, 'error')[0]!.violatingResources[0].constructPath, undefined);
  assert.equal(violations([finding()], two, 'error')[0]!.violatingResources[0].constructPath, 'Shop/Orders/Resource');
});

test('older versions of the CDK get the logical id in its template', () => {
  const nested = finding({ resource: 'Nested/Orders1A', each: undefined as never });
  const [one] = violations([nested], { templatePaths: [] }, 'error');
  assert.equal(one!.violatingResources[0].resourceLogicalId, 'Orders1A');
});

test('a finding in a file of the app is told at its line', () => {
  const [one] = violations([finding({ path: 'lib/shop.ts', line: 9, column: 2, related: [], route: '' })], ONE, 'error');
  assert.equal(one!.fix?.split('\n')[1], 'lib/shop.ts:9:2');
  assert.deepEqual(one!.violatingResources[0].locations, []);
});

function scope(children: Record<string, Scope> = {}, ...acknowledged: string[]): Scope {
  const data = Object.fromEntries(acknowledged.map((id) => [id, 'because']));
  const metadata = [{ type: 'aws:cdk:acknowledged-rules', data }, { type: 'other' }];
  return { node: { metadata, tryFindChild: (id) => children[id] } };
}

test('an acknowledgement of a stage counts for what is in it', () => {
  const [dev, prod] = [staged('Dev'), staged('Prod')];
  const both = { ...dev, message: `${dev.message} (in the stages Dev and Prod)`, each: [dev, prod] };
  const rule = 'awslint-memo::sqs-long-polling';
  const app = (root: Scope) => ({ ...context('Dev/Shop', 'Prod/Shop'), appConstruct: root });
  assert.deepEqual(violations([both], app(scope({}, rule)), 'error'), []);
  const [left] = violations([both], app(scope({ Dev: scope({}, rule), Prod: scope() })), 'error');
  assert.equal(left!.description, 'the wait is 0 s');
  assert.match(left!.fix!, /\(Prod\/Shop\/Orders\/Resource\)/);
  // At a stack and below it the program sees to it, and knows reasons and days.
  const below = app(scope({ Dev: scope({ Shop: scope({}, rule) }), Prod: scope() }));
  assert.equal(violations([both], below, 'error').length, 1);
});
