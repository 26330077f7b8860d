"""What a program may use by the policies of its role, as far as they name it; and the stages and actions of a pipeline
as parts of a picture, with what each action works with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.pipelines import Action, Stage, stages
from awslint_memo.relations.graph import terraform
from awslint_memo.relations.graph.graph import Note
from awslint_memo.relations.graph.relation import End, Named, Relation, cut, end, joined, mentioned_in, named
from awslint_memo.relations.iam.roles import ROLE, policies

ROLES: Mapping[str, str] = {
    "AWS::CodeBuild::Project": "ServiceRole",
    "AWS::ECS::TaskDefinition": "TaskRoleArn",
    "AWS::Lambda::Function": "Role",
    "AWS::StepFunctions::StateMachine": "RoleArn",
}
"""Where each type names the role with which its program acts."""

_BESIDE = ("AWS::EC2::", "AWS::IAM::", "AWS::KMS::", "AWS::Logs::", "AWS::CodeBuild::", "AWS::CodeStar")

ACCESS = _READS, _USES = "may read", "may use"

_MOST_USED = 50
"""How many resources that a role may use are drawn."""


_READING = ("batchget", "describe", "get", "head", "list", "query", "read", "receive", "scan", "select", "view")


def of_program(program: Resource, _: End) -> Iterator[Relation]:
    """What a program may use."""
    role = program.deployment.find(terraform.value(program, ROLES[program.type]), ROLE)
    if role is not None:
        for grant in program.deployment.once(_granted).get(role.name, ()):
            other = grant.named.resource
            if other is not program:
                yield Relation(end(program), end(other), grant.label, grant.place, grant.named.is_sure, is_weak=True)


@record(frozen=True)
class _Grant:
    named: Named
    label: str
    place: Place


def _granted(deployment: Deployment) -> dict[str, list[_Grant]]:
    """What each role may use, once for each resource that its policies name."""
    return {role.name: _grants(deployment, policies(role).statements) for role in deployment.of_type(ROLE)}


def _grants(deployment: Deployment, statements: Sequence[Value]) -> list[_Grant]:
    found: dict[str, _Grant] = {}
    for statement in (item for item in statements if item.get("Effect").text == "Allow"):
        words = [(item.text or "").partition(":")[2].lower() for item in statement.get("Action").items]
        is_reading = bool(words) and all(word.startswith(_READING) for word in words)
        for value in statement.get("Resource").items:
            for one in mentioned_in(deployment, value):
                known = found.get(one.resource.name)
                if terraform.type_of(one.resource).startswith(_BESIDE) or (
                    known is not None and (is_reading or known.label == _USES)
                ):
                    continue
                if known is None and len(found) >= _MOST_USED:
                    cut(deployment).add(f"a role may use more than {_MOST_USED} resources, of which no more are drawn")
                    return [*found.values()]
                found[one.resource.name] = _Grant(one, _READS if is_reading else _USES, value.place)
    return [*found.values()]


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


def of_pipeline(pipeline: Resource, _: End) -> Iterator[Relation]:
    """The order of the actions of a pipeline, and what each works with."""
    before = [end(pipeline)]
    for number, stage in enumerate(stages(pipeline), 1):
        rounds: dict[float, list[tuple[str, Action]]] = {}
        for key, action in _keyed(number, stage):
            rounds.setdefault(action.value.get("RunOrder").number or 1, []).append((key, action))
            yield from _used_by_action(pipeline, key, action)
        for order in sorted(rounds):
            after = [(end(pipeline, key), action.value.place) for key, action in rounds[order]]
            pairs = [(one, other) for one in before for other in after]
            if len(pairs) > _MOST_LINES:
                pairs = [*((one, after[0]) for one in before), *((before[0], other) for other in after[1:])]
            label = "is followed by" if before[0][1] else "begins with"
            yield from (Relation(one, other, label, place) for one, (other, place) in pairs)
            before = [one for one, _ in after]


def _used_by_action(pipeline: Resource, key: str, action: Action) -> Iterator[Relation]:
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
