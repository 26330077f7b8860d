"""Why a rule reports a resource or does not: the values that its check read, and where each of them was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checks import Checks, Unit, run, subjects
from awslint_memo.judging.grouping import telling
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.variation_search import described, search, variations
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.finding import Finding
from awslint_memo.model.origin import Route
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record, replace
from awslint_memo.model.secret import WORDS
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.template import Deployments

_LONGEST = 80
"""Characters of a value that are shown."""

_READ = 1_000
"""Characters of a text that are looked at for secrets, and of which some are shown."""

_NEAR = 2
"""References that may lie between the resource and another one whose values are shown."""


@record(frozen=True)
class Read:
    """A value that a check read. steps: where it is used, then what it passed, and last where it was decided."""

    resource: str
    path: str
    text: str
    is_unknown: bool
    hint: str
    steps: Sequence[tuple[Span, str]]


@record(frozen=True)
class Verdict:
    """What one rule says of one resource in some deployments (`deployment`: which, None for all), and why.

    told_by: the findings of rules that it yields to, where it is silent because of them.
    """

    rule: Rule
    resource: Resource
    deployment: str | None
    findings: Sequence[Finding]
    reads: Sequence[Read]
    unseen: Sequence[str]
    told_by: Sequence[Finding] = ()


def verdicts(rule: Rule, pattern: str, judged: Deployments, check_options: CheckOptions) -> Iterator[Verdict]:
    """The verdicts of a rule on the resources that a pattern names; deployments that read the same are one."""
    for name in dict.fromkeys(resource.name for each in judged.deployments for resource in _named(pattern, each)):
        yield from _of_resource(rule, name, judged, check_options)


def _of_resource(rule: Rule, name: str, judged: Deployments, check_options: CheckOptions) -> Iterator[Verdict]:
    found: dict[int, Verdict] = {}

    def look(deployment: Deployment) -> Reads | None:
        deployment.declared = judged.declared or check_options.declared
        resource = deployment.own.get(name)
        if resource is None:
            return None
        with noted() as reads_of_others:
            others = _others(rule, deployment, check_options)
        found[id(deployment)], reads = _verdict(rule, resource, others, judged, check_options)
        reads_of_others.add(reads)
        return reads_of_others

    differing = search(variations(judged), name, look)
    groups: dict[tuple[object, ...], tuple[set[int], Verdict]] = {}
    for number, deployment in enumerate(differing.deployments):
        if id(deployment) in found:
            verdict = found[id(deployment)]
            said = tuple(finding.message for finding in (*verdict.findings, *verdict.told_by))
            key = (said, len(verdict.findings), tuple((read.path, read.text) for read in verdict.reads))
            groups.setdefault(key, (set(), verdict))[0].add(number)
    for numbers, verdict in groups.values():
        is_everywhere = len(numbers) == len(differing.deployments)
        yield replace(verdict, deployment=None if is_everywhere else described(numbers, differing))


def _verdict(
    rule: Rule, resource: Resource, others: Sequence[Finding], judged: Deployments, check_options: CheckOptions
) -> tuple[Verdict, Reads]:
    with noted() as reads:
        findings = [finding for finding in _findings(rule, resource, check_options) if finding.name == resource.name]
    told_by = {id(one): telling(one, others) for one in findings}
    verdict = Verdict(
        rule,
        resource,
        None,
        [one for one in findings if not told_by[id(one)]],
        _shown(reads, resource, resource.deployment),
        _unseen(judged, resource.deployment) if ("open",) in _questions(reads) else (),
        [other for one in findings for other in told_by[id(one)]],
    )
    return verdict, reads


def _unseen(judged: Deployments, deployment: Deployment) -> Sequence[str]:
    """What was not read and may hold what a check looked for: modules, stacks, and broken parts of files."""
    broken = [problem for problem in judged.problems if problem.hides] if deployment.is_open else []
    return [*judged.unseen, *(f"the broken part at {problem.path}:{problem.line}" for problem in broken)]


def _others(rule: Rule, deployment: Deployment, check_options: CheckOptions) -> list[Finding]:
    """What the rules find in a deployment that a rule yields to, as far as they are applied."""
    checks = Checks(check_options, shares=False)
    units = [
        Unit(one, number, subject.name if isinstance(subject, Resource) else "")
        for one in check_options.rules
        if one.id in rule.yields_to
        for number, (types, _) in enumerate(one.checks)
        for subject in subjects(one, types, deployment)
    ]
    return [finding for unit in units for finding in checks.findings(unit, deployment)[1]]


def _named(pattern: str, deployment: Deployment) -> list[Resource]:
    """The resources of a name, written or generated, or all instances of one that has instances."""
    return [resource for resource in deployment.own.values() if any(matches(pattern, name) for name in resource.names)]


def _findings(rule: Rule, resource: Resource, check_options: CheckOptions) -> Iterator[Finding]:
    options = check_options.options.get(rule.id, {})
    for types, check in rule.checks:
        for subject in subjects(rule, types, resource.deployment):
            if subject is resource or isinstance(subject, Deployment):
                for finding in run(rule, check, subject, options):
                    yield replace(finding, level=check_options.level(finding, rule))


def _questions(reads: Reads) -> set[tuple[object, ...]]:
    found = set(reads.answers)
    for (kind, *_), answer in reads.singles.items():
        if kind == "once":
            found |= set(answer.answers)
    return found


def _values(reads: Reads) -> dict[tuple[str, str], Value]:
    """The values that were read, those included from which relations worked something out."""
    found: dict[tuple[str, str], Value] = {}
    pending, seen = [reads], {id(reads)}
    while pending:
        current = pending.pop()
        found = {**current.values, **found}
        inner = [answer for (kind, *_), answer in current.singles.items() if kind == "once" and id(answer) not in seen]
        seen.update(map(id, inner))
        pending += inner
    return found


def _shown(reads: Reads, resource: Resource, deployment: Deployment) -> list[Read]:
    """The values of the resource itself, and of those that refer to it or that it refers to."""
    values = _values(reads)
    near = _near(resource.name, values)
    whole = [
        (name, path, value)
        for (name, path), value in values.items()
        # What is not set counts where the check itself asked for it; a lookup by name asks every resource.
        if name in near and ((name, path) in reads.values or not isinstance(value, Absent))
    ]
    whole.sort(key=lambda one: (near[one[0]], one[0], one[1]))
    return [_read(deployment, name, path, value) for name, path, value in whole]


def _near(name: str, values: Mapping[tuple[str, str], Value]) -> dict[str, int]:
    """The resources within a few references, with the number of these."""
    edges: dict[str, set[str]] = {}
    for (one, _), value in values.items():
        for link in value.mentions():
            edges.setdefault(one, set()).add(link.resource)
            edges.setdefault(link.resource, set()).add(one)
    distances, border = {name: 0}, [name]
    for distance in range(1, _NEAR + 1):
        border = [two for one in border for two in edges.get(one, ()) if two not in distances]
        distances.update(dict.fromkeys(border, distance))
    return distances


def _read(deployment: Deployment, name: str, path: str, value: Value) -> Read:
    resource = deployment.resource(name)
    title = resource.title if resource is not None else name
    words = resource.property_names.get(path) or resource.in_file_words(path) if resource is not None else path
    steps = [(value.place.span, ""), *((step.place.span, step.words) for step in value.origin.steps)]
    # What is made of several values may have passed the same place with each of them.
    once = list(dict.fromkeys(steps))
    return Read(title, words, text_of(value), isinstance(value, Unknown), _hint(value), once)


def text_of(value: Value) -> str:
    """A value in a few words; a secret is never shown."""
    if value.is_secret:
        return WORDS
    if isinstance(value, Link):
        return f"{value.attribute} of {value.resource}"
    if isinstance(value, Absent):
        return "not set"
    if isinstance(value, Known):
        words = _words(value)
        return f"{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}{value.note}"
    return f"unknown: {value.why}" if isinstance(value, Unknown) else "unknown"


def _words(value: Known) -> str:
    if isinstance(value.content, list):
        return f"[{', '.join(text_of(_item(value, at, item)) for at, item in enumerate(value.content))}]"
    if isinstance(value.content, Mapping):
        # By `child`, as the name of a pair or a key says what is secret.
        return f"{{{', '.join(f'{key}: {text_of(_part(value, key))}' for key in value.content)}}}"
    if isinstance(value.content, str):
        from awslint_memo.model.secret_texts import without_named

        return f'"{without_named(str(value.content[:_READ]))}"'
    return str(value.text or value.content)


def _part(whole: Known, key: str) -> Value:
    part = whole.child(key)
    return part.reached(Route("").below(key)) if part.route is None else part


def _item(whole: Known, at: int, item: Value) -> Value:
    """An item of a list, each of which is secret under the name of a secret."""
    return item if item.route is not None or whole.route is None else item.reached(whole.route.below(at))


def _hint(value: Value) -> str:
    """What a person can do so that an unknown value is known."""
    key = value.key if isinstance(value, Unknown) else ""
    for prefix in ("parameter ", "var."):
        if key.startswith(prefix):
            return f"set it with --parameters {key.removeprefix(prefix)}=…"
    return ""


def unknown(reads: Iterable[Read]) -> list[Read]:
    """The values that kept a check from a verdict."""
    return [value_read for value_read in reads if value_read.is_unknown]
