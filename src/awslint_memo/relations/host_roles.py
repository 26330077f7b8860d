"""What the roles of instances must be allowed for what runs on these: the agents of Amazon ECS and AWS CodeDeploy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import autoscaling, start_scripts
from awslint_memo.relations.codedeploy import GROUP
from awslint_memo.relations.codepipeline.pipelines import Action, actions
from awslint_memo.relations.iam import profiles, roles
from awslint_memo.relations.iam.bucket_writers import may_admit
from awslint_memo.relations.iam.resource_policies import BUCKET

_CONFIGURATION, _PIPELINE = "AWS::AutoScaling::LaunchConfiguration", "AWS::CodePipeline::Pipeline"
_GROUP, _PROFILE = "AWS::AutoScaling::AutoScalingGroup", "AWS::IAM::InstanceProfile"

_PROFILES: Mapping[str, tuple[str, ...]] = {
    _CONFIGURATION: ("IamInstanceProfile",),
    "AWS::EC2::Instance": ("IamInstanceProfile",),
    "AWS::EC2::LaunchTemplate": (
        "LaunchTemplateData.IamInstanceProfile.Arn",
        "LaunchTemplateData.IamInstanceProfile.Name",
    ),
}
"""Where each type names the instance profile."""

JOINS = fact(
    "ecs:RegisterContainerInstance",
    page="AmazonECS/latest/developerguide/instance_IAM_role.html",
    read="2026-12-02",
)
"""What the agent of ECS does first, with the role of its instance."""

READS = fact(
    "s3:GetObject",
    page="codedeploy/latest/userguide/getting-started-create-iam-instance-profile.html",
    read="2026-12-02",
)
"""What the agent of CodeDeploy does for each revision in a bucket, with the role of its instance."""

_CLUSTER = regex(r"^[^#\n]*\bECS_CLUSTER\s*=\s*[^\s>][^\n]*>+\s*/etc/ecs/", re.M)
_CLUSTER_FILE = regex(r">+\s*/etc/ecs/ecs\.config\b[\s\S]{0,2000}?^[ \t]*ECS_CLUSTER\s*=\s*[^\s>]", re.M)
"""How a script tells the agent its cluster, on a line of its own or of a text that goes into the file; the variable
alone is of the script."""


def role_of(starter: Resource) -> Resource | None:
    """The role that instances surely have by what they start from; None where that is not known."""
    named = (starter.follow(path, _PROFILE) for path in _PROFILES[starter.type])
    profile = next((one for one in named if one is not None), None)
    role = None if profile is None else profiles.role_of(profile)
    return None if role is None or roles.may_get_more(role) else role


def unregistered(starter: Resource) -> Resource | None:
    """The role of instances whose script names a cluster of ECS, which these surely may not join by it; else None."""
    from awslint_memo.relations.xray.tracers import USER_DATA, script_with_gaps

    script = script_with_gaps(starter.get(USER_DATA[starter.type]))
    is_told = _CLUSTER.search(script) or _CLUSTER_FILE.search(script)
    if not is_told or start_scripts.CREDENTIALS.search(script):
        return None
    if starter.type == "AWS::EC2::LaunchTemplate" and start_scripts.may_have_own(starter):
        return None
    role = role_of(starter)
    return role if role is not None and roles.may(role, JOINS) is False else None


@record(frozen=True, eq=False)
class Unread:
    """Instances that surely can't read what a pipeline deploys to them. bucket: where that is."""

    instances: Resource
    role: Resource
    bucket: Resource
    pipeline: Resource


def unread(group: Resource) -> Iterator[Unread]:
    """The Auto Scaling groups of a deployment group whose instances surely may read no artifact of a pipeline that
    deploys to it."""
    named = [group.deployment.find(item, _GROUP) for item in group.get("AutoScalingGroups").items]
    instances = [one for one in named if one is not None]
    for pipeline in group.deployment.of_type(_PIPELINE) if instances else ():
        bucket = _bucket(pipeline)
        if bucket is None or not any(_deploys_to(action.configuration, group) for action in _by_agents(pipeline)):
            continue
        if may_admit(bucket, READS):
            continue
        for one in instances:
            starter = autoscaling.starter(one)
            role = None if starter is None else role_of(starter)
            if role is not None and roles.may(role, READS) is False:
                yield Unread(one, role, bucket, pipeline)


def _bucket(pipeline: Resource) -> Resource | None:
    """The bucket with the artifacts of a pipeline that has one store."""
    stores = pipeline.get("ArtifactStores").items
    if not stores:
        return pipeline.follow("ArtifactStore.Location", BUCKET)
    named = stores[0].get("ArtifactStore.Location")
    return pipeline.deployment.find(named, BUCKET) if len(stores) == 1 else None


def _by_agents(pipeline: Resource) -> Iterator[Action]:
    return (action for action in actions(pipeline) if action.provider == "CodeDeploy")


def _deploys_to(configuration: Value, group: Resource) -> bool:
    return group.deployment.find(configuration.get("DeploymentGroupName"), GROUP) is group
