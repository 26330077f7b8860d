"""Paths of properties in rules that are data: dotted names, with `[all]`, `[any]` or a number behind a list's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.properties import ATTRIBUTES
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Known, Scalar, Unknown, Value

ALL, ANY = "all", "any"

BESIDE = "@"
"""What a path begins with that names an attribute of CloudFormation beside the properties: @DeletionPolicy."""

_PART = regex(r"(@?[A-Za-z_][\w:/-]*)((?:\[(?:all|any|\d+)\])*)")
_INDEX = regex(r"\[(\w+)\]")
_NUMBER = regex(r"\[\d+\]")


@record(frozen=True)
class Path:
    """A path. text: as it is written. steps: dotted names, and what is asked of the list there: ALL, ANY or the number
    of an item; empty for the last one."""

    text: str
    steps: Sequence[tuple[str, str]]

    @property
    def names(self) -> Sequence[tuple[str, bool]]:
        """The names in order, each with whether it is taken for a list."""
        parts = (part.partition("[") for part in self.text.split("."))
        return [(name, bool(bracket)) for name, bracket, _ in parts]

    def at(self, route: str) -> str:
        """The path with the numbers of items that a route has, where both lead to the same list; else as it is.

        route: the way to a value that a condition judged: "Volumes[2].Ebs.VolumeType".
        """
        written = self.text
        for number in _NUMBER.findall(route):
            head, found, rest = written.partition(f"[{ALL}]")
            if not found or not route.startswith(f"{head}{number}"):
                break
            written = f"{head}{number}{rest}"
        return written


def parsed(text: str) -> Path | None:
    """The path that a text is; None for a text that is none."""
    steps: list[tuple[str, str]] = []
    names: list[str] = []
    for part in text.split("."):
        found = _PART.fullmatch(part)
        if found is None:
            return None
        names.append(found[1])
        for index in _INDEX.findall(found[2]):
            steps.append((".".join(names), index))
            names = []
    return Path(text, (*steps, (".".join(names), "")))


@record(frozen=True, eq=False)
class Subject:
    """What a condition is asked about: a resource, or an item of a list in one. via: how the resource that a rule
    checks leads to this one, as the predicate of a sentence; empty for that resource itself."""

    resource: Resource
    item: Value | None = None
    via: str = ""

    def get(self, names: str, default: Scalar = None) -> Value:
        """The value of dotted names below it. default: what AWS takes where it is absent."""
        if self.item is None and not names.startswith(BESIDE):
            return self.resource.get(names, default)
        if self.item is None:
            name, _, rest = names.removeprefix(BESIDE).partition(".")
            value = _attribute(self.resource, name)
            value = value.get(rest) if rest else value
        else:
            value = self.item.get(names) if names else self.item
        return value.replaced_by(default) if default is not None and isinstance(value, Absent) else value


def _attribute(resource: Resource, name: str) -> Value:
    """An attribute beside the properties. What Terraform has instead of it is not known, unless a table tells it."""
    attribute = next(known for known in ATTRIBUTES if known == name)
    if resource.language == "terraform" and attribute not in resource.attributes:
        return Unknown(f"{name} is CloudFormation's alone", resource.place)
    return resource.attribute(attribute)


@record(frozen=True, eq=False)
class Items:
    """The items of a list at a path, each as far as the path leads on. kind: ALL or ANY. value: the list. rest: the
    path behind it. found: None where the list is not known."""

    kind: str
    value: Value
    rest: str
    found: Sequence[Found] | None


Found: TypeAlias = "Value | Items"


def find(path: Path, subject: Subject, default: Scalar = None) -> Found:
    """What stands at a path of a subject. default: what AWS takes for a value that is absent."""
    return _find(path.steps, subject, default)


def _find(steps: Sequence[tuple[str, str]], subject: Subject, default: Scalar) -> Found:
    (names, index), *rest = steps
    if not index:
        return subject.get(names, default)
    listed = subject.get(names)
    if index not in (ALL, ANY):
        return _find(rest, Subject(subject.resource, _item(listed, int(index))), default)
    behind = ".".join(name for name, _ in rest if name)
    if listed.is_absent or isinstance(listed, Known):
        found = [_find(rest, Subject(subject.resource, item), default) for item in listed.items]
        return Items(index, listed, behind, found)
    return Items(index, listed, behind, None)


def _item(listed: Value, number: int) -> Value:
    if not listed.is_absent and not isinstance(listed, Known):
        return listed
    if number < len(listed.items):
        return listed.items[number]
    missing = Absent(listed.place, listed.origin)
    missing.route = None if listed.route is None else listed.route.below(number)  # A message names it by this.
    return missing
