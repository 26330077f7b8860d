"""This project's rules as rules of cfn-lint: `cfn-lint --append-rules awslint_memo.hosts.cfn_lint template.yaml`.

Each rule has one number, and for each level that its findings can have an id of cfn-lint: E9501, W9501 and I9501. The
message begins with the rule's own id. Suppressions and the configuration of awslint-memo hold here too. What is found
in a nested template is reported when cfn-lint checks that template.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from awslint_memo import api
from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.manual.rule_list import UNREAD, USERS, numbers
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.span import Problem
from awslint_memo.model.spelled import whole

_LETTERS = {"error": "E", "warning": "W", "advice": "I"}


class _Linted:
    """What was found in the template that cfn-lint asked about last; each of its rules asks about the same one."""

    def __init__(self) -> None:
        self._template: Any = None
        self._matches: Mapping[str, Sequence[RuleMatch]] = {}

    def matches(self, cfn: Any, id_: str) -> Sequence[RuleMatch]:
        """The matches of one of the ids."""
        if self._template is not cfn:
            self._template, self._matches = cfn, _by_id(cfn)
        return self._matches.get(id_, ())


def _by_id(cfn: Any) -> Mapping[str, Sequence[RuleMatch]]:
    """The matches of a template, by cfn-lint's id."""
    path = cfn.filename if cfn.filename and os.path.isfile(cfn.filename) else None
    found: dict[str, list[RuleMatch]] = {}
    for problem in (report := _report(cfn, path)).errors:
        place = _location(problem.line, problem.column, problem.line, problem.column + 1)
        is_here = path is not None and os.path.abspath(problem.path) == os.path.abspath(path)
        where = {"location": place} if is_here else {}
        words = problem.message if is_here else str(problem)
        found.setdefault(f"E{UNREAD}", []).append(RuleMatch([], words, **where))
    for finding in report.findings:
        if path is None or os.path.abspath(finding.path) == os.path.abspath(path):
            found.setdefault(_id(finding), []).append(_match(finding, cfn, is_saved=path is not None))
    return found


def _report(cfn: Any, path: str | None) -> Report:
    """The report of a file, or of what cfn-lint was given instead of one."""
    try:
        if path is not None:
            return api.lint([path], advice=True, reports_unknown=False)
        text = json.dumps(cfn.template, default=str)
        return api.lint(["template.json"], advice=True, reports_unknown=False, unsaved={"template.json": text})
    except (Problem, LookupError) as error:
        problem = error if isinstance(error, Problem) else Problem(str(error), path or "")
        return Report(errors=[problem])


def _id(finding: Finding) -> str:
    return f"{_LETTERS[finding.level or 'warning']}{numbers().get(finding.rule, USERS)}"


def _match(finding: Finding, cfn: Any, *, is_saved: bool) -> RuleMatch:
    message = f"[{finding.rule}] {finding.message}"
    way: list[str | int] = ["Resources", finding.resource] if finding.resource else []
    if is_saved:
        span = finding.span
        return RuleMatch(way, message, location=_location(span.line, span.column, span.end_line, span.end_column))
    return RuleMatch(_way_in(cfn.template, way, finding.route), message)


def _location(*numbers_: int) -> tuple[int, ...]:
    """Lines and columns as cfn-lint counts them in a RuleMatch: from 0."""
    return tuple(number - 1 for number in numbers_)


def _way_in(template: Any, way: Sequence[str | int], route: str) -> list[str | int]:
    """The way to a value, as far as the template has it: Resources, Orders, Properties, RedrivePolicy."""
    inner = ("Properties", *route.replace("[", ".").replace("]", "").split(".")) if route else ()
    made: list[str | int] = []
    node = template
    for step in (*way, *inner):
        if isinstance(node, dict) and step in node:
            made.append(step)
            node = node[step]
        elif isinstance(node, list) and str(step).isdecimal() and whole(str(step)) < len(node):
            made.append(int(step))
            node = node[int(step)]
        else:
            break
    return made


_LINTED = _Linted()


def _matches(self: Any, cfn: Any) -> Iterator[RuleMatch]:
    yield from _LINTED.matches(cfn, self.id)


def _class(id_: str, title: str, words: str, page: str) -> type:
    named = {"id": id_, "shortdesc": title, "description": words, "source_url": page, "tags": ["awslint-memo"]}
    return type(f"AwslintMemo{id_}", (CloudFormationLintRule,), {**named, "match": _matches, "__module__": __name__})


def _classes(known: Mapping[str, Rule]) -> Iterator[type]:
    """The classes of cfn-lint's rules; it takes all that a module has."""
    its = "awslint-memo"
    yield _class(f"E{UNREAD}", f"{its} could not check the template", "Something of the template was not read.", "")
    for level in LEVELS:
        title = f"A rule of the configuration of {its}"
        yield _class(f"{_LETTERS[level]}{USERS}", title, "The message begins with the rule's id.", "")
        for name, number in numbers().items():
            if name in known:
                rule = known[name]
                yield _class(f"{_LETTERS[level]}{number}", f"{its}: {name}", f"{name}: {rule.title}", rule.url)


globals().update({class_.__name__: class_ for class_ in _classes(api.rules())})
