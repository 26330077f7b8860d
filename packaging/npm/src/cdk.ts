/**
 * What the CDK gives a plugin, and takes from it.
 *
 * These are the shapes of `IPolicyValidationPlugin` and of its older name `IPolicyValidationPluginBeta1`, written here so
 * that the package fits every aws-cdk-lib that has either.
 */

/** A construct, as far as it is asked for what an app acknowledged. */
export interface Scope {
  readonly node: {
    readonly metadata: readonly { readonly type: string; readonly data?: any }[];
    tryFindChild(id: string): Scope | undefined;
  };
}

/** What is validated. Only newer versions of aws-cdk-lib have more than the paths. */
export interface Context {
  /** The absolute paths of the templates. */
  readonly templatePaths: string[];
  readonly stackTemplates?: readonly { readonly stackConstructPath: string; readonly templatePath: string }[];
  readonly appConstruct?: Scope;
}

/** What a violation is about. The CDK looks for the construct of a logical id. */
export interface ViolatingResource {
  readonly resourceLogicalId: string;
  readonly templatePath: string;
  readonly locations: string[];
}

/** The same, of a construct that is known. */
export interface ViolatingConstruct {
  readonly constructPath: string;
  readonly templatePath: string;
  readonly locations: string[];
}

export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: 'fatal' | 'error' | 'warning' | 'info';
  readonly fix?: string;
  readonly violatingResources: any[];
}

export interface PluginReport {
  readonly success: boolean;
  readonly violations: Violation[];
  readonly metadata?: { readonly [key: string]: string };
}
