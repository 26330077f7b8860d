"""Checks the basic structure of a CloudFormation template, which the reader relies on, and takes out what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.readers.sam.template import PREFIX
from awslint_memo.syntax.node import UNREADABLE, Flaws, Made, Node, descend, fields, text

_SECTIONS = ("Parameters", "Mappings", "Conditions", "Outputs", "Metadata", "Globals", "Rules", "Hooks")


@record(frozen=True, slots=True, eq=False)
class _Mended:
    """A mapping of the template without its broken entries."""

    content: Mapping[str, Node]
    written: Node

    @property
    def span(self) -> Span:
        return self.written.span

    def key(self, name: str) -> Place:
        return self.written.key(name) if name in fields(self.written) else self.written


def sound(root: Node, source: Source, flaws: Flaws) -> Node:
    """The template without its broken parts, each of which is reported to `flaws`. An empty section counts as missing.

    What is broken may be anything: a resource leaves the template open, properties and outputs are unknown, and a
    condition may be true or false. Raises Problem if there are no resources to judge.
    """
    sections = dict(fields(root))
    resources = sections.get("Resources")
    if resources is None or not isinstance(resources.content, Mapping):
        where = resources or root
        message = f"Resources must be a mapping, not {_kind(where)}; give each a name"
        if resources is not None and resources.content is None:
            message = "Resources is empty; add a resource"
        raise Problem(message, source.path, where.span.line, where.span.column)
    check = _Check(source, flaws)
    mended = check.resources(resources)
    for name in _SECTIONS:
        if name in sections:
            sections[name] = check.section(name, sections[name], mended)
    if "Transform" in sections:
        check.transforms(sections["Transform"])
    if UNREADABLE in sections:
        mended[UNREADABLE] = sections[UNREADABLE]
    if not check.has_mended and UNREADABLE not in sections:
        return root
    return _Mended({**sections, "Resources": _Mended(mended, resources)}, root)


class _Check:
    """Checks the parts of one template; each method returns its argument without what is broken."""

    def __init__(self, source: Source, flaws: Flaws) -> None:
        self._source = source
        self._flaws = flaws
        self.has_mended = False
        """Whether anything was taken out or replaced."""

    def resources(self, section: Node) -> dict[str, Node]:
        """The resources. For a broken one there is an entry that makes the template open."""
        mended: dict[str, Node] = {}
        for name, node in fields(section).items():
            kept = node if name.startswith("Fn::") else self._resource(name, node)
            if kept is not None:
                mended[name] = kept
            if kept is not node:
                mended[f"{UNREADABLE}::{name}"] = node
                self.has_mended = True
        return mended

    def transforms(self, node: Node) -> None:
        """Say which transforms have no name. They stay, since what such a one changes is not known."""
        for one in node.content if isinstance(node.content, list) else [node]:
            is_unread = UNREADABLE in fields(one)
            if not (text(one) or text(fields(one).get("Name")) or is_unread):
                kind = _kind(one) if text(one) is None else "empty"
                message = f"Transform must name a macro, such as AWS::Serverless-2016-10-31, not {kind}; write its name"
                self._say(message.replace("not a mapping", "not a mapping without a Name"), one)

    def _resource(self, name: str, node: Node) -> Node | None:
        content = node.content
        if not isinstance(content, Mapping):
            self._say(f"the resource {name} must be a mapping with a Type, not {_kind(node)}", node)
            return None
        properties = content.get("Properties")
        if UNREADABLE in content:
            whole = Made({**fields(properties), UNREADABLE: content[UNREADABLE]}, node)
            return _Mended({**content, "Properties": whole}, node)
        if any(key.startswith("Fn::") for key in content):
            return node
        type_ = content.get("Type")
        if any("::" in key for key in fields(type_)):
            # A tool puts resources in its place before deployment, as Rain does with `Type: !Rain::Module`.
            return None
        if not text(type_):
            message = f"the resource {name} has no Type; write one, such as Type: AWS::SQS::Queue"
            if type_ is not None and text(type_) is None:
                message = f"the Type of {name} must be text such as AWS::SQS::Queue, not {_kind(type_)}"
            self._say(message, type_ or node)
            return None
        if properties is None or isinstance(properties.content, (Mapping, type(None))):
            return node
        self._say(
            f"the Properties of {name} must be a mapping, not {_kind(properties)}; write names with values", properties
        )
        return _Mended({**content, "Properties": _unknown(properties)}, node)

    def section(self, name: str, node: Node, resources: Mapping[str, Node]) -> Node:
        """One of the other sections. resources: the template's, without the broken ones."""
        is_broken = not isinstance(node.content, (Mapping, type(None)))
        if is_broken:
            self._say(f"{name} must be a mapping, not {_kind(node)}; write a name for each entry", node)
        entries = fields(node)
        self.has_mended = self.has_mended or UNREADABLE in entries
        mended: Mapping[str, Node]
        if name == "Conditions":
            mended = self._conditions(entries)
            if is_broken or UNREADABLE in entries:
                mended = {**{used: _unknown(node) for one in resources.values() for used in _used(one)}, **mended}
        elif name == "Globals":
            mended = self._entries(entries, "{} of Globals must be a mapping of properties", _unknown)
            if is_broken or UNREADABLE in entries:
                mended = {**{kind: _unknown(node) for kind in _kinds(resources)}, **mended}
        elif name == "Outputs":
            mended = self._entries(entries, "the output {} must be a mapping with a Value", _unknown)
            mended = {UNREADABLE: node} if is_broken else mended
        elif name == "Parameters":
            mended = self._entries(entries, "the parameter {} must be a mapping with a Type")
        else:
            mended = self._entries(entries, "the mapping {} must be a mapping") if name == "Mappings" else entries
        return _Mended(mended, node)

    def _entries(
        self, entries: Mapping[str, Node], message: str, instead: Callable[[Node], Node] | None = None
    ) -> Mapping[str, Node]:
        """The entries of a section; of those that are no mappings what `instead` makes, or else nothing."""
        mended: dict[str, Node] = {}
        for name, node in entries.items():
            is_sound = name.startswith("Fn::") or isinstance(node.content, (Mapping, type(None)))
            if not is_sound:
                self._say(f"{message.format(name)}, not {_kind(node)}", node)
            if is_sound and (name != UNREADABLE or instead is not None):
                mended[name] = node
            elif not is_sound and instead is not None:
                mended[name] = instead(node)
        return mended

    def _conditions(self, entries: Mapping[str, Node]) -> dict[str, Node]:
        mended = dict(entries)
        for name, node in entries.items():
            if not isinstance(node.content, (Mapping, bool)) and not name.startswith("Fn::"):
                self._say(f"the condition {name} must be a function such as !Equals, not {_kind(node)}", node)
                mended[name] = _unknown(node)
        for names in _circles(mended):
            through = f" through {' and '.join(names[1:])}" if names[1:] else ""
            self._say(f"the condition {names[0]} depends on itself{through}; remove the cycle", mended[names[0]])
            mended.update((name, _unknown(mended[name])) for name in names)
        return mended

    def _say(self, message: str, place: Node) -> None:
        from awslint_memo.syntax.yaml_causes import of_line

        self.has_mended = True
        cause = of_line(text(place) or "", 0)
        if cause is not None:
            message = f"{message.partition(';')[0]}; {cause[0]}"
        self._flaws.add(message, self._source.path, (place.span.line, place.span.column))


def _unknown(node: Node) -> Node:
    return Made({UNREADABLE: Made(None, node)}, node)


def _kinds(resources: Mapping[str, Node]) -> Iterator[str]:
    """The kinds of SAM's resources in a template, which may take properties from Globals."""
    from awslint_memo.readers.sam.apis import IMPLICIT

    types = (text(fields(node).get("Type")) or "" for node in resources.values())
    return iter({*(one.removeprefix(PREFIX) for one in types if one.startswith(PREFIX)), *IMPLICIT.values()})


def _circles(written: Mapping[str, Node]) -> list[list[str]]:
    """The names of the conditions of each circular dependency, in order, until every one of them is broken."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in written:
        path: dict[str, Iterator[str]] = {} if start in done else {start: _used(written[start])}
        while path:
            inner = next(path[next(reversed(path))], None)
            if inner is None:
                done.add(path.popitem()[0])
            elif inner in path:
                names = list(path)[list(path).index(inner) :]
                found.append(names)
                done.update(names)
                path = {name: pending for name, pending in path.items() if name not in done}
            elif inner in written and inner not in done:
                path[inner] = _used(written[inner])
    return found


def _used(node: Node) -> Iterator[str]:
    """The names of the conditions that a resource or condition uses."""
    for inner in descend(node):
        content = fields(inner)
        arguments = content["Fn::If"].content if "Fn::If" in content else None
        first = arguments[0] if isinstance(arguments, list) and arguments else None
        yield from (name for name in (text(content.get("Condition")), text(first)) if name is not None)


def _kind(node: Node) -> str:
    content = node.content
    kinds = ((list, "a list"), (Mapping, "a mapping"), (type(None), "empty"))
    return next((name for kind, name in kinds if isinstance(content, kind)), "a single value")
