"""What starts a pipeline or a build: changes of a source, events, schedules, webhooks, pipelines, and other callers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal, TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.record import record
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.codepipeline import starts_by_name
from awslint_memo.relations.codepipeline.pipelines import Action, actions
from awslint_memo.relations.iam.roles import allowed_resources
from awslint_memo.syntax.embedded import each, parse_embedded

POLLING = fact(
    frozenset(("AWS/CodeCommit", "AWS/S3", "ThirdParty/GitHub")),
    page="codepipeline/latest/userguide/reference-pipeline-structure.html",
    read="2026-11-25",
)
"""Sources, by owner and provider, that are asked for changes again and again unless PollForSourceChanges is false."""

EVENT_SOURCES: Mapping[str, str] = fact(
    {"AWS/CodeCommit": "aws.codecommit", "AWS/S3": "aws.s3"},
    page="codepipeline/latest/userguide/change-detection-methods.html",
    read="2026-11-26",
)
"""By source that may be polled, what the events of its changes have as `source`; GitHub sends none to EventBridge."""

STARTS_BUILDS = fact(
    ("codebuild:StartBuild", "codebuild:StartBuildBatch"),
    page="service-authorization/latest/reference/list_awscodebuild.html",
    read="2026-11-26",
)
"""The permissions by which a caller of AWS's interface starts a build."""

STARTS_PIPELINES = fact(
    ("codepipeline:StartPipelineExecution",),
    page="service-authorization/latest/reference/list_awscodepipeline.html",
    read="2026-11-26",
)
"""The permission by which a caller of AWS's interface starts a pipeline; others only go on with an execution."""

STARTS_IMAGE_PIPELINES = fact(
    ("imagebuilder:StartImagePipelineExecution",),
    page="service-authorization/latest/reference/list_amazonec2imagebuilder.html",
    read="2026-11-26",
)
"""The permission by which a caller of AWS's interface starts an image pipeline."""

PIPELINE = "AWS::CodePipeline::Pipeline"
PROJECT = "AWS::CodeBuild::Project"
RULE = "AWS::Events::Rule"
SCHEDULE = "AWS::Scheduler::Schedule"
SUBSCRIBER = "AWS::EventsV2::Subscriber"
WEBHOOK = "AWS::CodePipeline::Webhook"
NOTIFICATION = "AWS::CodeStarNotifications::NotificationRule"

Detection: TypeAlias = Literal["polls", "is told", "waits"]

_TARGETS: Mapping[str, tuple[str, str]] = {
    RULE: ("Targets", "Arn"),
    SCHEDULE: ("Target", "Arn"),
    SUBSCRIBER: ("InvokeConfiguration", "TargetArn"),
}

_INPUTS: Mapping[str, Sequence[str]] = {
    RULE: ("Targets.Input", "Targets.InputPath", "Targets.InputTransformer"),
    SCHEDULE: ("Target.Input",),
}
"""Where those that start something give it settings."""

_OFF = ("DISABLED", "STOPPED")
"""States of rules, schedules and subscribers that start nothing."""

_RUN: Sequence[str] = (
    "Stages.Actions.Configuration.ProjectName",
    "Stages.BeforeEntry.Conditions.Rules.Configuration.ProjectName",
    "Stages.OnSuccess.Conditions.Rules.Configuration.ProjectName",
)
"""Where a pipeline names the projects that it runs."""

_DEFINITIONS: Sequence[str] = ("Definition", "DefinitionString")
_NESTED: Sequence[str] = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")

_TOLD: Mapping[str, Sequence[str]] = {
    "AWS::CloudFormation::CustomResource": (
        "BuildProjectName",
        "CodeBuildProjectName",
        "ImagePipelineArn",
        "PipelineArn",
        "ProjectArn",
        "ProjectName",
    ),
    "AWS::Lambda::Function": ("Code", "Environment"),
    "AWS::StepFunctions::StateMachine": (*_DEFINITIONS, "DefinitionSubstitutions"),
}
"""Where those that call AWS by themselves are told what to start."""

_CUSTOM: Sequence[str] = ("CodeBuildProject", "Create", "Pipeline", "PipelineName", "Project", "Update")
"""Further properties of custom resources that tell what to start; CDK writes the call as text into Create."""


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


def event_rule(pipeline: Resource, source: Action) -> Resource | None:
    """The first Events rule of this deployment that surely starts a pipeline on events of a source's service; else
    None."""
    for rule in pipeline.deployment.once(_rules_by_pipeline).get(pipeline.name, ()):
        senders = [item.text for item in parse_embedded(rule.get("EventPattern")).get("source").items]
        if EVENT_SOURCES.get(source.product or "") in senders:
            return rule
    return None


def _rules_by_pipeline(deployment: Deployment) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for start in deployment.once(_starts):
        pipeline = deployment.find(start.target, PIPELINE) if start.by.type == RULE else None
        if pipeline is not None:
            found.setdefault(pipeline.name, []).append(start.by)
    return found


def may_tell_of_approvals(deployment: Deployment) -> bool:
    """Whether an Events rule or a notification rule of a deployment is on events of pipelines, or may be."""
    senders = [parse_embedded(rule.get("EventPattern")).get("source") for rule in deployment.of_type(RULE)]
    sources = [source for value in senders for source in value.items]
    kinds = [kind for rule in deployment.of_type(NOTIFICATION) for kind in rule.get("EventTypeIds").items]
    return any(source.text in (None, "aws.codepipeline") for source in sources) or any(
        kind.text is None or "manual-approval" in kind.text for kind in kinds
    )


def webhook(pipeline: Resource, source: Action) -> Resource | None:
    """The first webhook of this deployment that surely starts a pipeline at a source; else None."""
    for hook in pipeline.deployment.of_type(WEBHOOK):
        target = hook.get("TargetAction").text
        if hook.follow("TargetPipeline", PIPELINE) is pipeline and target is not None and target == source.name:
            return hook
    return None


def may_be_started(started: Resource) -> bool:
    """Whether something in this deployment starts a pipeline, a project or an image pipeline, or may."""
    deployment = started.deployment
    # What others learn the name of, they may start.
    if started.is_open or started.is_exposed():
        return True
    asked = [_may_start, _TOLD_OF.get(started.type, _told_of_images)]
    asked += [_may_run] if started.type == PROJECT else []
    if any(deployment.once(one).may_be(started) for one in asked):
        return True
    # Nobody who is not told can know a name that AWS makes.
    if started.get("Name").is_absent:
        return False
    runs_unknown = started.type == PROJECT and deployment.once(_runs_unknown)
    is_by_name = starts_by_name.may_start(started) or starts_by_name.is_allowed(started, STARTS_BUILDS)
    return runs_unknown or is_by_name or deployment.once(_starts_unknown) or deployment.once(_holds_unread)


def direct_starters(project: Resource) -> list[Resource]:
    """The rules, schedules and subscribers that surely start a project as it is; empty where a pipeline runs it, or
    may."""
    deployment = project.deployment
    may_run = deployment.once(_may_run).may_be(project) or deployment.once(_runs_unknown)
    if project.is_open or project.is_exposed() or may_run:
        return []
    starts = [start.by for start in deployment.once(_starts) if deployment.find(start.target, PROJECT) is project]
    return [] if any(_has_input(starter) for starter in starts) else starts


def _has_input(starter: Resource) -> bool:
    """Whether a rule or schedule may start what it names with other settings."""
    return any(not value.is_absent for path in _INPUTS.get(starter.type, ()) for value in each(starter, path))


def _may_start(deployment: Deployment) -> NameIndex:
    return name_index(deployment, (start.target for start in deployment.once(_starts)))


def _starts_unknown(deployment: Deployment) -> bool:
    targets = (start.target for start in deployment.once(_starts))
    return any(target.is_unknown and deployment.find(target) is None for target in targets)


def _may_run(deployment: Deployment) -> NameIndex:
    return name_index(deployment, deployment.once(_projects))


def _runs_unknown(deployment: Deployment) -> bool:
    return any(value.is_unknown for value in deployment.once(_projects))


def _starts(deployment: Deployment) -> list[Start]:
    """What rules, schedules and subscribers start that are not switched off, and webhooks and other pipelines."""
    starts: list[Start] = []
    for way in deployment.of_type(*_TARGETS):
        path, arn = _TARGETS[way.type]
        targets = list(each(way, path)) if way.get("State").text not in _OFF else []
        starts += [Start(way, target.get(arn)) for target in targets if way.type != RULE or _may_start_all(target)]
    starts += [Start(hook, hook.get("TargetPipeline")) for hook in deployment.of_type(WEBHOOK)]
    for pipeline in deployment.of_type(PIPELINE):
        invoking = (action for action in actions(pipeline) if action.product == "AWS/CodePipeline")
        starts += [Start(pipeline, action.configuration.get("PipelineName")) for action in invoking]
    return starts


def _may_start_all(target: Value) -> bool:
    """Whether a target of a rule may be a pipeline or project: without a role, a rule starts none of them
    (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html)."""
    return not (isinstance(target.get("Arn"), Unknown) and target.get("RoleArn").is_absent)


def _projects(deployment: Deployment) -> list[Value]:
    """Every project that a pipeline names; what is not known of its stages stands for any."""
    return [name for pipeline in deployment.of_type(PIPELINE) for path in _RUN for name in each(pipeline, path)]


def _holds_unread(deployment: Deployment) -> bool:
    """Whether a deployment has a stack or a state machine that is written in a file which is not read."""
    stacks = [resource.name for resource in deployment.of_type(*_NESTED)]
    is_read = all(any(name.startswith(f"{stack}/") for name in deployment.resources) for stack in stacks)
    machines = deployment.of_type("AWS::StepFunctions::StateMachine")
    return not is_read or any(not _has_definition(machine) for machine in machines)


def _has_definition(machine: Resource) -> bool:
    written = [parse_embedded(machine.get(path)) for path in _DEFINITIONS]
    return any(not value.is_absent and not value.is_unknown for value in written)


def _told_values(deployment: Deployment) -> Iterator[Value]:
    for resource in deployment.resources.values():
        is_custom = resource.type.startswith("Custom::")
        type_ = "AWS::CloudFormation::CustomResource" if is_custom else resource.type
        paths = (*_TOLD.get(type_, ()), *(_CUSTOM if type_ == "AWS::CloudFormation::CustomResource" else ()))
        for path in paths:
            value = resource.get(path)
            yield from _written(value) if resource.type == "AWS::StepFunctions::StateMachine" else (value,)
    # A schedule that calls the service's interface names what it starts in its input.
    yield from (one.get("Target.Input") for one in deployment.of_type(SCHEDULE))


def _written(definition: Value) -> Iterator[Value]:
    """The values inside of a definition, of which each may be a name."""
    inner = parse_embedded(definition)
    below = list(inner.fields.values()) or (inner.items if inner.items != [inner] else [])
    if below:
        for value in below:
            yield from _written(value)
    else:
        yield inner


def _told_of(deployment: Deployment, actions: Iterable[str]) -> NameIndex:
    """What callers and policies that allow these actions name."""
    allowed = allowed_resources(deployment, *actions, leaves_out=starts_by_name.is_of_rules)
    return name_index(deployment, [*_told_values(deployment), *allowed])


_told_of_images = partial(_told_of, actions=STARTS_IMAGE_PIPELINES)

_TOLD_OF: Mapping[str, Callable[[Deployment], NameIndex]] = {
    PIPELINE: partial(_told_of, actions=STARTS_PIPELINES),
    PROJECT: partial(_told_of, actions=STARTS_BUILDS),
}
"""What callers may start, or policies allow somebody to start, by its type."""
