"""Which arguments of resources are kept as they are: those that the tables of names read, and a few that rules read.

Of others only what they mention is kept: a queue that any argument of any resource names is a queue that somebody uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from bench.module_facts.expressions import Fact, mention

from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS
from awslint_memo.relations.graph.terraform import TYPES

Kept: TypeAlias = "Mapping[str, Kept | None]"
"""Arguments by name, each with those that are kept in its block; None: all that stands there."""

_META: Kept = {
    "count": None,
    "for_each": None,
    "lifecycle": {"ignore_changes": None, "prevent_destroy": None, "replace_triggered_by": None},
    "provider": None,
}
"""What Terraform itself reads of any resource."""

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


def is_asked_for(type_: str) -> bool:
    """Whether it matters if there is a resource of this type, whatever it mentions."""
    return is_translated(type_) or type_ in _RAW or type_.startswith(_PRESENT)


@cache
def kept_of(type_: str) -> Kept | None:
    """The arguments of a Terraform type that are kept as they are; None: all of them."""
    if type_ in TYPES:
        return None
    kept: dict[str, Kept | None] = {**_META, **dict.fromkeys(_RAW.get(type_, ()))}
    if type_ in TYPE_MAPS:
        table = TYPE_MAPS[type_]
        for maps in (table.properties, table.beside, table.settings):
            _add(kept, maps.values())
    if type_ in COMPANIONS:
        companion = COMPANIONS[type_]
        _add(kept, companion.properties.values())
        kept[companion.owner] = None
    kept.setdefault("region", None)
    return kept


def _add(kept: dict[str, Kept | None], maps: Iterable[PropertyMap]) -> None:
    for map_ in maps:
        _add_map(kept, map_)


def _add_map(kept: dict[str, Kept | None], map_: PropertyMap) -> None:
    if not map_.attribute and map_.within:
        _add(kept, map_.within.values())
    for path in filter(None, (map_.attribute, map_.older)):
        *steps, last = path.split(".")
        inside = kept
        for step in steps:
            below = inside.setdefault(step, {})
            if below is None:
                break
            assert isinstance(below, dict)
            inside = below
        else:
            _end(inside, last, map_)


def _end(kept: dict[str, Kept | None], name: str, map_: PropertyMap) -> None:
    """Add the last step of a path: a block of which some arguments are kept, or an argument as a whole."""
    if map_.within is None:
        kept[name] = None
        return
    below = kept.setdefault(name, {})
    if below is not None:
        assert isinstance(below, dict)
        _add(below, map_.within.values())


def pruned(body: Mapping[str, Fact], kept: Kept | None) -> dict[str, Fact]:
    """A body with what is kept of it; of the rest, what it mentions."""
    if kept is None:
        return dict(body)
    made: dict[str, Fact] = {}
    for name, of in body.items():
        if name != "dynamic":
            made[name] = _argument(name, of, kept)
    generated = (
        [(label, inside) for each in body["dynamic"][1:] for label, inside in each.items()] if "dynamic" in body else []
    )
    repeated = [{label: _dynamic(inside, kept[label])} for label, inside in generated if label in kept]
    for label, inside in generated:
        if label not in kept:
            before = made.get(label, ["mention"])
            made[label] = [*before, *mention({"dynamic": ["list", {label: inside}]})[1:]]
    if repeated:
        made["dynamic"] = ["list", *repeated]
    return made


def _argument(name: str, of: Fact, kept: Kept) -> Fact:
    if name not in kept:
        return mention(of)
    below = kept[name]
    return of if below is None else _bodies(of, below)


def _bodies(of: Fact, kept: Kept) -> Fact:
    """The bodies of blocks, or an object in their place, with what is kept of them."""
    if isinstance(of, list) and of[0] == "list":
        return ["list", *(_bodies(body, kept) for body in of[1:])]
    return pruned(of, kept) if isinstance(of, dict) else of


def _dynamic(body: Mapping[str, Fact], kept: Kept | None) -> dict[str, Fact]:
    content = body["content"]
    kept_parts = {name: body[name] for name in ("for_each", "iterator") if name in body}
    return {**kept_parts, "content": content if kept is None else _bodies(content, kept)}


def is_mention(of: Fact) -> bool:
    """Whether of an argument only what it mentions is kept."""
    return isinstance(of, list) and of[0] == "mention"
