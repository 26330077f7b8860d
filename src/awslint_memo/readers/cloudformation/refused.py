"""What makes CloudFormation surely refuse a template, whatever it is given: rules that take no value, names of nothing,
and resources that wait for each other.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html (read on 2026-12-02)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.lazy import regex
from awslint_memo.readers.cloudformation.deployments import is_ever_allowed
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.references import lookups, outputs
from awslint_memo.readers.cloudformation.stack import Imports
from awslint_memo.readers.cloudformation.stack_context import PSEUDO_PARAMETERS
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.syntax.node import Node, descend, fields, text

_VARIABLE = regex(r"\$\{\s*([^!{}\s][^{}]*?)\s*\}")
_ADDED = "Serverless"
"""How the names begin of what SAM makes for all of a template, such as ServerlessRestApi."""


def refused(template: CloudFormationTemplate) -> Iterator[tuple[str, str]]:
    """Why CloudFormation surely refuses a template, in words; each with what it has in common with others of its kind:
    of a part of a template that is put together elsewhere, one name more that is not there says nothing."""
    stack = template.stack(Imports())
    document, path = stack.document, template.source.path
    if document.section("Rules") and not is_ever_allowed(stack.use.stacks.met[stack.use.prefix][0].conditions):
        why = f"the rules of {path} take no value of its parameters"
        yield why, why
    if document.missing_condition is not None:
        yield "a part", f"{path} asks for the condition {document.missing_condition[0]}, which is not there"
    if document.macro is not None or document.missing_condition is not None or document.sam.is_open:
        return
    names = _Names(document)
    for name, node in document.section("Resources").items():
        missing = next((each for each in _depended(node) if not names.has_resource(each)), "")
        if missing:
            why = f"{name} in {path} depends on {missing}, which is not there"
            yield why, why
    for section in ("Conditions", "Resources", "Outputs"):
        for name, node in document.section(section).items():
            missing = next(names.missing(node), "")
            if missing:
                yield "a name", f"{name} in {path} names {missing}, which is not there"
    if _left_waiting(document):
        yield "a circle", f"resources in {path} wait for each other"


class _Names:
    """What can be named in a document."""

    def __init__(self, document: Document) -> None:
        self._written = document.section("Resources")
        self._resources = frozenset((*document.resources, *self._written))
        self._parameters = frozenset((*document.parameters, *PSEUDO_PARAMETERS))
        self._conditions = document.section("Conditions")
        self._mappings = document.section("Mappings")
        self._is_of_sam = document.resources.keys() != self._written.keys()

    def has_resource(self, name: str) -> bool:
        """Whether there may be a resource of a name: SAM makes others, called like what they are made of."""
        if name in self._resources or not name or "${" in name:
            return True
        return self._is_of_sam and name.startswith((_ADDED, *self._written))

    def missing(self, node: Node) -> Iterator[str]:
        """What a node names and is nowhere."""
        for inner in descend(node):
            content = fields(inner)
            named = [text(content.get("Ref"))] if len(content) == 1 else []
            named += _substituted(content.get("Fn::Sub"))
            plain = (name.partition(".")[0] if self._is_of_sam or "." in name else name for name in named if name)
            yield from (name for name in plain if name not in self._parameters and not self.has_resource(name))
        attributes = (name.partition(".")[0] for name in outputs(node))
        yield from (name for name in attributes if not self.has_resource(name))
        yield from (name for name in _chosen_by(node) if name not in self._conditions)
        maps = (text(argument) for argument in _first_arguments(lookups(node)))
        yield from (name for name in maps if name is not None and name not in self._mappings)


def _first_arguments(found: Iterable[Node]) -> Iterator[Node | None]:
    for node in found:
        content = fields(node)["Fn::FindInMap"].content
        # With a default, the map may be missing.
        yield content[0] if isinstance(content, list) and len(content) == 3 else None


def _chosen_by(node: Node) -> Iterator[str]:
    """The conditions by which functions of a node choose. Policies have keys of the same name."""
    for inner in descend(node):
        if "Fn::If" in fields(inner) and len(fields(inner)) == 1:
            content = fields(inner)["Fn::If"].content
            yield from (name for name in (text(content[0]) if isinstance(content, list) and content else None,) if name)


def _substituted(written: Node | None) -> list[str | None]:
    """The names in a text of Fn::Sub that it is not given itself."""
    if written is None:
        return []
    content = written.content if isinstance(written.content, list) else [written]
    own = fields(content[1]) if len(content) > 1 else {}
    names = _VARIABLE.findall(text(content[0]) or "") if content else []
    return [name for name in names if name not in own]


def _depended(resource: Node) -> Sequence[str]:
    """The names in the DependsOn of a resource."""
    written = fields(resource).get("DependsOn")
    content = [] if written is None else written.content if isinstance(written.content, list) else [written]
    return [name for name in map(text, content) if name]


def _left_waiting(document: Document) -> bool:
    """Whether resources are left once all that name nothing, or only such ones, are taken away, again and again."""
    written = document.section("Resources")
    waiting = {
        name: {each for each in _needed(node) if each in written and each != name} for name, node in written.items()
    }
    users: dict[str, list[str]] = {}
    for name, others in waiting.items():
        for other in others:
            users.setdefault(other, []).append(name)
    free = [name for name, others in waiting.items() if not others]
    while free:
        name = free.pop()
        del waiting[name]
        for user in users.get(name, ()):
            waiting[user].discard(name)
            free += [] if waiting[user] else [user]
    return bool(waiting)


def _needed(resource: Node) -> Iterator[str]:
    yield from _depended(resource)
    for inner in _surely(resource):
        content = fields(inner)
        name = text(content.get("Ref")) if len(content) == 1 else None
        yield from [name] if name else []
        yield from (each.partition(".")[0] for each in _substituted(content.get("Fn::Sub")) if each)
        if "Fn::GetAtt" in content:
            yield from (each.partition(".")[0] for each in outputs(inner))


def _surely(node: Node) -> Iterator[Node]:
    """A node and what is in it, without what conditions choose."""
    if "Fn::If" in fields(node):
        return
    yield node
    content = node.content
    for inner in content if isinstance(content, list) else fields(node).values():
        yield from _surely(inner)
