"""Creates what CodeDeploy needs for a DeploymentPreference: the deployment group, the application, and a role."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.readers.sam.nodes import (
    Sayable,
    each,
    function_of,
    get_att,
    given,
    is_false,
    is_nothing,
    is_true,
    make,
    otherwise,
    ref,
    through_if,
    unknown,
)
from awslint_memo.readers.sam.property_names import DEPLOYMENT_TYPES
from awslint_memo.readers.sam.roles import role_properties
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Made, Node, fields, text

APPLICATION = "ServerlessDeploymentApplication"
DEPLOYMENT_ROLE = "CodeDeployServiceRole"
_ALONE = regex(r"\$\{(\w+)\}")
"""A text that is nothing but a parameter."""

DEPLOYS = "service-role/AWSCodeDeployRoleForLambda"


def _preference(macro: Macro) -> Node | None:
    """The deployment preference, unless it is certainly disabled."""
    node = macro.given("DeploymentPreference")
    enabled = given(fields(node), "Enabled")
    off = enabled is not None and str(enabled.content).lower() == "false"
    return None if off else node


def update_policy(macro: Macro) -> Node | None:
    """The UpdatePolicy of the function's alias, by which CodeDeploy moves the traffic; None without a deployment."""
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


def add_deployment(macro: Macro) -> None:
    """Create the deployment group; and the application and the role that all functions share."""
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
            "AlarmConfiguration": each(given(said, "Alarms"), _alarms),
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
        is_conditional=not is_false(said.get("PassthroughCondition")),
    )
    _add_shared(macro, preference, needs_role=is_nothing(said.get("Role")) or function_of(said["Role"]) == "Fn::If")


def _add_shared(macro: Macro, preference: Node, *, needs_role: bool) -> None:
    """Create the application, and the role for the deployment groups that have none of their own."""
    if APPLICATION not in macro.translation.made:
        properties: dict[str, Sayable] = {"ComputePlatform": "Lambda"}
        application = make({"Type": "AWS::CodeDeploy::Application", "Properties": properties}, preference)
        macro.translation.add(APPLICATION, preference, application)
    if needs_role and DEPLOYMENT_ROLE not in macro.translation.made:
        role_node = make(
            {
                "Type": "AWS::IAM::Role",
                "Properties": role_properties("codedeploy.amazonaws.com", [DEPLOYS], preference),
            },
            preference,
        )
        macro.translation.add(DEPLOYMENT_ROLE, preference, role_node)


def _alarms(alarms: Node) -> Node:
    if alarms.content == []:
        return make({}, alarms)  # Of no alarm SAM says nothing, not even that there are some.
    names = alarms.content if isinstance(alarms.content, list) else [alarms]
    return make({"Enabled": True, "Alarms": [{"Name": name} for name in names]}, alarms)


def _configuration_name(macro: Macro, said: Mapping[str, Node]) -> Node | None:
    """The name of CodeDeploy's deployment configuration: SAM omits the prefix of predefined ones."""

    def named(type_: Node) -> Node:
        name = text(type_)
        return Made(f"CodeDeployDefault.Lambda{name}", type_) if name in DEPLOYMENT_TYPES else type_

    def called(type_: Node) -> Node:
        alone = _ALONE.fullmatch(text(fields(type_).get("Fn::Sub")) or "")
        parameter = alone[1] if alone is not None else text(fields(type_).get("Ref")) or ""
        default = macro.translation.default(ref(parameter, type_))
        if function_of(default) is not None:
            return unknown(type_)
        own = text(default) in DEPLOYMENT_TYPES
        return make({"Fn::Sub": f"CodeDeployDefault.Lambda${{{parameter}}}"}, type_) if own else type_

    return each(given(said, "Type"), named, called)
