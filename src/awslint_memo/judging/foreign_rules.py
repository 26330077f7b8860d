"""Which ids of other linters judge what a rule of ours judges, so that a suppression of one is a decision about ours.

Read on 2026-11-29: checkov 3.3.30, the checks of Trivy (tfsec's ids and Trivy's are the same), cfn_nag, cdk-nag 3.0.2,
the names of AWS's registry of rules for cfn-guard, and cfn-lint. An id that judges something else, or more than our
rule, is not here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from awslint_memo.model.record import record

CHECKOV, TFSEC, TRIVY, CFN_NAG, CDK_NAG, CFN_LINT = "checkov", "tfsec", "trivy", "cfn_nag", "cdk_nag", "cfn-lint"
GUARD = "cfn-guard"

PAGES: Mapping[str, str] = {
    CHECKOV: "https://www.checkov.io/5.Policy%20Index/all.html",
    TFSEC: "https://avd.aquasec.com/misconfig/aws/",
    TRIVY: "https://avd.aquasec.com/misconfig/aws/",
    CFN_NAG: "https://github.com/stelligent/cfn_nag/tree/master/lib/cfn-nag/custom_rules",
    CDK_NAG: "https://github.com/cdklabs/cdk-nag/blob/main/RULES.md",
    GUARD: "https://github.com/aws-cloudformation/aws-guard-rules-registry/tree/main/rules/aws",
    CFN_LINT: "https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md",
}
"""Where each tool describes its rules."""

_PACKS = ("HIPAA.Security-", "NIST.800.53.R4-", "NIST.800.53.R5-", "PCI.DSS.321-", "Serverless-", "AwsSolutions-")


@record(frozen=True)
class ForeignRule:
    """A rule of ours, and the ids of a tool that judge the same. ours: what remains ours, which they pass."""

    rule: str
    tool: str
    ids: Sequence[str]
    ours: str = ""


_PERIOD = "a period above 0 that is shorter than asked"
_ASYNC = "it knows who invokes the function, so that one without asynchronous invocations is none"

FOREIGN_RULES: Sequence[ForeignRule] = (
    ForeignRule("dynamodb-point-in-time-recovery", CHECKOV, ("CKV_AWS_28", "CKV_AWS_165")),
    ForeignRule("dynamodb-point-in-time-recovery", TRIVY, ("aws-0024", "aws-dynamodb-enable-recovery")),
    ForeignRule("dynamodb-point-in-time-recovery", CFN_NAG, ("W78",)),
    ForeignRule("dynamodb-point-in-time-recovery", CDK_NAG, ("DDB3", "DynamoDBPITREnabled")),
    ForeignRule("dynamodb-point-in-time-recovery", GUARD, ("DYNAMODB_PITR_ENABLED",)),
    ForeignRule("dynamodb-capacity-scaling", CHECKOV, ("CKV2_AWS_16",), "indexes, and reads and writes apart"),
    ForeignRule("dynamodb-capacity-scaling", CDK_NAG, ("DynamoDBAutoScalingEnabled",)),
    ForeignRule("dynamodb-capacity-scaling", GUARD, ("DYNAMODB_AUTOSCALING_ENABLED",)),
    ForeignRule("rds-backup-retention", CHECKOV, ("CKV_AWS_133",), _PERIOD),
    ForeignRule("rds-backup-retention", TRIVY, ("aws-0077", "aws-rds-specify-backup-retention"), _PERIOD),
    ForeignRule("rds-backup-retention", CFN_NAG, ("W75",), _PERIOD),
    ForeignRule("rds-backup-retention", CDK_NAG, ("RDS13", "RDSInstanceBackupEnabled"), _PERIOD),
    ForeignRule("rds-backup-retention", GUARD, ("DB_INSTANCE_BACKUP_ENABLED",), _PERIOD),
    ForeignRule("rds-multi-az", CHECKOV, ("CKV_AWS_157",)),
    ForeignRule("rds-multi-az", CDK_NAG, ("RDS3", "RDSMultiAZSupport")),
    ForeignRule("rds-multi-az", GUARD, ("RDS_MULTI_AZ_SUPPORT",)),
    ForeignRule("elasticache-snapshots", CHECKOV, ("CKV_AWS_134",)),
    ForeignRule("elasticache-snapshots", TRIVY, ("aws-0050", "aws-elasticache-enable-backup-retention")),
    ForeignRule("elasticache-snapshots", CDK_NAG, ("ElastiCacheRedisClusterAutomaticBackup",)),
    ForeignRule("elasticache-snapshots", GUARD, ("ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK",)),
    ForeignRule("elasticache-multi-az", CDK_NAG, ("AEC4", "ElastiCacheRedisClusterMultiAZ")),
    ForeignRule("elasticache-failover", CHECKOV, ("CKV2_AWS_50",)),
    ForeignRule("lambda-async-failure", CHECKOV, ("CKV_AWS_116",), _ASYNC),
    ForeignRule("lambda-async-failure", CDK_NAG, ("LambdaDLQ", "LambdaAsyncFailureDestination"), _ASYNC),
    ForeignRule("lambda-async-failure", GUARD, ("LAMBDA_DLQ_CHECK",), _ASYNC),
    ForeignRule("xray-lambda-tracing", CHECKOV, ("CKV_AWS_50",)),
    ForeignRule("xray-lambda-tracing", TRIVY, ("aws-0066", "aws-lambda-enable-tracing")),
    ForeignRule("xray-lambda-tracing", CDK_NAG, ("LambdaTracing",)),
    ForeignRule("xray-apigateway-tracing", CHECKOV, ("CKV_AWS_73",)),
    ForeignRule("xray-apigateway-tracing", TRIVY, ("aws-0003", "aws-apigateway-enable-tracing")),
    ForeignRule("xray-apigateway-tracing", CDK_NAG, ("APIGWXrayEnabled",)),
    ForeignRule("xray-stepfunctions-tracing", CHECKOV, ("CKV_AWS_284",)),
    ForeignRule("xray-stepfunctions-tracing", CDK_NAG, ("SF2", "StepFunctionStateMachineXray")),
    ForeignRule("autoscaling-health-check", CHECKOV, ("CKV2_AWS_15",)),
    ForeignRule("autoscaling-health-check", CDK_NAG, ("AutoScalingGroupELBHealthCheckRequired",)),
    ForeignRule("autoscaling-health-check", GUARD, ("AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED",)),
    ForeignRule("alarm-without-action", CHECKOV, ("CKV_AWS_319",), "alarms that name no action"),
    ForeignRule("alarm-without-action", CDK_NAG, ("CloudWatchAlarmAction",)),
    ForeignRule("alarm-without-action", GUARD, ("CLOUDWATCH_ALARM_ACTION_CHECK",)),
    ForeignRule("sqs-dead-letter-queue", CDK_NAG, ("SQS3", "SQSQueueDLQ", "SQSRedrivePolicy")),
    ForeignRule("sns-subscription-dead-letter", CDK_NAG, ("SNSRedrivePolicy",)),
    ForeignRule("events-dead-letter", CDK_NAG, ("EventBusDLQ",)),
    ForeignRule("sqs-visibility-below-processing-time", CFN_LINT, ("E3505",), "pipes, and times that are declared"),
    ForeignRule("sqs-dead-letter-kind", CFN_LINT, ("E3502",), "queues that are their own dead-letter queue"),
)


def ours(tool: str, id_: str) -> tuple[str, ...]:
    """The rules of ours that judge what an id of a tool judges; none for an id that is not mapped."""
    return _by_id().get((TRIVY if tool == TFSEC else tool, _bare(tool, id_)), ())


def _bare(tool: str, id_: str) -> str:
    """An id as in the table: without the pack of a cdk-nag rule, without Trivy's "AVD-", in small letters."""
    if tool == CDK_NAG:
        pack = next((pack for pack in _PACKS if id_.startswith(pack)), "")
        id_ = id_[len(pack) :].partition("[")[0] if pack else ""
    return id_.lower().removeprefix("avd-") if tool in (TFSEC, TRIVY) else id_.lower()


@cache
def _by_id() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for foreign_rule in FOREIGN_RULES:
        for id_ in foreign_rule.ids:
            key = foreign_rule.tool, id_.lower()
            found[key] = (*found.get(key, ()), foreign_rule.rule)
    return found
