"""What a check and its relations asked of resources, as a graph: which properties name which resources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set

from awslint_memo.judging.asked_values import NAMING, OWN_NAME, Far
from awslint_memo.judging.inventory import in_module
from awslint_memo.model.lazy import cached_property, regex

_STEPS = regex(r"[:/]")
_LAST = regex(r"[:/](?=[^:/]*$)")
"""What stands between the template of another stack, or a nested stack, and the name of a resource."""

_LETTER = regex(r"[A-Za-z]")
_OF_AWS = regex(r"=(?:arn:[\w-]+:iam::aws:|alias/aws/)")
_WHOLE = ("arn:", "https:")
"""How an ARN and the URL of a queue begin, which end with a name."""


class Asked:
    """The values that a check was given, its relations' included, by resource and property. far: as it was kept."""

    def __init__(self, far: Set[Far]) -> None:
        self._values: dict[tuple[str, str], set[str]] = {}
        for name, path, value in (each for part in far for each in part):
            self._values.setdefault((name, path), set()).add(value)

    def unnamed(self, now: Asked, own: Collection[str], there: Collection[str]) -> str:
        """The property that named a resource and by which nobody surely finds it now; empty if there is none.

        A reference that became a text is one, whatever the text says: which names a relation follows differs. So is a
        text that names no resource any more, and a reference that leads into another template now. own: the names of
        the resource that was checked: what has nothing to do with it does not count. there: the names of all resources
        that are there now.
        """
        near, every = self._near(own), set(there)
        for (name, path), values in sorted(self._values.items()):
            after = now._values.get((name, path), set())
            came = after - values
            texts = [value for value in came if _may_name(value)]
            for value in values - after if name in near and came else ():
                if value.startswith(NAMING) and any(
                    _stack(value) != _stack(each) for each in came if each[:1] == NAMING
                ):
                    return f"{name}.{path}"
                is_there = any(_plain(other) & every for other in self._of((name, path), {value}))
                if is_there and texts and (value.startswith(NAMING) or any(map(now._is_of_nobody, texts))):
                    return f"{name}.{path}"
        return ""

    def _is_of_nobody(self, value: str) -> bool:
        """Whether a text names no resource that was asked."""
        return not self._of(("", ""), {value})

    @cached_property
    def _named(self) -> Mapping[tuple[str, str], set[str]]:
        """The resources that each property names, by reference, name or ARN; those that name none left out."""
        found = {key: self._of(key, values) for key, values in self._values.items()}
        return {key: resources for key, resources in found.items() if resources}

    @cached_property
    def _by_name(self) -> Mapping[str, set[str]]:
        names: dict[str, set[str]] = {}
        for (name, path), values in self._values.items():
            for value in values if path == OWN_NAME else ():
                if value.startswith("="):
                    names.setdefault(value[1:], set()).add(name)
        return names

    def _of(self, key: tuple[str, str], values: Set[str]) -> set[str]:
        """The resources that values name. key: the resource and the property that has them; its own name is none."""
        found: set[str] = set()
        for value in values:
            if value.startswith(NAMING):
                found.add(value.removeprefix(NAMING))
            elif value.startswith("="):
                text = value[1:]
                words = {text} if not text.startswith(_WHOLE) else set(_STEPS.split(text))
                found |= {name for word in words for name in self._by_name.get(word, ())}
        return found - {key[0]}

    def _near(self, own: Collection[str]) -> set[str]:
        """The resources that lead to one, or to which it leads."""
        beside: dict[str, set[str]] = {}
        for (name, _), resources in self._named.items():
            for other in resources:
                beside.setdefault(name, set()).add(other)
                beside.setdefault(other, set()).add(name)
        met = {name for name in {name for name, _ in self._values} if not _plain(name).isdisjoint(own)}
        pending = list(met)
        while pending:
            new = beside.get(pending.pop(), set()) - met
            met |= new
            pending += new
        return met


def _may_name(value: str) -> bool:
    """Whether a value is a text that may name something of the account."""
    return value.startswith("=") and _LETTER.search(value) is not None and _OF_AWS.match(value) is None


def _stack(reference: str) -> str:
    """The template of the resource that a reference names, where that is another one."""
    name = reference.removeprefix(NAMING)
    return name.removesuffix(_LAST.split(name)[-1])


def _plain(name: str) -> set[str]:
    """What a resource may be called in its file."""
    return {name, _LAST.split(name)[-1], in_module(name)}
