/**
 * A plugin for the policy validation of the CDK: each synthesis lints the templates that it has made.
 *
 *   import { AwslintMemo } from 'awslint-memo-cdk';
 *   Validations.of(app).addPlugins(new AwslintMemo());
 *
 * It runs the program `awslint-memo`. For apps in Python there is `awslint_memo.hosts.cdk.plugin`.
 */

import * as path from 'node:path';
import type { Context, PluginReport } from './cdk.js';
import { lint } from './program.js';
import type { Level } from './report.js';
import { NAME, notChecked, violations } from './violations.js';

export type { Context, PluginReport, Violation } from './cdk.js';
export type { Level } from './report.js';

export interface AwslintMemoOptions {
  /**
   * The program: a name that is looked for on the PATH, or a path.
   *
   * @default 'awslint-memo'
   */
  readonly command?: string;
  /**
   * The least severe level that ends the synthesis. The configuration's `fail-on` does not count here.
   *
   * @default 'error'
   */
  readonly failOn?: Level | 'never';
  /**
   * More arguments of `awslint-memo lint`, such as `['--advice']` or `['--profile', 'core']`.
   *
   * @default []
   */
  readonly args?: readonly string[];
}

/** Implements `IPolicyValidationPlugin` of aws-cdk-lib, and `IPolicyValidationPluginBeta1` of older versions. */
export class AwslintMemo {
  readonly name = NAME;
  /** That of this package. */
  readonly version: string = require('../package.json').version;

  private readonly command: string;
  private readonly failOn: Level | 'never';
  private readonly args: readonly string[];

  constructor(options: AwslintMemoOptions = {}) {
    this.command = options.command ?? 'awslint-memo';
    this.failOn = options.failOn ?? 'error';
    this.args = options.args ?? [];
  }

  /** Lints the templates of the app. What it can't check is a violation that ends the synthesis. */
  validate(context: Context): PluginReport {
    const paths = context.templatePaths.map((one) => path.relative(process.cwd(), one));
    if (paths.length === 0) {
      // Without a path the program would look at the working folder.
      return { success: true, violations: [], metadata: { 'note 1': 'the app has no templates, so nothing was checked' } };
    }
    try {
      const report = lint(this.command, ['--fail-on', this.failOn, ...this.args, '--', ...paths]);
      const unread = report.errors.map((one) => notChecked(`${one.path}:${one.line}:${one.column}: ${one.message}`, one.path));
      const found = [...unread, ...violations(report.findings, context, this.failOn)];
      return {
        success: found.every((one) => one.severity !== 'error' && one.severity !== 'fatal'),
        violations: found,
        metadata: Object.fromEntries(report.summary.notices.map((one, at) => [`note ${at + 1}`, one])),
      };
    } catch (error) {
      // The CDK's command line says nothing of a plugin that throws, and ends with 0.
      return { success: false, violations: [notChecked((error as Error).message, paths[0] ?? '.')] };
    }
  }
}
