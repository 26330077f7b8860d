"""Runs cfn-lint's command on templates, and gives what it reports as findings under its own ids.

Only the command line is used, which other versions of cfn-lint have too. https://github.com/aws-cloudformation/cfn-lint
"""

from __future__ import annotations

import glob
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.files import process
from awslint_memo.files.source import Source
from awslint_memo.judging.cfn_lint_inputs import Input
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.secret import WORDS, is_secret_name, without_secrets
from awslint_memo.model.secret_texts import hidden_in
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Deployments, Template

SERVICE = "cfn-lint"

_LEVELS: Mapping[str, Level] = {"E": "error", "W": "warning", "I": "advice"}
_QUOTED = re.compile(r"'([^']*)'")
_DEFAULT = re.compile(r"(?:Default|AllowedValues)[\"']?\s*:(.*(?:\n\s*-.*)*)")
SECONDS = 600
"""How long one process may take."""

_AT_ONCE = 50
"""How many templates one process is given: a command line has a limit, and what is reported is kept in memory."""


@record
class Validated:
    """What cfn-lint reported: its findings by absolute path, the rules that made them, and what went wrong."""

    found: dict[str, list[Finding]] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    def take(self, source: Source) -> list[Finding]:
        """The findings of a file, once: a nested template belongs to several stacks. Messages are without secrets."""
        findings = self.found.pop(os.path.abspath(source.path), [])
        secrets = _secrets(source.text) if findings else ()
        return [replace(finding, message=_without(secrets, finding)) for finding in findings]


def _secrets(text: str) -> Sequence[str]:
    """What nobody may see of a template, and what may be that: defaults, if there are any that NoEcho hides."""
    defaults = _DEFAULT.findall(text) if "NoEcho" in text else ()
    return [*defaults, *hidden_in(text)]


def _without(secrets: Sequence[str], finding: Finding) -> str:
    """The message of a finding with another word for the quoted values that may be secret."""
    is_named = any(map(is_secret_name, finding.route.split(".")[-2:]))

    def shown(match: re.Match[str]) -> str:
        value = match.group(1)
        return f"'{WORDS}'" if value and (is_named or any(value in secret for secret in secrets)) else match.group()

    return without_secrets(_QUOTED.sub(shown, finding.message))


def own_settings(template: Template, deployments: Deployments) -> list[str]:
    """A sentence for a template whose Metadata tells cfn-lint what not to report."""
    places = [resource.attribute("Metadata") for resource in deployments.resources]
    if not any(_is_configured(metadata) for metadata in (template.metadata, *places)):
        return []
    return [f"{template.source.path}: cfn-lint leaves out what its configuration in Metadata says"]


def _is_configured(metadata: Value) -> bool:
    own = metadata.fields.get(SERVICE)
    return own is not None and "config" in own.fields


def validated(
    given: Sequence[Input], ignored: Sequence[str], configuration: str | None, notices: list[str]
) -> Validated:
    """What cfn-lint reports of templates.

    ignored: patterns of rules that are not wanted. configuration: the file of cfn-lint's that a person named. notices:
    is told that it counts.
    """
    result = Validated()
    if configuration is not None:
        notices.append(f"cfn-lint runs as {configuration} says, which may name code that it runs")
    linted = dict.fromkeys(os.path.dirname(one.path) for one in given)
    installed = program(linted)
    if process.passed_over("cfn-lint", linted) != installed:  # The one beside this Python may be there too.
        notices += process.not_run("cfn-lint", linted)
    if installed is None and given:
        what = "--validate runs cfn-lint, which is not installed: pip install 'cfn-lint>=1.3'"
        result.errors.append(Problem(what, given[0].path))
    if installed is None:
        return result
    paths = [one.path for one in given if one.data is None]
    groups = [(paths[start : start + _AT_ONCE], None) for start in range(0, len(paths), _AT_ONCE)]
    for group, data in (*groups, *(([one.path], one.data) for one in given if one.data is not None)):
        asked = {os.path.abspath(path): path for path in group}
        try:
            for match in reported(installed, list(asked), configuration, data):
                if not any(matches(pattern, match["Rule"]["Id"]) for pattern in ignored):
                    _add(match, asked, result)
        except NoAnswerError as error:
            names = group[0] if len(asked) == 1 else f"{group[0]} and {len(asked) - 1} others"
            result.errors.append(Problem(f"cfn-lint could not check {names}: {error}", group[0]))
    return result


class NoAnswerError(Exception):
    """cfn-lint could not be run, or printed something else than a report."""


def program(linted: Iterable[str] = ()) -> str | None:
    """cfn-lint beside this Python, else the one of the PATH. linted: paths in what is linted, of which none is run."""
    return process.program("cfn-lint", os.path.dirname(sys.executable)) or process.program("cfn-lint", linted=linted)


def reported(
    installed: str, paths: Sequence[str], configuration: str | None = None, data: bytes | None = None
) -> Iterator[Mapping[str, Any]]:
    """The matches of cfn-lint's JSON report of some files. Raises NoAnswerError.

    installed: its program. configuration: the file that it is to read, which may name code that it runs; None: none.
    Then it runs in the folder of its program too, as Python may take modules from the one in which it runs. data: the
    text of the one file, which it gets without its path.
    """
    folder = os.path.dirname(os.path.abspath(installed)) if configuration is None else None
    chosen = os.devnull if configuration is None else os.path.abspath(configuration)
    words = [installed, "--config-file", chosen, "--format", "json"]
    words += ["--", *map(glob.escape, paths)] if data is None else []
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and the program is the one that is installed)
            words, input=data or b"", capture_output=True, check=False, cwd=folder, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"it did not end in {SECONDS} s") from error
    except (OSError, ValueError) as error:
        raise NoAnswerError(str(error)) from error
    errors, printed = (one.decode("utf-8", "replace") for one in (done.stderr, done.stdout))
    try:
        said = json.loads(printed)
    except ValueError:
        said = None
    if not isinstance(said, list) or not all(map(_is_match, said)):
        lines = [line for line in (*errors.splitlines(), *printed.splitlines()) if line.strip()]
        raise NoAnswerError(lines[-1].strip() if lines else f"it ended with {done.returncode} and printed nothing")
    yield from said if data is None else ({**match, "Filename": paths[0]} for match in said)


def _is_match(match: Any) -> bool:
    """Whether a member of the report has what is read of it."""
    try:
        its, at = match["Rule"], match["Location"]
        places = [at[end][key] for end in ("Start", "End") for key in ("LineNumber", "ColumnNumber")]
        return (
            all(isinstance(text, str) for text in (match["Message"], its["Id"]))
            and all(isinstance(place, int) for place in places)
            and isinstance(at.get("Path") or [], list)
        )
    except (KeyError, TypeError, AttributeError):
        return False


def _add(match: Mapping[str, Any], asked: Mapping[str, str], result: Validated) -> None:
    """Add a match. One without a file is about cfn-lint itself, such as its configuration."""
    named = match.get("Filename")
    path = os.path.abspath(named) if isinstance(named, str) else ""
    if path not in asked:
        first = next(iter(asked.values()))
        if isinstance(named, str):  # A nested template that cfn-lint followed is asked about itself.
            return
        result.errors.append(Problem(f"cfn-lint: {match['Message']}", first))
        return
    result.found.setdefault(path, []).append(_finding(match, asked[path]))
    rule = match["Rule"]
    result.rules[rule["Id"]] = _rule(rule)


def _rule(said: Mapping[str, Any]) -> Rule:
    title, reason, source = (str(said.get(key) or "") for key in ("ShortDescription", "Description", "Source"))
    page = source if "://" in source else ""
    name = said["Id"]
    advice = f"cfn-lint's documentation explains {name}."
    return Rule(name, _level(name), service=SERVICE, title=title or name, reason=reason, advice=advice, aws=page)


def _finding(match: Mapping[str, Any], path: str) -> Finding:
    at = match["Location"]
    start, end = at["Start"], at["End"]
    span = Span(path, start["LineNumber"], start["ColumnNumber"], end["LineNumber"], end["ColumnNumber"])
    way = [str(step) for step in at.get("Path") or ()]
    is_of_resource = len(way) > 1 and way[0] == "Resources"
    rest = way[2:] if is_of_resource else way
    route = ".".join(rest[1:] if is_of_resource and rest[:1] == ["Properties"] else rest)
    rule = match["Rule"]["Id"]
    return Finding(
        match["Message"], span, way[1] if is_of_resource else "", "", level=_level(rule), rule=rule, route=route
    )


def _level(rule: str) -> Level:
    return _LEVELS.get(rule[:1], "warning")
