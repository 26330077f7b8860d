"""Merges equal findings of several deployments, and says of those that hold in some only in which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.variation_search import described
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Differing

_NOTE = regex(r" \(default(?: of [^()]*)?\)")
"""What a value's note says in a message."""


@record
class _Held:
    """A finding, and the indexes of the deployments that have it."""

    finding: Finding
    deployments: set[int] = field(default_factory=set)
    also: set[int] = field(default_factory=set)
    """Those that have it with other words."""

    @property
    def everywhere(self) -> set[int]:
        """The deployments that have it, whatever the words."""
        return self.deployments | self.also


def merged(differing: Differing, found: Sequence[Sequence[Finding]], *, is_exact: bool) -> Iterator[Finding]:
    """Findings of deployments that differ, each once.

    found: those of each deployment. is_exact: whether the user specified the deployments.
    """
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[str, dict[int, int]] = {}
    for number, findings in enumerate(found):
        said: Counter[tuple[object, ...]] = Counter()
        for finding in findings:
            # The key leaves out the position: the same finding in two branches of an Fn::If is one finding.
            # Nor whose default a value is: in the deployment with the default it is the same value.
            known = (finding.rule, finding.name, _NOTE.sub("", finding.message), finding.level)
            said[known] += 1
            held.setdefault((*known, said[known]), _Held(finding)).deployments.add(number)
            highest = gravest.setdefault(finding.name, {})
            highest[number] = min(LEVELS.index(finding.level or "advice"), highest.get(number, len(LEVELS)))
    told = list(_together(held.values()))
    if not is_exact and not all(deployment.name for deployment in differing.deployments):
        told = list(_whatever_level(told))
    for one in told:
        yield _conditional(one, differing, gravest[one.finding.name], is_exact=is_exact)


def _together(held: Iterable[_Held]) -> Iterator[_Held]:
    """Findings, those merged that differ only in what their messages say of the values that deployments choose."""
    groups: dict[tuple[object, ...], list[_Held]] = {}
    for one in held:
        known = (one.finding.rule, one.finding.name, one.finding.span, one.finding.route, one.finding.level)
        group = groups.setdefault(known, [])
        same = next((other for other in group if other.everywhere.isdisjoint(one.deployments)), None)
        if same is None:
            group.append(one)
        else:
            same.also |= one.deployments
    for group in groups.values():
        yield from group


def _whatever_level(held: Iterable[_Held]) -> Iterator[_Held]:
    """Findings, those merged that differ in their level alone, as the least severe: each would be told as that."""
    found: dict[tuple[object, ...], _Held] = {}
    for one in held:
        finding = one.finding
        known = (finding.rule, finding.name, _NOTE.sub("", finding.message), finding.span, finding.route)
        same = found.setdefault(known, one)
        if same is not one and same.everywhere.isdisjoint(one.everywhere):
            level = max(same.finding.level or "advice", finding.level or "advice", key=LEVELS.index)
            same.finding = replace(same.finding, level=level)
            same.deployments |= one.deployments
            same.also |= one.also
        elif same is not one:
            found[(*known, len(found))] = one
    yield from found.values()


def _whose(one: _Held, differing: Differing) -> str:
    """Which deployments the words of a finding are taken from, where others have it with other values."""
    where = described(one.deployments, differing).removeprefix("for example ")
    return f" (in every deployment; these values {where})"


def _conditional(one: _Held, differing: Differing, gravest: Mapping[int, int], *, is_exact: bool) -> Finding:
    """A finding; one of some deployments with the words for which, and the level that this leaves it."""
    finding, count = one.finding, len(differing.deployments)
    has_names = all(deployment.name for deployment in differing.deployments)
    is_named = is_exact or has_names or finding.rule == INTERNAL_ERROR
    if len(one.everywhere) == count and differing.is_sample and not is_named:
        # It may hold in some only, and surely does where the resource is not in all of them.
        level = "advice" if count == 1 and differing.choices[0][0] else finding.level
        return replace(finding, deployment=described(one.everywhere, differing), level=level)
    if len(one.everywhere) == count:
        return replace(finding, message=f"{finding.message}{_whose(one, differing)}") if one.also else finding
    everywhere = LEVELS[max(gravest.values())] if len(gravest) == count else "advice"
    level = finding.level if is_named else max(finding.level or "advice", everywhere, key=LEVELS.index)
    words = described(one.everywhere, differing)
    if one.also and words.startswith("when "):
        example = described(one.deployments, differing, one.everywhere).removeprefix("for example ")
        words = f"{words}, for example {example}"
    return replace(finding, deployment=words, level=level, chosen=differing.choices[min(one.deployments)][0])
