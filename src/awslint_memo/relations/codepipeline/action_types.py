"""What the types of actions need: how many artifacts they take and make, and which keys their configuration has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.pipelines import Action

ARTIFACTS: Mapping[str, tuple[int, int, int, int]] = fact(
    {
        "Approval/AWS/Manual": (0, 0, 0, 0),
        "Build/AWS/CodeBuild": (1, 5, 0, 5),
        "Deploy/AWS/CloudFormation": (0, 10, 0, 1),
        "Deploy/AWS/CodeDeploy": (1, 1, 0, 0),
        "Deploy/AWS/ECS": (1, 1, 0, 0),
        "Deploy/AWS/ElasticBeanstalk": (1, 1, 0, 0),
        "Deploy/AWS/S3": (1, 1, 0, 0),
        "Deploy/AWS/ServiceCatalog": (1, 1, 0, 0),
        "Invoke/AWS/Lambda": (0, 5, 0, 5),
        "Source/AWS/CodeCommit": (0, 0, 1, 1),
        "Source/AWS/CodeStarSourceConnection": (0, 0, 1, 1),
        "Source/AWS/ECR": (0, 0, 1, 1),
        "Source/AWS/S3": (0, 0, 1, 1),
        "Test/AWS/CodeBuild": (1, 5, 0, 5),
        "Test/AWS/DeviceFarm": (1, 1, 0, 0),
    },
    page="codepipeline/latest/userguide/reference-action-artifacts.html",
    read="2026-11-29",
)
"""By category, owner and provider, the fewest and most artifacts that an action takes, and those that it makes."""

_PAGE = "codepipeline/latest/userguide/action-reference-{}.html"


def _needs(keys: str, page: str) -> Fact[Sequence[str]]:
    return Fact(tuple(keys.split()), page=_PAGE.format(page), read="2026-11-29")


NEEDED: Mapping[str, Fact[Sequence[str]]] = {
    "Build/AWS/CodeBuild": _needs("ProjectName", "CodeBuild"),
    "Deploy/AWS/CloudFormation": _needs("ActionMode StackName", "CloudFormation"),
    "Deploy/AWS/CodeDeploy": _needs("ApplicationName DeploymentGroupName", "CodeDeploy"),
    "Deploy/AWS/CodeDeployToECS": _needs("ApplicationName DeploymentGroupName", "ECSbluegreen"),
    "Deploy/AWS/ECS": _needs("ClusterName ServiceName", "ECS"),
    "Deploy/AWS/ElasticBeanstalk": _needs("ApplicationName EnvironmentName", "Beanstalk"),
    "Deploy/AWS/S3": _needs("BucketName Extract", "S3Deploy"),
    "Invoke/AWS/Lambda": _needs("FunctionName", "Lambda"),
    "Source/AWS/CodeCommit": _needs("BranchName RepositoryName", "CodeCommit"),
    "Source/AWS/CodeStarSourceConnection": _needs(
        "BranchName ConnectionArn FullRepositoryId", "CodestarConnectionSource"
    ),
    "Source/AWS/ECR": _needs("RepositoryName", "ECR"),
    "Source/AWS/S3": _needs("S3Bucket S3ObjectKey", "S3"),
    "Test/AWS/CodeBuild": _needs("ProjectName", "CodeBuild"),
}
"""The keys without which an action of a type is rejected."""

NEEDED_BY_MODE: Mapping[str, Sequence[str]] = fact(
    {
        "CHANGE_SET_EXECUTE": ("ChangeSetName",),
        "CHANGE_SET_REPLACE": ("ChangeSetName", "RoleArn", "TemplatePath"),
        "CREATE_UPDATE": ("RoleArn", "TemplatePath"),
        "DELETE_ONLY": ("RoleArn",),
        "REPLACE_ON_FAILURE": ("RoleArn", "TemplatePath"),
    },
    page="codepipeline/latest/userguide/action-reference-CloudFormation.html",
    read="2026-11-29",
)
"""The keys that an action of CloudFormation needs besides, by its ActionMode."""


PRIMARY = fact("PrimarySource", page=_PAGE.format("CodeBuild"), read="2026-11-29")
"""The key that says which of several artifacts a build with CodeBuild finds its buildspec in."""


def kind(action: Action) -> str:
    """Category, owner and provider of an action, as in the tables here; of what is not known, no table has it."""
    return f"{action.category}/{action.product}"


def missing_keys(action: Action) -> list[str]:
    """The keys that the configuration of an action surely lacks and needs."""
    known = NEEDED.get(kind(action))
    needed = [] if known is None else [*known.value]
    if action.provider == "CloudFormation":
        needed += NEEDED_BY_MODE.get(action.configuration.get("ActionMode").text or "", ())
    inputs = action.value.get("InputArtifacts")
    if action.provider == "CodeBuild" and inputs.is_known and len(inputs.items) > 1:
        needed.append(PRIMARY)
    return [key for key in needed if action.configuration.get(key).is_absent]


def miscounted(action: Action) -> Iterator[tuple[str, Value, int, int, int]]:
    """InputArtifacts and OutputArtifacts of an action where their number surely is one that its type does not have:
    the name, the value, the number, and the fewest and most."""
    fewest_in, most_in, fewest_out, most_out = ARTIFACTS.get(kind(action), (0, 99, 0, 99))
    for name, fewest, most in (("InputArtifacts", fewest_in, most_in), ("OutputArtifacts", fewest_out, most_out)):
        value = action.value.get(name)
        count = len(value.items)
        is_known = value.is_absent or (value.is_known and all(item.fields for item in value.items))
        if is_known and not fewest <= count <= most:
            yield name, value, count, fewest, most


IN_ARTIFACTS = ("TemplateConfiguration", "TemplatePath")
"""The keys of a configuration whose value is ARTIFACT::FILE."""


def untaken(action: Action) -> Iterator[tuple[str, Value, str]]:
    """What an action of CloudFormation surely reads in an artifact that it does not take: the key, its value and the
    artifact."""
    taken = [item.get("Name").text for item in action.value.get("InputArtifacts").items]
    is_known = action.provider == "CloudFormation" and taken and None not in taken
    for key in IN_ARTIFACTS if is_known else ():
        value = action.configuration.get(key)
        artifact, is_path, _ = (value.text or "").partition("::")
        if is_path and artifact not in taken:
            yield key, value, artifact
