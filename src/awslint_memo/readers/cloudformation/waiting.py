"""Whether resources of a template wait for each other, so that CloudFormation can make none of them first.

What counts is what SAM makes: the permission of an event names function and API, where the event stands in the function
(https://github.com/aws/serverless-application-model, compared with its 1.110.0 on 2026-12-02).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.lazy import regex
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.references import outputs
from awslint_memo.readers.sam.translated import is_of_sam
from awslint_memo.syntax.node import Made, Node, fields, text

_VARIABLE = regex(r"\$\{\s*([^!{}\s][^{}]*?)\s*\}")
_OF_OURS = "DeploymentPreference"
"""What a function has here and not in CloudFormation, where it belongs to the deployment group and the alias."""


def are_waiting(document: Document) -> bool:
    """Whether resources are left once all that name nothing, or only such ones, are taken away, again and again."""
    # What a type of SAM comes to that is not translated is not known.
    made = {name: node for name, (_, node) in document.resources.items() if not is_of_sam(node)}
    waiting = {name: {each for each in _needed(node) if each in made and each != name} for name, node in made.items()}
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


def substituted(written: Node | None) -> list[str | None]:
    """The names in a text of Fn::Sub that it is not given itself."""
    if written is None:
        return []
    content = written.content if isinstance(written.content, list) else [written]
    own = fields(content[1]) if len(content) > 1 else {}
    names = _VARIABLE.findall(text(content[0]) or "") if content else []
    return [name for name in names if name not in own]


def depended(resource: Node) -> Sequence[str]:
    """The names in the DependsOn of a resource."""
    written = fields(resource).get("DependsOn")
    content = [] if written is None else written.content if isinstance(written.content, list) else [written]
    return [name for name in map(text, content) if name]


def _needed(resource: Node) -> Iterator[str]:
    yield from depended(resource)
    for inner in (each for part in _parts(resource) for each in _surely(part)):
        content = fields(inner)
        name = text(content.get("Ref")) if len(content) == 1 else None
        yield from [name] if name else []
        yield from (each.partition(".")[0] for each in substituted(content.get("Fn::Sub")) if each)
        if "Fn::GetAtt" in content:
            yield from (each.partition(".")[0] for each in outputs(inner))


def _parts(resource: Node) -> Iterator[Node]:
    """What of a resource may name others."""
    if not isinstance(resource, Made):
        yield resource
        return
    properties = fields(fields(resource).get("Properties"))
    yield from (node for name, node in properties.items() if name != _OF_OURS or not _is_function(resource))


def _is_function(resource: Node) -> bool:
    return text(fields(resource).get("Type")) == "AWS::Lambda::Function"


def _surely(node: Node) -> Iterator[Node]:
    """A node and what is in it, without what conditions choose."""
    if "Fn::If" in fields(node):
        return
    yield node
    content = node.content
    for inner in content if isinstance(content, list) else fields(node).values():
        yield from _surely(inner)
