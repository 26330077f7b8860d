"""The stages and actions of a pipeline as parts of a picture, and what each action works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.relations.codepipeline.pipelines import Action, Stage, stages
from awslint_memo.relations.graph.graph import Note
from awslint_memo.relations.graph.relation import Relation, end, joined, named

_MOST_LINES = 25
"""How many lines are drawn between the actions that run together and those that follow, one from each to each."""


@record(frozen=True)
class Part:
    """An action of a pipeline as a node of its own. stage: the number and the title of its stage."""

    key: str
    name: str
    kind: str
    place: Place
    stage: tuple[int, str]
    notes: Sequence[Note]


_NAMING: Mapping[str, tuple[str, Sequence[str]]] = {
    "ApplicationName": ("deploys", ("AWS::CodeDeploy::Application", "AWS::ElasticBeanstalk::Application")),
    "BucketName": ("deploys to", ("AWS::S3::Bucket",)),
    "ClusterName": ("deploys to", ("AWS::ECS::Cluster", "AWS::EKS::Cluster")),
    "ConnectionArn": ("gets the source by", ()),
    "DeploymentGroupName": ("deploys by", ("AWS::CodeDeploy::DeploymentGroup",)),
    "EnvironmentName": ("deploys to", ("AWS::ElasticBeanstalk::Environment",)),
    "FunctionName": ("invokes", ("AWS::Lambda::Function",)),
    "NotificationArn": ("asks for approval by", ("AWS::SNS::Topic",)),
    "PipelineName": ("starts", ("AWS::CodePipeline::Pipeline",)),
    "ProjectName": ("runs", ("AWS::CodeBuild::Project",)),
    "ServiceName": ("deploys to", ("AWS::ECS::Service",)),
    "StateMachineArn": ("runs", ("AWS::StepFunctions::StateMachine",)),
}
"""What the configuration of an action names, by its key: a verb phrase, and what may be named by a name."""

_GIVING: Mapping[str, Sequence[str]] = {
    "RepositoryName": ("AWS::CodeCommit::Repository", "AWS::ECR::Repository"),
    "S3Bucket": ("AWS::S3::Bucket",),
}
"""What a source of a pipeline is taken from."""

GIVES = "gives the source to"

_SIDES = {"provisioning": "provisions", "deploying": "deploys"}


def parts(pipeline: Resource) -> Iterator[Part]:
    """The actions of a pipeline, in order."""
    for number, stage in enumerate(stages(pipeline), 1):
        title = f"{number} {stage.name or 'stage'}"
        for key, action in _keyed(number, stage):
            name = action.name or action.label.rpartition("/")[2]
            kind = f"{(action.category or 'pipeline').lower()} action"
            yield Part(key, name, kind, action.value.place, (number, title), [*_notes(action)])


def _keyed(number: int, stage: Stage) -> Iterator[tuple[str, Action]]:
    yield from ((f"{number}.{place}", action) for place, action in enumerate(stage.actions, 1))


def _notes(action: Action) -> Iterator[Note]:
    product = action.product
    if product is not None:
        yield Note("provider", product.removeprefix("AWS/"))
    for one in dict.fromkeys((_SIDES[one.side], one.what) for one in action.work):
        yield Note(*one)


def relations(pipeline: Resource) -> Iterator[Relation]:
    """The order of the actions of a pipeline, and what each works with."""
    before = [end(pipeline)]
    for number, stage in enumerate(stages(pipeline), 1):
        rounds: dict[float, list[tuple[str, Action]]] = {}
        for key, action in _keyed(number, stage):
            rounds.setdefault(action.value.get("RunOrder").number or 1, []).append((key, action))
            yield from _used(pipeline, key, action)
        for order in sorted(rounds):
            after = [(end(pipeline, key), action.value.place) for key, action in rounds[order]]
            pairs = [(one, other) for one in before for other in after]
            if len(pairs) > _MOST_LINES:
                pairs = [*((one, after[0]) for one in before), *((before[0], other) for other in after[1:])]
            label = "is followed by" if before[0][1] else "begins with"
            yield from (Relation(one, other, label, place) for one, (other, place) in pairs)
            before = [one for one, _ in after]


def _used(pipeline: Resource, key: str, action: Action) -> Iterator[Relation]:
    of, deployment, configuration = end(pipeline, key), pipeline.deployment, action.configuration
    for name, value in configuration.fields.items():
        label, types = _NAMING.get(name, ("", ()))
        giving = _GIVING.get(name) if action.category == "Source" else None
        if giving is not None:
            for one in named(deployment, value, *giving):
                yield joined(end(one.resource), of, GIVES, value.place, one)
        elif label:
            for one in named(deployment, value, *types):
                yield joined(of, end(one.resource), label, value.place, one)
