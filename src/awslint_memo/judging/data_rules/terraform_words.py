"""Terraform's words that a rule of data brings for the properties of its types, as terraform_names.py does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.judging.data_rules.reading import mistake, text
from awslint_memo.model.phrases import closest, quoted
from awslint_memo.readers import terraform_names
from awslint_memo.readers.property_maps import PropertyMap, TypeMap
from awslint_memo.syntax.node import Node, fields


def add_words(node: Node, types: Sequence[str]) -> None:
    """Take the arguments of Terraform's types by property. types: those of the rule. Raises Problem for a mistake."""
    found = fields(node)
    if not found:
        raise mistake(
            "terraform must be a mapping, as in {aws_sqs_queue: {KmsMasterKeyId: kms_master_key_id}}", node.span
        )
    for name, words in found.items():
        known = terraform_names.TYPE_MAPS[name].type if name in terraform_names.TYPE_MAPS else None
        if known is None and len(types) > 1:
            raise mistake(
                f"{quoted(name)} may be any of the types of the rule; write a rule for each", node.key(name).span
            )
        if known is not None and known not in types:
            raise mistake(
                f"{name} is {known}, which is no type of the rule{closest(known, types)}", node.key(name).span
            )
        arguments = _maps({path: text(argument, path) for path, argument in fields(words).items()})
        if not arguments:
            raise mistake(f"{name} has no properties; write {{PropertyName: argument_name}}", node.key(name).span)
        terraform_names.add({name: TypeMap(known or types[0], arguments)}, {})


def _maps(arguments: Mapping[str, str]) -> dict[str, PropertyMap]:
    """The maps of properties by name. arguments: dotted arguments by the dotted paths of properties."""
    below: dict[str, dict[str, str]] = {}
    for path, argument in arguments.items():
        name, _, rest = path.partition(".")
        below.setdefault(name, {})[rest] = argument
    return {name: PropertyMap(inner[""]) if "" in inner else PropertyMap("", within=_maps(inner))
            for name, inner in below.items()}  # fmt: skip
