"""What a template says of itself makes a warning advice, and what a remedy has to say where one step is not enough."""

from __future__ import annotations

from typing import Any

import pytest
from tests.linting import found, lint_with, messages, terraform

from awslint_memo import api

CACHE = """
AWSTemplateFormatVersion: "2010-09-09"
Description: >-
  A cache that several applications use. DESCRIBED
Resources:
  Orders:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {Engine: valkey, CacheNodeType: cache.r7g.large, NumCacheClusters: 2, AutomaticFailoverEnabled: true}
"""


def levels(rule: str, text: str, path: str = "template.yaml") -> list[tuple[str | None, str]]:
    """What somebody sees of a file."""
    report = api.lint([path], select=[rule], advice=True, unsaved={path: text})
    return [(one.level, one.message) for one in report.findings]


@pytest.mark.parametrize(
    ("described", "level"),
    [
        ("It is\n  non-redundant on purpose.", "advice"),
        ("Use it as a pure cache, with nothing to hold onto.", "advice"),
        ("It must not lose a thing.", "warning"),
    ],
)
def test_a_cache_that_its_description_calls_non_redundant_is_decided(described: str, level: str) -> None:
    [(found_level, _)] = levels("elasticache-multi-az", CACHE.replace("DESCRIBED", described))
    assert found_level == level


def test_so_is_one_of_terraform_with_a_comment_at_the_head_of_the_file() -> None:
    group = (
        'resource "aws_elasticache_replication_group" "a" {\n  engine = "valkey"\n  node_type = "cache.r7g.large"\n'
        "  num_cache_clusters = 2\n  automatic_failover_enabled = true\n}\n"
    )
    [(level, _)] = levels("elasticache-multi-az", f"# A single node would do: pure cache.\n\n{group}", "main.tf")
    assert level == "advice"
    [(level, _)] = levels("elasticache-multi-az", f"{group}\n# Elsewhere there is a pure cache.\n", "main.tf")
    assert level == "warning"


@pytest.mark.parametrize(
    ("unit", "threshold", "remedy"),
    [
        ("Gigabytes", 20, "remove it, and write Threshold in Bytes"),
        ("Gigabytes", 21474836480, "remove it"),
        ("Count", 20, "remove it"),
    ],
)
def test_a_threshold_in_the_wrong_unit_is_written_in_the_other_one_too(unit: str, threshold: int, remedy: str) -> None:
    alarm = {"Namespace": "AWS/RDS", "MetricName": "FreeStorageSpace", "Unit": unit, "Threshold": threshold}
    template = {"Resources": {"Full": {"Type": "AWS::CloudWatch::Alarm", "Properties": alarm}}}
    [finding] = lint_with("alarm-unit", template)
    assert finding.message.endswith(f"; {remedy}")
    assert bool(finding.fix) is (remedy == "remove it")


@pytest.mark.parametrize(
    ("replicas", "remedy"),
    [("!If [IsLive, 1, 0]", "by the condition that decides how many replicas there are"), ("1", "set it to true")],
)
def test_failover_is_turned_on_only_where_there_is_a_replica(replicas: str, remedy: str) -> None:
    template = (
        "Parameters: {Stage: {Type: String}}\nConditions: {IsLive: !Equals [!Ref Stage, live]}\nResources:\n"
        "  Cache: {Type: AWS::ElastiCache::ReplicationGroup, Properties: "
        f"{{ReplicasPerNodeGroup: {replicas}, AutomaticFailoverEnabled: false}}}}\n"
    )
    [message] = messages("elasticache-failover", template)
    assert remedy in message


ITEM = {"table_name": "${aws_dynamodb_table.windows.name}", "hash_key": "id", "item": "{}"}


@pytest.mark.parametrize(("items", "level"), [({"one": ITEM}, "advice"), ({}, "warning")])
def test_items_that_stand_in_the_root_are_made_anew(items: dict[str, Any], level: str) -> None:
    table = {"windows": {"name": "windows", "hash_key": "id", "billing_mode": "PAY_PER_REQUEST"}}
    blocks: dict[str, Any] = {"aws_dynamodb_table": table}
    blocks |= {"aws_dynamodb_table_item": items} if items else {}
    [finding] = found("dynamodb-point-in-time-recovery", terraform(**blocks))
    assert finding.level == level


WARM = {
    "aws_lambda_provisioned_concurrency_config": {
        "warm": {
            "function_name": "${aws_lambda_function.work.function_name}",
            "qualifier": "${aws_lambda_alias.live.name}",
            "provisioned_concurrent_executions": 2,
        }
    }
}
WEIGHTS = {"routing_config": [{"additional_version_weights": {"7": 0.5}}]}


@pytest.mark.parametrize(
    ("publish", "alias", "others", "asked", "level"),
    [
        (True, {}, {}, {"schedule_expression": "rate(1 minute)"}, "advice"),
        (True, {}, WARM, {"schedule_expression": "rate(1 minute)"}, "advice"),
        (True, {}, WARM, {"event_pattern": '{"source": ["shop"]}'}, "warning"),
        (True, WEIGHTS, {}, {"schedule_expression": "rate(1 minute)"}, "warning"),
        (True, {"function_version": "7"}, {}, {"schedule_expression": "rate(1 minute)"}, "warning"),
    ],
)
def test_a_function_runs_what_an_alias_runs_that_follows_each_version(
    publish: bool, alias: dict[str, Any], others: dict[str, Any], asked: dict[str, str], level: str
) -> None:
    function, version = "${aws_lambda_function.work.function_name}", "${aws_lambda_function.work.version}"
    template = terraform(
        aws_lambda_function={"work": {"function_name": "work", "publish": publish}},
        aws_lambda_alias={"live": {"name": "live", "function_name": function, "function_version": version, **alias}},
        aws_cloudwatch_event_rule={"tick": {"name": "tick", **asked}},
        aws_cloudwatch_event_target={
            "tick": {"rule": "${aws_cloudwatch_event_rule.tick.name}", "arn": "${aws_lambda_function.work.arn}"}
        },
        **others,
    )
    [finding] = found("lambda-trigger-bypasses-alias", template)
    assert finding.level == level


@pytest.mark.parametrize(
    ("hidden", "batch", "level"),
    [(1000, 1, "advice"), (1000, 10, "warning"), (900, 1, "warning"), (None, 1, "warning")],
)
def test_one_message_at_a_time_needs_less_margin(hidden: int | None, batch: int, level: str) -> None:
    timeout = 900 if hidden else 30
    mapping = {"EventSourceArn": {"Fn::GetAtt": "Q.Arn"}, "FunctionName": {"Ref": "F"}, "BatchSize": batch}
    queue = {"VisibilityTimeout": hidden} if hidden else {}
    resources = {
        "Q": {"Type": "AWS::SQS::Queue", "Properties": queue},
        "F": {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": timeout}},
        "M": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
    }
    [finding] = found("sqs-visibility-margin", {"Resources": resources})
    assert finding.level == level


def test_a_log_stream_is_in_the_region_of_its_delivery_stream() -> None:
    logging = {"enabled": True, "log_group_name": "${aws_cloudwatch_log_group.a.name}", "log_stream_name": "s3"}
    settings = [{"bucket_arn": "b", "role_arn": "r", "cloudwatch_logging_options": [logging]}]
    stream = {"name": "a", "destination": "extended_s3", "extended_s3_configuration": settings}
    of_logs = {"aws_cloudwatch_log_group": {"a": {"name": "a"}}}
    [message] = messages(
        "firehose-error-logging", terraform(aws_kinesis_firehose_delivery_stream={"a": stream}, **of_logs)
    )
    assert message.endswith("; add a log stream of this name")
    elsewhere = {"a": {**stream, "provider": "aws.us-east-1"}}
    [message] = messages("firehose-error-logging", terraform(aws_kinesis_firehose_delivery_stream=elsewhere, **of_logs))
    assert message.endswith("in the Region of aws_kinesis_firehose_delivery_stream.a")


@pytest.mark.parametrize("is_attached", [True, False])
def test_a_policy_that_nothing_has_is_to_be_attached_too(is_attached: bool) -> None:
    document = (
        '{"Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", '
        '"Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:mails/token"}]}'
    )
    attached = {"role": "reader", "policy_arn": "${aws_iam_policy.a.arn}"}
    others = {"aws_iam_role_policy_attachment": {"a": attached}} if is_attached else {}
    [message] = messages(
        "policy-arn-unmatched", terraform(aws_iam_policy={"a": {"name": "a", "policy": document}}, **others)
    )
    assert message.endswith(", and attach the policy to a role") is not is_attached
