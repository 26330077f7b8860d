"""Properties and resources in Terraform's words: which blocks and arguments stand for a path of properties."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from awslint_memo.fixes.edit import Refused
from awslint_memo.fixes.writing_hcl import Body, HclStep, NewBlock, NewJson, Verbatim
from awslint_memo.model.fix import Setable
from awslint_memo.model.lazy import regex
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap, json_text
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$')
_LAST = re.compile(r"([\w-]+)\.([\w-]+)(?:\[.*\])?$")


_OWN = "arn:aws:"
_ADDED = {
    "aws_sqs_queue_policy": TypeMap(
        "AWS::SQS::QueuePolicy",
        # The list of queues is one queue in Terraform.
        {"Queues": PropertyMap("queue_url", many=True), "PolicyDocument": PropertyMap("policy", read=json_text())},
    ),
    "aws_iam_role_policy_attachment": TypeMap(
        "AWS::IAM::ManagedPolicy", {"Roles": PropertyMap("role", many=True), "Arn": PropertyMap("policy_arn")}
    ),
}
"""Types that fixes add and no rule asks about, or that are written in another way than they are read."""


def module_of(address: str) -> str:
    """What stands before the type in an address, with its point: `module.a["x"].`."""
    bare = _KEY.sub("", address)
    return bare.removesuffix(".".join(labels(bare)))


def has_key(address: str) -> bool:
    """Whether an address is that of one of several instances."""
    return _KEY.search(address) is not None


def labels(address: str) -> tuple[str, str]:
    """The type and the name in an address such as module.a.aws_sqs_queue.orders["x"]."""
    bare = re.sub(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]', "", address)
    match = _LAST.search(bare)
    if match is None or re.search(r"(^|\.)data\.[\w-]+\.[\w-]+$", bare):
        raise Refused(f"{address} is no resource")
    return match[1], match[2]


Names: TypeAlias = "Sequence[str | int]"
"""The steps of a path of properties, with the indexes of items."""


def steps(type_: str, names: Names) -> list[HclStep] | None:
    """The way to the argument for a path of properties; None if the tables don't know one for this type.

    Raises Refused for an argument whose values have other words than the property's.
    """
    table: TypeMap | Companion | None = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    if table is None:
        return None
    first = str(names[0])
    if first.startswith("@"):
        known = table.settings if isinstance(table, TypeMap) else {}
        return _steps(known, [first[1:], *names[1:]])
    return _steps(table.properties, names)


def _steps(known: Mapping[str, PropertyMap], names: Names) -> list[HclStep] | None:
    hcl_steps: list[HclStep] = []
    within: Mapping[str, PropertyMap] | None = known
    for number, name in enumerate(names):
        if isinstance(name, int):
            continue
        word = (within or {}).get(name)
        if word is None:
            return None
        rest = names[number + 1 :]
        index = rest[0] if rest and isinstance(rest[0], int) else None
        if word.many != (index is not None):
            raise Refused(f"{word.attribute} is a list of another kind; change it by hand")
        *outer, last = word.attribute.split(".") if word.attribute else [""]
        hcl_steps += [HclStep(one, is_block=True) for one in outer]
        if last:
            hcl_steps.append(HclStep(last, is_block=word.within is not None, index=index))
        if word.read is not None and not rest and not is_json(word):
            raise Refused(f"{word.attribute} has other words than {name}; set it by hand")
        if word.within is None:
            return [*hcl_steps, *(HclStep(str(one), is_json=word.read is not None) for one in rest)]
        within = word.within
    return hcl_steps or None


def is_json(word: PropertyMap) -> bool:
    """Whether an argument is a text with JSON."""
    return getattr(word.read, "__qualname__", "").startswith("json_text.")


def value_of(type_: str, names: Names, value: Setable) -> Body:
    """A value for a path in Terraform's words: mappings get the names of blocks and arguments, or are encoded."""
    table = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    within: Mapping[str, PropertyMap] | None = table.properties if table is not None else {}
    word = None
    for name in names:
        if isinstance(name, int):
            continue
        word = (within or {}).get(name)
        if word is None:
            return value
        if is_json(word) and name == names[-1]:
            return NewJson(value)
        within = word.within
    if word is None or word.within is None or not isinstance(value, Mapping):
        return value
    return NewBlock("", _body(word.within, value))


def type_of(type_: str, like: str = "") -> str:
    """The Terraform type of a CloudFormation type; `like` if that is one, of several."""
    if like in TYPE_MAPS and TYPE_MAPS[like].type == type_:
        return like
    names = [*(name for name, table in _ADDED.items() if table.type == type_), *TYPE_MAPS.of((type_,))]
    if not names:
        raise Refused(f"there is no Terraform type for {type_}")
    return names[0]


def attribute(type_: str, name: str) -> str:
    """Terraform's attribute for one of CloudFormation's ("Arn")."""
    attributes = TYPE_MAPS[type_].attributes if type_ in TYPE_MAPS else {}
    found = [one for one, known in attributes.items() if known == name]
    if not found:
        raise Refused(f"Terraform has no attribute of {type_} for {name}")
    return "name" if "name" in found else found[0]


def new_resource(name: str, properties: Mapping[str, Setable]) -> NewBlock:
    """A block of a Terraform type with these properties."""
    return NewBlock("resource", _body((_ADDED.get(name) or TYPE_MAPS[name]).properties, properties))


_PARTITION = regex(r'"arn:(\$\{data\.aws_partition\.[\w-]+(?:\[0\])?\.partition\}|\$\{(?:local|var)\.[\w.-]+\}):iam::')


def in_partition(made: NewBlock, text: str) -> NewBlock:
    """A new resource whose ARNs of IAM name the partition as those in the text of the file do, if they do."""
    match = _PARTITION.search(text)
    if match is None:
        return made
    fields = made.body.items()
    written = {name: value for name, value in fields if isinstance(value, str) and value.startswith(f"{_OWN}iam::")}
    arns = {name: Verbatim(json.dumps(f"arn:{match[1]}:{arn.removeprefix(_OWN)}")) for name, arn in written.items()}
    return NewBlock(made.type, {**made.body, **arns})


def _body(known: Mapping[str, PropertyMap] | None, values: Mapping[str, Setable]) -> dict[str, Body]:
    made: dict[str, Body] = {}
    for name, value in values.items():
        if name.startswith("@"):  # An argument in Terraform's words.
            made[name[1:]] = value
            continue
        word = (known or {}).get(name)
        if word is None or "." in word.attribute or (word.read is not None and not is_json(word)):
            raise Refused(f"Terraform has no simple argument for {name}")
        if word.within is not None and isinstance(value, Mapping):
            inner = _body(word.within, value)
            made.update({word.attribute: NewBlock(word.attribute, inner)} if word.attribute else inner)
        elif word.many and word.within is None:
            made[word.attribute] = value[0] if isinstance(value, Sequence) else value
        else:
            made[word.attribute] = NewJson(value) if is_json(word) else value
    return made


def encoded(steps: Sequence[HclStep], value: Body) -> Body:
    """A value in mappings with the names of these steps, as JSON where one of them is a text with that."""
    made = below(steps, value)
    if any(step.is_json for step in steps) and not isinstance(made, (NewBlock, NewJson, Verbatim)):
        return NewJson(made)
    return made


def below(steps: Sequence[HclStep], value: Body) -> Body:
    """A value in mappings with the names of these steps, the first one outside."""
    for step in reversed(steps):
        if isinstance(value, (NewBlock, NewJson, Verbatim)):
            raise Refused(f"{step.name} is not written in the file; set it by hand")
        value = {step.name: value}
    return value
