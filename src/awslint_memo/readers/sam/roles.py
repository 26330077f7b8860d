"""Creates the roles that SAM generates for functions, state machines and events without a role."""

from __future__ import annotations

from awslint_memo.model.span import Place
from awslint_memo.readers.sam import policy_templates
from awslint_memo.readers.sam.nodes import Sayable, function_of, get_att, is_nothing, make, subscribed_queue, unknown
from awslint_memo.readers.sam.property_names import MAPPING_POLICIES
from awslint_memo.readers.sam.translation import Event, Macro
from awslint_memo.syntax.node import Node, fields, text

BASIC = "service-role/AWSLambdaBasicExecutionRole"
DURABLE = "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
XRAY = "AWSXrayWriteOnlyAccess"
VPC = "service-role/AWSLambdaVPCAccessExecutionRole"


def add_role(macro: Macro, exists: Node | None) -> None:
    """Create the role of a function, with the policies for tracing, VPC and events, and those in Policies."""
    managed: list[Sayable] = [_managed(BASIC if macro.given("DurableConfig") is None else DURABLE, macro.place)]
    tracing = macro.given("Tracing")
    if tracing is not None and text(tracing) != "Disabled":
        managed.append(_managed(XRAY, tracing))
    network = macro.given("VpcConfig")
    if network is not None:
        managed.append(_managed(VPC, network))
    types = dict.fromkeys(map(_polled, fields(macro.said.get("Events")).values()))
    managed += [_managed(MAPPING_POLICIES[type_], macro.place) for type_ in types if type_ in MAPPING_POLICIES]
    _add(macro, "lambda.amazonaws.com", managed, exists)


def _polled(event: Node) -> str:
    """The type of what an event of a function is polled from: of a topic with a queue between them, that."""
    said = fields(event)
    type_ = text(said.get("Type")) or ""
    return "SQS" if type_ == "SNS" and subscribed_queue(fields(said.get("Properties"))) is not None else type_


def add_state_machine_role(macro: Macro) -> None:
    """Create the role of a state machine, with the policy for tracing, and those in Policies."""
    tracing = macro.given("Tracing")
    traced = tracing is not None and fields(tracing).get("Enabled") is not None
    _add(macro, "states.amazonaws.com", [_managed(XRAY, macro.place)] if traced else [], None)


def _add(macro: Macro, principal: str, managed: list[Sayable], exists: Node | None) -> None:
    policies: list[Sayable] = []
    for number, policy in enumerate(_written(macro.given("Policies"))):
        called = function_of(policy)
        if called == "Fn::If":
            managed.append(unknown(policy))
        elif isinstance(policy.content, str) or called is not None:
            name = text(policy)
            managed.append(_managed(_with_path(name), policy) if name and not name.startswith("arn:") else policy)
        elif not is_nothing(policy):
            policies.append({"PolicyName": f"{macro.name}RolePolicy{number}", "PolicyDocument": _document(policy)})
    properties: dict[str, Sayable] = {
        **role_properties(principal, managed, macro.place),
        "Policies": policies or None,
        "Path": macro.given("RolePath"),
        "PermissionsBoundary": macro.given("PermissionsBoundary"),
    }
    trust = macro.given("AssumeRolePolicyDocument")
    if trust is not None:
        properties["AssumeRolePolicyDocument"] = trust
    macro.add(f"{macro.name}Role", "AWS::IAM::Role", properties, macro.place, "role", exists=exists)


def role_properties(principal: str, managed: list[Sayable], place: Place) -> dict[str, Sayable]:
    """The properties of a role for a service; managed policies are given by name or ARN."""
    trust: dict[str, Sayable] = {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"Service": [principal]}}
    return {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "ManagedPolicyArns": [_managed(one, place) if isinstance(one, str) else one for one in managed],
    }


def add_event_role(event: Event, principal: str) -> Node:
    """The ARN of the role with which a service starts the event's target; creates the role if none is configured."""
    written = event.given("RoleArn")
    if written is not None:
        return written
    action = "lambda:InvokeFunction" if event.target.is_function else "states:StartExecution"
    statement: dict[str, Sayable] = {"Effect": "Allow", "Action": action, "Resource": event.target.arn(event.place)}
    document: dict[str, Sayable] = {"Version": "2012-10-17", "Statement": [statement]}
    properties = role_properties(principal, [], event.place)
    del properties["ManagedPolicyArns"]
    properties["Policies"] = [{"PolicyName": f"{event.name}Policy", "PolicyDocument": document}]
    shared = None if event.target.is_function else event.target.macro.given("PermissionsBoundary")
    properties["PermissionsBoundary"] = event.given("PermissionsBoundary") or shared
    return get_att(event.add("Role", "AWS::IAM::Role", properties, "role"), "Arn", event.place)


def _written(policies: Node | None) -> list[Node]:
    if policies is None:
        return []
    return policies.content if isinstance(policies.content, list) else [policies]


def _with_path(name: str) -> str:
    """The name of a policy of AWS's own with its path, which SAM finds where none is written."""
    from awslint_memo.relations.iam.managed_paths import PATHS  # Few functions name policies.

    return PATHS.get(name, "") + name


def _managed(name: str, place: Place) -> Node:
    return make({"Fn::Sub": f"arn:${{AWS::Partition}}:iam::aws:policy/{name}"}, place)


def _document(policy: Node) -> Node:
    """A policy document as written; of a policy template of SAM what it allows on the resources that it names."""
    said = fields(policy)
    name = next(iter(said), "")
    if "Statement" in said or len(said) != 1 or name.startswith("Fn::"):
        return policy if "Statement" in said else unknown(policy)
    named: Sayable = list(fields(said[name]).values())
    allowed: list[tuple[Sayable, Sayable]] = [
        (policy_templates.on_named(name), named),
        (policy_templates.on_all(name), "*"),
    ]
    is_known = name in policy_templates.NAMES
    if not is_known:
        allowed = [(unknown(policy), named)]
    condition = unknown(policy) if name in policy_templates.CONDITIONAL else None
    statements: list[Sayable] = [
        {"Effect": "Allow", "Action": actions, "Resource": resources, "Condition": condition}
        for actions, resources in allowed
        if actions
    ]
    # SAM refuses the name of a template that it does not have, which a rule tells.
    word = "PolicyTemplate" if is_known else "UnknownTemplate"
    return make({"Version": "2012-10-17", "Statement": statements, word: name}, policy)
