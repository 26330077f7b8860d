// What the status bar says.

/** The counts of a check, as the server tells them. */
export interface Judged {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  readonly advice_hidden: number;
  readonly suppressed: number;
  readonly resources_written: number;
  readonly resources_judged: number;
  readonly unread: number;
}

export type State =
  | { readonly kind: "idle" | "starting" | "off" }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "judged"; readonly counts: Judged };

export interface Words {
  readonly text: string;
  readonly tooltip: string;
  readonly isError: boolean;
}

const NAME = "awslint-memo";

export function words(state: State): Words {
  switch (state.kind) {
    case "idle":
      return { text: NAME, tooltip: `${NAME} starts with the first template that is opened.`, isError: false };
    case "starting":
      return { text: `$(loading~spin) ${NAME}`, tooltip: `${NAME} is starting.`, isError: false };
    case "off":
      return { text: `$(circle-slash) ${NAME}`, tooltip: "The setting awslintMemo.enable is off.", isError: false };
    case "failed":
      return { text: `$(error) ${NAME}`, tooltip: state.why, isError: true };
    case "judged":
      return { text: `${icon(state.counts)} ${NAME}${total(state.counts)}`, tooltip: tooltip(state.counts), isError: false };
  }
}

function icon(counts: Judged): string {
  if (counts.errors || counts.unread) {
    return "$(error)";
  }
  return counts.warnings ? "$(warning)" : "$(check)";
}

function total(counts: Judged): string {
  const all = counts.errors + counts.warnings + counts.advice;
  return all ? ` ${all}` : "";
}

function tooltip(counts: Judged): string {
  const lines = [
    `Judged ${counts.resources_judged} of ${counted(counts.resources_written, "resource")} in ${counted(counts.files, "open template")}, with what depends on them.`,
    `${counted(counts.errors, "error")}, ${counted(counts.warnings, "warning")}, ${counted(counts.advice, "piece", "pieces")} of advice`,
  ];
  if (counts.advice_hidden) {
    lines.push(`${counted(counts.advice_hidden, "piece", "pieces")} of advice hidden`);
  }
  if (counts.suppressed) {
    lines.push(`${counts.suppressed} suppressed`);
  }
  if (counts.unread) {
    lines.push(`${counted(counts.unread, "file")} could not be read in full`);
  }
  return lines.join("\n");
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
