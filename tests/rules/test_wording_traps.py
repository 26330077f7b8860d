"""Words of messages that depend on the template, where the examples of their rules do not show it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, arn, lint_with, messages, resource, second_places, stack, terraform

from awslint_memo import api

ALARM = {"Namespace": "Shop", "Statistic": "Sum", "ComparisonOperator": "GreaterThanThreshold"}
MADE = {"MetricName": IMPORTED, "MetricNamespace": "Shop", "MetricValue": "1"}


@pytest.mark.parametrize(
    ("name", "called"), [("Failures", "but Failures is written"), (IMPORTED, "but its metric is written")]
)
def test_a_metric_whose_name_is_not_known_is_its_metric(name: object, called: str) -> None:
    template = stack(
        Logged=resource("Logs::MetricFilter", MetricTransformations=[{**MADE, "MetricName": name}]),
        Failed=resource("CloudWatch::Alarm", MetricName=name, **ALARM),
    )
    [message] = messages("alarm-missing-data", template)
    assert called in message


@pytest.mark.parametrize(
    ("namespace", "metric", "words"),
    [
        ("AWS/SQS", "ApproximateAgeOfOldestMessage", "but AWS/SQS has Approx"),
        ("AWS/DynamoDB", "ReadThrottleEvents", "but AWS/DynamoDB has, by AWS's page, ReadThrottleEvents only"),
    ],
)
def test_what_a_page_does_not_list_is_not_sure(namespace: str, metric: str, words: str) -> None:
    alarm = resource("CloudWatch::Alarm", Namespace=namespace, MetricName=metric)
    [message] = messages("alarm-namespace-dimension", stack(Alarm=alarm))
    assert words in message


STAGE = resource("ApiGateway::Stage", RestApiId="abc", StageName="live")
MAKES_STAGE = resource("ApiGateway::Deployment", RestApiId="abc", StageName="live")


@pytest.mark.parametrize(("made", "is_one"), [(STAGE, True), (MAKES_STAGE, False)])
def test_stages_are_told_together_and_not_what_makes_them(made: dict[str, object], *, is_one: bool) -> None:
    [one] = lint_with("xray-apigateway-tracing", stack(Live=made))
    assert (one.plural is not None) is is_one


def test_a_stage_is_made_by_what_its_language_calls_it() -> None:
    api = resource("ApiGateway::RestApi", Name="shop")
    made = resource("ApiGateway::Deployment", RestApiId={"Ref": "Api"}, StageName="prod")
    [message] = messages("apigateway-canary", stack(Api=api, Live=made))
    assert message.endswith("make the stage an AWS::ApiGateway::Stage with CanarySetting")
    configuration = terraform(
        aws_api_gateway_rest_api={"api": {"name": "shop"}},
        aws_api_gateway_deployment={
            "live": {"rest_api_id": "${aws_api_gateway_rest_api.api.id}", "stage_name": "prod"}
        },
    )
    [message] = messages("apigateway-canary", configuration)
    assert message.endswith("make the stage an aws_api_gateway_stage with canary_settings")


def test_a_target_is_told_by_what_its_language_calls_it() -> None:
    function = resource("Lambda::Function")
    target = {"Id": "a", "Arn": {"Fn::GetAtt": ["Orders", "Arn"]}}
    rule = resource("Events::Rule", ScheduleExpression="rate(7 days)", Targets=[target])
    [message] = messages("events-dead-letter", stack(Orders=function, Rule=rule))
    assert "has no DeadLetterConfig, so" in message
    configuration = terraform(
        aws_lambda_function={"orders": {"function_name": "orders"}},
        aws_cloudwatch_event_rule={"rule": {"schedule_expression": "rate(7 days)"}},
        aws_cloudwatch_event_target={
            "target": {"rule": "${aws_cloudwatch_event_rule.rule.name}", "arn": "${aws_lambda_function.orders.arn}"}
        },
    )
    [message] = messages("events-dead-letter", configuration)
    assert "Target of aws_cloudwatch_event_rule.rule has no dead_letter_config, so" in message


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "get empty responses at once"), (1, "wait less than the possible 20 s"), (19, "wait less")],
)
def test_one_second_is_long_polling_too(seconds: int, words: str) -> None:
    [message] = messages("sqs-long-polling", stack(Q=resource("SQS::Queue", ReceiveMessageWaitTimeSeconds=seconds)))
    assert words in message


@each_case(
    ("key", "value", "count"),
    [
        ("ContentBasedDeduplication", True, 1),
        ("ContentBasedDeduplication", False, 0),
        ("DeduplicationScope", "queue", 1),
        # As plans and modules have it.
        ("DeduplicationScope", "", 0),
        ("FifoThroughputLimit", "", 0),
    ],
)
def test_a_standard_queue_has_no_settings_of_a_fifo_queue(key: str, value: object, count: int) -> None:
    assert len(messages("sqs-fifo-settings", stack(Q=resource("SQS::Queue", **{key: value})))) == count


TO_QUEUES = [{"Id": name, "Arn": "arn:aws:sqs:eu-west-1:123456789012:a"} for name in ("a", IMPORTED)]
SPREAD = {"WriteCapacityAutoScalingSettings": {"MinCapacity": 1, "MaxCapacity": 9}}


@each_case(
    ("rule", "resources", "words"),
    [
        ("events-dead-letter", {"Rule": resource("Events::Rule", Targets=TO_QUEUES)}, "DeadLetterConfig, so"),
        (
            "codeartifact-public-upstream",
            {"R": resource("CodeArtifact::Repository", RepositoryName="r", ExternalConnections=[IMPORTED])},
            "ExternalConnections of R is a public repository, so",
        ),
        (
            "dynamodb-global-capacity",
            {
                "Table": resource(
                    "DynamoDB::GlobalTable",
                    BillingMode="PROVISIONED",
                    WriteProvisionedThroughputSettings=SPREAD,
                    GlobalSecondaryIndexes=[{"IndexName": IMPORTED}],
                )
            },
            "WriteProvisionedThroughputSettings of the index with an unknown name; add",
        ),
        (
            "elasticache-memcached-limits",
            {
                "Cache": resource("ElastiCache::CacheCluster", Engine="memcached", SnapshotArns=[arn("Copies")]),
                "Copies": resource("S3::Bucket"),
            },
            "SnapshotArns of Cache names a snapshot, but",
        ),
        (
            "route53-failover-health",
            {
                "Main": resource(
                    "Route53::RecordSet",
                    HostedZoneName="example.com.",
                    Name="www.example.com",
                    Type="A",
                    Failover="PRIMARY",
                    SetIdentifier="main",
                    AliasTarget={
                        "DNSName": "d111111abcdef8.cloudfront.net",
                        "HostedZoneId": "Z2FDTNDATAQYW2",
                        "EvaluateTargetHealth": False,
                    },
                )
            },
            "; set HealthCheckId",
        ),
        (
            "route53-apex-cname",
            {
                "Root": resource(
                    "Route53::RecordSet",
                    HostedZoneName="example.com.",
                    Name="example.com",
                    Type="CNAME",
                    ResourceRecords=["www.example.org", IMPORTED],
                )
            },
            "replace it with an alias record or an A record with addresses",
        ),
        (
            "kinesis-retention",
            {
                "Clicks": resource("Kinesis::Stream"),
                "Reads": resource("Lambda::EventSourceMapping", EventSourceArn=arn("Clicks"), FunctionName="f"),
            },
            "but Reads retries without limit, so",
        ),
    ],
)
def test_what_is_not_known_or_has_no_limit_is_said_so(rule: str, resources: dict[str, Any], words: str) -> None:
    [message] = messages(rule, stack(**resources))
    assert words in message
    assert "EvaluateTargetHealth" not in message


@pytest.mark.parametrize(
    ("type_", "how"), [("Type: AllAtOnce", "is set (AllAtOnce), but"), ("Alarms: [a]", "is set, but")]
)
def test_a_preference_is_told_with_its_type_where_it_has_one(type_: str, how: str) -> None:
    function = f"{{Type: AWS::Serverless::Function, Properties: {{DeploymentPreference: {{{type_}}}}}}}"
    template = f"Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders: {function}\n"
    [message] = messages("lambda-deployment-preference", template)
    assert f"DeploymentPreference of Orders {how} " in message


@pytest.mark.parametrize(
    ("strategy", "together"),
    [
        ({"Strategy": "BLUE_GREEN"}, True),
        ({"Strategy": "CANARY", "CanaryConfiguration": {"CanaryPercent": 100}}, False),
    ],
)
def test_services_are_told_together_where_all_have_the_same_remedy(strategy: dict[str, Any], *, together: bool) -> None:
    service = resource(
        "ECS::Service",
        DeploymentConfiguration=strategy,
        ServiceConnectConfiguration={"Enabled": True},
    )
    [one] = lint_with("ecs-deployment", stack(Web=service))
    assert (one.plural is not None) is together


@pytest.mark.parametrize(
    ("region", "places", "second"),
    [
        ("us-east-1", "its own Region and us-east-1", "point_in_time_recovery: false"),
        ("${var.where}", "its own Region", "point_in_time_recovery: false"),
    ],
)
def test_recovery_is_off_in_the_regions_that_are_known(region: str, places: str, second: str) -> None:
    replica = {"region_name": region, "point_in_time_recovery": False}
    template = terraform({"variable": {"where": {}}}, aws_dynamodb_table={"orders": {"name": "o", "replica": replica}})
    [message] = messages("dynamodb-point-in-time-recovery", template)
    assert f"is false (default) in {places}, so" in message
    assert second_places("dynamodb-point-in-time-recovery", template) == [second]


@pytest.mark.parametrize(
    ("name", "remedy"), [("", "to false and final_snapshot_identifier to a name"), ("${var.name}", "to false")]
)
def test_a_snapshot_needs_a_name_unless_a_variable_gives_it(name: str, remedy: str) -> None:
    database = {"engine": "mysql", "skip_final_snapshot": True, "final_snapshot_identifier": name}
    template = terraform({"variable": {"name": {"default": ""}}}, aws_db_instance={"orders": database})
    [message] = messages("rds-final-snapshot", template)
    assert message.endswith(f"set it {remedy}")


def test_a_database_whose_automated_backups_are_kept_is_told_by_its_policy() -> None:
    kept = {**resource("RDS::DBInstance", Engine="mysql", DeleteAutomatedBackups=False), "DeletionPolicy": "Delete"}
    [message] = messages("rds-final-snapshot", stack(Db=kept))
    assert message.startswith("DeletionPolicy of Db is Delete, so only automated backups remain")


NESTING = """
Resources:
  Messaging: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}
  Old:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{Name: QueueName, Value: !GetAtt Messaging.Outputs.Arn}]
"""
NESTED = """
Resources: {Orders: {Type: AWS::SQS::Queue}}
Outputs: {Arn: {Value: !GetAtt Orders.Arn}}
"""


def test_what_is_in_a_nested_stack_is_named_by_an_output() -> None:
    unsaved = {"template.yaml": NESTING, "nested.yaml": NESTED}
    [finding] = api.lint(["template.yaml"], unsaved=unsaved, select=["alarm-dimension-value"]).findings
    assert finding.do == "use an output of Messaging with !GetAtt Orders.QueueName"


CONDITION = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {IsProduction: !Equals [!Ref Stage, production]}
Resources:
  Topic: {Type: AWS::SNS::Topic}
%s
"""


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ("  Orders: {Type: AWS::SQS::Queue, Condition: IsProduction}", ", so no deployment has Orders"),
        ("Outputs: {Arn: {Value: a, Condition: IsProduction}}", ""),
    ],
)
def test_a_condition_that_never_holds_names_what_is_missing(more: str, end: str) -> None:
    rule = ["stack-condition-never-true"]
    [finding] = api.lint(["template.yaml"], unsaved={"template.yaml": CONDITION % more}, select=rule).findings
    told = f"condition IsProduction compares Stage with production, but that is dev or prod{end}"
    assert finding.message == f"{told}; compare it with prod"
