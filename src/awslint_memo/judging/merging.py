"""Merges equal findings of several deployments, and says of those that hold in some only in which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.environments import is_deployed_each
from awslint_memo.judging.variation_search import described
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Differing

_WORKSPACE = "terraform.workspace"
"""What is chosen where the name of the workspace decides."""

NOTE = regex(r" \(default(?: of [^()]*)?\)")
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


def merged(
    differing: Differing,
    found: Sequence[Sequence[Finding]],
    is_production: Sequence[bool | None],
    defaults: Collection[str],
    *,
    is_exact: bool,
) -> Iterator[Finding]:
    """Findings of deployments that differ, each once.

    found: those of each deployment. is_production: of each deployment, None where nothing tells environments apart.
    defaults: the names of the parameters or variables that have default values.
    is_exact: whether the user specified the deployments.
    """
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[str, dict[int, int]] = {}
    errors: dict[tuple[str, str, str], set[int]] = {}
    for number, findings in enumerate(found):
        counts: Counter[tuple[object, ...]] = Counter()
        for finding in findings:
            # The key leaves out the position: the same finding in two branches of an Fn::If is one finding.
            # Nor whose default a value is: in the deployment with the default it is the same value.
            known = (finding.rule, finding.name, NOTE.sub("", finding.message), finding.level)
            counts[known] += 1
            item = held.setdefault((*known, counts[known]), _Held(finding))
            if is_production[number] and not any(is_production[one] for one in item.deployments):
                item.finding = finding  # It stands where production's value does.
            item.deployments.add(number)
            if finding.level == "error":
                errors.setdefault((finding.rule, finding.name, finding.route), set()).add(number)
            highest = gravest.setdefault(finding.name, {})
            highest[number] = min(LEVELS.index(finding.level or "advice"), highest.get(number, len(LEVELS)))
    merging = _Merging(differing, is_production, gravest, errors, defaults, is_exact=is_exact)
    together = merging.whatever_values(list(held.values()))
    if not merging.is_named:
        together = merging.whatever_level(together)
    yield from map(merging.finding, together)


class _Merging:
    """Merges findings of deployments that differ, and decides the level that each is told at.

    gravest: by the name of a resource and the place of a deployment, the index of the highest level of its findings.
    errors: by rule, resource and route, the places of the deployments that have an error there, whatever its words.
    defaults: the names of the parameters or variables that have default values.
    """

    def __init__(
        self,
        differing: Differing,
        is_production: Sequence[bool | None],
        gravest: Mapping[str, Mapping[int, int]],
        errors: Mapping[tuple[str, str, str], Collection[int]],
        defaults: Collection[str],
        *,
        is_exact: bool,
    ) -> None:
        self._differing = differing
        self._is_told_apart = any(one is not None for one in is_production)
        self._production = {number for number, one in enumerate(is_production) if one is not False}
        self._gravest = gravest
        self._errors = errors
        self._defaults = frozenset(defaults)
        self.is_named = is_exact or all(deployment.name for deployment in differing.deployments)
        """Whether the user says which deployments there are."""

    @staticmethod
    def whatever_values(held: Sequence[_Held]) -> list[_Held]:
        """Findings, those merged that differ only in what messages say of the values that deployments choose."""
        groups: dict[tuple[object, ...], list[_Held]] = {}
        for item in held:
            finding = item.finding
            known = (finding.rule, finding.name, finding.span, finding.route, finding.level)
            group = groups.setdefault(known, [])
            same = next((other for other in group if other.everywhere.isdisjoint(item.deployments)), None)
            if same is None:
                group.append(item)
            else:
                same.also |= item.deployments
        return [item for group in groups.values() for item in group]

    def whatever_level(self, held: Sequence[_Held]) -> list[_Held]:
        """Findings, those merged that differ in their level alone: as that of production, else the least severe."""
        merged: dict[tuple[object, ...], _Held] = {}
        for item in held:
            finding = item.finding
            known = (finding.rule, finding.name, NOTE.sub("", finding.message), finding.span, finding.route)
            same = merged.setdefault(known, item)
            if same is not item and same.everywhere.isdisjoint(item.everywhere):
                counted = [one for one in (same, item) if one.everywhere & self._production] or [same, item]
                level = max((one.finding.level or "advice" for one in counted), key=LEVELS.index)
                same.finding = replace(same.finding, level=level)
                same.deployments |= item.deployments
                same.also |= item.also
            elif same is not item:
                merged[(*known, len(merged))] = item
        return list(merged.values())

    def finding(self, held: _Held) -> Finding:
        """A finding; one of some deployments with the words for which, and the level that this leaves it."""
        finding, count = held.finding, len(self._differing.deployments)
        level = finding.level if finding.rule == INTERNAL_ERROR else self._level(held)
        finding = finding.lowered_from(finding.level) if level == "advice" else finding
        if level == "advice" and self._is_told_apart and not self._counted(held) & held.everywhere:
            is_less = finding.is_of_practice and bool(self._counted(held))
            if finding.level != "advice":
                words = described(held.everywhere, self._differing).removeprefix("when ")
                only = "" if self._counted(held) else words  # Where production has it, it is mended there.
                finding = replace(finding, lowered=(finding.level or "warning", words), no_production=only)
            finding = replace(finding, is_of_no_production=finding.level == "advice", is_less=is_less)
        elif level == "advice" and finding.is_of_practice and not (self._is_told_apart or self.is_named):
            # Who deploys it switches it on or off; what is off by default is told.
            finding = replace(finding, is_less=not finding.defaults and self._counted(held) - held.everywhere != set())
        if count == 1 and held.everywhere and self._differing.is_sample and not self.is_named:
            # It may hold in some only, and surely does where the resource is not in all of them.
            level = "advice" if self._differing.choices[0][0] else level
            return replace(finding, deployment=described(held.everywhere, self._differing), level=level)
        if len(held.everywhere) == count:
            message = f"{finding.message}{self._whose(held)}" if held.also else finding.message
            return replace(finding, message=message, level=level) if held.also or level != finding.level else finding
        words = described(held.everywhere, self._differing)
        if held.also and words.startswith("when "):
            example = described(held.deployments, self._differing, held.everywhere).removeprefix("for example ")
            words = f"{words}, for example {example}"
        chosen = self._differing.choices[min(held.deployments)][0]
        if level == "advice" and self._is_of_odd_choices(held, words):
            finding = replace(finding, is_of_odd_choices=True)
        is_of_all = len(held.everywhere) >= len(self._differing.having(finding.name))
        return replace(finding, deployment=words, level=level, chosen=chosen, is_of_all=is_of_all)

    def _is_of_odd_choices(self, held: _Held, words: str) -> bool:
        """Whether a finding does not hold by default, and needs several choices that do not belong together, one of
        which is an example: who deploys the template would have to combine just these. Of a practice, or of advice
        that does not hold wherever its resource is, one choice is enough: who offers it follows the practice unless
        somebody decides otherwise. Each of some choices, as of Regions, is made somewhere."""
        if 0 in held.everywhere or self._is_told_apart:
            return False
        first, chosen = (self._differing.choices[number][0] for number in (0, min(held.everywhere)))
        others = [(name, choice) for name, choice in chosen.items() if first.get(name) != choice]
        is_decided = all(name in self._defaults and not is_deployed_each(name, choice) for name, choice in others)
        is_advice = held.finding.level == "advice" and not self._counted(held) <= held.everywhere
        is_of_one = is_decided and not self.is_named and (held.finding.is_of_practice or is_advice)
        return is_of_one or (words.startswith("for example when ") and " and " in words)

    def _level(self, held: _Held) -> Level | None:
        """The level of a finding by the deployments that count.

        What holds in all of these keeps its level, what holds in none of them is advice. What holds in some of them is
        as severe as what the check says of the resource in each of them at least, unless the user named them. An error
        that all of these have too, with the value of another place, is one everywhere.
        """
        finding, name, counted = held.finding, held.finding.name, self._counted(held)
        alike = self._errors.get((finding.rule, name, finding.route), ())
        if finding.level == "error" and counted and counted.issubset(alike):
            return finding.level
        if not counted & held.everywhere:
            return "advice" if self._is_told_apart or not self.is_named else held.finding.level
        if counted <= held.everywhere or self.is_named or self._is_of_workspaces(counted & held.everywhere):
            return held.finding.level
        gravest = self._gravest[name]
        everywhere = LEVELS[max(gravest.get(number, len(LEVELS) - 1) for number in counted)]
        return max(held.finding.level or "advice", everywhere, key=LEVELS.index)

    def _is_of_workspaces(self, numbers: Collection[int]) -> bool:
        """Whether one of some deployments of production is a workspace that the configuration names: it is there."""
        rows = (row for number in numbers for row in self._differing.choices[number]) if self._is_told_apart else ()
        return any(row.keys() == {_WORKSPACE} and isinstance(row[_WORKSPACE], str) for row in rows)

    def _counted(self, held: _Held) -> set[int]:
        """The deployments that count: those of production if they are told apart, else those that have the resource."""
        name, deployments = held.finding.name, enumerate(self._differing.deployments)
        own = {number for number, deployment in deployments if not name or name in deployment.own}
        return own & self._production if self._is_told_apart else own

    def _whose(self, held: _Held) -> str:
        """Which deployments the words of a finding are taken from, where others have it with other values."""
        where = described(held.deployments, self._differing).removeprefix("for example ")
        return f" (in every deployment; these values {where})"
