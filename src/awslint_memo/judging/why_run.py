"""Asks a run what a rule says of resources."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.judging.checking import CheckOptions
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.run import Run
from awslint_memo.judging.why import Verdict, verdicts
from awslint_memo.model.phrases import closest
from awslint_memo.readers.template import Deployments, Template


def verdicts_of(run: Run, rule: Rule, pattern: str, paths: Sequence[str]) -> list[Verdict]:
    """What a rule says of the resources that a pattern names. Raises Problem, or LookupError with a sentence."""
    found: list[Verdict] = []
    names: dict[str, None] = {}

    def look(_: Template, deployments: Deployments, options: CheckOptions) -> None:
        names.update(dict.fromkeys(deployments.having))
        found.extend(verdicts(rule, pattern, deployments, options))

    run.survey(paths, look)
    if not found and run.errors:
        raise run.errors[0]
    if not found:
        where = " and ".join(paths) or "the working folder"
        # A nested stack or module stands before the name that a person knows.
        inner = next((name for name in names if name.endswith((f"/{pattern}", f".{pattern}"))), None)
        hint = f"; did you mean {inner}?" if inner is not None else closest(pattern, names)
        raise LookupError(f"there is no resource {pattern} in {where}{hint}")
    return found
