"""What starts a pipeline or a build: changes of a source, events, schedules, webhooks, pipelines, and other callers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline import facts
from awslint_memo.relations.codepipeline.pipelines import Action, actions
from awslint_memo.syntax.embedded import each

PIPELINE = "AWS::CodePipeline::Pipeline"
PROJECT = "AWS::CodeBuild::Project"
RULE = "AWS::Events::Rule"
SCHEDULE = "AWS::Scheduler::Schedule"
WEBHOOK = "AWS::CodePipeline::Webhook"

Detection: TypeAlias = Literal["polls", "is told", "waits"]

POLLING = facts.POLLING.value
"""Sources that are asked for changes again and again unless `PollForSourceChanges` is false."""

_TARGETS: Mapping[str, str] = {RULE: "Targets.Arn", SCHEDULE: "Target.Arn"}

_RUN: Sequence[str] = (
    "Stages.Actions.Configuration.ProjectName",
    "Stages.BeforeEntry.Conditions.Rules.Configuration.ProjectName",
    "Stages.OnSuccess.Conditions.Rules.Configuration.ProjectName",
)
"""Where a pipeline names the projects that it runs."""

_TOLD: Mapping[str, Sequence[str]] = {
    "AWS::CloudFormation::CustomResource": (
        "BuildProjectName",
        "CodeBuildProjectName",
        "ImagePipelineArn",
        "PipelineArn",
        "ProjectArn",
        "ProjectName",
    ),
    "AWS::Lambda::Function": ("Environment",),
    "AWS::StepFunctions::StateMachine": ("Definition", "DefinitionString", "DefinitionSubstitutions"),
}
"""Where those that call AWS by themselves are told what to start."""


@record(frozen=True, eq=False)
class Start:
    """A resource that starts something, and the value in it that names what it starts."""

    by: Resource
    target: Value


def detection(source: Action) -> Detection | None:
    """How a source action learns of a change: it polls, it is told, or it waits until somebody starts the pipeline.
    None where that is not known."""
    product = source.product
    if product == "AWS/ECR":
        return "waits"
    if product in POLLING:
        polls = source.configuration.get("PollForSourceChanges")
        return _told(True if polls.is_absent else polls.flag, "polls")
    if product == "AWS/CodeStarSourceConnection":
        detects = source.configuration.get("DetectChanges")
        has_triggers = not source.pipeline.get("Triggers").is_absent
        return _told(True if detects.is_absent or has_triggers else detects.flag, "is told")
    return None


def _told(flag: bool | None, how: Detection) -> Detection | None:
    return None if flag is None else how if flag else "waits"


def event_rule(pipeline: Resource) -> Resource | None:
    """The first Events rule of this deployment that surely starts a pipeline on an event; else None."""
    deployment = pipeline.deployment
    for start in deployment.once(_starts):
        is_rule = start.by.type == RULE and not start.by.get("EventPattern").is_absent
        if is_rule and deployment.find(start.target, PIPELINE) is pipeline:
            return start.by
    return None


def may_be_started(started: Resource) -> bool:
    """Whether something in this deployment starts a pipeline, a project or an image pipeline, or may."""
    deployment = started.deployment
    if deployment.is_open:
        return True
    values = [start.target for start in deployment.once(_starts)]
    values += deployment.once(_projects) if started.type == PROJECT else []
    values += deployment.once(_named_to_callers)
    return any(started.may_be_named_by(value) for value in values)


def _starts(deployment: Deployment) -> list[Start]:
    """What rules and schedules start that are not switched off, and webhooks and other pipelines."""
    found: list[Start] = []
    for way in deployment.of_type(*_TARGETS):
        if way.get("State").text != "DISABLED":
            found += [Start(way, target) for target in each(way, _TARGETS[way.type])]
    # A schedule that calls the service's interface names what it starts in its input.
    found += [Start(one, one.get("Target.Input")) for one in deployment.of_type(SCHEDULE)]
    found += [Start(hook, hook.get("TargetPipeline")) for hook in deployment.of_type(WEBHOOK)]
    for pipeline in deployment.of_type(PIPELINE):
        invoking = (action for action in actions(pipeline) if action.product == "AWS/CodePipeline")
        found += [Start(pipeline, action.configuration.get("PipelineName")) for action in invoking]
    return found


def _projects(deployment: Deployment) -> list[Value]:
    """Every project that a pipeline names."""
    return [name for pipeline in deployment.of_type(PIPELINE) for path in _RUN for name in each(pipeline, path)]


def _named_to_callers(deployment: Deployment) -> list[Value]:
    return list(_told_values(deployment))


def _told_values(deployment: Deployment) -> Iterator[Value]:
    for resource in deployment.resources.values():
        is_custom = resource.type.startswith("Custom::")
        paths = _TOLD.get("AWS::CloudFormation::CustomResource" if is_custom else resource.type, ())
        yield from (resource.get(path) for path in paths)
