// A program that stands in for awslint-memo, and what it may report.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Finding } from '../dist/report.js';

/** The path of a program with these lines of JavaScript. */
export function program(...lines: string[]): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'awslint-memo-')), 'awslint-memo');
  writeFileSync(file, ['#!/usr/bin/env node', ...lines].join('\n'));
  chmodSync(file, 0o755);
  return file;
}

/** The lines of a program that reports these findings, whatever it is asked. */
export function reporting(findings: Finding[], more: object = {}): string {
  const report = { version: 1, tool: { version: '0.2.0' }, findings, errors: [], summary: { notices: [] }, ...more };
  return `console.log(${JSON.stringify(JSON.stringify(report))}); process.exit(1);`;
}

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'sqs-long-polling',
    level: 'warning',
    message: 'the wait is 0 s; set it to 20',
    do: 'set it to 20',
    path: 'cdk.out/Shop.template.json',
    line: 3,
    column: 4,
    resource: 'Orders1A',
    construct: 'Shop/Orders/Resource',
    route: 'ReceiveMessageWaitTimeSeconds',
    root: 'cdk.out/Shop',
    related: [{ path: 'lib/shop.ts', line: 7, column: 5, message: 'the app makes Shop/Orders/Resource here' }],
    ...more,
  };
}

/** One of a stage. */
export function staged(stage: string, more: Partial<Finding> = {}): Finding {
  const root = `cdk.out/assembly-${stage}/${stage}Shop`;
  return finding({ root, path: `${root}.template.json`, construct: `${stage}/Shop/Orders/Resource`, ...more });
}
