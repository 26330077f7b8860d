"""How CodeDeploy brings a new version into service: on which platform, how fast, and what stops it."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.codedeploy import facts
from awslint_memo.relations.codepipeline.pipelines import Action

GROUP = "AWS::CodeDeploy::DeploymentGroup"
APPLICATION = "AWS::CodeDeploy::Application"

Platform = facts.Platform

STEPPED = facts.STEPPED.value
"""By platform, a predefined deployment configuration that moves in steps."""


def configuration(group: Resource) -> Value:
    """The name of the deployment configuration of an AWS::CodeDeploy::DeploymentGroup. Where none is written, it is
    AWS's default for a group that is surely for Lambda functions, and Absent for others."""
    default = "CodeDeployDefault.LambdaAllAtOnce" if _is_for_lambda(group) else None
    return group.get("DeploymentConfigName", default=default)


def all_at_once(group: Resource) -> Platform | None:
    """The platform on which a group surely replaces everything at once; None where it does not, or that is not
    known."""
    return facts.ALL_AT_ONCE.value.get(configuration(group).text or "")


def rollback(group: Resource) -> Value:
    """The value that says whether CodeDeploy rolls back a failed deployment of a group, by default false."""
    return group.get("AutoRollbackConfiguration.Enabled", default=False)


def alarms(group: Resource) -> Value:
    """The alarms that stop a deployment of a group; where they are switched off, the value that says so."""
    enabled = group.get("AlarmConfiguration.Enabled")
    return enabled if enabled.flag is False else group.get("AlarmConfiguration.Alarms")


def has_no_alarms(group: Resource) -> bool:
    """Whether surely no alarm stops a deployment of a group."""
    named = alarms(group)
    return named.is_absent or named.flag is False or named.surely(lambda content: content == [])


def _is_for_lambda(group: Resource) -> bool:
    application = group.follow("ApplicationName", APPLICATION)
    return application is not None and application.get("ComputePlatform").text == "Lambda"


def strategy(action: Action) -> Value | None:
    """The DeployStrategy of a pipeline's Lambda deploy action, Absent where surely none is written. None for other
    actions, for one that moves no alias, and where the strategy is not known."""
    if action.product != "AWS/Lambda" or action.category != "Deploy":
        return None
    said = action.configuration.get("DeployStrategy")
    if said.is_absent and action.configuration.get("FunctionAlias").is_absent:
        return None
    return said if said.is_absent or said.text is not None else None
