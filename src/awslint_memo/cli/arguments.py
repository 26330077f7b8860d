"""What options of a command are for the functions of `api`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awslint_memo.files.process import STANDARD_INPUTS, standard_input

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged
    from awslint_memo.judging.report import Report


def wants_color(wish: str) -> bool:
    """Whether standard output gets colours. wish: the option's value."""
    if wish != "auto":
        return wish == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def input_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of the functions of `api` that `options.input_options` are."""
    same = ("parameters", "config_env", "var_files", "plan_source", "config", "policy", "root")
    return {**{name: options[name] for name in same}, "rule_folders": options["folders"]}


def source_arguments(paths: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the paths, of which one may name standard input."""
    paths = [standard(path) for path in paths]
    stream = standard_input("<stdin>") if "-" in paths else None
    return {"paths": paths, **input_arguments(options), "standard_input": stream}


def staged_for(paths: Sequence[str], options: Mapping[str, Any]) -> Staged:
    """What the commit changes; ends the command where no paths are named and that concerns nobody here. Raises
    LookupError without the option that it belongs to."""
    from awslint_memo.files.staged import staged
    from awslint_memo.settings.configuration_file import NAMES

    if not options["dependants"]:
        raise LookupError("--staged says which dependants are linted; add --dependants")
    found = staged(os.environ)
    is_configured = any(os.path.basename(path) in NAMES for path in found.changed)
    has_rules = bool(options["folders"] and (found.changed or found.deleted))
    if not paths and not (found.used or is_configured or has_rules):
        sys.exit(0)
    return found


def standard(path: str) -> str:
    """`-` for each of the names of standard input."""
    return "-" if path in STANDARD_INPUTS else path


def comparing_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `api.lint` for `options.comparing_options`. Raises LookupError for what excludes another."""
    if options["write_baseline"] and (options["baseline"] or options["prune_baseline"]):
        other = "--baseline" if options["baseline"] else "--prune-baseline"
        raise LookupError(f"--write-baseline and {other} exclude each other; name the file with --write-baseline only")
    if options["min_confidence"] and (options["write_baseline"] or options["prune_baseline"]):
        raise LookupError("a baseline is written of all findings; leave --min-confidence out")
    gate = "policy" if options["gate"] is None and options["gate_by_policy"] else options["gate"]
    return {
        "against": options["against"],
        "gate": gate,
        "baseline": False if options["write_baseline"] else options["baseline"],
    }


def with_baseline(report: Report, options: Mapping[str, Any]) -> Report:
    """The report after the baseline was written or pruned, where the options say so."""
    if not (options["write_baseline"] or options["prune_baseline"]):
        return report
    from awslint_memo import api

    if options["write_baseline"]:
        return api.write_baseline(report, options["write_baseline"])
    return api.prune_baseline(report)
