"""Checks the basic structure of a CloudFormation template, which the reader relies on, and takes out what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.readers.cloudformation.expansion import LOOP
from awslint_memo.readers.cloudformation.references import conditions_in
from awslint_memo.readers.sam.translated import PREFIX
from awslint_memo.syntax.node import UNREADABLE, Flaws, Made, Node, fields, form_of, text

_TYPE = regex(r"[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+(::MODULE)?|Custom::[\w@-]+")
_PLACEHOLDER = regex(r"[$&]\{\w+\}")
_LONGEST = 60
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
        message = f"Resources must be a mapping, not {form_of(where)}; give each a name"
        if resources is not None and resources.content is None:
            message = "Resources is empty; add a resource"
        raise Problem(message, source.path, where.span.line, where.span.column)
    check = _Check(source, flaws, _has_macro(sections.get("Transform")))
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

    def __init__(self, source: Source, flaws: Flaws, has_macro: bool) -> None:
        """has_macro: whether somebody's macro changes the template."""
        self._source = source
        self._flaws = flaws
        self._has_macro = has_macro
        self.has_mended = False
        """Whether anything was taken out or replaced."""

    def resources(self, section: Node) -> dict[str, Node]:
        """The resources. For a broken one there is an entry that makes the template open."""
        mended: dict[str, Node] = {}
        for name, node in fields(section).items():
            kept = self._entry(name, node)
            if kept is not None:
                mended[name] = kept
            if kept is not node:
                mended[f"{UNREADABLE}::{name}"] = node
                self.has_mended = True
        return mended

    def _entry(self, name: str, node: Node, is_repeated: bool = False) -> Node | None:
        """A resource, or a loop over resources; None if it is broken. is_repeated: whether a loop repeats it."""
        if not name.startswith("Fn::"):
            return self._resource(name, node, is_repeated)
        if not name.startswith(LOOP):
            return node
        parts = node.content
        is_whole = isinstance(parts, list) and len(parts) == 3 and text(parts[0]) is not None
        if not (isinstance(parts, list) and is_whole and isinstance(parts[2].content, Mapping)):
            words = "a list of a name, a collection and a mapping of resources"
            self._say(f"{name} must be {words}; write these three", node)
            return None
        kept = [self._entry(inner, body, True) is body for inner, body in parts[2].content.items()]
        return node if all(kept) else None

    def transforms(self, node: Node) -> None:
        """Say which transforms have no name. They stay, since what such a one changes is not known."""
        for one in node.content if isinstance(node.content, list) else [node]:
            is_unread = UNREADABLE in fields(one)
            if not (text(one) or text(fields(one).get("Name")) or is_unread):
                kind = form_of(one) if text(one) is None else "empty"
                message = f"Transform must name a macro, such as AWS::Serverless-2016-10-31, not {kind}; write its name"
                self._say(message.replace("not a mapping", "not a mapping without a Name"), one)

    def _resource(self, name: str, node: Node, is_repeated: bool) -> Node | None:
        content = node.content
        if not name.strip():
            self._say("a resource has no logical id; write a name before the colon", node)
            return None
        if not isinstance(content, (dict, Mapping)):
            self._say(f"the resource {quoted(name)} must be a mapping with a Type, not {form_of(node)}", node)
            return None
        properties = content.get("Properties")
        if UNREADABLE in content:
            whole = Made({**fields(properties), UNREADABLE: content[UNREADABLE]}, node)
            return _Mended({**content, "Properties": whole}, node)
        if any(key.startswith("Fn::") for key in content):
            return node
        type_ = content.get("Type")
        if any("::" in key.removeprefix("Fn::") for key in fields(type_)):
            # A tool puts resources in its place before deployment, as Rain does with `Type: !Rain::Module`.
            return None
        if (wrong := self._wrong_type(name, type_, is_repeated)) is not None:
            self._say(wrong, type_ or node)
            return None
        self._sam(name, text(type_) or "", node)
        if properties is None or isinstance(properties.content, (Mapping, type(None))):
            return node
        self._say(
            f"the Properties of {quoted(name)} must be a mapping, not {form_of(properties)}; write names with values",
            properties,
        )
        return _Mended({**content, "Properties": _unknown(properties)}, node)

    def _wrong_type(self, name: str, type_: Node | None, is_repeated: bool) -> str | None:
        """What is wrong with the type of a resource; None if nothing is."""
        said = text(type_)
        if type_ is None or said == "":
            return f"the resource {quoted(name)} has no Type; write one, such as Type: AWS::SQS::Queue"
        if said is None:
            return f"the Type of {quoted(name)} must be text such as AWS::SQS::Queue, not {form_of(type_)}"
        # A macro may write the whole type.
        if self._has_macro or _TYPE.fullmatch(_PLACEHOLDER.sub("X", said) if is_repeated else said):
            return None
        return f"the Type of {quoted(name)} must be a type such as AWS::SQS::Queue, not {quoted(said[:_LONGEST])}"

    def _sam(self, name: str, type_: str, node: Node) -> None:
        """Say which events and connectors can't be read. They stay, and leave the template open."""
        said = fields(node)
        if type_.startswith(PREFIX):
            from awslint_memo.readers.sam import events

            for message, place in events.malformed(name, fields(said.get("Properties")).get("Events")):
                self._say(message, place)
        if type_ == f"{PREFIX}Connector" or "Connectors" in said:
            from awslint_memo.readers.sam import connectors

            for message, place in connectors.malformed(name, node):
                self._say(message, place)

    def section(self, name: str, node: Node, resources: Mapping[str, Node]) -> Node:
        """One of the other sections. resources: the template's, without the broken ones."""
        is_broken = not isinstance(node.content, (Mapping, type(None)))
        if is_broken:
            self._say(f"{name} must be a mapping, not {form_of(node)}; write a name for each entry", node)
        entries = fields(node)
        self.has_mended = self.has_mended or UNREADABLE in entries
        mended: Mapping[str, Node]
        if name == "Conditions":
            mended = self._conditions(entries)
            if is_broken or UNREADABLE in entries:
                mended = {
                    **{used: _unknown(node) for one in resources.values() for used in conditions_in(one)},
                    **mended,
                }
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
                self._say(f"{message.format(name)}, not {form_of(node)}", node)
            if is_sound and (name != UNREADABLE or instead is not None):
                mended[name] = node
            elif not is_sound and instead is not None:
                mended[name] = instead(node)
        return mended

    def _conditions(self, entries: Mapping[str, Node]) -> dict[str, Node]:
        mended = dict(entries)
        for name, node in entries.items():
            if not isinstance(node.content, (Mapping, bool)) and not name.startswith("Fn::"):
                self._say(f"the condition {quoted(name)} must be a function such as !Equals, not {form_of(node)}", node)
                mended[name] = _unknown(node)
        for names in _circles(mended):
            through = f" through {' and '.join(names[1:])}" if names[1:] else ""
            self._say(f"the condition {names[0]} depends on itself{through}; remove the cycle", mended[names[0]])
            mended.update((name, _unknown(mended[name])) for name in names)
        return mended

    def _say(self, message: str, place: Node) -> None:
        from awslint_memo.syntax.yaml_errors import of_line

        self.has_mended = True
        cause = of_line(text(place) or "", 0)
        if cause is not None:
            message = f"{message.partition(';')[0]}; {cause[0]}"
        self._flaws.add(message, self._source.path, (place.span.line, place.span.column))


def _has_macro(transform: Node | None) -> bool:
    """Whether a template has a transform that is none of AWS's."""
    named = [] if transform is None else transform.content if isinstance(transform.content, list) else [transform]
    names = [text(node) or text(fields(node).get("Name")) or "" for node in named]
    return not all(name.startswith("AWS::") for name in names)


def _unknown(node: Node) -> Node:
    return Made({UNREADABLE: Made(None, node)}, node)


def _kinds(resources: Mapping[str, Node]) -> Iterator[str]:
    """The kinds of SAM's resources in a template, which may take properties from Globals."""
    from awslint_memo.readers.sam.apis import IMPLICIT

    types = (text(fields(node).get("Type")) or "" for node in resources.values())
    return iter({*(type_.removeprefix(PREFIX) for type_ in types if type_.startswith(PREFIX)), *IMPLICIT.values()})


def _circles(written: Mapping[str, Node]) -> list[list[str]]:
    """The names of the conditions of each circular dependency, in order, until every one of them is broken."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in written:
        path: dict[str, Iterator[str]] = {} if start in done else {start: conditions_in(written[start])}
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
                path[inner] = conditions_in(written[inner])
    return found
