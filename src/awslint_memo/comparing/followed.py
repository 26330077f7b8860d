"""Follows the findings of before to what their resources are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.function_events import FunctionEvents
from awslint_memo.comparing.instances import instances, with_other_keys
from awslint_memo.comparing.likeness import local, names_in
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.comparison import By
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import instance_keys, without_instance_keys, without_numbers
from awslint_memo.model.record import replace

_FORMS = (
    ("Definition", "DefinitionString", "DefinitionUri", "DefinitionS3Location"),
    ("Body", "DefinitionBody", "DefinitionUri", "BodyS3Location"),
)
"""The properties in which the same may be written: of a state machine, and of an API."""


class Follower:
    """Knows the findings of now by rule, root, resource and route."""

    def __init__(self, report: Report, successors: Successors) -> None:
        self._successors = successors
        self._seen = report.seen
        self._now: dict[tuple[str, str, str, str], list[Finding]] = {}
        hidden = (hidden.finding for hidden in report.suppressed)
        every = [*chain(report.findings, report.unshown, hidden)]
        for finding in every:
            self._now.setdefault(_key(finding, finding.root, finding.resource, finding.route), []).append(finding)
        self._of_resource: dict[tuple[str, str, str], list[Finding]] = {}
        for key, some in self._now.items():
            self._of_resource.setdefault(key[:3], []).extend(some)
        self._known = {finding.fingerprint for finding in every}
        self._then: set[str] = set()
        self._events = FunctionEvents(successors, every)
        self._taken: set[int] = set()

    def followed(self, earlier: Iterable[Earlier]) -> Iterator[Earlier]:
        """The findings of before, those of resources that are called otherwise now as findings of these."""
        earlier, left = [*earlier], []
        self._then = {previous.fingerprint for previous in earlier}
        for previous in earlier:
            if previous.fingerprint in self._known:
                yield previous
            else:
                left.append(previous)
        followed = [self._follow(previous) for previous in left]
        yield from self._replaced(followed)

    def _follow(self, previous: Earlier) -> Earlier:
        finding = previous.finding
        if finding.plural is not None:
            return self._told_together(previous)
        name = without_instance_keys(finding.resource)
        successor = self._successors.of(previous.root, finding.resource)
        root, now = (previous.root, name) if successor is None else (successor.root, successor.name)
        route, by_other = self._route(finding.route, previous.root)
        instance = self._renamed.get((previous.root, finding.resource), "")
        same = self._same(finding, root, now, route, instance)
        event = self._events.same(finding, previous.root, self._is_free) if same is None else None
        if event is not None:
            self._taken.add(id(event))
            return replace(previous, fingerprint=event.fingerprint, root=event.root, name=event.resource, by="likeness")
        is_other = same is not None and same.resource == instance
        if successor is None and not is_other and (same is None or not self._seen.has(self._in_root(previous))):
            return previous
        by: By | None = "likeness" if is_other else None if successor is None else successor.by
        if same is None:
            return replace(previous, root=root, name=now, by=by)
        self._taken.add(id(same))
        return replace(previous, fingerprint=same.fingerprint, root=same.root, name=same.resource, by=by or by_other)

    @staticmethod
    def _in_root(previous: Earlier) -> Finding:
        return replace(previous.finding, root=previous.root)

    @cached_property
    def _renamed(self) -> Mapping[tuple[str, str], str]:
        """The instances of before that have another key now, with their names; Terraform itself knows of others."""
        renamed = with_other_keys(self._successors.names_then, self._seen.names)
        return {key: name for key, name in renamed.items() if not self._seen.inventory.is_moved(name)}

    def _is_free(self, finding: Finding) -> bool:
        """Whether a finding of now came, and nothing else was told to be it."""
        return finding.fingerprint not in self._then and id(finding) not in self._taken

    def _replaced(self, earlier: Sequence[Earlier]) -> Iterator[Earlier]:
        """The findings; those that a finding of now tells of another new resource beside the same third one as that.

        A resource that a transform made may be written out, and the other way round.
        """
        now = self._seen.names
        left: dict[tuple[str, str, str, str], list[Earlier]] = {}
        for previous in earlier:
            is_there = previous.finding.name in now.get(previous.root, ())
            key = None if previous.by or previous.name or is_there else self._beside(previous.finding, previous.root)
            if key is not None:
                left.setdefault(key, []).append(previous)
        came: dict[tuple[str, str, str, str], list[Finding]] = {}
        for finding in chain.from_iterable(self._now.values()) if left else ():
            key = self._beside(finding, finding.root)
            is_new = finding.name not in self._successors.names_then.get(finding.root, ())
            if key in left and is_new and id(finding) not in self._taken:
                came.setdefault(key, []).append(finding)
        pairs = {id(left[key][0]): some[0] for key, some in came.items() if len(some) == len(left[key]) == 1}
        for previous in earlier:
            same = pairs.get(id(previous))
            yield (
                previous
                if same is None
                else replace(previous, fingerprint=same.fingerprint, root=same.root, name=same.resource, by="likeness")
            )

    def _beside(self, finding: Finding, root: str) -> tuple[str, str, str, str] | None:
        """The rule and type of a finding, and what its message says of a third resource; None if it names none."""
        clause = finding.message.partition(", ")[2]
        words = names_in(clause) - {local(finding.resource)}
        is_of_third = any(name in words for name in self._third.get(root, ()))
        return (finding.rule, root, finding.type, clause) if is_of_third else None

    @cached_property
    def _third(self) -> Mapping[str, set[str]]:
        """What the resources are called that are there at both times, by root."""
        both: dict[str, set[str]] = {}
        for root, name in self._successors.traits_then.keys() & self._successors.traits_now.keys():
            both.setdefault(root, set()).add(local(name))
        return both

    def _same(self, finding: Finding, root: str, name: str, route: str, instance: str = "") -> Finding | None:
        """The finding of now that one of before is, if nothing else was told to be it. instance: what the instance is
        called that its own one is now; empty if it has its key still, or nobody knows."""
        keys = instance_keys(finding.resource)
        others = self._keys_then.get(without_instance_keys(finding.resource), set()) - {keys}
        free = [
            other
            for other in self._now.get(_key(finding, root, name, route), ())
            if id(other) not in self._taken and instance_keys(other.resource) not in others
        ]
        free = [other for other in free if not instance or other.resource == instance]
        exact = [other for other in free if other.route == route]
        own = f'["{local(finding.resource)}"]'
        if not keys and f"{name}{own}" in self._seen.names.get(root, ()):
            return next((other for other in exact if other.resource.endswith(own)), None)
        first = min(exact, key=lambda other: instance_keys(other.resource) != keys, default=None)
        if first is not None:
            return first
        # The number of an item changes with each that is put before it.
        clause = finding.message.replace(finding.resource, name)
        same = (other for other in free if other.message.replace(other.resource, name) == clause)
        return next(same, None) or self._in_other_form(finding, root, name)

    @cached_property
    def _keys_then(self) -> Mapping[str, set[tuple[str, ...]]]:
        """The keys of the instances of before, by the names of their resources."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for (_, name), some in instances(self._successors.names_then).items():
            found.setdefault(name, set()).update(map(instance_keys, some))
        return found

    def _in_other_form(self, finding: Finding, root: str, name: str) -> Finding | None:
        """The finding of now that says the same of the same resource where nothing was found before."""
        others = self._of_resource.get((finding.rule, root, without_instance_keys(name)), ())
        return next((other for other in others if self._is_free(other) and _says_same(finding, other, name)), None)

    def _route(self, route: str, root: str) -> tuple[str, By | None]:
        """A route that begins with the name of another resource, with what that is called now, and by what that is
        known again."""
        other, colon, rest = route.partition(":")
        successor = self._successors.of(root, other) if colon else None
        if successor is None:
            instance = self._renamed.get((root, other)) if colon else None
            return (route, None) if instance is None else (f"{instance}:{rest}", "likeness")
        return f"{successor.name}:{rest}", "likeness" if successor.by else None

    def _told_together(self, previous: Earlier) -> Earlier:
        """A finding about several resources of a root, in the root in which most of these are now."""
        root = self._successors.root_of(previous.root)
        if root is None:
            return previous
        fingerprint = replace(previous.finding, root=root).fingerprint
        return replace(previous, fingerprint=fingerprint, root=root, by="place")

    def is_moved(self, finding: Finding, then: Sequence[Finding]) -> bool:
        """Whether a finding about several resources tells only of such as were told of before, in another root."""
        if finding.plural is None:
            return False
        told = {(each.root, without_instance_keys(each.resource)) for each in then if each.rule == finding.rule}
        return all(self._successors.former_of(each) in told for each in (finding, *finding.others))

    def is_told(self, finding: Finding) -> bool:
        """Whether a finding of before about several resources is told of all of these that are still there, with those
        of another root."""
        if finding.plural is None:
            return False
        told = {
            (each.root, without_instance_keys(each.resource))
            for each in chain.from_iterable(self._now.values())
            for each in (each, *each.others)
            if each.rule == finding.rule
        }
        keys = [(each.root, without_instance_keys(each.resource)) for each in (finding, *finding.others)]
        there = [now for key in keys if (now := self._successors.now_of(key)) is not None]
        return bool(there) and told.issuperset(there)


def _key(finding: Finding, root: str, name: str, route: str) -> tuple[str, str, str, str]:
    return finding.rule, root, without_instance_keys(name), without_numbers(route)


def _says_same(then: Finding, now: Finding, name: str) -> bool:
    """Whether a finding of now says of a resource what one of before does, at another place that may have the same.

    name: what the resource of that before is called now. A finding at the whole resource may be at a part of it now,
    as that is in a file, or is no text any more.
    """
    is_same = _message(then, name) == _message(now, name)
    if _is_part(then.route, now.route) or _is_part(now.route, then.route):
        return is_same
    old, new = _head(then), _head(now)
    if not any(old in forms and new in forms for forms in _FORMS):
        return False
    return is_same or (old != new and _clause(then) == _clause(now) != "")


def _message(finding: Finding, name: str) -> str:
    return finding.message.replace(finding.resource, name)


def _clause(finding: Finding) -> str:
    """What a message says behind the name of its resource, since the way to the value stands before it."""
    return finding.message.partition(finding.resource)[2]


def _head(finding: Finding) -> str:
    return finding.route.partition(".")[0]


def _is_part(route: str, other: str) -> bool:
    return not other or route.startswith((f"{other}.", f"{other}["))
