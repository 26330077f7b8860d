"""Translates AWS::Serverless::Function: the function, its role, version, alias, destinations and deployment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.readers.sam.events import translate_events
from awslint_memo.readers.sam.nodes import (
    Sayable,
    function_of,
    get_att,
    given,
    is_nothing,
    is_true,
    make,
    otherwise,
    ref,
    tags,
    through_if,
    unknown,
)
from awslint_memo.readers.sam.property_names import DEPLOYMENT_TYPES, FUNCTION_OWN
from awslint_memo.readers.sam.roles import add_role, role_properties
from awslint_memo.readers.sam.targets import Target
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Made, Node, fields, text

APPLICATION = "ServerlessDeploymentApplication"
DEPLOYMENT_ROLE = "CodeDeployServiceRole"
DEPLOYS = "service-role/AWSCodeDeployRoleForLambda"


def translate(macro: Macro) -> None:
    """Create all resources for the function."""
    properties: dict[str, Sayable] = {
        key: value for key, value in macro.said.items() if key not in FUNCTION_OWN and not key.startswith("Fn::")
    }
    properties["TracingConfig"] = _each(macro.given("Tracing"), _tracing, lambda node: make({"Mode": node}, node))
    properties["DeadLetterConfig"] = _each(macro.given("DeadLetterQueue"), _dead_letters)
    properties["Code"] = _code(macro)
    properties["Tags"] = tags(macro.given("Tags"))
    properties["Role"] = _role(macro)
    if macro.given("DeploymentPreference") is not None:
        properties["DeploymentPreference"] = macro.said["DeploymentPreference"]
    macro.become("AWS::Lambda::Function", properties)
    alias = _add_alias(macro)
    _add_deployment(macro)
    _add_destinations(macro, alias)
    _add_url(macro, alias)
    translate_events(Target.function(macro, alias))


def _each(
    node: Node | None, translate: Callable[[Node], Node], function: Callable[[Node], Node] = unknown
) -> Node | None:
    return None if node is None else through_if(node, translate, function)


def _tracing(mode: Node) -> Node:
    return ref("AWS::NoValue", mode) if text(mode) == "Disabled" else make({"Mode": mode}, mode)


def _dead_letters(queue: Node) -> Node:
    return make({"TargetArn": fields(queue).get("TargetArn")}, queue)


def _code(macro: Macro) -> Node | None:
    for name, word in (("InlineCode", "ZipFile"), ("ImageUri", "ImageUri")):
        node = macro.given(name)
        if node is not None:
            return make({word: node}, node)
    node = macro.given("CodeUri")
    if node is None:
        return None
    said = fields(node)
    if "Bucket" not in said:
        return unknown(node)
    return make({"S3Bucket": said["Bucket"], "S3Key": said.get("Key"), "S3ObjectVersion": said.get("Version")}, node)


def _role(macro: Macro) -> Node:
    """The configured role, or the one that SAM generates; also if the role is conditional (Fn::If)."""
    written = macro.given("Role")
    made = get_att(f"{macro.name}Role", "Arn", macro.place)
    role = otherwise(written, made)
    if role is not written:
        exists = None if written is None else _if_left_out(written, macro)
        add_role(macro, exists)
    return role


def _if_left_out(node: Node, macro: Macro) -> Node:
    """A node that has no value if `node` has one, and the other way round."""
    if is_nothing(node):
        return Made(True, macro.place)
    arguments = fields(node)["Fn::If"].content if function_of(node) == "Fn::If" else None
    if not isinstance(arguments, list) or len(arguments) != 3:
        return ref("AWS::NoValue", node)
    return make({"Fn::If": [arguments[0], *(_if_left_out(one, macro) for one in arguments[1:])]}, node)


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
        {"FunctionName": ref(macro.name, name), "Description": macro.said.get("VersionDescription")},
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
        beside={"UpdatePolicy": _update_policy(macro)},
    )
    macro.translation.aliases.update({f"{macro.name}.Alias": alias, f"{macro.name}.Version": version})
    return alias


def _preference(macro: Macro) -> Node | None:
    """The deployment preference, unless it is certainly disabled."""
    node = macro.given("DeploymentPreference")
    enabled = given(fields(node), "Enabled")
    off = enabled is not None and str(enabled.content).lower() == "false"
    return None if off else node


def _update_policy(macro: Macro) -> Node | None:
    preference = _preference(macro)
    if preference is None:
        return None
    hooks = fields(fields(preference).get("Hooks"))
    update: dict[str, Sayable] = {
        "ApplicationName": ref(APPLICATION, preference),
        "DeploymentGroupName": ref(f"{macro.name}DeploymentGroup", preference),
        "BeforeAllowTrafficHook": hooks.get("PreTraffic"),
        "AfterAllowTrafficHook": hooks.get("PostTraffic"),
    }
    enabled = given(fields(preference), "Enabled")
    policy = make({"CodeDeployLambdaAliasUpdate": update}, preference)
    if enabled is None or is_true(enabled):
        return policy
    none = ref("AWS::NoValue", preference)
    return through_if(enabled, lambda node: policy if is_true(node) else none, lambda _: unknown(preference))


def _add_deployment(macro: Macro) -> None:
    preference = _preference(macro)
    if preference is None:
        return
    said = fields(preference)
    role = otherwise(said.get("Role"), get_att(DEPLOYMENT_ROLE, "Arn", preference))
    macro.add(
        f"{macro.name}DeploymentGroup",
        "AWS::CodeDeploy::DeploymentGroup",
        {
            "ApplicationName": ref(APPLICATION, preference),
            "AlarmConfiguration": _each(given(said, "Alarms"), _alarms),
            "AutoRollbackConfiguration": {
                "Enabled": True,
                "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
            },
            "DeploymentConfigName": _configuration_name(macro, said),
            "DeploymentStyle": {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
            "ServiceRoleArn": role,
            "TriggerConfigurations": given(said, "TriggerConfigurations"),
        },
        preference,
        "the deployment group",
        "DeploymentPreference",
        exists=given(said, "Enabled"),
    )
    if APPLICATION not in macro.translation.made:
        properties: dict[str, Sayable] = {"ComputePlatform": "Lambda"}
        application = make({"Type": "AWS::CodeDeploy::Application", "Properties": properties}, preference)
        macro.translation.add(APPLICATION, preference, application)
        role_node = make(
            {
                "Type": "AWS::IAM::Role",
                "Properties": role_properties("codedeploy.amazonaws.com", [DEPLOYS], preference),
            },
            preference,
        )
        macro.translation.add(DEPLOYMENT_ROLE, preference, role_node)


def _alarms(alarms: Node) -> Node:
    names = alarms.content if isinstance(alarms.content, list) else [alarms]
    return make({"Enabled": True, "Alarms": [{"Name": name} for name in names]}, alarms)


def _configuration_name(macro: Macro, said: Mapping[str, Node]) -> Node | None:
    """The name of CodeDeploy's deployment configuration: SAM omits the prefix of predefined ones."""

    def named(type_: Node) -> Node:
        name = text(type_)
        return Made(f"CodeDeployDefault.Lambda{name}", type_) if name in DEPLOYMENT_TYPES else type_

    def called(type_: Node) -> Node:
        default = macro.translation.default(type_)
        if default is type_:
            return unknown(type_)
        parameter = text(fields(type_).get("Ref"))
        own = text(default) in DEPLOYMENT_TYPES
        return make({"Fn::Sub": f"CodeDeployDefault.Lambda${{{parameter}}}"}, type_) if own else type_

    return _each(given(said, "Type"), named, called)


def _destinations(config: Node) -> Iterator[tuple[str, Mapping[str, Node], Node]]:
    for name, node in fields(fields(config).get("DestinationConfig")).items():
        if name in ("OnSuccess", "OnFailure") and not is_nothing(node):
            yield name, fields(node), node


def _add_destinations(macro: Macro, alias: str | None) -> None:
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
        exists = None if written is None else _if_left_out(written, macro)
        part = f"{way} {'queue' if kind == 'SQS' else 'topic'}"
        macro.add(name, type_, {}, node, part, f"EventInvokeConfig.DestinationConfig.{way}", exists=exists)
        word = "DestinationQueue" if kind == "SQS" else "DestinationTopic"
        macro.translation.aliases.setdefault(f"{macro.name}.{word}", name)
    return destination


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
