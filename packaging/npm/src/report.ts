/** What of the report of `awslint-memo lint --format json` is read; docs/json.md describes all of it. */

export type Level = 'error' | 'warning' | 'advice';

/** A place in a file: the path is relative to the working folder, lines and columns begin with 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A finding of one stack. */
export interface Single extends Place {
  readonly message: string;
  readonly resource: string;
  readonly construct?: string;
  readonly route: string;
  /** The path of the stack's template without its ending. */
  readonly root: string;
}

/** A finding, with those of other stacks that say the same. */
export interface Finding extends Single {
  readonly rule: string;
  readonly level: Level;
  /** What to do, which stands behind "; " in the message too. */
  readonly do?: string;
  readonly deployment?: string | null;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly each?: readonly Single[];
}

export interface Report {
  readonly version: number;
  readonly tool: { readonly version: string };
  readonly findings: readonly Finding[];
  readonly errors: readonly (Place & { readonly message: string })[];
  readonly summary: { readonly notices: readonly string[] };
}
