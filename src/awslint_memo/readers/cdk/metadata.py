"""What an assembly keeps of a stack's constructs: the resource of each, where it was made, what was acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.syntax.node import Node, fields, text

OURS = "awslint-memo::"
"""What the ids of our rules begin with where an app acknowledges them: the name of the plugin."""

_OF_OTHERS = regex(r"[\\/]node_modules[\\/]|^node:|^\.\.\.|jsii-kernel")


@record(frozen=True)
class Frame:
    """A line of the app, with the path that it had where the assembly was made."""

    path: str
    line: int
    column: int


@record(frozen=True)
class Acknowledged:
    """A rule of ours that a construct acknowledges, with the line of the app that does it, if that is known."""

    path: str
    rule: str
    reason: str
    place: Place
    frame: Frame | None


class Metadata:
    """The entries of constructs, which are read when somebody asks.

    parts: gives mappings from the path of a construct to its entries.
    """

    def __init__(self, parts: Callable[[], Iterable[Node]]) -> None:
        self._parts = parts

    @cached_property
    def _entries(self) -> Mapping[str, Sequence[Mapping[str, Node]]]:
        found: dict[str, list[Mapping[str, Node]]] = {}
        for part in self._parts():
            for path, entries in fields(part).items():
                content = entries.content
                here = [fields(one) for one in content] if isinstance(content, list) else []
                found.setdefault(path.lstrip("/"), []).extend(here)
        return found

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """The path of each construct that is a stack with a template of its own, by the template's name."""
        return {name: path for path in self._entries for name in self._texts(path, "aws:cdk:templateFile")}

    @cached_property
    def uploaded(self) -> frozenset[str]:
        """The paths of the files that the stack's constructs upload, as apps of older versions have them, and of the
        templates of its stacks."""
        entries = (entry for found in self._entries.values() for entry in found)
        assets = (entry.get("data") for entry in entries if text(entry.get("type")) == "aws:cdk:asset")
        paths = (text(fields(one).get("path")) for one in assets)
        return frozenset((*self.templates, *(path for path in paths if path is not None)))

    @cached_property
    def _stacks(self) -> Mapping[str, str]:
        return {path: name for name, path in self.templates.items()}

    @cached_property
    def _of_resource(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for path in self._entries:
            for name in self._texts(path, "aws:cdk:logicalId"):
                found.setdefault(name, []).append(path)
        return found

    def construct(self, template: str, name: str) -> str | None:
        """The path of the construct that is a resource of a template, by its logical id; None if that is not sure."""
        paths = self._of_resource.get(name, ())
        here = [path for path in paths if self._template_of(path) == template]
        found = here if self.templates else paths
        return found[0] if len(found) == 1 else None

    def made(self, path: str) -> Frame | None:
        """The line of the app that makes a construct, or else the one that it is a part of, within its stack."""
        for one in Construct(path).outer:
            if one in self._stacks:
                break
            for where in (one, f"{one}/Resource"):
                for frames in self._stacks_of_calls(where):
                    if (found := _first(frames)) is not None:
                        return found
        return None

    def acknowledged(self) -> Iterator[Acknowledged]:
        """The rules of ours that constructs acknowledge."""
        for path, entries in self._entries.items():
            for entry in entries:
                if text(entry.get("type")) == "aws:cdk:acknowledged-rules":
                    frame = _first(entry.get("trace"))
                    for name, reason in fields(entry.get("data")).items():
                        if name.startswith(OURS):
                            yield Acknowledged(path, name[len(OURS) :], text(reason) or "", reason, frame)

    def _template_of(self, path: str) -> str | None:
        return next((self._stacks[one] for one in Construct(path).outer if one in self._stacks), None)

    def _texts(self, path: str, kind: str) -> Iterator[str]:
        for entry in self._entries[path]:
            data = text(entry.get("data")) if text(entry.get("type")) == kind else None
            if data is not None:
                yield data

    def _stacks_of_calls(self, path: str) -> Iterator[Node]:
        """Where a construct was made; apps of older versions have it with the logical id."""
        for entry in self._entries.get(path, ()):
            kind = text(entry.get("type"))
            key = {"aws:cdk:creationStack": "data", "aws:cdk:logicalId": "trace"}.get(kind or "")
            if key is not None and key in entry:
                yield entry[key]


def _first(frames: Node | None) -> Frame | None:
    """The first line of a stack of calls that is the app's own."""
    content = frames.content if frames is not None else None
    for one in content if isinstance(content, list) else ():
        found = _frame((text(one) or "").strip().removesuffix(")"))
        if found is not None:
            return found
    return None


def _frame(said: str) -> Frame | None:
    """The place in "new Shop (/app/lib/shop.ts:16:5" or "at /app/bin/app.js:3:1"; None for code of others."""
    where, _, column = said.rpartition(":")
    where, _, line = where.rpartition(":")
    path = where.rpartition("(")[2] if "(" in where else where.removeprefix("at ")
    is_placed = all(one.isascii() and one.isdigit() and len(one) < 9 for one in (line, column))
    if not path or not is_placed or _OF_OTHERS.search(path):
        return None
    return Frame(path.removeprefix("file://"), int(line), int(column))
