import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwslintMemo } from '../dist/index.js';
import { finding, program, reporting } from './stand-in.js';

const CONTEXT = { templatePaths: ['/app/cdk.out/Shop.template.json'] };

function told(command: string): string {
  const report = new AwslintMemo({ command }).validate(CONTEXT);
  assert.equal(report.success, false);
  assert.deepEqual(report.violations.map((one) => [one.ruleName, one.severity]), [['not-checked', 'fatal']]);
  return report.violations[0]!.description;
}

test('a program that is not there ends the synthesis and says what to do', () => {
  assert.match(told('no-such-program'), /^the program no-such-program is not on the PATH: .+ says how to install it; the option "command"/);
  assert.match(told('/none/awslint-memo'), /^the program \/none\/awslint-memo is not there: /);
});

test('a program that is too old is told with its version', () => {
  const report = program(reporting([], { tool: { version: '0.1.12' } }));
  assert.match(told(report), /is version 0\.1\.12, and this plugin needs 0\.2\.0 or newer: .+ how to install it$/);
  const option = program(
    "if (process.argv[2] === '--version') console.log('awslint-memo 0.0.9');",
    "else { console.error('no such option --fail-on'); process.exit(2); }",
  );
  assert.match(told(option), /is version 0\.0\.9, and this plugin needs/);
});

test('a program that ends otherwise says why', () => {
  const broken = program("console.error('awslint-memo: x.yaml:1:1: no such rule'); process.exit(2);");
  assert.equal(told(broken), 'awslint-memo: x.yaml:1:1: no such rule');
  assert.match(told(program('process.exit(3);')), /awslint-memo ended with 3$/);
});

test('a newer program is asked for the templates with the options of the app', () => {
  const command = program(
    `const said = process.argv.slice(2).join(' ');`,
    `const one = { ...${JSON.stringify(finding({ related: [] }))}, message: said, do: undefined };`,
    `console.log(JSON.stringify({ version: 1, tool: { version: '10.0.0' }, findings: [one], errors: [], summary: { notices: ['n'] } }));`,
  );
  const report = new AwslintMemo({ command, failOn: 'never', args: ['--profile', 'core'] }).validate(
    { templatePaths: [`${process.cwd()}/cdk.out/a.json`] });
  assert.equal(report.violations[0]!.description, 'lint --format json --fail-on never --profile core -- cdk.out/a.json');
  assert.deepEqual([report.success, report.metadata], [true, { 'note 1': 'n' }]);
});

test('an app without templates is told so, and nothing else is linted', () => {
  const report = new AwslintMemo({ command: program(reporting([finding()])) }).validate({ templatePaths: [] });
  assert.deepEqual([report.success, report.violations], [true, []]);
  assert.deepEqual(report.metadata, { 'note 1': 'the app has no templates, so nothing was checked' });
});

test('what could not be read is told beside the findings, and nobody can acknowledge it', () => {
  const errors = [{ path: 'cdk.out/Shop.metadata.json', line: 1, column: 2, message: 'no JSON' }];
  const report = new AwslintMemo({ command: program(reporting([finding()], { errors })) }).validate(CONTEXT);
  assert.deepEqual(report.violations.map((one) => one.severity), ['fatal', 'warning']);
  assert.equal(report.violations[0]!.description, 'cdk.out/Shop.metadata.json:1:2: no JSON');
  assert.equal(report.success, false);
});
