"""Parts of a resource that people write and delete as a whole: events of a function, items of a list, nested blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.comparing.likeness import likeness, local, names_in
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.comparing.written_parts import LABELS, Step, Writings
from awslint_memo.files.files import Files
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_numbers

_OF_NAMES = frozenset(("Events", "States"))
"""The mappings whose keys are names that the author chose, each of a part."""

_NAMING = (LABELS, "Name", "Id", "Sid", "IndexName", "RegionName", "Region", "DeviceName")
_NAMING_BLOCKS = ("name", "id", "sid", "region_name", "device_name")
"""What tells an item of a list from others, in CloudFormation and in blocks of Terraform."""


class InnerParts:
    """What became of the parts of resources. then, now: the files of both times."""

    def __init__(self, then: Files, now: Files, successors: Successors) -> None:
        self._then, self._now = Writings(then), Writings(now)
        self._successors = successors

    def is_gone(self, finding: Finding, key: Key) -> bool:
        """Whether the part in which a finding of before stood is gone, while its resource is there."""
        way = self._then.way(finding, key[1])
        if not way:
            return False
        before, after = self._both(key)
        has_items = without_numbers(finding.route) != finding.route
        return (
            isinstance(before, dict) and isinstance(after, dict) and _is_gone(way, before, after, has_items=has_items)
        )

    def is_gone_from_data(self, finding: Finding) -> bool:
        """Whether the block of a data source in which a finding stood is gone, such as a statement of a policy."""
        address, way = self._then.data_at(finding.path, finding.span.line)
        before, after = (files.block(finding.path, address) if way else None for files in (self._then, self._now))
        return bool(before and after) and _is_gone(way, before, after, has_items=True)

    def gone_causes(self, finding: Finding, key: Key, *, is_all: bool) -> list[str]:
        """The events that the message of a finding names and that are gone, if nobody gave their function a property
        that it had not, nor changed the one that the finding is about.

        is_all: whether nothing of other resources can be the cause, so that those which the message does not name are
        so too where nothing else of the function changed.
        """
        before, after = self._both(key)
        if not isinstance(before, dict) or not isinstance(after, dict) or not after.keys() <= before.keys():
            return []
        head = finding.route.partition(".")[0]
        events, left = before.get("Events"), after.get("Events") or {}
        if before.get(head) != after.get(head) or not isinstance(events, dict) or not isinstance(left, dict):
            return []
        gone = frozenset(events.keys() - left.keys())
        is_cause = is_all and {**before, "Events": left} == {**after, "Events": left} and left.items() <= events.items()
        gone = gone if is_cause else names_in(finding.message) & gone
        return [
            f"event {name} of {local(key[1])}" for name in events if name in gone and not _may_be(name, events, left)
        ]

    def _both(self, key: Key) -> tuple[Any, Any]:
        """What is written of a resource of before, then and now."""
        now = self._successors.now_of(key)
        trait = self._successors.traits_then.get(key)
        if now is None or trait is None:
            return None, None
        return (
            self._then.properties(key[1], trait),
            self._now.properties(now[1], self._successors.traits_now[now]),
        )


def ended_with_parts(
    ended: Sequence[Finding], every: Iterable[Finding], is_with_part: Callable[[Finding], bool]
) -> dict[int, Finding]:
    """The findings that ended with the part of their resource in which they stood, by the `id` of those that ended.

    Where an item of a list went, those behind it count one less, so the finding of another one may seem to end.
    every: all findings of before. is_with_part: whether the part is gone in which one stood.
    """
    gone = {id(finding): finding for finding in ended if is_with_part(finding)}
    left = [finding for finding in ended if id(finding) not in gone and _has_items(finding)]
    taken = set(map(id, ended))
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for finding in every if left else ():
        if _has_items(finding) and id(finding) not in taken:
            alike.setdefault(_item(finding), []).append(finding)
    for finding in left:
        others = alike.get(_item(finding), [])
        same = next(filter(is_with_part, others), None)
        if same is not None:
            others.remove(same)
            gone[id(finding)] = same
    return gone


def _item(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.root, finding.resource, without_numbers(finding.route)


def _has_items(finding: Finding) -> bool:
    """Whether the way to what a finding is about leads through a list."""
    return without_numbers(finding.route) != finding.route


def _is_gone(way: Sequence[Step], before: Any, after: Any, *, has_items: bool) -> bool:
    """Whether a part on the way is gone. before, after: what is written at the beginning of the way, then and now.

    has_items: whether the way leads through a list, so that a block is one of several, be it the only one.
    """
    above: Step = ""
    for at, step in enumerate(way):
        if isinstance(before, list) and isinstance(step, int):
            if not isinstance(after, list) or step >= len(before) or not isinstance(before[step], dict):
                return False
            place = _place(step, before, after)
            if place is None:
                return not _is_elsewhere(way[at + 1 :], before[step], before, after)
            before, after = before[step], after[place]
        elif isinstance(before, dict) and step in before and isinstance(after, dict):
            if above in _OF_NAMES and step not in after:
                return not _may_be(step, before, after)
            before, above = before[step], step
            # A single block may be a property that has a default.
            is_of_parts = step in _OF_NAMES or (isinstance(before, list) and (has_items or len(before) > 1))
            after = (after.get(step) or type(before)()) if is_of_parts else after.get(step)
        else:
            return False
    return False


def _is_elsewhere(way: Sequence[Step], item: Any, before: Any, after: Any) -> bool:
    """Whether the innermost part with a name on the way is in another item now, such as an action in another stage.

    item: that in which it was. before, after: the lists of then and of now."""
    name = None
    for step in way:
        inside = _inside(item, step)
        if inside is None:
            break
        item = inside
        key = next((key for key in (*_NAMING, *_NAMING_BLOCKS) if isinstance(item, dict) and key in item), None)
        name = (key, str(item[key])) if key is not None else name
    return name is not None and [*_names(before)].count(name) == [*_names(after)].count(name) == 1


def _inside(item: Any, step: Step) -> Any:
    """What stands at a step in an object or a list; None if nothing does."""
    if isinstance(item, dict):
        return item.get(step)
    if isinstance(item, list) and isinstance(step, int) and step < len(item):
        return item[step]
    return None


def _names(part: Any) -> Iterator[tuple[str, str]]:
    """What tells the parts apart that are in another one."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _names(inner)
    if isinstance(part, dict):
        yield from ((key, str(part[key])) for key in (*_NAMING, *_NAMING_BLOCKS) if key in part)


def _may_be(name: Step, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> bool:
    """Whether a part that has its name no more may have another one now: one of its type came."""
    types = [part.get("Type") for key, part in after.items() if key not in before and isinstance(part, dict)]
    part = before[name]
    return isinstance(part, dict) and part.get("Type") in types


def _place(index: int, before: Sequence[Any], after: Sequence[Any]) -> int | None:
    """Where an item of before is now; None if it is gone. If others came, it may be one of these."""
    item = before[index]
    for name in (*_NAMING, *_NAMING_BLOCKS):
        if isinstance(item, Mapping) and name in item:
            same = [
                at for at, other in enumerate(after) if isinstance(other, Mapping) and other.get(name) == item[name]
            ]
            if same:
                return same[0]
            names = [other[name] for other in before if isinstance(other, Mapping) and name in other]
            came = [other for other in after if not isinstance(other, Mapping) or other.get(name) not in names]
            there = [other.get(name) for other in after if isinstance(other, Mapping)]
            went = [other for other in before if not isinstance(other, Mapping) or other.get(name) not in there]
            return min(index, len(after) - 1) if came and item in became(went, came) else None
    if item in after:
        return after.index(item)
    went, came = [other for other in before if other not in after], [other for other in after if other not in before]
    is_there = item in became(went, came) if came else len(after) >= len(before)
    return min(index, len(after) - 1) if is_there else None


def became(went: Sequence[Any], came: Sequence[Any]) -> Sequence[Any]:
    """Those parts that went which may be one of those that came. If fewer came, some were put into one, and what came
    is that which is most alike."""
    if len(went) <= len(came):
        return went
    left = list(went)
    result = []
    for part in came:
        words = names_in(str(part))
        same = max(left, key=lambda other: likeness(words, names_in(str(other))))
        left.remove(same)
        result.append(same)
    return result
