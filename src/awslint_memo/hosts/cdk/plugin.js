'use strict';

/**
 * A plugin for the policy validation of the CDK: `cdk synth` lints the templates that it has made.
 *
 *   const { AwslintMemo } = require('./awslint-memo');
 *   Validations.of(app).addPlugins(new AwslintMemo());
 *
 * It runs the command `awslint-memo`, which has to be installed (docs/index.md says how). Copy this file into the app;
 * it needs no package. For apps in Python there is `awslint_memo.hosts.cdk.plugin`.
 */

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const LEVELS = ['error', 'warning', 'advice'];
const SEVERITIES = { error: 'error', warning: 'warning', advice: 'info' };

/** What stands for a finding where something could not be checked. */
function notChecked(description, paths) {
  return {
    ruleName: 'not-checked',
    description,
    severity: 'fatal', // which nobody can acknowledge
    violatingResources: [{ templatePath: paths[0], locations: [] }],
  };
}

class AwslintMemo {
  /**
   * @param {{command?: string, failOn?: string, args?: string[]}} options command: the program, if it is not in PATH.
   *   failOn: the least severe level that ends the synthesis: error (default), warning, advice or never.
   *   args: more arguments of `awslint-memo lint`, such as `['--advice']`.
   */
  constructor(options = {}) {
    this.name = 'awslint-memo';
    this.command = options.command ?? 'awslint-memo';
    this.failOn = options.failOn ?? 'error';
    this.args = options.args ?? [];
  }

  validate(context) {
    const paths = context.templatePaths.map((one) => path.relative(process.cwd(), one));
    let violations;
    let notices = [];
    try {
      const report = this.lint(paths);
      const unread = report.errors.map((one) => `${one.path}:${one.line}:${one.column}: ${one.message}`);
      violations = [...unread.map((one) => notChecked(one, paths)), ...this.violations(report.findings)];
      notices = report.summary.notices;
    } catch (error) {
      // The CDK says nothing of a plugin that throws, and ends with 0.
      violations = [notChecked(error.message, paths)];
    }
    return {
      success: violations.every((one) => !['error', 'fatal'].includes(one.severity)),
      violations,
      metadata: Object.fromEntries(notices.map((one, at) => [`note ${at + 1}`, one])),
    };
  }

  lint(paths) {
    const args = ['lint', '--format', 'json', '--fail-on', this.failOn, ...this.args, '--', ...paths];
    const run = spawnSync(this.command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
    if (run.error) {
      throw new Error(`${this.command} can't be run (${run.error.message}); install it as https://github.com/OWNER/awslint-memo says`);
    }
    if (!run.stdout) {
      throw new Error(run.stderr.trim() || `${this.command} ended with ${run.status ?? run.signal}`);
    }
    return JSON.parse(run.stdout);
  }

  /** Findings with the same words, as those of stages, are one violation. */
  violations(findings) {
    const found = new Map();
    for (const one of findings) {
      const description = one.deployment ? `${one.message} (${one.deployment})` : one.message;
      const key = JSON.stringify([one.rule, one.level, description]);
      if (!found.has(key)) {
        const fails = LEVELS.indexOf(one.level) <= LEVELS.indexOf(this.failOn);
        found.set(key, {
          ruleName: one.rule,
          description,
          severity: fails ? 'error' : SEVERITIES[one.level],
          fix: `awslint-memo explain ${one.rule}`,
          violatingResources: [],
        });
      }
      // What is told once of several stages or resources has each of them.
      for (const single of one.each ?? [one]) {
        found.get(key).violatingResources.push({
          ...(single.construct ? { constructPath: single.construct } : { resourceLogicalId: single.resource }),
          templatePath: single.path,
          locations: single.route && !single.route.includes(':') ? [`Properties.${single.route}`] : [],
        });
      }
    }
    return [...found.values()];
  }
}

module.exports = { AwslintMemo };
