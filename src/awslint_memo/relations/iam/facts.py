"""Facts about policies that AWS manages."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.fact import Fact


def _policies(allows: bool, *names: str) -> dict[str, Fact[bool]]:
    page = "aws-managed-policy/latest/reference/{}.html"
    return {name: Fact(allows, page=page.format(name), read="2026-11-25") for name in names}


TRACING: Mapping[str, Fact[bool]] = {
    **_policies(True, "AWSXRayDaemonWriteAccess", "AWSXrayFullAccess", "AWSXrayWriteOnlyAccess"),
    **_policies(True, "AdministratorAccess", "CloudWatchLambdaApplicationSignalsExecutionRolePolicy"),
    **_policies(True, "PowerUserAccess"),
    **_policies(False, "AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole", "AWSLambdaENIManagementAccess"),
    **_policies(False, "AWSLambdaKinesisExecutionRole", "AWSLambdaMSKExecutionRole", "AWSLambdaRole"),
    **_policies(False, "AWSLambdaSQSQueueExecutionRole", "AWSLambdaVPCAccessExecutionRole"),
    **_policies(False, "AmazonDynamoDBReadOnlyAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess"),
    **_policies(False, "AmazonSNSFullAccess", "AmazonSQSFullAccess"),
}
"""Whether a policy, by its name, lets somebody send traces to X-Ray. Nothing is known of policies that are not here."""
