"""Names and ARNs as texts that can be compared between stacks, with signs for the account, partition and Region."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.recovery import regions

_OF_ACCOUNT = regex(
    r"AWS::(?:AccountId|Partition|URLSuffix)|(?:module\.[^.]+\.)*(data\.aws_(?:caller_identity\.\w+\.(?:account_id|id)|partition\.\w+\.\w+))"
)
"""Keys of what is the same wherever one account is told of by the same words, be it in a module."""

_OF_REGION = regex(r"AWS::Region|(?:module\.[^.]+\.)*data\.aws_region\.\w+\.(?:id|name|region)")

SOMEWHERE = "${Region}"
"""The sign for a Region that is not known."""


def spelled(value: Value, resource: Resource) -> str | None:
    """The text of a value of a resource; None if more of it is not known than the account, the partition and the
    Region. These are written as signs: the same ones are the same account, while a Region of which only the sign is
    known may be any."""
    if value.text is not None:
        return value.text
    pieces = list(_pieces(value, resource))
    known = [piece for piece in pieces if piece is not None]
    return "".join(known) if pieces and len(known) == len(pieces) else None


def _pieces(value: Value, resource: Resource) -> Iterator[str | None]:
    for piece in value.pieces:
        key = piece.key if isinstance(piece, Unknown) else ""
        if piece.text is not None:
            yield piece.text
        elif of_account := _OF_ACCOUNT.fullmatch(key):
            yield f"${{{(of_account[1] or key).removeprefix('AWS::')}}}"
        elif _OF_REGION.fullmatch(key):
            # A provider with an alias has another Region than the resource that names it.
            yield (regions.name(resource) if key == "AWS::Region" else None) or SOMEWHERE
        else:
            yield None


def name_of(value: Value, resource: Resource) -> str:
    """The name that a value of a resource is, or the one at the end of its ARN; empty if it is not known."""
    text = spelled(value, resource) or ""
    name = text.replace("/", ":").rpartition(":")[2]
    return "" if SOMEWHERE in name else name


def may_be_one(named: Value, own: Value) -> bool:
    """Whether a name, or an ARN that ends in one, may be the own name of something; one that is not written is made at
    the deployment."""
    if own.is_absent:
        return True
    (start, end), (own_start, own_end) = _ends(named), _ends(own)
    if None not in (named.text, own.text):
        return start == own_start
    shorter, tail = min(len(start), len(own_start)), min(len(end), len(own_end))
    return start[:shorter] == own_start[:shorter] and (not tail or end[-tail:] == own_end[-tail:])


def _ends(named: Value) -> tuple[str, str]:
    """What is known of the beginning and of the end of a name, without what stands before it in an ARN."""
    texts = [piece.text for piece in named.pieces]
    start = "".join(text for text in takewhile(lambda text: text is not None, texts) if text)
    end = "".join(reversed([text for text in takewhile(lambda text: text is not None, reversed(texts)) if text]))
    is_in_arn = not start.startswith("arn:") or start.count(":") > 4
    return start.rpartition(":")[2] if is_in_arn else "", end.rpartition(":")[2]


def may_be_named(named: Value, namer: Resource, ends: tuple[str, ...]) -> bool | None:
    """Whether a value of a resource is one of these names, or an ARN that ends in one; None if it may be."""
    if named.is_absent:
        return False
    text = spelled(named, namer)
    if text is None:
        # What another stack exports or somebody passes may be any name; a resource of that stack is not this store.
        return None if named.is_unknown and next(named.mentions(), None) is None else False
    name = text.replace("/", ":").rpartition(":")[2]
    if SOMEWHERE in name or any(SOMEWHERE in end for end in ends):
        return None
    return bool(ends) and name in ends


def names_under(resource: Resource, *paths: str) -> tuple[str, ...]:
    """The names that a resource has under some paths, as they are spelled."""
    names = (spelled(resource.get(path), resource) for path in paths)
    return tuple(name for name in names if name)
