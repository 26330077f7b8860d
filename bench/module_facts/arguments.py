"""Which arguments of resources are kept as they are: those that the tables of names read, and a few that rules read.

Of others only what they mention is kept: a queue that any argument of any resource names is a queue that somebody uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bench.module_facts.expressions import MENTIONS, Fact, is_dynamic, mention

from awslint_memo.readers.terraform.instances import attribute
from awslint_memo.readers.terraform_modules.kept import OF_ANY, Kept, read_arguments
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS
from awslint_memo.relations.graph.terraform import TYPES

_RAW: Mapping[str, tuple[str, ...]] = {
    "aws_lambda_provisioned_concurrency_config": ("function_name", "provisioned_concurrent_executions", "qualifier"),
    "aws_route_table": ("propagating_vgws",),
    "aws_s3_bucket_notification": ("lambda_function", "queue", "topic"),
}
"""Arguments that relations read by Terraform's names."""

_PRESENT = (
    "aws_dsql_cluster",
    "aws_elasticsearch_domain",
    "aws_keyspaces_table",
    "aws_kms_grant",
    "aws_timestreamwrite_table",
    "aws_vpn_gateway",
)
"""How the types begin that no table has, and of which relations ask whether they are there."""


def is_translated(type_: str) -> bool:
    """Whether the tables have a Terraform type."""
    return type_ in TYPE_MAPS or type_ in COMPANIONS


def is_attribute(type_: str, name: str) -> bool:
    """Whether an attribute of a Terraform type refers to the resource, whatever its arguments say."""
    return attribute(type_, name) is not None


def is_asked_for(type_: str) -> bool:
    """Whether it matters if there is a resource of this type, whatever it mentions."""
    return is_translated(type_) or type_ in _RAW or type_.startswith(_PRESENT)


@cache
def kept_of(type_: str) -> Kept | None:
    """The arguments of a Terraform type that are kept as they are; None: all of them."""
    if type_ in TYPES:
        return None
    return {**OF_ANY, **dict.fromkeys(_RAW.get(type_, ()), True), **read_arguments(type_)}


def kept_of_all() -> dict[str, Kept | bool]:
    """What is kept of all types of which not only mentions are: the content of the file beside the facts."""
    kept = {type_: kept_of(type_) for type_ in sorted({*TYPE_MAPS, *COMPANIONS, *TYPES, *_RAW})}
    return {type_: True if of is None else _own(of) for type_, of in kept.items()}


def _own(kept: Kept) -> dict[str, Kept | bool]:
    """What is kept of a type, without what is kept of any."""
    return {name: of for name, of in kept.items() if of != OF_ANY.get(name)}


def pruned(body: Mapping[str, Fact], kept: Kept | None) -> dict[str, Fact]:
    """A body with what is kept of it; of the rest, what it mentions."""
    if kept is None:
        return dict(body)
    has_dynamic = is_dynamic(body.get("dynamic"))
    made = {name: _argument(name, of, kept) for name, of in body.items() if name != "dynamic" or not has_dynamic}
    repeated: list[Fact] = []
    for label, generated in (item for block in body["dynamic"][1:] for item in block.items()) if has_dynamic else ():
        if label in kept:
            content = _bodies(generated["content"], kept[label])
            repeated.append({label: {**generated, "content": content}})
        else:
            before = made.get(label, [MENTIONS])
            made[label] = [*before, *mention({"dynamic": ["blocks", {label: generated}]})[1:]]
    return {**made, "dynamic": ["blocks", *repeated]} if repeated else made


def _argument(name: str, of: Fact, kept: Kept) -> Fact:
    return _bodies(of, kept[name]) if name in kept else mention(of)


def _bodies(of: Fact, kept: Kept | bool) -> Fact:
    """An argument, or the bodies of blocks, with what is kept of it."""
    is_block = isinstance(of, list) and of[0] == "blocks"
    if kept is True or (kept is False and not is_block):
        return of
    below = {} if kept is False else kept
    if isinstance(of, list) and of[0] in ("blocks", "list"):
        return [of[0], *(_bodies(body, below) for body in of[1:])]
    return pruned(of, below) if isinstance(of, dict) else of


def is_mention(of: Fact) -> bool:
    """Whether of an argument only what it mentions is kept."""
    return isinstance(of, list) and of[0] == MENTIONS
