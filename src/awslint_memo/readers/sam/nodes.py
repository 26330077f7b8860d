"""Creates CloudFormation nodes from SAM nodes, with the positions of those that they are generated from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from awslint_memo.model.span import Place
from awslint_memo.model.value import Scalar
from awslint_memo.syntax.node import Made, Node, fields, text

Sayable: TypeAlias = "Node | Scalar | Mapping[str, Sayable] | Sequence[Sayable]"
"""What `make` accepts. None in a mapping means that the property is not set."""

_SCALARS = frozenset((str, int, float, bool, type(None)))

OPEN = "Fn::Sam"
"""Key that makes a value unknown if it is the only one of a mapping, and what the mapping does not say if it is not."""


def make(content: Sayable, place: Place) -> Node:
    """Create the node of a mapping, list or scalar with a position; existing nodes inside keep theirs."""
    if type(content) in _SCALARS:  # Most are; the test of an abstract class takes ten times as long.
        return Made(cast("Scalar", content), place)
    if isinstance(content, (dict, Mapping)):
        return Made({key: make(value, place) for key, value in content.items() if value is not None}, place)
    if isinstance(content, (list, tuple)):
        return Made([make(item, place) for item in content], place)
    if content is None or isinstance(content, (str, int, float, bool)):
        return Made(content, place)
    return cast("Node", content)


def ref(name: str, place: Place) -> Node:
    """`Ref` of a logical id or parameter."""
    return make({"Ref": name}, place)


def get_att(name: str, attribute: str, place: Place) -> Node:
    """`Fn::GetAtt` of a logical id."""
    return make({"Fn::GetAtt": [name, attribute]}, place)


def unknown(node: Node) -> Node:
    """A node with an unknown value, in place of one that we can't translate."""
    return Made({OPEN: node}, node)


def function_of(node: Node) -> str | None:
    """The name of the intrinsic function that a node calls; None if it is not a call."""
    content = node.content
    if isinstance(content, Mapping) and len(content) == 1:
        name = next(iter(content))
        return name if name in ("Ref", "Condition") or name.startswith("Fn::") else None
    return None


def is_nothing(node: Node | None) -> bool:
    """Whether a node is missing, null, or AWS::NoValue."""
    return node is None or node.content is None or text(fields(node).get("Ref")) == "AWS::NoValue"


def given(said: Mapping[str, Node], name: str) -> Node | None:
    """The node of a property; None if it is missing, null or AWS::NoValue."""
    node = said.get(name)
    return None if is_nothing(node) else node


def subscribed_queue(said: Mapping[str, Node]) -> Node | None:
    """The SqsSubscription of an event from a topic that asks for a queue between them; None if it asks for none.

    said: the event's properties.
    """
    queue = given(said, "SqsSubscription")
    return queue if queue is not None and (isinstance(queue.content, Mapping) or is_true(queue)) else None


def through_if(node: Node, translate: Callable[[Node], Node], function: Callable[[Node], Node] = unknown) -> Node:
    """Translate a property, in every branch if it is a Fn::If. function: translates calls of other functions."""
    if is_nothing(node):
        return node
    called = function_of(node)
    if called is None:
        return translate(node)
    arguments = fields(node)[called].content
    if called != "Fn::If" or not isinstance(arguments, list) or len(arguments) != 3:
        return function(node)
    branches = [through_if(branch, translate, function) for branch in arguments[1:]]
    return Made({"Fn::If": Made([arguments[0], *branches], node)}, node)


def otherwise(node: Node | None, instead: Node) -> Node:
    """A property, replaced by `instead` where it is missing or AWS::NoValue, also in branches of Fn::If."""
    if node is None or is_nothing(node):
        return instead
    if function_of(node) != "Fn::If":
        return node
    arguments = fields(node)["Fn::If"].content
    if not isinstance(arguments, list) or len(arguments) != 3:
        return node
    return Made(
        {"Fn::If": Made([arguments[0], *(otherwise(argument, instead) for argument in arguments[1:])], node)}, node
    )


def each(
    node: Node | None, translate: Callable[[Node], Node], function: Callable[[Node], Node] = unknown
) -> Node | None:
    """Like `through_if`; None for a property that is not there."""
    return None if node is None else through_if(node, translate, function)


def left_out(node: Node, place: Place) -> Node:
    """A node that has no value if `node` has one, and the other way round."""
    if is_nothing(node):
        return Made(True, place)
    arguments = fields(node)["Fn::If"].content if function_of(node) == "Fn::If" else None
    if not isinstance(arguments, list) or len(arguments) != 3:
        return ref("AWS::NoValue", node)
    return make({"Fn::If": [arguments[0], *(left_out(argument, place) for argument in arguments[1:])]}, node)


def content(uri: Node | None) -> Node | None:
    """The code of a function or layer in S3; unknown for a folder, which is packaged before deployment."""
    said = fields(uri)
    if uri is None or "Bucket" not in said:
        return None if uri is None else unknown(uri)
    code = {"S3Bucket": said["Bucket"], "S3Key": said.get("Key"), "S3ObjectVersion": said.get("Version")}
    return make({**code, "S3ObjectStorageMode": said.get("StorageMode")}, uri)


def tags(node: Node | None) -> Node | None:
    """Convert SAM's mapping of tags to CloudFormation's list."""
    if node is None:
        return None
    return through_if(
        node, lambda said: make([{"Key": key, "Value": value} for key, value in fields(said).items()], said)
    )


def plain(node: Node) -> Any:
    """A node as plain data, for a hash; functions stay as they are written."""
    content = node.content
    if isinstance(content, Mapping):
        return {key: plain(value) for key, value in content.items()}
    return [plain(item) for item in content] if isinstance(content, list) else content


def hashed(*nodes: Node) -> str:
    """The ten digits that SAM appends to the logical id of what it generates from a value, or from several values."""
    said = [plain(node) for node in nodes]
    whole = said[0] if len(said) == 1 else said
    import hashlib  # loads a library of cryptography
    import json

    written = whole if isinstance(whole, str) else json.dumps(whole, separators=(",", ":"), sort_keys=True)
    return hashlib.sha1(written.encode(errors="replace"), usedforsecurity=False).hexdigest()[:10]


def is_true(node: Node | None) -> bool:
    """Whether a scalar is literally true (the boolean or the text)."""
    content = node.content if node is not None else None
    return content is True or (isinstance(content, str) and content.lower() == "true")


def is_false(node: Node | None) -> bool:
    """Whether a scalar is literally false (the boolean or the text)."""
    content = node.content if node is not None else None
    return content is False or (isinstance(content, str) and content.lower() == "false")
