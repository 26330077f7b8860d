"""Where rules found nothing because something is not known: a suppression there is not unused for sure."""

from __future__ import annotations

from collections.abc import Collection

from awslint_memo.judging.checking import CheckOptions, check_deployments
from awslint_memo.judging.coverage import Coverage, home
from awslint_memo.judging.directives import Suppression
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Deployments, Template


class UnknownChecks:
    """The checks of some rules in a template that found nothing where a value is unknown."""

    def __init__(
        self, template: Template, deployments: Deployments, check_options: CheckOptions, ids: Collection[str]
    ) -> None:
        """ids: of the rules."""
        rules = [rule for rule in check_options.rules if rule.id in ids]
        coverage = Coverage()
        coverage.see(template, deployments, rules)
        check_deployments(deployments, replace(check_options, rules=rules), coverage)
        names: dict[tuple[str, str], set[str]] = {}
        for one in deployments.resources:
            names.setdefault(home(one), set()).update((one.name, one.written))
        self._names: dict[str, set[str]] = {}
        """By rule, the names of the resources of which it can't tell."""
        self._paths: dict[str, set[str]] = {}
        for (rule, _, where, _), check in coverage.checks.items():
            if check.outcome in ("unknown", "failed"):
                self._names.setdefault(str(rule), set()).update(names.get(where, ()))  # type: ignore[call-overload]
                self._paths.setdefault(str(rule), set()).add(check.path)

    def names(self, ids: Collection[str]) -> set[str]:
        """The names of the resources of which one of these rules can't tell."""
        return {name for one in ids for name in self._names.get(one, ())}

    def has(self, ids: Collection[str], suppression: Suppression) -> bool:
        """Whether one of these rules may report what a suppression covers, once more is known."""
        cover = suppression.cover
        for one in ids:
            if cover.is_file:
                if cover.path in self._paths.get(one, ()):
                    return True
            elif cover.names or suppression.resource:
                if not self._names.get(one, set()).isdisjoint((*cover.names, suppression.resource)):
                    return True
            elif one in self._names:  # It stands at a value that any resource may use.
                return True
        return False
