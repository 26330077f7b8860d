"""AWS's own policies: which actions of some services they allow, on every resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.facts import Fact
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Value

SERVICES = ("dynamodb", "kinesis", "sqs", "xray")
"""The services whose actions are listed below."""


def _allows(names: str, *actions: str) -> dict[str, Fact[Sequence[str]]]:
    page = "aws-managed-policy/latest/reference/{}.html"
    return {name: Fact(actions, page=page.format(name), read="2026-11-29") for name in names.split()}


_STREAM = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams")
_TRACES = (
    *("xray:GetSamplingRules", "xray:GetSamplingStatisticSummaries", "xray:GetSamplingTargets"),
    *("xray:PutTelemetryRecords", "xray:PutTraceSegments"),
)
_LISTED = ("kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListStreams")

ALLOWED: Mapping[str, Fact[Sequence[str]]] = {
    **_allows("AdministratorAccess PowerUserAccess", "*"),
    **_allows("AWSXRayDaemonWriteAccess AWSXrayWriteOnlyAccess", *_TRACES),
    **_allows("AWSXrayFullAccess", "xray:*"),
    **_allows("CloudWatchLambdaApplicationSignalsExecutionRolePolicy", "xray:PutTraceSegments"),
    **_allows("AWSLambda_FullAccess AWSLambda_ReadOnlyAccess", "xray:BatchGetTraces", "xray:GetTraceSummaries"),
    **_allows("AWSLambdaSQSQueueExecutionRole", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
    **_allows("AWSLambdaDynamoDBExecutionRole AWSLambdaInvocation-DynamoDB", *_STREAM),
    **_allows(
        "AWSLambdaKinesisExecutionRole",
        *_LISTED,
        *("kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:SubscribeToShard"),
    ),
    **_allows("AmazonSQSFullAccess", "sqs:*"),
    **_allows("AmazonSQSReadOnlyAccess", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:List*"),
    **_allows("AmazonKinesisFullAccess", "kinesis:*"),
    **_allows("AmazonKinesisReadOnlyAccess", "kinesis:Describe*", "kinesis:Get*", "kinesis:List*"),
    **_allows("AmazonDynamoDBFullAccess AmazonDynamoDBFullAccess_v2", "dynamodb:*", *_LISTED),
    **_allows(
        "AmazonDynamoDBReadOnlyAccess",
        *("dynamodb:BatchGetItem", "dynamodb:Describe*", "dynamodb:GetAbacStatus", "dynamodb:GetItem"),
        *("dynamodb:GetResourcePolicy", "dynamodb:List*", "dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan"),
        *_LISTED,
    ),
    **_allows("AWSLambdaBasicDurableExecutionRolePolicy AWSLambdaBasicExecutionRole AWSLambdaENIManagementAccess"),
    **_allows("AWSLambdaMSKExecutionRole AWSLambdaRole AWSLambdaVPCAccessExecutionRole"),
    **_allows("AmazonAPIGatewayPushToCloudWatchLogs AmazonECSTaskExecutionRolePolicy AmazonRDSDataFullAccess"),
    **_allows("AmazonS3FullAccess AmazonS3ReadOnlyAccess AmazonSNSFullAccess AmazonSSMReadOnlyAccess"),
    **_allows("CloudWatchLambdaInsightsExecutionRolePolicy CloudWatchLogsFullAccess SecretsManagerReadWrite"),
}
"""What a policy allows of the services above, by its name; their documents were compared on 2026-11-29 with those that
moto 5.2.5 took from AWS. Nothing is known of policies that are not here."""


def allows(arn: Value, action: str) -> bool | None:
    """Whether a policy of AWS's own, known by the end of its ARN, allows an action; None where that is not known."""
    text = arn.pattern
    name = text.after_last("/").literal if text is not None and text.contains(":aws:policy/") else None
    known = None if name is None else ALLOWED.get(name)
    if known is None or not action.startswith(tuple(f"{service}:" for service in SERVICES)):
        return None
    return any(matches(pattern.lower(), action.lower()) for pattern in known.value)
