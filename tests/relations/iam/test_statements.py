"""Whether a policy allows what a service asks for: surely, surely not, or not told."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.relations.iam import managed_policies
from awslint_memo.relations.iam.arns import service_of_type
from awslint_memo.relations.iam.prepared import allows
from awslint_memo.relations.iam.resource_policies import Obstacle, admits, obstacle
from awslint_memo.relations.iam.statements import Request, statements

HERE = Span("template.yaml", 1, 1, 1, 2)
UNKNOWN = Unknown("a parameter without a default", HERE)
ACCOUNT = Unknown("AWS::AccountId", HERE, key="AWS::AccountId")
PLAIN = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"}


def value(content: Any) -> Value:
    if isinstance(content, Value):
        return content
    if isinstance(content, dict):
        return Known({key: value(child) for key, child in content.items()}, HERE)
    return Known([value(child) for child in content] if isinstance(content, list) else content, HERE)


def resource(name: str, type_: str, **properties: Any) -> Resource:
    read = {key: value(content) for key, content in properties.items()}
    return Resource(name, f"AWS::{type_}", HERE, lambda key: read.get(key, Absent(HERE)))


def deployment_with(*documents: Any) -> tuple[Deployment, Request]:
    """A queue with policies, and the request of a topic that sends to it."""
    queue, topic = resource("Orders", "SQS::Queue"), resource("Topic", "SNS::Topic")
    others = resource("Others", "SQS::Queue"), resource("OtherTopic", "SNS::Topic"), resource("Role", "IAM::Role")
    policies = [
        resource(f"P{number}", "SQS::QueuePolicy", Queues=[Link("Orders", "Ref", HERE)], PolicyDocument=document)
        for number, document in enumerate(documents)
    ]
    deployment = Deployment([queue, topic, *others, *policies])
    lacks = frozenset(("aws:lacking",))
    request = Request(["sqs:SendMessage"], deployment, queue, "sns.amazonaws.com", topic, lacks=lacks)
    return deployment, request


@each_case(
    ("changes", "expected"),
    [
        ({}, True),
        ({"Action": ["sqs:ReceiveMessage", "SQS:send*"]}, True),
        ({"Action": "sqs:ReceiveMessage"}, False),
        ({"Action": UNKNOWN}, None),
        ({"Action": None, "NotAction": "sqs:DeleteQueue"}, True),
        ({"Action": None, "NotAction": "sqs:*"}, False),
        ({"Action": "*:*"}, None),
        ({"Action": "*:SendMessage"}, False),
        ({"Effect": "Deny"}, False),
        ({"Effect": UNKNOWN}, None),
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": {"AWS": "sns.amazonaws.com"}}, False),
        ({"Principal": {"AWS": "arn:aws:iam::123456789012:role/a"}}, False),
        ({"Principal": {"AWS": Link("Role", "Arn", HERE)}}, False),
        ({"Principal": {"AWS": "123456789012"}}, None),
        ({"Principal": {"AWS": ACCOUNT}}, None),
        ({"Principal": {"Service": ["s3.amazonaws.com", "events.amazonaws.com"]}}, False),
        ({"Principal": {"Service": ["s3.amazonaws.com", UNKNOWN]}}, None),
        ({"Principal": {"Service": "sns.eu-south-1.amazonaws.com"}}, None),
        ({"Principal": {"Federated": "a"}}, False),
        ({"Principal": UNKNOWN}, None),
        ({"Principal": None}, None),
        ({"Resource": Link("Orders", "Arn", HERE)}, True),
        ({"Resource": Link("Others", "Arn", HERE)}, False),
        ({"Resource": "arn:aws:sqs:*:*:orders-*"}, None),
        ({"Resource": "arn:aws:sns:eu-west-1:123456789012:orders"}, False),
        ({"Resource": None}, None),
        ({"Resource": None, "NotResource": Link("Orders", "Arn", HERE)}, False),
        ({"Condition": {"ArnEquals": {"aws:SourceArn": Link("Topic", "Ref", HERE)}}}, True),
        ({"Condition": {"ArnLike": {"AWS:sourcearn": [Link("OtherTopic", "Ref", HERE)]}}}, False),
        ({"Condition": {"ArnNotEquals": {"aws:SourceArn": Link("Topic", "Ref", HERE)}}}, False),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}}, True),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}, None),
        ({"Condition": {"StringEquals": {"aws:Lacking": "a"}}}, False),
        ({"Condition": {"StringEqualsIfExists": {"aws:Lacking": "a"}}}, True),
        ({"Condition": {"StringNotEquals": {"aws:Lacking": "a"}}}, True),
        ({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}, False),
        ({"Condition": {"Bool": {"aws:SecureTransport": True}}}, True),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": "000000000000"}}}, False),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": ""}}}, None),
        ({"Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}}, False),
        ({"Condition": {"DateLessThanEquals": {"aws:CurrentTime": "2020-01-01"}}}, False),
        ({"Condition": {"DateEquals": {"aws:CurrentTime": "2020-01-01"}}}, False),
        ({"Condition": {"NumericLessThan": {"aws:EpochTime": "1577836800"}}}, False),
        ({"Condition": {"DateLessThan": {"aws:EpochTime": 1577836800}}}, False),
        ({"Condition": {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00+01:00"}}}, True),
        ({"Condition": {"DateLessThan": {"aws:CurrentTime": "2099-01-01T00:00:00Z"}}}, None),
        ({"Condition": {"DateLessThan": {"aws:CurrentTime": "tomorrow"}}}, None),
        ({"Condition": {"DateLessThan": {"aws:CurrentTime": UNKNOWN}}}, None),
        ({"Condition": {"Null": {"aws:SourceArn": "true"}}}, False),
        ({"Condition": {"Null": {"aws:SourceArn": False}}}, True),
        ({"Condition": {"Null": {"aws:Lacking": "true"}}}, True),
        ({"Condition": {"Null": {"aws:Lacking": "false"}}}, False),
        ({"Condition": {"Null": {"aws:PrincipalOrgID": "true"}}}, None),
        ({"Principal": None, "NotPrincipal": {"AWS": "123456789012"}}, True),
        ({"Principal": None, "NotPrincipal": {"AWS": UNKNOWN}}, True),
        ({"Principal": None, "NotPrincipal": {"Service": "sns.amazonaws.com"}}, False),
        ({"Principal": None, "NotPrincipal": {"Service": UNKNOWN}}, None),
        ({"Principal": None, "NotPrincipal": "*"}, False),
        ({"Principal": None, "NotPrincipal": UNKNOWN}, None),
        ({"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}, None),
        ({"Condition": UNKNOWN}, None),
    ],
    ids=str,
)
def test_a_statement_allows_what_all_of_its_parts_fit(changes: dict[str, Any], expected: bool | None) -> None:
    statement = {key: child for key, child in {**PLAIN, **changes}.items() if child is not None}
    deployment, request = deployment_with({"Statement": [statement]})
    assert admits(deployment.resources["Orders"], request) is expected


def test_a_denial_wins_and_what_is_not_known_is_not_told() -> None:
    for denied, expected in ((PLAIN, False), ({**PLAIN, "Condition": UNKNOWN}, None), (UNKNOWN, None)):
        other = {**denied, "Effect": "Deny"} if isinstance(denied, dict) else denied
        deployment, request = deployment_with({"Statement": [PLAIN, other]})
        # A statement that is not known may only allow more.
        assert admits(deployment.resources["Orders"], request) is (True if other is UNKNOWN else expected)
    deployment, request = deployment_with({"Statement": []}, UNKNOWN)
    assert admits(deployment.resources["Orders"], request) is None
    assert allows(statements(value("no json")), request) is None


def test_every_action_is_needed() -> None:
    deployment, request = deployment_with({"Statement": PLAIN})
    both = Request(["sqs:SendMessage", "sqs:ReceiveMessage"], deployment, request.resource, request.service)
    assert admits(deployment.resources["Orders"], both) is False


@each_case(
    ("changes", "part"),
    [
        ({"Principal": {"AWS": "sns.amazonaws.com"}}, "principal"),
        ({"Resource": Link("Others", "Arn", HERE)}, "resource"),
        ({"Condition": {"ArnEquals": {"aws:SourceArn": Link("OtherTopic", "Ref", HERE)}}}, "condition"),
        ({"Effect": "Deny"}, "denied"),
    ],
)
def test_the_nearest_statement_says_what_does_not_fit(changes: dict[str, Any], part: str) -> None:
    deployment, request = deployment_with({"Statement": [{**PLAIN, "Action": "sqs:Other"}, {**PLAIN, **changes}]})
    found = obstacle(deployment.resources["Orders"], request)
    assert found.part == part
    assert found.statement is not None
    assert found.statement.get("Effect").text == changes.get("Effect", "Allow")


def test_no_statement_is_near_that_is_for_somebody_else() -> None:
    deployment, request = deployment_with({"Statement": [{**PLAIN, "Principal": {"Service": "s3.amazonaws.com"}}]})
    assert obstacle(deployment.resources["Orders"], request) == Obstacle()


def test_a_policy_that_may_be_for_any_queue_leaves_the_answer_open() -> None:
    queue = resource("Orders", "SQS::Queue")
    deployment = Deployment([queue, resource("P", "SQS::QueuePolicy", Queues=[UNKNOWN], PolicyDocument=UNKNOWN)])
    assert admits(queue, Request(["sqs:SendMessage"], deployment, queue, "sns.amazonaws.com")) is None


@each_case(
    ("name", "action", "expected"),
    [
        ("service-role/AWSLambdaSQSQueueExecutionRole", "sqs:DeleteMessage", True),
        ("service-role/AWSLambdaSQSQueueExecutionRole", "sqs:SendMessage", False),
        ("AmazonKinesisReadOnlyAccess", "kinesis:GetRecords", True),
        ("AdministratorAccess", "xray:PutTraceSegments", True),
        ("AdministratorAccess", "ec2:RunInstances", None),
        ("AmazonS3ReadOnlyAccess", "s3:GetObject", True),
        ("AmazonS3ReadOnlyAccess", "s3:PutObject", False),
        ("service-role/AWSLambdaBasicExecutionRole", "ec2:CreateNetworkInterface", False),
        ("service-role/AWSLambdaVPCAccessExecutionRole", "ec2:CreateNetworkInterface", True),
        ("AmazonOther", "sqs:SendMessage", None),
        ("AWSCodeDeployRoleForLambda", "lambda:UpdateAlias", None),
        ("service-role/AWSCodeDeployRoleForLambda", "sns:Publish", True),
        ("AWSCodeDeployRoleForLambdaLimited", "lambda:UpdateAlias", None),
        ("service-role/AWSCodeDeployRoleForLambdaLimited", "lambda:UpdateAlias", True),
        ("service-role/AWSCodeDeployRoleForLambdaLimited", "sns:Publish", False),
        ("AmazonEC2RoleforAWSCodeDeploy", "s3:GetObject", None),
        ("service-role/AmazonEC2RoleforAWSCodeDeploy", "s3:GetObject", True),
        ("AmazonEC2ContainerServiceforEC2Role", "ecs:RegisterContainerInstance", None),
        ("service-role/AmazonEC2ContainerServiceforEC2Role", "ecs:RegisterContainerInstance", True),
        ("AmazonDynamoDBFullAccess", "iam:PassRole", True),
        ("AmazonDynamoDBFullAccess_v2", "iam:PassRole", False),
    ],
)
def test_what_is_known_of_the_policies_of_aws(name: str, action: str, expected: bool | None) -> None:
    role = resource("Role", "IAM::Role")
    assert managed_policies.allows(value(f"arn:aws:iam::aws:policy/{name}"), action, role) is expected
    assert managed_policies.allows(value(f"arn:aws:iam::123456789012:policy/{name}"), action, role) is None


def test_what_is_no_type_is_of_no_service() -> None:
    """A part of a template that is no resource has no type."""
    assert [service_of_type(type_) for type_ in ("", "Live", "AWS::Events::Rule")] == ["", "", "events"]
