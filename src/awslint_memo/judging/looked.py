"""What a run looked at: the resources, those of types that rules judge, and the modules and nested stacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.judging.rule import Rule
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import field, record
from awslint_memo.readers.template import Deployments

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.module_calls import KnownCall

Home: TypeAlias = "tuple[str, str]"
"""The file in which a resource is written, and what tells it apart there."""

MODULE, STACK = "module", "nested stack"
"""What is deployed with a template: the kinds that are counted."""


@record(frozen=True)
class Written:
    """A resource as it is written. type: its type in the file's own terms for one that no rule can name."""

    type: str
    is_judged: bool


@record
class Looked:
    """The resources, each once where it is written, and the modules and nested stacks, each once for its template.

    parts: by template, kind and name, whether it was read. known_calls: the calls of public modules, among those read,
    that are judged by facts.
    """

    resources: dict[Home, bool] = field(default_factory=dict)
    parts: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    known_calls: dict[KnownCall, None] = field(default_factory=dict)

    def see(self, path: str, judged: Deployments, rules: Sequence[Rule]) -> None:
        """Count what a template has. path: its file. rules: those that are applied."""
        for where, written in written_in(judged, rules):
            self.resources[where] = written.is_judged or self.resources.get(where, False)
        kind = STACK if any(resource.language == "cloudformation" for resource in judged.resources) else MODULE
        self.known_calls.update(dict.fromkeys(judged.known_calls))
        for name in judged.read_parts:
            self.parts[path, kind, name] = True
        for what in judged.unseen:
            unread = next((kind for kind in (MODULE, STACK) if what.removeprefix("the ").startswith(kind)), None)
            if unread is not None:  # A macro and the like have a notice of their own.
                self.parts[path, unread, what] = False

    def add(self, other: Looked) -> None:
        """Add what another template has."""
        for where, is_judged in other.resources.items():
            self.resources[where] = is_judged or self.resources.get(where, False)
        self.parts.update(other.parts)
        self.known_calls.update(other.known_calls)

    @property
    def total(self) -> int:
        """The number of resources."""
        return len(self.resources)

    @property
    def judged(self) -> int:
        """The number of resources of types that rules judge."""
        return sum(self.resources.values())

    @property
    def counts(self) -> Mapping[str, int]:
        """What the summary has of it."""
        modules = {"modules": self.number(), "modules_read": self.number(is_read=True)}
        return {"resources_written": self.total, "resources_judged": self.judged, **modules}

    def number(self, kind: str = "", *, is_read: bool | None = None) -> int:
        """How many modules or nested stacks there are. kind: "" for all. is_read: None for those read and those not."""
        return sum(kind in ("", one) and is_read in (None, was_read) for (_, one, _), was_read in self.parts.items())


def written_in(judged: Deployments, rules: Sequence[Rule]) -> Iterator[tuple[Home, Written]]:
    """The resources of a template, without those of files that nobody asked for. rules: those that are applied."""
    types = _languages(tuple(rules))
    for resource in judged.resources:
        where = home(resource)
        if where[0] not in judged.context_files:
            is_judged = not types.get(resource.type, set()).isdisjoint(("", resource.language))
            yield where, Written(resource.type, is_judged)
    for other in judged.beside():
        span = other.place.span
        if span.path not in judged.context_files:
            is_judged = not types.get(other.gives_to, set()).isdisjoint(("", "terraform"))
            yield (span.path, f"{span.line}:{span.column} {other.apart}".rstrip()), Written(other.type, is_judged)


@lru_cache(maxsize=8)
def _languages(rules: tuple[Rule, ...]) -> Mapping[str, set[str]]:
    """The languages in which rules judge each type, "" for all of them; asked for each template with the same rules."""
    types: dict[str, set[str]] = {}
    for rule in rules:
        for name in rule.resource:
            types.setdefault(name, set()).add(rule.language)
    return types


def judges(rules: Sequence[Rule], type_: str, language: str) -> bool:
    """Whether one of the rules judges resources of a type in a language."""
    return not _languages(tuple(rules)).get(type_, set()).isdisjoint(("", language))


def home(resource: Resource) -> Home:
    """Where a resource is written: what is generated from it, nested with it or repeated has the same home."""
    span = resource.place.span
    if resource.language != "terraform":
        return span.path, bare(resource.written)
    return span.path, f"{span.line}:{span.column} {resource.apart}".rstrip()


def bare(name: str) -> str:
    """A logical id without the nested stacks that it is in."""
    return name.rpartition("/")[2]
