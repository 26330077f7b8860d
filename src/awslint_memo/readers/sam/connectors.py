"""Translates AWS::Serverless::Connector and the attribute Connectors: who is allowed to do what with which resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.readers.sam.nodes import Sayable, get_att, given, make, ref, unknown
from awslint_memo.readers.sam.translated import Translated
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Node, fields, form_of, text

CONNECTOR = "AWS::Serverless::Connector"

CALLERS: Mapping[str, str] = {
    "AWS::ApiGateway::RestApi": "apigateway.amazonaws.com",
    "AWS::ApiGatewayV2::Api": "apigateway.amazonaws.com",
    "AWS::AppSync::GraphQLApi": "appsync.amazonaws.com",
    "AWS::Events::Rule": "events.amazonaws.com",
    "AWS::S3::Bucket": "s3.amazonaws.com",
    "AWS::SNS::Topic": "sns.amazonaws.com",
}
"""The types that get a permission in the policy of what they call, with their principal; others act with a role."""

ACTIONS: Mapping[str, Mapping[str, str]] = {
    "AWS::DynamoDB::Table": {"Read": "dynamodb:GetItem", "Write": "dynamodb:PutItem"},
    "AWS::Events::EventBus": {"Write": "events:PutEvents"},
    "AWS::Lambda::Function": {"Write": "lambda:InvokeFunction"},
    "AWS::S3::Bucket": {"Read": "s3:GetObject", "Write": "s3:PutObject"},
    "AWS::SNS::Topic": {"Write": "sns:Publish"},
    "AWS::SQS::Queue": {"Read": "sqs:ReceiveMessage sqs:GetQueueAttributes", "Write": "sqs:SendMessage"},
    "AWS::StepFunctions::StateMachine": {"Read": "states:DescribeExecution", "Write": "states:StartExecution"},
}
"""The actions that a connector to a type allows, as far as rules ask for them; the others are of their kind. These and
CALLERS are on this page:
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
They were compared on 2026-11-26 with the profiles of AWS's translator, as a test does."""

_FUNCTION, _QUEUE, _TOPIC = "AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::SNS::Topic"

OF_SAM: Mapping[str, str] = {
    "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
    "AWS::Serverless::Function": _FUNCTION,
    "AWS::Serverless::GraphQLApi": "AWS::AppSync::GraphQLApi",
    "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
    "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
    "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
}
"""What a type is by which a connector describes a resource elsewhere."""

READS: Mapping[str, Mapping[str, str]] = {
    "AWS::DynamoDB::Table": {"Read": "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator"},
    _QUEUE: {"Read": "sqs:ReceiveMessage sqs:GetQueueAttributes", "Write": "sqs:DeleteMessage"},
}
"""The same for sources that a function reads, whose role then gets the permission."""

_URLS = {_QUEUE: "QueueUrl", _TOPIC: "Arn"}

_ROLES = {_FUNCTION: "Role", "AWS::StepFunctions::StateMachine": "RoleArn"}


def translate_connectors(translation: Translated) -> None:
    """Create the policies and permissions for all connectors; the resources themselves are translated already."""
    for name, node in translation.written.items():
        if text(fields(node).get("Type")) == CONNECTOR:
            place, _ = translation.made.pop(name)
            _connect(Macro(name, place, node, fields(fields(node).get("Properties")), translation), "")
        connectors = fields(node).get("Connectors")
        if connectors is not None and not isinstance(connectors.content, (Mapping, type(None))):
            translation.is_open = True
        for key, connector in fields(connectors).items():
            said = fields(fields(connector).get("Properties"))
            _connect(Macro(name, connector, connector, said, translation), key)


def malformed(name: str, resource: Node) -> Iterator[tuple[str, Node]]:
    """What SAM does not take of a connector, or of the Connectors of a resource: sentences, and where."""
    said = fields(resource)
    if text(said.get("Type")) == CONNECTOR:
        yield from _without_ends(f"the connector {name}", said.get("Properties") or resource, ("Source", "Destination"))
    connectors = said.get("Connectors")
    if connectors is not None and not isinstance(connectors.content, (Mapping, type(None))):
        yield f"Connectors of {name} must be a mapping, not {form_of(connectors)}; give each one a name", connectors
    for key, connector in fields(connectors).items():
        if not key.startswith("Fn::"):
            what = fields(connector).get("Properties") or connector
            yield from _without_ends(f"the connector {key} of {name}", what, ("Destination",))


def _without_ends(what: str, properties: Node, ends: Sequence[str]) -> Iterator[tuple[str, Node]]:
    said = fields(properties)
    for end in () if any(key.startswith("Fn::") for key in said) else ends:
        if given(said, end) is None:
            yield f"{what} has no {end} among its Properties; write it", properties


def _connect(macro: Macro, key: str) -> None:
    """key: the name of a connector that stands in the resource `macro`; empty for one by itself."""
    one = make({"Id": macro.name}, macro.place) if key else macro.said.get("Source")
    node = macro.given("Destination")
    if one is None or node is None:
        macro.translation.leave(f"what the connector {key or macro.name} allows", macro.place)
        return
    several = node.content if isinstance(node.content, list) else None
    for number, destination in enumerate(several or [node]):
        _allow(
            macro,
            key,
            _End(macro.translation, one),
            _End(macro.translation, destination),
            None if several is None else number,
        )


class _End:
    """One end of a connector: the resource with the logical id `Id`, or one that its type and ARN describe."""

    def __init__(self, translation: Translated, node: Node) -> None:
        said = fields(node)
        self.name = text(said.get("Id"))
        _, self.resource = translation.made.get(self.name or "", (node, node))
        type_ = text((said if self.name is None else fields(self.resource)).get("Type")) or ""
        self.type = OF_SAM.get(type_, type_)
        self.node, self._said = node, said

    def arn(self, attribute: str = "Arn") -> Node:
        """The ARN, or another attribute that a connector may name."""
        written = given(self._said, attribute)
        if self.name is None:
            return unknown(self.node) if written is None else written
        refers = self.type in (_TOPIC, "AWS::StepFunctions::StateMachine") or attribute != "Arn"
        return ref(self.name, self.node) if refers else get_att(self.name, "Arn", self.node)

    def role(self) -> Node:
        """The name of the role with which the resource acts; unknown if it is not one of this template."""
        written = given(self._said, "RoleName")
        role = fields(fields(self.resource).get("Properties")).get(_ROLES.get(self.type, ""))
        called = None if role is None else fields(role).get("Fn::GetAtt")
        parts = [] if called is None or not isinstance(called.content, list) else called.content
        if written is None and parts and text(parts[0]) is not None:
            return ref(text(parts[0]) or "", self.node)
        return unknown(self.node) if written is None else written


def _allow(macro: Macro, key: str, source: _End, destination: _End, number: int | None) -> None:
    """number: which of several destinations this is, from 0; None for the only one."""
    principal = CALLERS.get(source.type)
    is_called = principal is not None and destination.type == _FUNCTION
    words = "permission" if is_called else "policy"
    words += "" if number is None else f" {number + 1}"

    def add(word: str, type_: str, properties: Mapping[str, Sayable]) -> None:
        name = f"{macro.name}{key}{word}" + ("" if number is None else f"Destination{number}")
        macro.add(name, type_, properties, macro.place, f"{words} of connector {key}" if key else words)

    if is_called:
        called: dict[str, Sayable] = {"FunctionName": destination.arn(), "Principal": principal}
        permission: dict[str, Sayable] = {**called, "Action": "lambda:InvokeFunction", "SourceArn": source.arn()}
        add("WriteLambdaPermission", "AWS::Lambda::Permission", permission)
    elif principal is not None and destination.type in _URLS:
        kind = "Queue" if destination.type == _QUEUE else "Topic"
        action = "sqs:SendMessage" if kind == "Queue" else "sns:Publish"
        statement: dict[str, Sayable] = {
            "Effect": "Allow",
            "Action": action,
            "Resource": destination.arn(),
            "Principal": {"Service": principal},
            "Condition": {"ArnEquals": {"aws:SourceArn": source.arn()}},
        }
        policy: dict[str, Sayable] = {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
        policy[f"{kind}s"] = [destination.arn(_URLS[destination.type])]
        add(f"{kind}Policy", f"AWS::{'SQS' if kind == 'Queue' else 'SNS'}::{kind}Policy", policy)
    else:
        add("Policy", "AWS::IAM::ManagedPolicy", _policy(macro, source, destination))


def _policy(macro: Macro, source: _End, destination: _End) -> Mapping[str, Sayable]:
    """The policy of the role of the source, or of the function that reads the source."""
    is_read = source.type in READS and destination.type == _FUNCTION
    actor, used = (destination, source) if is_read else (source, destination)
    resource = used.arn()
    if is_read and source.type == "AWS::DynamoDB::Table":
        resource = make({"Fn::Sub": ["${Table}/stream/*", {"Table": resource}]}, macro.place)
    actions = _actions(macro, (READS if is_read else ACTIONS).get(used.type, {}))
    statement: dict[str, Sayable] = {"Effect": "Allow", "Action": actions, "Resource": [resource]}
    return {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}, "Roles": [actor.role()]}


def _actions(macro: Macro, known: Mapping[str, str]) -> Sayable:
    node = macro.given("Permissions")
    words = node.content if node is not None and isinstance(node.content, list) else []
    actions = [known.get(text(word) or "", "") for word in words]
    return " ".join(actions).split() if "" not in actions else unknown(macro.node)
