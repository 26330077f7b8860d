"""How long the names of resources may be, and which characters they may have: AWS refuses others."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value


@record(frozen=True)
class Spelling:
    """What names AWS takes of a type. path: the property. longest: characters at most. signs: the characters beside
    letters and digits; None where that is not asked. is_lower: whether it refuses capitals. is_host: whether it refuses
    a hyphen at either end. is_identifier: whether it wants a letter first, and refuses two hyphens and one at the end.
    kept: how no name may begin."""

    path: str
    longest: int
    signs: str | None = None
    is_lower: bool = False
    is_host: bool = False
    is_identifier: bool = False
    kept: str = ""


_READ = "2026-12-02"


def _takes(
    page: str,
    path: str,
    longest: int,
    signs: str | None = None,
    *,
    is_lower: bool = False,
    is_host: bool = False,
    is_identifier: bool = False,
) -> Fact[Spelling]:
    spelling = Spelling(path, longest, signs, is_lower, is_host, is_identifier)
    return Fact(spelling, page=f"{page}.html", read=_READ)


_OF_BALANCERS = "elasticloadbalancing/latest/APIReference"
_OF_EVENTS = "eventbridge/latest/APIReference"
_OF_IAM = "IAM/latest/APIReference"
_OF_LAMBDA = "lambda/latest/api"
_OF_RDS = "AmazonRDS/latest/APIReference"

NAMES: Mapping[str, Fact[Spelling]] = {
    "AWS::Backup::BackupVault": _takes(
        "aws-backup/latest/devguide/API_CreateBackupVault", "BackupVaultName", 50, "-_."
    ),
    "AWS::CloudWatch::Alarm": _takes("AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm", "AlarmName", 255),
    "AWS::CodeDeploy::Application": _takes(
        "codedeploy/latest/APIReference/API_CreateApplication", "ApplicationName", 100
    ),
    "AWS::CodeDeploy::DeploymentGroup": _takes(
        "codedeploy/latest/APIReference/API_CreateDeploymentGroup", "DeploymentGroupName", 100
    ),
    "AWS::CodePipeline::Pipeline": _takes(
        "codepipeline/latest/APIReference/API_PipelineDeclaration", "Name", 100, ".@-_"
    ),
    "AWS::DAX::Cluster": _takes(
        "amazondynamodb/latest/APIReference/API_dax_CreateCluster", "ClusterName", 20, "-", is_identifier=True
    ),
    "AWS::DynamoDB::Table": _takes("amazondynamodb/latest/APIReference/API_CreateTable", "TableName", 255, "_.-"),
    "AWS::ECS::Cluster": _takes("AmazonECS/latest/APIReference/API_CreateCluster", "ClusterName", 255, "-_"),
    "AWS::ECS::Service": _takes("AmazonECS/latest/APIReference/API_CreateService", "ServiceName", 255, "-_"),
    "AWS::ECS::TaskDefinition": _takes("AmazonECS/latest/APIReference/API_RegisterTaskDefinition", "Family", 255, "-_"),
    "AWS::ElastiCache::CacheCluster": _takes(
        "AmazonElastiCache/latest/APIReference/API_CreateCacheCluster", "ClusterName", 50, "-", is_identifier=True
    ),
    "AWS::ElastiCache::ReplicationGroup": _takes(
        "AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup",
        "ReplicationGroupId",
        40,
        "-",
        is_identifier=True,
    ),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": Fact(
        Spelling("Name", 32, "-", is_host=True, kept="internal-"),
        page=f"{_OF_BALANCERS}/API_CreateLoadBalancer.html",
        read=_READ,
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": _takes(
        f"{_OF_BALANCERS}/API_CreateTargetGroup", "Name", 32, "-", is_host=True
    ),
    "AWS::Events::EventBus": _takes(f"{_OF_EVENTS}/API_CreateEventBus", "Name", 256, "/.-_"),
    "AWS::Events::Rule": _takes(f"{_OF_EVENTS}/API_PutRule", "Name", 64, ".-_"),
    "AWS::IAM::InstanceProfile": _takes(f"{_OF_IAM}/API_CreateInstanceProfile", "InstanceProfileName", 128, "_+=,.@-"),
    "AWS::IAM::ManagedPolicy": _takes(f"{_OF_IAM}/API_CreatePolicy", "ManagedPolicyName", 128, "_+=,.@-"),
    "AWS::IAM::Role": _takes(f"{_OF_IAM}/API_CreateRole", "RoleName", 64, "_+=,.@-"),
    "AWS::Kinesis::Stream": _takes("kinesis/latest/APIReference/API_CreateStream", "Name", 128, "_.-"),
    "AWS::KinesisFirehose::DeliveryStream": _takes(
        "firehose/latest/APIReference/API_CreateDeliveryStream", "DeliveryStreamName", 64, "_.-"
    ),
    "AWS::Lambda::Alias": _takes(f"{_OF_LAMBDA}/API_CreateAlias", "Name", 128, "-_"),
    "AWS::Lambda::Function": _takes(f"{_OF_LAMBDA}/API_CreateFunction", "FunctionName", 64, "-_"),
    "AWS::Logs::LogGroup": _takes(
        "AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup", "LogGroupName", 512, "_-/.#"
    ),
    "AWS::Pipes::Pipe": _takes("eventbridge/latest/pipes-reference/API_CreatePipe", "Name", 64, ".-_"),
    "AWS::RDS::DBCluster": _takes(f"{_OF_RDS}/API_CreateDBCluster", "DBClusterIdentifier", 63, "-", is_identifier=True),
    "AWS::RDS::DBInstance": _takes(
        f"{_OF_RDS}/API_CreateDBInstance", "DBInstanceIdentifier", 63, "-", is_identifier=True
    ),
    "AWS::S3::Bucket": _takes(
        "AmazonS3/latest/userguide/bucketnamingrules", "BucketName", 63, ".-", is_lower=True, is_host=True
    ),
    "AWS::SNS::Topic": _takes("sns/latest/api/API_CreateTopic", "TopicName", 256, "-_"),
    "AWS::SQS::Queue": _takes("AWSSimpleQueueService/latest/APIReference/API_CreateQueue", "QueueName", 80, "-_"),
    "AWS::Scheduler::Schedule": _takes("scheduler/latest/APIReference/API_CreateSchedule", "Name", 64, "-_."),
    "AWS::StepFunctions::StateMachine": _takes(
        "step-functions/latest/apireference/API_CreateStateMachine", "StateMachineName", 80
    ),
}
"""By type, the names that AWS takes."""

_FIFO = ".fifo"
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")
_OPEN = regex(r"[{}<>$%:]|__[A-Z]|@@|##|\s\S+\s")
"""Where one of these stands, a program or a person puts something else there, or it is an ARN."""


def refused(resource: Resource) -> tuple[Value, str, str] | None:
    """The name of a resource that AWS surely refuses, as far as it is known, why, and what to write; else None."""
    spelling = NAMES[resource.type].value
    name = resource.get(spelling.path)
    texts = [piece.text for piece in name.pieces]
    written = "".join(text or "" for text in texts)
    if name.pattern is None or not written or _OPEN.search(written):
        return None
    if len(written) > spelling.longest:
        more = "" if name.text is not None else "at least "
        why = f"has {more}{len(written)} characters, and AWS refuses more than {spelling.longest}"
        return name, why, "shorten it"
    begin, end = texts[0] or "", texts[-1] or ""
    wrong = _wrong(spelling, written, begin, end.removesuffix(_FIFO))
    return None if wrong is None else (name, *wrong)


def _wrong(spelling: Spelling, written: str, begin: str, end: str) -> tuple[str, str] | None:
    if spelling.signs is not None:
        allowed = _SMALL | _DIGITS | {*spelling.signs} | (frozenset() if spelling.is_lower else _CAPITALS)
        other = next((sign for sign in written.removesuffix(_FIFO) if sign not in allowed), None)
        if other is not None:
            what = "a capital letter" if other in _CAPITALS else f'"{other}"'
            return f"has {what}, which AWS refuses in it", "leave it out"
    is_ended = (spelling.is_host or spelling.is_identifier) and end.endswith("-")
    if is_ended or (spelling.is_host and begin.startswith("-")):
        return "begins or ends with a hyphen, which AWS refuses", "remove it"
    if spelling.is_identifier and begin and begin[0] not in _SMALL | _CAPITALS:
        return "does not begin with a letter, so AWS refuses it", "begin it with a letter"
    if spelling.is_identifier and ("--" in begin or "--" in end):
        return "has two hyphens in a row, which AWS refuses", "write one"
    if spelling.kept and begin.startswith(spelling.kept):
        return f"begins with {spelling.kept}, which AWS keeps for itself and refuses", "take another name"
    return None
