/** Runs the program `awslint-memo`. */

import { spawnSync } from 'node:child_process';
import type { Report } from './report.js';

/** The oldest version of the program whose report is understood. */
export const OLDEST = '0.2.0';

const INSTALL = 'https://OWNER.github.io/awslint-memo/ says how to install it';
const MOST_BYTES = 2 ** 30;

/** What the program reports of templates. Throws an Error with one sentence about what to do if it can't. */
export function lint(program: string, words: readonly string[]): Report {
  const run = spawnSync(program, ['lint', '--format', 'json', ...words], { encoding: 'utf8', maxBuffer: MOST_BYTES });
  if (run.error) {
    throw new Error(notStarted(program, run.error));
  }
  const report = parsed(run.stdout);
  if (report === undefined) {
    const old = tooOld(program, spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '');
    throw new Error(old ?? (run.stderr.trim() || `${program} ended with ${run.status ?? run.signal}`));
  }
  const old = tooOld(program, report.tool.version);
  if (old !== undefined) {
    throw new Error(old);
  }
  return report;
}

function notStarted(program: string, error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOENT') {
    return `${program} can't be run: ${error.message}`;
  }
  const where = /[\\/]/.test(program) ? 'is not there' : 'is not on the PATH';
  return `the program ${program} ${where}: ${INSTALL}; the option "command" names one elsewhere`;
}

function parsed(text: string): Report | undefined {
  try {
    const report: Report = JSON.parse(text);
    return report.version === 1 ? report : undefined;
  } catch {
    return undefined;
  }
}

/** What to say of a program that is older than what is needed; nothing if it is not, or if no version is told. */
function tooOld(program: string, told: string): string | undefined {
  const version = /\d+\.\d+\.\d+/.exec(told)?.[0];
  if (version === undefined || !isBefore(version, OLDEST)) {
    return undefined;
  }
  return `${program} is version ${version}, and this plugin needs ${OLDEST} or newer: ${INSTALL}`;
}

function isBefore(one: string, other: string): boolean {
  const [first, second] = [one, other].map((version) => version.split('.').map(Number));
  for (const [at, number] of first!.entries()) {
    if (number !== second![at]) {
      return number < second![at]!;
    }
  }
  return false;
}
