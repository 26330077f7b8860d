/** Findings as the policy validation of the CDK tells them. */

import * as path from 'node:path';
import type { Context, ViolatingConstruct, ViolatingResource, Violation } from './cdk.js';
import type { Finding, Level, Single } from './report.js';

/** The name of the plugin, which stands before the ids of rules that an app acknowledges. */
export const NAME = 'awslint-memo';

const LEVELS: readonly Level[] = ['error', 'warning', 'advice'];
const SEVERITIES = { error: 'error', warning: 'warning', advice: 'info' } as const;
const ATTRIBUTES = ['CreationPolicy', 'DeletionPolicy', 'DependsOn', 'Metadata', 'UpdatePolicy', 'UpdateReplacePolicy'];
const MADE = 'the app makes ';
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** What stands for a finding where something could not be checked; nobody can acknowledge it. */
export function notChecked(description: string, template: string): Violation {
  const place = { resourceLogicalId: '', templatePath: path.resolve(template), locations: [] };
  return { ruleName: 'not-checked', description, severity: 'fatal', violatingResources: [place] };
}

/** Each finding once. failOn: the least severe level that is an error for the CDK. */
export function violations(findings: readonly Finding[], context: Context, failOn: Level | 'never'): Violation[] {
  return findings.flatMap((finding) => {
    const all = finding.each ?? [finding];
    const left = all.filter((single) => !isAcknowledged(single, finding.rule, context));
    return left.length === 0 ? [] : [violation(finding, left, left.length === all.length, context, failOn)];
  });
}

function violation(
  finding: Finding, left: readonly Single[], isWhole: boolean, context: Context, failOn: Level | 'never',
): Violation {
  const fails = failOn !== 'never' && LEVELS.indexOf(finding.level) <= LEVELS.indexOf(failOn);
  const isShownByCdk = left.length === 1 && !isHidden(left[0]!, fails, context);
  return {
    ruleName: finding.rule,
    description: description(finding, isWhole ? finding : left[0]!),
    severity: fails ? 'error' : SEVERITIES[finding.level],
    fix: [...remedy(finding), ...place(finding, left, isShownByCdk), `${NAME} explain ${finding.rule}`].join('\n'),
    violatingResources: [isShownByCdk ? inApp(left[0]!, context) : inTemplate(left[0]!, context)],
  };
}

/** What is wrong; what to do about it stands in the fix. */
function description(finding: Finding, told: Single): string {
  const message = finding.do ? told.message.replace(`; ${finding.do}`, '') : told.message;
  return finding.deployment ? `${message} (${finding.deployment})` : message;
}

function remedy(finding: Finding): string[] {
  return finding.do ? [finding.do] : [];
}

/**
 * Where the app makes it, which the CDK itself doesn't find under tsx, nor in older versions; and what the app calls it,
 * unless the CDK says so.
 */
function place(finding: Finding, left: readonly Single[], isNamedByCdk: boolean): string[] {
  const made = finding.related.find((one) => one.message.startsWith(MADE)) ?? (isInApp(finding) ? finding : undefined);
  const names = isNamedByCdk ? '' : left.map((single) => single.construct ?? single.resource).join(', ');
  const line = made && `${made.path}:${made.line}:${made.column}`;
  const words = line && names ? `${line} (${names})` : (line ?? names);
  return words ? [words] : [];
}

/** Whether it stands in a file of the app, and not in a template. */
function isInApp(single: Single): boolean {
  return !single.path.endsWith('.json');
}

/**
 * Whether the command line of the CDK might not tell of a finding if it is said to be of a construct.
 *
 * It leaves out constructs of stacks that it was not asked for, which are those of stages unless "**" is, and it ends
 * with an error all the same if anything else is left.
 */
function isHidden(single: Single, fails: boolean, context: Context): boolean {
  if (context.stackTemplates === undefined) {
    return false;
  }
  const folders = single.root.split('/').slice(0, -1);
  const isInStage = folders.some((folder) => folder.startsWith('assembly-'));
  return isInStage || (fails && context.stackTemplates.length > 1);
}

function inApp(single: Single, context: Context): ViolatingConstruct | ViolatingResource {
  const rest = { templatePath: template(single, context), locations: locations(single) };
  // Older versions of the CDK want the logical id.
  return single.construct !== undefined && context.stackTemplates !== undefined
    ? { constructPath: single.construct, ...rest }
    : { resourceLogicalId: logicalId(single), ...rest };
}

/** The CDK finds no construct by this name, so it tells of it always, and shows the name. */
function inTemplate(single: Single, context: Context): ViolatingResource {
  const name = single.construct ?? single.resource;
  return { resourceLogicalId: name, templatePath: template(single, context), locations: locations(single) };
}

/** The template, also of a finding at a line of the app. */
function template(single: Single, context: Context): string {
  const own = `${single.root.slice(single.root.lastIndexOf('/') + 1)}.template.json`;
  const found = isInApp(single) ? context.templatePaths.find((one) => path.basename(one) === own) : undefined;
  return found ?? path.resolve(single.path);
}

/** That in its own template: the names of nested stacks stand before it. */
function logicalId(single: Single): string {
  return single.resource.slice(single.resource.lastIndexOf('/') + 1);
}

function locations(single: Single): string[] {
  if (!single.route || single.route.includes(':')) {
    return [];
  }
  const isBesideProperties = ATTRIBUTES.includes(/^[^.[]*/.exec(single.route)![0]);
  return [isBesideProperties ? single.route : `Properties.${single.route}`];
}

/**
 * Whether the app acknowledged it above its stack: there the CDK keeps it in the app alone, where the program, which
 * sees to all others, can't read it.
 */
function isAcknowledged(single: Single, rule: string, context: Context): boolean {
  const construct = single.construct ?? single.resource;
  const stack = context.stackTemplates?.find((one) => `${construct}/`.startsWith(`${one.stackConstructPath}/`));
  let scope = context.appConstruct;
  for (const id of stack?.stackConstructPath.split('/') ?? []) {
    if (scope?.node.metadata.some((entry) => entry.type === ACKNOWLEDGED && `${NAME}::${rule}` in (entry.data ?? {}))) {
      return true;
    }
    scope = scope?.node.tryFindChild(id);
  }
  return false;
}
