"""Runs the checks of rules over the deployments of a template; a check that reads the same finds the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from awslint_memo.files.file_finder import relative
from awslint_memo.files.rule_files import PACKAGE
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.rule import Check, Rule, Types
from awslint_memo.model.budget import take
from awslint_memo.model.dependencies import Hashed, Reads, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.finding import Finding, Findings, by_defaults
from awslint_memo.model.outputs import Counted
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Span

RUNNING: Final = 8
"""What a further run of a check on a resource takes of the budget of deployments."""

_RUNNING_A_SAMPLE: Final = 12
"""What it takes of the budget of samples."""

INTERNAL_ERROR = "internal-error"
"""The id under which a rule that failed is reported."""

_NAMED = 3
"""How many variables a finding names."""


@record(frozen=True)
class Unit:
    """What is run at once: a check of a rule, by its number, on the resource of a name (empty: on the deployment)."""

    rule: Rule
    number: int
    name: str


class Checks:
    """The checks of one template: what each read in the deployments so far, and what it found there."""

    def __init__(self, check_options: CheckOptions, *, shares: bool, notes: bool = False) -> None:
        """shares: whether several deployments differ by choices.

        A unit's deployments are asked for one after the other. Deployments that are written one by one answer no
        questions, so nothing is shared between them. notes: whether somebody wants to know what is read even then.
        """
        self._check_options = check_options
        self._shares, self._notes, self._is_told = shares, shares or notes, notes
        self._unit: Unit | None = None
        self._known: dict[Hashed, dict[Hashed, tuple[Reads, Sequence[Finding]]]] = {}
        """Of the unit that was asked for last: by what it asked, by the answers, what it read and what it found.

        What has no answers that can be compared is not kept: no other deployment is surely like it.
        """
        self._is_further = False
        """Whether that unit was run already."""
        self._last: tuple[Deployment, Reads, Sequence[Finding]] | None = None
        """The last of these, which is sorted in when the unit is asked for again: most are asked for once."""

    def findings(
        self, unit: Unit, deployment: Deployment, *, follows: bool = True
    ) -> tuple[Reads | None, Sequence[Finding]]:
        """What a check finds in a deployment, and what it read for that; None if nothing is shared with others.

        follows: whether more deployments may follow.
        """
        rule = unit.rule
        _, check = rule.checks[unit.number]
        subject = deployment.own.get(unit.name) if unit.name else deployment
        if subject is None:
            return None, []
        if not self._notes:
            run = (
                self._noted(rule, check, subject)[1] if deployment.is_partly_advice else self._run(rule, check, subject)
            )
            return None, run
        if self._unit is not unit:
            self._unit, self._known, self._last, self._is_further = unit, {}, None, False
        self._sort_in()
        for questions, by_answers in self._known.items():
            key = deployment.key(questions)
            if key is not None and key in by_answers:
                return by_answers[key]
        if self._is_further:
            take("looks", RUNNING)
            take("samples", _RUNNING_A_SAMPLE)
        if not follows and not self._is_told and not deployment.is_partly_advice:
            return None, self._run(rule, check, subject)
        reads, found = self._noted(rule, check, subject)
        if self._shares:
            self._last = deployment, reads, found
        return reads, found

    def _noted(self, rule: Rule, check: Check, subject: Resource | Deployment) -> tuple[Reads, Sequence[Finding]]:
        """What a check read, and what it found; what a module that was not read may complete is advice."""
        with noted() as reads:
            findings = self._run(rule, check, subject)
        modules = list(dict.fromkeys(completed_by(reads))) if findings else []
        findings = [unless_completed(finding, modules) for finding in findings] if modules else findings
        deployment = subject if isinstance(subject, Deployment) else subject.deployment
        if not (findings and deployment.counted):
            return reads, findings
        saying = unless_set if deployment.is_reusable else by_default_of
        return reads, [saying(finding, counting(finding, deployment, reads)) for finding in findings]

    def _sort_in(self) -> None:
        if self._last is not None:
            deployment, reads, findings = self._last
            key = deployment.key(reads.questions)
            if key is not None:
                self._known.setdefault(reads.questions, {})[key] = (reads, findings)
            self._last, self._is_further = None, True

    def _run(self, rule: Rule, check: Check, subject: Resource | Deployment) -> Sequence[Finding]:
        options = self._check_options
        found = run(rule, check, subject, options.options.get(rule.id, {}))
        if not found:  # as nearly always
            return found
        findings = [
            finding
            if finding.rule == INTERNAL_ERROR
            else replace(finding, rule=rule.id, level=options.level(finding, rule))
            for finding in found
        ]
        deployment = subject if isinstance(subject, Deployment) else subject.deployment
        return [softened(finding) for finding in findings] if deployment.is_reusable else findings


def subjects(rule: Rule, types: Types, deployment: Deployment) -> Sequence[Resource | Deployment]:
    """What a check is given, one by one: the resources of its types, or the deployment itself."""
    if not types:
        return [deployment]
    resources = deployment.own_of_type(*types)
    return [resource for resource in resources if resource.language == rule.language] if rule.language else resources


def run(rule: Rule, check: Check, subject: Resource | Deployment, options: Mapping[str, Any]) -> Sequence[Finding]:
    """The findings of a check; if it raises an exception, a finding about that, so that other rules still run."""
    wanted: dict[str, Any] = {}
    if options:
        wanted = {name: options[name] for name in getattr(check, "__kwdefaults__", None) or {} if name in options}
    try:
        if not rule.is_users:
            found = list(check(subject, **wanted))
            return list(in_own_template(found, subject)) if found else found
        from awslint_memo.readers.property_maps import unnamed_are_unknown

        with unnamed_are_unknown() as unnamed:
            findings = list(in_own_template(_only_findings(check(subject, **wanted)), subject))
        rule.unnamed |= unnamed
        return findings
    except Exception as error:
        return [_failed(rule, check, subject, error)]


def _only_findings(made: object) -> Findings:
    """What the check of a user gives. Raises TypeError if something in it is no finding."""
    if isinstance(made, str) or not isinstance(made, Iterable):
        raise TypeError(f"the check returned a value of type {type(made).__name__}; yield each finding")
    for each in made:
        if not isinstance(each, Finding):
            raise TypeError(f"the check gave a value of type {type(each).__name__}; yield what finding(…) returns")
        yield each


def in_own_template(findings: Iterable[Finding], subject: Resource | Deployment) -> Findings:
    """The findings of a check, all about the template that is checked.

    What the check of a resource says about one of another template of the run is told where the resource names that
    one: a check of the other template may not come upon it. A check of the whole deployment does, so its are left out.
    """
    own = (subject if isinstance(subject, Deployment) else subject.deployment).own
    for finding in findings:
        if finding.name in own:
            yield finding
        elif not isinstance(subject, Deployment) and (other := subject.deployment.resource(finding.name)) is not None:
            yield subject.retold(finding, other)


def _failed(rule: Rule, check: Check, subject: Resource | Deployment, error: Exception) -> Finding:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    if rule.is_users:
        # The author mends the line of the rule, whatever it called; that of the check if what it gave is wrong.
        lines = [(frame.filename, frame.lineno) for frame in frames]
        code = getattr(check, "__code__", None)
        lines[:0] = [] if code is None else [(code.co_filename, code.co_firstlineno)]
        path, line = next((one for one in reversed(lines) if not one[0].startswith(PACKAGE)), lines[-1])
        place, remedy = f"{relative(path, os.curdir)}:{line}", "mend that rule"
    else:
        where = frames[-1]
        place, remedy = f"line {where.lineno} of {os.path.basename(where.filename)}", "please report it"
    resource = next(iter(subject.own.values())) if isinstance(subject, Deployment) else subject
    finding = resource.finding(
        resource,
        f"could not be checked by {rule.id}, which failed with {type(error).__name__}: {error} ({place}); {remedy}",
        level="error",
    )
    # Whether the resource exists or not, the rule is wrong.
    return replace(finding, rule=INTERNAL_ERROR, level="error", deployment=None)


def completed_by(reads: Reads) -> Iterator[str]:
    """The modules that were not read and may complete what a check asked about."""
    for question, answer in reads.singles.items():
        if question[0] == "completes" and answer is not None:
            yield answer
        elif question[0] == "once":
            yield from completed_by(answer)


def unless_completed(finding: Finding, modules: Sequence[str]) -> Finding:
    """A finding about what is missing, as advice that names the modules which may add it."""
    if finding.rule == INTERNAL_ERROR:
        return finding
    adds = "adds one" if len(modules) == 1 else "add one"
    words = f"unless {listed(modules, _NAMED)} {adds}"
    return replace(finding.as_advice(words), fix=None)


def softened(finding: Finding) -> Finding:
    """A finding in a reusable module, as advice that names the variables whose defaults it holds by, if it does.

    A caller can set the variables of the module itself, and not those of the modules that it calls.
    """
    return unless_set(finding, [name for name in finding.defaults if "." not in name])


def unless_set(finding: Finding, names: Sequence[str]) -> Finding:
    """A finding as advice that names the variables by which a caller ends it, if there are such."""
    if not names or finding.rule == INTERNAL_ERROR:
        return finding
    return finding.as_advice(f"unless the caller sets {' and '.join(names[:_NAMED])}")


def by_default_of(finding: Finding, names: Sequence[str]) -> Finding:
    """A finding of a root module, whose message names the variables by whose defaults it holds, if there are such."""
    if not names or finding.rule == INTERNAL_ERROR:
        return finding
    note = "" if "(default" in finding.message else by_defaults(names)
    return replace(finding, message=f"{finding.message}{note}", defaults=(*finding.defaults, *names))


def _near(finding: Finding, deployment: Deployment) -> list[Counted]:
    """The counted resources that name that of a finding, or one that it shows; those of called modules must name the
    latter, as a check asks for more that names its own resource than what would end the finding."""
    by_name, by_span = deployment.once(_naming)
    numbers = {*by_name.get(finding.name, ())}
    for related in finding.related:
        numbers.update(number for number, name in by_span.get(related.span, ()) if name != finding.name)
    return [deployment.counted[number] for number in sorted(numbers)]


def _naming(deployment: Deployment) -> tuple[Mapping[str, Sequence[int]], Mapping[Span, Sequence[tuple[int, str]]]]:
    """The indexes of the counted resources of the root by the names of those that they name, and of all by where these
    stand, with the names: each finding looks for its own among them."""
    by_name: dict[str, list[int]] = {}
    by_span: dict[Span, list[tuple[int, str]]] = {}
    for number, counted in enumerate(deployment.counted):
        for name in counted.names:
            if not counted.is_called:
                by_name.setdefault(name, []).append(number)
            if (resource := deployment.resource(name)) is not None:
                by_span.setdefault(resource.place.span, []).append((number, name))
    return by_name, by_span


def counting(finding: Finding, deployment: Deployment, reads: Reads) -> list[str]:
    """The variables by whose defaults there are none, or few, of the resources that end a finding.

    reads: what the check read. Such resources name that of the finding, or another one that it shows, and are of a type
    that the check asked for, or give the property that it is about: that of its route, or one that is absent.
    """
    if finding.deployment is not None:
        return []
    types, about = set(asked_types(reads)), {finding.route.partition(".")[0]}
    if not finding.route:
        about = {path for (name, path), value in reads.values.items() if name == finding.name and value.is_absent}
    near = _near(finding, deployment)
    ending = (each for each in near if each.type in types or not about.isdisjoint(each.properties))
    return list(dict.fromkeys(name for each in ending for name in each.variables))


def asked_types(reads: Reads) -> Iterator[str]:
    """The types of resources that a check asked for."""
    for question, answer in reads.singles.items():
        if question[0] == "type":
            yield from question[1]
        elif question[0] == "once":
            yield from asked_types(answer)
