"""All names in rules and tables exist in the schemas of CloudFormation and of Terraform's AWS provider."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
from tests.judged_examples import judged

from awslint_memo.judging.registry import rules
from awslint_memo.model.properties import ATTRIBUTES, SETTINGS, argument_name
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap
from awslint_memo.readers.sam.property_names import PROPERTY_NAMES
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS
from awslint_memo.relations.graph.flows import FLOWS
from awslint_memo.relations.graph.lines import LINES
from awslint_memo.relations.graph.terraform import ARGUMENTS, TYPES, argument
from awslint_memo.relations.load_balancers import ARGUMENTS as OF_LOAD_BALANCERS
from awslint_memo.relations.sqs.expiry import MISNAMED_VISIBILITY

ROOT = Path(__file__).resolve().parents[3]
TERRAFORM = json.loads(Path(__file__).with_name("terraform_names.json").read_text())["types"]
TABLES: Mapping[str, TypeMap | Companion] = {**TYPE_MAPS, **COMPANIONS}

RENAMED: Mapping[str, frozenset[str]] = {
    "aws_api_gateway_deployment": frozenset(("canary_settings", "stage_name")),
    "aws_redshift_cluster": frozenset(("snapshot_copy",)),
}
"""Arguments that only older versions of the provider have, by type; plans may still contain them."""


SAMS_OWN: frozenset[tuple[str, str]] = frozenset(
    [
        ("AWS::ApiGateway::RestApi", "Auth"),
        ("AWS::ApiGateway::RestApi", "Cors"),
        ("AWS::Lambda::Function", "AutoPublishAlias"),
        ("AWS::Lambda::Function", "CodeUri"),
        ("AWS::Lambda::Function", "DeploymentPreference"),
    ]
)
"""Properties that only SAM has, and that are kept in the generated resource."""

MISNAMED: frozenset[tuple[str, str]] = frozenset((("AWS::SQS::Queue", MISNAMED_VISIBILITY),))
"""Names that no schema has, which rules read since people write them for others: CloudFormation refuses them."""

TERRAFORMS_ATTRIBUTES = {"AWS::EC2::SecurityGroup": "Arn"}
"""Attributes that Terraform has and CloudFormation has not, for which a rule asks."""
TERRAFORMS_OWN = frozenset(
    (
        "AWS::ApiGateway::MethodRequest",
        "AWS::ApplicationAutoScaling::ScheduledAction",
        "AWS::Backup::RegionSettings",
        "AWS::EC2::NetworkInterfaceSecurityGroup",
        "AWS::EC2::VPCEndpointSecurityGroup",
        "AWS::EC2::SecurityGroupRule",
        "AWS::ElasticLoadBalancingV2::TargetGroupAttachment",
        "AWS::RDS::DBProxyDefaultTargetGroup",
        "AWS::SecretsManager::SecretVersion",
    )
)
"""Types for resources of Terraform that CloudFormation has as a part of another resource, or as several types."""

META = frozenset(("depends_on", "lifecycle"))
"""Arguments that every Terraform resource has."""


@cache
def schema(type_: str) -> dict[str, Any]:
    made: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_).schema
    return made


def properties(type_: str, at: Mapping[str, Any], seen: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """Every alternative set of properties at a position in a schema; {} if it allows any name."""
    reference = at.get("$ref")
    if reference and reference not in seen:
        here: Any = schema(type_)
        for step in reference.removeprefix("#/").split("/"):
            here = here[step]
        yield from properties(type_, here, (*seen, reference))
    if "properties" in at:
        yield at["properties"]
    elif (
        "items" not in at
        and not reference
        and "object" in ([at["type"]] if isinstance(at.get("type"), str) else at.get("type", []))
    ):
        yield {}
    if "items" in at:
        yield from properties(type_, at["items"], seen)
    for word in ("oneOf", "anyOf", "allOf"):
        for choice in at.get(word, ()):
            yield from properties(type_, choice, seen)


def is_property(type_: str, path: str) -> bool:
    # Each custom resource has the properties that its function asks for.
    is_open = type_.startswith(("AWS::CloudFormation::CustomResource", "Custom::")) or type_ in TERRAFORMS_OWN
    if (type_, path.partition(".")[0]) in SAMS_OWN or is_open:
        return True
    places: list[Any] = [schema(type_)]
    for step in path.split("."):
        sets = [found for place in places for found in properties(type_, place)]
        if any(not found for found in sets):
            return True
        places = [found[step] for found in sets if step in found]
        if not places:
            return False
    return True


def paths(properties: Mapping[str, PropertyMap], before: str = "") -> Iterator[str]:
    for name, word in properties.items():
        yield before + name
        yield from paths(word.within or {}, f"{before}{name}.")


def terraform_misses(
    properties: Mapping[Any, PropertyMap], arguments: Mapping[str, Any], renamed: frozenset[str]
) -> Iterator[str]:
    for word in properties.values():
        here: Any = arguments
        if not word.attribute:
            yield from terraform_misses(word.within or {}, arguments, renamed)
            continue
        for step in word.attribute.split("."):
            if here is None or step not in here:
                if step not in renamed:
                    yield word.attribute
                here = None
                break
            here = here[step]
        if word.within and here is not None:
            yield from terraform_misses(word.within, here, renamed)


def test_terraform_names_are_the_providers() -> None:
    assert set(TABLES) <= set(TERRAFORM), "run tests/readers/terraform_names/make_terraform_names.py"
    for type_, table in TABLES.items():
        known = TERRAFORM[type_]
        renamed = RENAMED.get(type_, frozenset())
        assert list(terraform_misses(table.properties, known["arguments"], renamed)) == [], type_
        assert set(table.attributes) <= set(known["attributes"]), type_
        if type_ in COMPANIONS:
            assert COMPANIONS[type_].owner in known["arguments"], type_
        else:
            for others in (TYPE_MAPS[type_].beside, TYPE_MAPS[type_].settings):
                assert list(terraform_misses(others, known["arguments"], renamed | META)) == []


def paths_of_graphs() -> set[tuple[str, str]]:
    """What graphs read, as Terraform types of which they alone know with paths of properties."""
    paths: dict[str, set[str]] = {}
    for type_, line in LINES.items():
        paths.setdefault(type_, set()).update(flow.path for flow in (line.owner, *line.flows))
    for type_, flows in FLOWS.items():
        paths.setdefault(type_, set()).update(flow.path for flow in flows)
    return {(type_, path) for type_, own in TYPES.items() for path in paths.get(own, ())}


ABSENT = {("aws_appautoscaling_policy", "ScalingTargetId"), ("aws_codecommit_repository", "Triggers.DestinationArn")}
"""What graphs read and has no equivalent in Terraform."""


def test_terraform_names_of_graphs_are_the_providers() -> None:
    assert set(TYPES) <= set(TERRAFORM), "run tests/readers/terraform_names/make_terraform_names.py"
    paths = paths_of_graphs()
    assert len(paths) > 10
    arguments = {one: TERRAFORM[one[0]]["arguments"] for one in paths}
    assert {one for one in paths if not is_argument(arguments[one], argument(*one))} == ABSENT


def test_exceptions_of_graphs_do_not_follow_from_the_path() -> None:
    asked = {(TYPES[type_], path) for type_, path in paths_of_graphs()}
    assert set(ARGUMENTS) <= asked
    assert [one for one in ARGUMENTS.items() if argument_name(one[0][1]) == one[1]] == []


def test_cloudformation_names_of_graphs_are_in_the_schemas() -> None:
    paths = {(type_, one.path) for type_, ones in FLOWS.items() if type_ not in TYPES.values() for one in ones}
    assert len(paths) > 70
    assert {one for one in paths if not is_property(*one)} == set()


def is_argument(arguments: Mapping[str, Any], path: str) -> bool:
    here: Any = arguments
    for step in path.split("."):
        here = (here or {}).get(step, MISSING)
        if here is MISSING:
            return False
    return True


MISSING = object()
"""What stands for an argument that is not there: one without a block is None."""

OUTSIDE = {
    "account",
    "default_tags",
    "exclusive_lists",
    "ignore_changes",
    "note",
    "owner",
    "prevent_destroy",
    "provider",
    "region",
    "replace_triggered_by",
}
"""Settings that are no argument of a type: the readers know them of every resource, or of more than one argument."""


def test_the_tables_declare_the_settings_that_resources_have() -> None:
    declared = {name for table in TYPE_MAPS.values() for name in table.settings}
    assert declared == SETTINGS - OUTSIDE
    assert {name for table in TYPE_MAPS.values() for name in table.beside} <= set(ATTRIBUTES)


def test_rules_ask_for_every_setting_that_a_table_declares() -> None:
    folders = (ROOT / "rules", ROOT / "src" / "awslint_memo" / "relations")
    code = "".join(path.read_text() for folder in folders for path in folder.rglob("*.py"))
    by_identity = {"account"}
    assert {*re.findall(r"\.terraform\.(\w+)", code), *OF_LOAD_BALANCERS, *by_identity} == SETTINGS


def test_cloudformation_names_in_tables_are_in_the_schemas() -> None:
    for type_, table in TABLES.items():
        before = f"{table.into}." if isinstance(table, Companion) and table.into else ""
        assert [path for path in paths(table.properties, before) if not is_property(table.type, path)] == [], type_
        attributes = {name for name in table.attributes.values() if name != "Ref"}
        own = TERRAFORMS_ATTRIBUTES.get(table.type)
        assert [name for name in attributes if name != own and not is_property(table.type, name)] == [], type_


@pytest.mark.parametrize("rule_id", sorted(rules()))
def test_cloudformation_names_in_rules_are_in_the_schemas(rule_id: str) -> None:
    read = judged(rules()[rule_id]).read
    # A fix may set what SAM calls otherwise.
    sam = {(type_, name) for type_, names in PROPERTY_NAMES.items() for name in names.values()}
    assert [(type_, path) for type_, path in sorted(read - sam - MISNAMED) if not is_property(type_, path)] == []


def test_no_schema_has_what_rules_read_as_misnamed() -> None:
    assert [(type_, path) for type_, path in sorted(MISNAMED) if is_property(type_, path)] == []
