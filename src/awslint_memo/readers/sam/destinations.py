"""Creates a function's EventInvokeConfig, and the queues and topics that SAM generates as its destinations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.readers.sam.nodes import Sayable, get_att, is_nothing, left_out, otherwise, ref, unknown
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Node, fields, text


def _destinations(config: Node) -> Iterator[tuple[str, Mapping[str, Node], Node]]:
    for name, node in fields(fields(config).get("DestinationConfig")).items():
        if name in ("OnSuccess", "OnFailure") and not is_nothing(node):
            yield name, fields(node), node


def add_destinations(macro: Macro, alias: str | None) -> None:
    """Create the configuration for the function, or for its alias (its logical id), and the destinations."""
    config = macro.given("EventInvokeConfig")
    if config is None:
        return
    made: dict[str, Sayable] = {}
    for way, said, node in _destinations(config):
        made[way] = {"Destination": _destination(macro, way, said, node)}
    qualifier = macro.given("AutoPublishAlias") if alias is not None else None
    macro.add(
        f"{macro.name}EventInvokeConfig",
        "AWS::Lambda::EventInvokeConfig",
        {
            "FunctionName": ref(macro.name, config),
            "Qualifier": "$LATEST" if qualifier is None else qualifier,
            "DestinationConfig": made or None,
            "MaximumEventAgeInSeconds": fields(config).get("MaximumEventAgeInSeconds"),
            "MaximumRetryAttempts": fields(config).get("MaximumRetryAttempts"),
        },
        config,
        "EventInvokeConfig",
        "EventInvokeConfig",
    )


def _destination(macro: Macro, way: str, said: Mapping[str, Node], node: Node) -> Node:
    """The configured destination, or the queue or topic that SAM generates; also if it is conditional (Fn::If)."""
    written = said.get("Destination")
    kind = text(said.get("Type"))
    prefix = f"{macro.name}EventInvokeConfig{way}"
    if kind == "SQS":
        name, type_, made = f"{prefix}Queue", "AWS::SQS::Queue", get_att(f"{prefix}Queue", "Arn", node)
    elif kind == "SNS":
        name, type_, made = f"{prefix}Topic", "AWS::SNS::Topic", ref(f"{prefix}Topic", node)
    else:
        return unknown(node) if written is None else written
    destination = otherwise(written, made)
    if destination is not written:
        exists = None if written is None else left_out(written, macro.place)
        part = f"{way} {'queue' if kind == 'SQS' else 'topic'}"
        macro.add(name, type_, {}, node, part, f"EventInvokeConfig.DestinationConfig.{way}", exists=exists)
        word = "DestinationQueue" if kind == "SQS" else "DestinationTopic"
        macro.translation.aliases.setdefault(f"{macro.name}.{word}", name)
    return destination
