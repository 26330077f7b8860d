"""The nodes of a parsed file, before anything is evaluated: the common interface of YAML, JSON and HCL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.model.value import Scalar

Content: TypeAlias = "Scalar | Mapping[str, Node] | list[Node]"


UNREADABLE = "Fn::Unreadable"
"""Key in a mapping for a part that can't be read. Like a function that nobody knows, it makes the mapping's value, or
what the mapping does not say, unknown."""


MAX_DEPTH = 100
"""Limit of nesting, because functions that process a template are recursive. Real templates nest far less."""

MAX_FLAWS = 100
"""The most mistakes of a file that are listed: a tool that wrote the file made the others in the same way."""


@record
class Flaws:
    """Receives the mistakes of a file that a parser can read past; without it, the first one ends the parsing.

    on_duplicate: what a duplicate key means in this kind of file, and what to do.
    """

    on_duplicate: str = "CloudFormation takes the last value, so remove one of them"
    problems: list[Problem] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    """By path, how many mistakes were noted."""

    def add(self, message: str, path: str, position: tuple[int, int], *, hides: bool = True) -> None:
        """Note a mistake at a position (line, column). hides: as of `Problem`."""
        if not self.is_full(path):
            self.note(Problem(message, path, *position, is_partial=True, hides=hides))

    def note(self, problem: Problem) -> None:
        """Note a mistake; of a file with very many, the first one that is not listed says so."""
        count = self._counts[problem.path] = self._counts.get(problem.path, 0) + 1
        if count <= MAX_FLAWS:
            self.problems.append(problem)
        elif count == MAX_FLAWS + 1:
            words = (
                f"from here on, there are more errors than the {MAX_FLAWS} that are listed; mend these and run again"
            )
            self.problems.append(Problem(words, problem.path, problem.line, problem.column, is_partial=True))

    def is_full(self, path: str) -> bool:
        """Whether more mistakes of a file are neither listed nor counted."""
        return self._counts.get(path, 0) > MAX_FLAWS


@runtime_checkable
class Node(Protocol):
    """A scalar, list or mapping with its position in the file."""

    @property
    def content(self) -> Content:
        """The content; computed on first access."""

    @property
    def span(self) -> Span:
        """The span in the file."""

    def key(self, name: str) -> Place:
        """The position of the key `name` of this mapping."""


class Made:
    """A generated node, for example for `!Ref` or a SAM event. Its place is that of the node it was generated from."""

    # No record: templates of SAM make many thousands of them.
    __slots__ = ("content", "place")

    def __init__(self, content: Content, place: Place) -> None:
        self.content = content
        self.place = place

    @property
    def span(self) -> Span:
        """The span of the node that this one was generated from."""
        return self.place.span

    def key(self, name: str) -> Place:
        """The position of the value of `name`; if there is none, that of the whole node."""
        child = self.content.get(name) if isinstance(self.content, Mapping) else None
        return self.place if child is None else child


class KeyPlace:
    """Where a key of a mapping stands; worked out when somebody asks."""

    __slots__ = ("_name", "_node")

    def __init__(self, node: Node, name: str) -> None:
        self._node = node
        self._name = name

    @property
    def span(self) -> Span:
        """Where the key stands."""
        return self._node.key(self._name).span


class ChangedKeyPlace(KeyPlace):
    """Where a key stands beside a macro, which gets the key with its value and may give another one."""

    __slots__ = ()


_LEAVES = frozenset((str, int, float, bool, list, type(None)))

_NOTHING: Mapping[str, Node] = {}


def fields(node: Node | None) -> Mapping[str, Node]:
    """The children of a mapping by key; empty if the node is not a mapping."""
    content = node.content if node is not None else None
    # Most questions are about these kinds; the test of an abstract class takes ten times as long.
    if isinstance(content, dict):
        return content
    return content if type(content) not in _LEAVES and isinstance(content, Mapping) else _NOTHING


def entry_lines(node: Node) -> Mapping[str, tuple[int, int]]:
    """The first and the last line of each entry of a mapping, which its parser may know without making spans."""
    known: Mapping[str, tuple[int, int]] | None = getattr(node, "entry_lines", None)
    if known is not None:
        return known
    return {name: (node.key(name).span.line, child.span.end_line) for name, child in fields(node).items()}


def text(node: Node | None) -> str | None:
    """The text of a node that is a string; else None."""
    content = node.content if node is not None else None
    return content if isinstance(content, str) else None


def descend(node: Node) -> Iterator[Node]:
    """The node and all nodes below it."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        content = current.content
        if isinstance(content, list):
            stack.extend(content)
        elif not isinstance(content, str):
            stack.extend(fields(current).values())


def are_alike(one: Node, other: Node) -> bool:
    """Whether two nodes have the same content, wherever it stands. 1, 1.0 and true are three values."""
    pending = [(one, other)]
    while pending:
        one, other = pending.pop()
        if one is other:
            continue
        compare: Callable[[Node], bool] | None = getattr(one, "is_like", None)
        if compare is not None and type(one) is type(other):
            if not compare(other):
                return False
            continue
        before, after = one.content, other.content
        if isinstance(before, Mapping) and isinstance(after, Mapping) and list(before) == list(after):
            pending += zip(before.values(), after.values(), strict=True)
        elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
            pending += zip(before, after, strict=True)
        elif isinstance(before, (Mapping, list)) or type(before) is not type(after) or before != after:
            return False
    return True


def plain(node: Node) -> Any:
    """The node as plain Python data."""
    content = node.content
    if isinstance(content, Mapping):
        return {key: plain(child) for key, child in content.items()}
    return [plain(child) for child in content] if isinstance(content, list) else content


def form_of(node: Node) -> str:
    """What stands at a node, in words for a sentence about what should stand there."""
    content = node.content
    forms = ((list, "a list"), (Mapping, "a mapping"), (type(None), "empty"))
    return next((name for form, name in forms if isinstance(content, form)), "a single value")
