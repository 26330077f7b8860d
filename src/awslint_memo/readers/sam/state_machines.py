"""Translates AWS::Serverless::StateMachine and AWS::Serverless::SimpleTable."""

from __future__ import annotations

from awslint_memo.readers.sam.events import translate_events
from awslint_memo.readers.sam.nodes import Sayable, get_att, is_true, make, ref, tags, unknown
from awslint_memo.readers.sam.property_names import KEY_TYPES, STATE_MACHINE, TABLE_SAME
from awslint_memo.readers.sam.roles import add_state_machine_role
from awslint_memo.readers.sam.translation import Macro, Target
from awslint_memo.syntax.node import Made, Node, fields, text


def translate_state_machine(macro: Macro) -> None:
    """Create the state machine, its role, version and alias, and the resources for its events."""
    properties: dict[str, Sayable] = {word: macro.said.get(name) for name, word in STATE_MACHINE.items()}
    properties["Tags"] = tags(macro.given("Tags"))
    elsewhere = macro.given("DefinitionUri")
    written = None if elsewhere is None else text(elsewhere)
    in_file = None if written is None else macro.translation.define(written)
    if in_file is not None:
        properties["Definition"] = in_file
    elif elsewhere is not None:
        properties["DefinitionS3Location"] = elsewhere if "Bucket" in fields(elsewhere) else unknown(elsewhere)
    if macro.given("Role") is None:
        properties["RoleArn"] = get_att(f"{macro.name}Role", "Arn", macro.place)
        add_state_machine_role(macro)
    macro.become("AWS::StepFunctions::StateMachine", properties)
    alias = _add_alias(macro)
    is_target = alias is not None and is_true(macro.given("UseAliasAsEventTarget"))
    translate_events(Target.state_machine(macro, alias if is_target else None))


def _add_alias(macro: Macro) -> str | None:
    """Create the alias for AutoPublishAlias and its version; returns the alias's logical id."""
    name = macro.given("AutoPublishAlias")
    if name is None:
        return None
    version = macro.add(
        f"{macro.name}Version",
        "AWS::StepFunctions::StateMachineVersion",
        {
            "StateMachineArn": ref(macro.name, name),
            "StateMachineRevisionId": get_att(macro.name, "StateMachineRevisionId", name),
        },
        name,
        "version",
        beside={"DeletionPolicy": "Retain"},
    )
    preference = macro.given("DeploymentPreference")
    moved: dict[str, Sayable] = {"Type": "ALL_AT_ONCE"} if preference is None else {**fields(preference)}
    moved["StateMachineVersionArn"] = ref(version, name)
    properties: dict[str, Sayable] = {"Name": name, "DeploymentPreference": make(moved, preference or name)}
    spelled = text(macro.translation.default(name)) or ""
    alias = macro.add(
        f"{macro.name}Alias{spelled}",
        "AWS::StepFunctions::StateMachineAlias",
        properties,
        name,
        f"alias {text(name) or ''}".rstrip(),
        "AutoPublishAlias",
    )
    macro.translation.aliases.update({f"{macro.name}.Alias": alias, f"{macro.name}.Version": version})
    return alias


def translate_table(macro: Macro) -> None:
    """Create the table: on-demand unless throughput is provisioned, with the key `id` unless another is given."""
    key = fields(macro.said.get("PrimaryKey"))
    name: Sayable = key.get("Name", "id")
    type_: Sayable = _key_type(key["Type"]) if "Type" in key else "S"
    macro.become(
        "AWS::DynamoDB::Table",
        {
            **macro.same(*TABLE_SAME),
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": type_}],
            "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
            "BillingMode": "PAY_PER_REQUEST" if macro.given("ProvisionedThroughput") is None else None,
            "Tags": tags(macro.given("Tags")),
        },
    )


def _key_type(node: Node) -> Node:
    return Made(KEY_TYPES[text(node) or ""], node) if text(node) in KEY_TYPES else node
