"""Keys, roles and policies of file systems that let a service in although it looks as if they did not, and others."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import messages, resource, stack, terraform


def allow(principal: Any, action: Any = "kms:*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*", **more}


def key(*written: dict[str, Any]) -> dict[str, Any]:
    return resource("KMS::Key", KeyPolicy={"Statement": [*written]})


LOGS = resource("Logs::LogGroup", KmsKeyId={"Fn::GetAtt": ["Key", "Arn"]})


@each_case(
    ("principal", "told"),
    [
        ({"Service": "sqs.amazonaws.com"}, 1),
        ({"Service": "delivery.logs.amazonaws.com"}, 1),
        ({"Service": "logs.amazonaws.com"}, 0),
        ({"Service": "logs.eu-west-1.amazonaws.com"}, 0),
        ({"Service": {"Fn::Sub": "logs.${AWS::Region}.${AWS::URLSuffix}"}}, 0),
        ("*", 0),
    ],
)
def test_the_service_of_logs_is_called_by_its_region_too(principal: Any, told: int) -> None:
    assert len(messages("policy-key-closed", stack(Key=key(allow(principal)), Logs=LOGS))) == told


def test_a_key_of_many_log_groups_is_one_finding() -> None:
    many = {f"Logs{number}": LOGS for number in range(4)}
    [message] = messages("policy-key-closed", stack(Key=key(allow({"Service": "sqs.amazonaws.com"})), **many))
    assert "with which Logs0 and 3 more are encrypted, so the log group is refused" in message


def test_a_grant_may_let_a_service_use_a_key() -> None:
    log = {"all": {"name": "all", "kms_key_id": "${aws_kms_key.all.arn}"}}
    for grants, told in (({}, 1), ({"aws_kms_grant": {"logs": {"key_id": "${aws_kms_key.all.key_id}"}}}, 0)):
        template = terraform(aws_kms_key={"all": {}}, aws_cloudwatch_log_group=log, **grants)
        assert len(messages("policy-key-closed", template)) == told


def test_the_statement_that_a_resource_of_its_own_gives_a_key_counts() -> None:
    log = {"all": {"name": "all", "kms_key_id": "${aws_kms_key.all.arn}"}}
    statement = allow({"Service": "logs.eu-west-1.amazonaws.com"})
    policy = {"all": {"key_id": "${aws_kms_key.all.id}", "policy": {"Statement": [statement]}}}
    template = terraform(aws_kms_key={"all": {}}, aws_cloudwatch_log_group=log, aws_kms_key_policy=policy)
    assert messages("policy-key-closed", template) == []


DENIED = {"Effect": "Deny", "Principal": "*", "Action": "*"}


def mounted(*written: dict[str, Any], **volume: Any) -> dict[str, Any]:
    files = resource("EFS::FileSystem", FileSystemPolicy={"Statement": [*written]})
    volumes = [{"Name": "files", "EFSVolumeConfiguration": {"FilesystemId": {"Ref": "Files"}, **volume}}]
    task = resource("ECS::TaskDefinition", ContainerDefinitions=[{"Name": "a", "Image": "a"}], Volumes=volumes)
    return stack(Files=files, Task=task)


CLIENT = "elasticfilesystem:Client*"


@each_case(
    ("condition", "volume", "told"),
    [
        ({"Bool": {"aws:SecureTransport": "false"}}, {}, 1),
        ({"Bool": {"aws:SecureTransport": False}}, {"TransitEncryption": "DISABLED"}, 1),
        ({"Bool": {"aws:SecureTransport": "false"}}, {"TransitEncryption": "ENABLED"}, 0),
        ({"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:PrincipalTag/a": "b"}}, {}, 0),
        ({"StringNotEquals": {"elasticfilesystem:AccessPointArn": "a"}}, {}, 1),
        ({"Null": {"elasticfilesystem:AccessPointArn": "true"}}, {}, 1),
        ({"StringEquals": {"elasticfilesystem:AccessPointArn": "a"}}, {}, 0),
    ],
)
def test_a_policy_denies_what_a_mount_lacks(condition: Any, volume: Any, told: int) -> None:
    template = mounted(allow({"AWS": "*"}, CLIENT), {**DENIED, "Condition": condition}, **volume)
    assert len(messages("ecs-efs-volume", template)) == told


def test_a_policy_for_a_role_lets_nobody_in_without_iam() -> None:
    for principal, told in (({"AWS": "arn:aws:iam::123456789012:root"}, 1), ({"AWS": "*"}, 0), ("*", 0)):
        template = mounted(allow(principal, CLIENT), TransitEncryption="ENABLED")
        assert len(messages("ecs-efs-volume", template)) == told
    both = mounted(allow({"AWS": "arn:aws:iam::123456789012:root"}, CLIENT), allow("*", CLIENT))
    assert messages("ecs-efs-volume", both) == []


def test_a_policy_that_is_not_known_denies_nothing() -> None:
    files = {"a": {"file_system_id": "${aws_efs_file_system.a.id}", "policy": "${var.policy}"}}
    volume = {"name": "files", "efs_volume_configuration": [{"file_system_id": "${aws_efs_file_system.a.id}"}]}
    task = {"a": {"family": "a", "container_definitions": "[]", "volume": [volume]}}
    template = terraform(
        {"variable": {"policy": {}}},
        aws_efs_file_system={"a": {}},
        aws_efs_file_system_policy=files,
        aws_ecs_task_definition=task,
    )
    assert messages("ecs-efs-volume", template) == []


@each_case(("service", "told"), [("batchoperations.s3.amazonaws.com", 1), ("s3.amazonaws.com", 0)])
def test_a_role_for_batch_operations_replicates_nothing(service: str, told: int) -> None:
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    role = resource("IAM::Role", AssumeRolePolicyDocument=trust)
    copied = resource("S3::Bucket", ReplicationConfiguration={"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Rules": []})
    assert len(messages("policy-untrusted-service", stack(Role=role, Copied=copied))) == told
