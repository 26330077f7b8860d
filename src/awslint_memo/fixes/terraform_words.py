"""Properties and resources in Terraform's words: which blocks and arguments stand for a path of properties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from awslint_memo.fixes.edit import Refused
from awslint_memo.fixes.hcl_edits import HclStep
from awslint_memo.fixes.writing_hcl import Body, NewBlock, NewJson
from awslint_memo.model.fix import Setable
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

_LAST = re.compile(r"([\w-]+)\.([\w-]+)(?:\[.*\])?$")


def labels(address: str) -> tuple[str, str]:
    """The type and the name in an address such as module.a.aws_sqs_queue.orders["x"]."""
    bare = re.sub(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]', "", address)
    found = _LAST.search(bare)
    if found is None or re.search(r"(^|\.)data\.[\w-]+\.[\w-]+$", bare):
        raise Refused(f"{address} is no resource")
    return found[1], found[2]


def steps(type_: str, path: str) -> list[HclStep] | None:
    """The way to the argument for a path of properties; None if the tables don't know one for this type.

    Raises Refused for an argument whose values have other words than the property's.
    """
    table: TypeMap | Companion | None = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    if table is None:
        return None
    if path.startswith("@"):
        known = table.settings if isinstance(table, TypeMap) else {}
        return _steps(known, [path[1:]])
    return _steps(table.properties, path.split("."))


def _steps(known: Mapping[str, PropertyMap], names: list[str]) -> list[HclStep] | None:
    found: list[HclStep] = []
    within: Mapping[str, PropertyMap] | None = known
    for number, name in enumerate(names):
        word = (within or {}).get(name)
        if word is None:
            return None
        if word.many:
            raise Refused(f"there may be several {word.attribute}; set it by hand")
        *outer, last = word.attribute.split(".") if word.attribute else [""]
        found += [HclStep(one, is_block=True) for one in outer]
        if last:
            found.append(HclStep(last, is_block=word.within is not None))
        if word.read is not None:
            rest = names[number + 1 :]
            if not rest and not is_json(word):
                raise Refused(f"{word.attribute} has other words than {name}; set it by hand")
            return [*found, *(HclStep(one, is_json=True) for one in rest)]
        within = word.within
    return found or None


def is_json(word: PropertyMap) -> bool:
    """Whether an argument is a text with JSON."""
    return getattr(word.read, "__qualname__", "").startswith("json_text.")


def value_of(type_: str, path: str, value: Setable) -> Body:
    """A value for a path in Terraform's words: mappings get the names of blocks and arguments, or are encoded."""
    table = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    within: Mapping[str, PropertyMap] | None = table.properties if table is not None else {}
    word = None
    for name in path.split("."):
        word = (within or {}).get(name)
        if word is None:
            return value
        if is_json(word) and name == path.rpartition(".")[2]:
            return NewJson(value)
        within = word.within
    if word is None or word.within is None or not isinstance(value, Mapping):
        return value
    return NewBlock("", _body(word.within, value))


def type_of(type_: str) -> str:
    """The Terraform type of a CloudFormation type."""
    name = next((one for one, table in TYPE_MAPS.items() if table.type == type_), None)
    if name is None:
        raise Refused(f"there is no Terraform type for {type_}")
    return name


def new_resource(type_: str, properties: Mapping[str, Setable]) -> NewBlock:
    """A block with these properties of a CloudFormation type."""
    return NewBlock("resource", _body(TYPE_MAPS[type_of(type_)].properties, properties))


def _body(known: Mapping[str, PropertyMap] | None, values: Mapping[str, Setable]) -> dict[str, Body]:
    made: dict[str, Body] = {}
    for name, value in values.items():
        word = (known or {}).get(name)
        if word is None or "." in word.attribute or (word.read is not None and not is_json(word)):
            raise Refused(f"Terraform has no simple argument for {name}")
        if word.within is not None and isinstance(value, Mapping):
            inner = _body(word.within, value)
            made.update({word.attribute: NewBlock(word.attribute, inner)} if word.attribute else inner)
        else:
            made[word.attribute] = NewJson(value) if is_json(word) else value
    return made
