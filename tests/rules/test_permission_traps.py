"""What makes a naive reading of permissions wrong: other actions, programs that hand on what they are told of, policies
of the resources themselves, and names that are known in part."""

from __future__ import annotations

import json
from typing import Any

from tests.cases import each_case
from tests.linting import arn, found, messages, resource, stack, terraform

VARIABLE = "lambda-variable-not-allowed"


def allows(action: Any, named: Any = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": named}


def role(*statements: dict[str, Any]) -> dict[str, Any]:
    policy = {"PolicyName": "a", "PolicyDocument": {"Statement": [*statements]}}
    return resource("IAM::Role", AssumeRolePolicyDocument={"Statement": []}, Policies=[policy])


def told(variables: Any, *statements: dict[str, Any], **others: dict[str, Any]) -> dict[str, Any]:
    """A function with variables and a role with statements."""
    work = resource("Lambda::Function", Role=arn("Role"), Environment={"Variables": variables})
    return stack(Work=work, Role=role(*statements), **others)


TABLES = {"Told": resource("DynamoDB::Table", TableName="alice-orders"), "Other": resource("DynamoDB::Table")}
USES_OTHER = allows("dynamodb:GetItem", arn("Other"))


@each_case(
    ("statement", "count"),
    [
        (allows(["logs:*", "s3:GetObject", "cloudwatch:PutMetricData"]), 1),
        (allows("dynamodb:UpdateTimeToLive", arn("Told")), 0),
        (allows("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}-orders"), 0),
        (allows("states:StartExecution"), 0),
        (allows("states:StartExecution", "arn:aws:states:eu-west-1:123456789012:stateMachine:a"), 0),
        (allows("cognito-identity:GetCredentialsForIdentity"), 0),
        (allows("cloudwatch:Put*"), 0),
        ({"Effect": "Allow", "NotAction": "dynamodb:*", "Resource": "*"}, 0),
    ],
)
def test_a_program_may_do_something_else_with_a_table_than_items(statement: dict[str, Any], count: int) -> None:
    template = told({"TOLD": {"Ref": "Told"}, "OTHER": {"Ref": "Other"}}, USES_OTHER, statement, **TABLES)
    assert len(found(VARIABLE, template)) == count


def test_a_topic_may_be_there_to_subscribe_to() -> None:
    topics = {"Told": resource("SNS::Topic"), "Other": resource("SNS::Topic")}
    publishes = allows("sns:Publish", {"Ref": "Other"})
    variables = {"TOLD": {"Ref": "Told"}}
    assert len(found(VARIABLE, told(variables, publishes, **topics))) == 1
    assert not found(
        VARIABLE, told(variables, publishes, allows("sns:ListSubscriptionsByTopic", {"Ref": "Told"}), **topics)
    )


def test_a_policy_of_a_stream_may_let_a_role_put_records() -> None:
    streams = {"Told": resource("Kinesis::Stream"), "Other": resource("Kinesis::Stream")}
    template = told({"TOLD": {"Ref": "Told"}}, allows("kinesis:PutRecord", arn("Other")), **streams)
    assert len(found(VARIABLE, template)) == 1
    lets = {
        "Effect": "Allow",
        "Principal": {"AWS": arn("Role")},
        "Action": "kinesis:PutRecord",
        "Resource": arn("Told"),
    }
    for changes, count in (({}, 0), ({"Principal": {"Service": "logs.amazonaws.com"}}, 1), ({"Effect": "Deny"}, 1)):
        document = {"Statement": [{**lets, **changes}]}
        policy = resource("Kinesis::ResourcePolicy", ResourceArn=arn("Told"), ResourcePolicy=document)
        assert len(found(VARIABLE, stack(**template["Resources"], Policy=policy))) == count


CLIENTS = "apigateway-clients-unreachable"
CHAT = resource(
    "ApiGatewayV2::Api", Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
)


@each_case(
    ("address", "action", "count"),
    [
        ("https://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live", "execute-api:Invoke", 1),
        ("https://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live", "sts:AssumeRole", 0),
        ("https://docs.example.com/apis/${Chat}", "execute-api:Invoke", 0),
        ("https://${Site.DomainName}/${Chat}", "execute-api:Invoke", 0),
    ],
)
def test_an_address_that_only_mentions_an_api_is_not_its_own(address: str, action: str, count: int) -> None:
    site = resource("CloudFront::Distribution")
    template = told({"TO": {"Fn::Sub": address}}, allows(action), Chat=CHAT, Site=site)
    assert len(found(CLIENTS, template)) == count


LOGS = "delivery-log-group-not-allowed"


NAME = {"Fn::Sub": "/shop/${Bus}/all"}


@each_case(
    ("name", "principal", "named", "count"),
    [
        ("/shop/all", "events.amazonaws.com", "/aws/events/*", 1),
        ("/shop/all", {"Ref": "Given"}, "/aws/events/*", 0),
        (NAME, "events.amazonaws.com", "${Other}:*", 1),
        (NAME, "events.amazonaws.com", "/shop/${Bus}/*", 0),
        (NAME, "events.amazonaws.com", "/shop/*", 0),
        ({"Fn::Sub": "/shop/${AWS::StackName}"}, "events.amazonaws.com", "/shop/${AWS::StackName}", 0),
    ],
)
def test_a_log_group_whose_name_is_known_in_part_may_be_named(
    name: Any, principal: Any, named: str, count: int
) -> None:
    of = {"Fn::Sub": f"arn:aws:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{named}"}
    statement = {**allows("logs:PutLogEvents", of), "Principal": {"Service": principal}}
    template = stack(
        {"Parameters": {"Given": {"Type": "String"}}},
        Bus=resource("Events::EventBus", Name="orders"),
        Group=resource("Logs::LogGroup", LogGroupName=name),
        Other=resource("Logs::LogGroup"),
        Let=resource("Logs::ResourcePolicy", PolicyName="a", PolicyDocument={"Statement": [statement]}),
        Rule=resource("Events::Rule", EventPattern={"source": ["a"]}, Targets=[{"Id": "a", "Arn": arn("Group")}]),
    )
    assert len(found(LOGS, template)) == count


@each_case(
    ("encryption", "count"),
    [({"encryption_type": "KMS"}, 1), ({"encryption_type": "NONE"}, 0), ({}, 0)],
)
def test_a_stream_with_a_key_is_encrypted_where_it_says_so(encryption: dict[str, str], count: int) -> None:
    statement = allows("kinesis:PutRecord", "${aws_kinesis_stream.lines.arn}")
    template = terraform(
        aws_kms_key={"lines": {"enable_key_rotation": True}},
        aws_kinesis_stream={"lines": {"name": "lines", "kms_key_id": "${aws_kms_key.lines.arn}", **encryption}},
        aws_iam_role={"web": {"assume_role_policy": '{"Statement": []}'}},
        aws_iam_role_policy={
            "web": {"role": "${aws_iam_role.web.id}", "policy": json.dumps({"Statement": [statement]})}
        },
    )
    assert len(found("policy-key-missing", template)) == count


@each_case(
    ("values", "so"),
    [
        (["arn:aws:iam::123456789012:role/ops-*"], "so it always holds"),
        (["arn:aws:iam::123456789012:role/ops-*", "arn:aws:iam::123456789012:role/a"], "so this value never matches"),
    ],
)
def test_a_value_beside_one_with_a_wildcard_is_compared_still(values: list[str], so: str) -> None:
    condition = {"StringNotEquals": {"aws:PrincipalArn": values}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": condition}
    policy = resource("S3::BucketPolicy", Bucket="files", PolicyDocument={"Statement": [statement]})
    (message,) = messages("policy-wildcard-exact", stack(Policy=policy))
    assert so in message


@each_case(
    ("allowed", "count"),
    [
        ("${var.review_queue_arn}", 1),
        ("${var.letter_queue_arn}", 0),
        ("${var.queues}", 0),
        ("arn:aws:sqs:*:*:${var.review_queue_name}", 0),
    ],
)
def test_a_task_names_a_queue_by_another_variable_than_its_role(allowed: str, count: int) -> None:
    names = (
        "letter_queue_arn",
        "letter_queue_url",
        "queues",
        "review_queue_arn",
        "review_queue_name",
        "review_queue_url",
    )
    policy = json.dumps({"Statement": [allows("sqs:SendMessage", allowed)]})
    template = terraform(
        {"variable": {name: {"type": "string"} for name in names}},
        aws_iam_role={"work": {"assume_role_policy": '{"Statement": []}'}},
        aws_iam_role_policy={"work": {"role": "${aws_iam_role.work.id}", "policy": policy}},
        aws_sfn_state_machine={
            "work": {
                "role_arn": "${aws_iam_role.work.arn}",
                "definition": json.dumps(
                    {"StartAt": "Letter", "States": {"Letter": sends("letter"), "Review": sends("review")}}
                ),
            }
        },
    )
    about_letters = [one for one in messages("statemachine-role", template) if "at the task Letter" in one]
    assert len(about_letters) == count


def test_a_role_for_another_queue_by_its_name_alone_may_be_for_the_one_that_a_task_names() -> None:
    template = terraform(
        {"variable": {name: {"type": "string"} for name in ("letter_queue_url", "main_queue_arn")}},
        aws_iam_role={"work": {"assume_role_policy": '{"Statement": []}'}},
        aws_iam_role_policy={
            "work": {
                "role": "${aws_iam_role.work.id}",
                "policy": json.dumps({"Statement": [allows("sqs:SendMessage", "${var.main_queue_arn}")]}),
            }
        },
        aws_sfn_state_machine={
            "work": {
                "role_arn": "${aws_iam_role.work.arn}",
                "definition": json.dumps({"StartAt": "Letter", "States": {"Letter": sends("letter")}}),
            }
        },
    )
    assert found("statemachine-role", template) == []


def sends(what: str) -> dict[str, object]:
    """A task that sends to the queue of a variable."""
    queue = {"QueueUrl": f"${{var.{what}_queue_url}}"}
    return {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True, "Parameters": queue}


@each_case(("action", "count"), [("*", 1), ("*:*", 1), ("sqs:*Attributes", 0)])
def test_who_may_do_everything_is_not_there_to_give_a_queue_its_policy(action: str, count: int) -> None:
    subscription = resource("SNS::Subscription", TopicArn={"Ref": "Topic"}, Protocol="sqs", Endpoint=arn("Orders"))
    resources = {"Topic": resource("SNS::Topic"), "Orders": resource("SQS::Queue"), "Does": role(allows(action))}
    assert len(found("delivery-not-allowed", stack(Subscription=subscription, **resources))) == count


SQS = allows("sqs:*")


@each_case(
    ("document", "attribute", "refused"),
    [
        ({"Statement": [SQS]}, "Ref", None),
        ({"Version": "2012-10-17", "Statement": [SQS]}, "Ref", None),
        ({"Version": "2012-10-18", "Statement": [SQS]}, "Ref", "PolicyDocument.Version"),
        ({"Statement": [allows("logs:*"), {**SQS, "Principal": "*"}]}, "Ref", "PolicyDocument.Statement[1].Principal"),
        ({"Statement": [{**SQS, "NotPrincipal": "*"}]}, "Ref", "PolicyDocument.Statement[0].NotPrincipal"),
        ({"Statement": [SQS]}, "Arn", "Roles[0]"),
        ({"Statement": [SQS]}, "RoleId", "Roles[0]"),
    ],
)
def test_a_role_with_a_refused_policy_is_told_to_lack_nothing_else(
    document: dict[str, Any], attribute: str, refused: str | None
) -> None:
    named = {"Ref": "Role"} if attribute == "Ref" else arn("Role", attribute)
    resources = {
        "Orders": resource("SQS::Queue"),
        "Role": role(allows("logs:*")),
        "Beside": resource("IAM::Policy", Roles=[named], PolicyDocument=document),
        "Work": resource("Lambda::Function", Role=arn("Role")),
        "Mapping": resource("Lambda::EventSourceMapping", FunctionName={"Ref": "Work"}, EventSourceArn=arn("Orders")),
    }
    assert not messages("lambda-mapping-role", stack(**resources))
    told = messages("policy-refused", stack(**resources))
    assert [message.partition(" of Beside ")[0] for message in told] == ([] if refused is None else [refused])
    del resources["Beside"]
    assert len(messages("lambda-mapping-role", stack(**resources))) == 1


@each_case(("named", "count"), [('jsonencode(["*"])', 1), ('[jsonencode(["*"])]', 1), ('["*"]', 0)])
def test_the_text_of_a_list_is_no_list_in_a_policy_of_a_role(named: str, count: int) -> None:
    statement = f'{{ Effect = "Allow", Action = "sns:Publish", Resource = {named} }}'
    policy = {"role": "${aws_iam_role.work.id}", "policy": f"${{jsonencode({{ Statement = [{statement}] }})}}"}
    template = terraform(aws_iam_role={"work": {}}, aws_iam_role_policy={"work": policy})
    assert len(found("policy-refused", template)) == count
