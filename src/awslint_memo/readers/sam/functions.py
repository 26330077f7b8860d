"""Translates AWS::Serverless::Function: the function, its role, version, alias, destinations and deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.readers.sam.deployments import add_deployment, update_policy
from awslint_memo.readers.sam.events import translate_events
from awslint_memo.readers.sam.nodes import (
    OPEN,
    Sayable,
    content,
    each,
    function_of,
    get_att,
    is_nothing,
    left_out,
    make,
    otherwise,
    ref,
    tags,
    unknown,
)
from awslint_memo.readers.sam.property_names import FUNCTION_OWN
from awslint_memo.readers.sam.roles import add_role
from awslint_memo.readers.sam.translation import Macro, Target
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


def translate(macro: Macro) -> None:
    """Create all resources for the function."""
    properties: dict[str, Sayable] = {
        key: value for key, value in macro.said.items() if key not in FUNCTION_OWN and not key.startswith("Fn::")
    }
    properties["TracingConfig"] = each(macro.given("Tracing"), _tracing, lambda node: make({"Mode": node}, node))
    properties["DeadLetterConfig"] = each(macro.given("DeadLetterQueue"), _dead_letters)
    properties["Code"] = _code(macro)
    properties["CodeUri"] = _folder(macro)
    properties["CapacityProviderConfig"] = each(macro.given("CapacityProviderConfig"), _capacity)
    properties["Tags"] = tags(macro.given("Tags"))
    properties["Role"] = _role(macro)
    if macro.given("DeploymentPreference") is not None:
        properties["DeploymentPreference"] = macro.said["DeploymentPreference"]
    macro.become("AWS::Lambda::Function", properties)
    alias = _add_alias(macro)
    add_deployment(macro)
    add_destinations(macro, alias)
    _add_url(macro, alias)
    translate_events(Target.function(macro, alias))


def _tracing(mode: Node) -> Node:
    return ref("AWS::NoValue", mode) if text(mode) == "Disabled" else make({"Mode": mode}, mode)


def _dead_letters(queue: Node) -> Node:
    return make({"TargetArn": fields(queue).get("TargetArn")}, queue)


def _capacity(config: Node) -> Node:
    said = fields(config)
    names = ("PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu")
    inner = {"CapacityProviderArn": said.get("Arn"), **{name: said.get(name) for name in names}}
    return make({"LambdaManagedInstancesCapacityProviderConfig": inner}, config)


def _code(macro: Macro) -> Node | None:
    for name, word in (("InlineCode", "ZipFile"), ("ImageUri", "ImageUri")):
        node = macro.given(name)
        if node is not None:
            return make({word: node}, node)
    code = content(macro.given("CodeUri"))
    key = macro.given("SourceKMSKeyArn")
    return (
        code
        if code is None or key is None or OPEN in fields(code)
        else make({**fields(code), "SourceKMSKeyArn": key}, code)
    )


def _folder(macro: Macro) -> Node | None:
    """The folder with the code, which CloudFormation has no word for; None for code that is elsewhere."""
    uri = macro.given("CodeUri")
    is_elsewhere = any(macro.given(name) is not None for name in ("InlineCode", "ImageUri"))
    return None if uri is None or is_elsewhere or "Bucket" in fields(uri) else uri


def _role(macro: Macro) -> Node:
    """The configured role, or the one that SAM generates; also if the role is conditional (Fn::If)."""
    written = macro.given("Role")
    node = get_att(f"{macro.name}Role", "Arn", macro.place)
    role = otherwise(written, node)
    if role is not written:
        exists = None if written is None else left_out(written, macro.place)
        add_role(macro, exists)
    return role


def _add_alias(macro: Macro) -> str | None:
    """Create the alias for AutoPublishAlias and its version; returns the alias's logical id.

    If the name is a parameter, its default value is used for the logical id, as in SAM. SAM does not allow other
    functions as the name; for these, the logical id does not contain the name.
    """
    name = macro.given("AutoPublishAlias")
    if name is None or name.content == "":
        return None
    version = macro.add(
        f"{macro.name}Version",
        "AWS::Lambda::Version",
        {
            "Description": macro.said.get("VersionDescription"),
            "FunctionName": ref(macro.name, name),
            "FunctionScalingConfig": macro.said.get("FunctionScalingConfig"),
        },
        name,
        "version",
        beside={"DeletionPolicy": macro.said.get("VersionDeletionPolicy", "Retain")},
    )
    spelled = (text(macro.translation.default(name)) or "").replace("-", "D").replace("_", "U")
    alias = macro.add(
        f"{macro.name}Alias{spelled}",
        "AWS::Lambda::Alias",
        {
            "Name": name,
            "FunctionName": ref(macro.name, name),
            "FunctionVersion": get_att(version, "Version", name),
            "ProvisionedConcurrencyConfig": macro.given("ProvisionedConcurrencyConfig"),
        },
        name,
        f"alias {text(name) or ''}".rstrip(),
        "AutoPublishAlias",
        beside={"UpdatePolicy": update_policy(macro)},
    )
    macro.translation.aliases.update({f"{macro.name}.Alias": alias, f"{macro.name}.Version": version})
    return alias


def _add_url(macro: Macro, alias: str | None) -> None:
    config = macro.given("FunctionUrlConfig")
    if config is None or function_of(config) is not None:
        return
    said = fields(config)
    function = ref(macro.name if alias is None else alias, config)
    properties: dict[str, Sayable] = {**said, "TargetFunctionArn": function}
    macro.add(f"{macro.name}Url", "AWS::Lambda::Url", properties, config, "function URL", "FunctionUrlConfig")
    if text(said.get("AuthType")) == "NONE":
        invoked: dict[str, Sayable] = {"FunctionName": function, "Principal": "*"}
        public: dict[str, Sayable] = {"Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE"}
        through: dict[str, Sayable] = {"Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": True}
        type_ = "AWS::Lambda::Permission"
        for name, words, more in (
            ("UrlPublicPermissions", "permission to call the function URL", public),
            ("URLInvokeAllowPublicAccess", "permission to be invoked through the function URL", through),
        ):
            macro.add(f"{macro.name}{name}", type_, {**invoked, **more}, config, words)
