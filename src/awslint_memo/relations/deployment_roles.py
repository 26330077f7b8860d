"""AWS CodeDeploy: what its role is not allowed to do, and the functions that check a deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codedeploy import GROUP, platform
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.prepared import allows
from awslint_memo.relations.iam.statements import Request
from awslint_memo.relations.lambda_.functions import FUNCTION

NEEDED: Mapping[str, tuple[str, str]] = fact(
    {
        "ECS": ("ecs:CreateTaskSet", "AWSCodeDeployRoleForECS"),
        "Lambda": ("lambda:UpdateAlias", "AWSCodeDeployRoleForLambda"),
        "Server": ("ec2:DescribeInstances", "AWSCodeDeployRole"),
    },
    page="codedeploy/latest/userguide/getting-started-create-service-role.html",
    read="2026-12-01",
)
"""By platform, what each deployment does first with the role of its group, and AWS's policy that allows it."""

HOOKS = fact(
    "autoscaling:PutLifecycleHook",
    page="codedeploy/latest/userguide/troubleshooting-auto-scaling.html",
    read="2026-12-01",
)
"""What CodeDeploy does with its role for a group of Auto Scaling groups."""


def unable(group: Resource) -> tuple[Resource, str, str] | None:
    """The role with which CodeDeploy surely can't deploy a group, what it may not do, and AWS's policy that allows it;
    else None."""
    role, needed = group.follow("ServiceRoleArn", roles.ROLE), NEEDED.get(platform(group) or "")
    if role is None or needed is None or roles.may_get_more(role):
        return None
    action, policy = needed
    if _has_items(group, "AutoScalingGroups"):
        action = HOOKS
    # Nobody else has instances to look for, by their tags.
    elif policy == NEEDED["Server"][1] and not _has_items(group, "Ec2TagFilters", "Ec2TagSet.Ec2TagSetList"):
        return None
    return (role, action, policy) if roles.may(role, action) is False else None


def _has_items(group: Resource, *paths: str) -> bool:
    """Whether one of these lists of a group surely is not empty; one that is not known may be."""
    return any(group.get(path).is_known and group.get(path).items for path in paths)


@record(frozen=True, eq=False)
class ShutHook:
    """A function that CodeDeploy is to call for a deployment and surely may not. name: its name."""

    function: Resource
    name: Value
    hook: Value
    role: Resource


HOOK_ROLES = fact(
    ("AWSCodeDeployRoleForLambda", "AWSCodeDeployRoleForLambdaLimited"),
    page="aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambda.html",
    read="2026-11-30",
)
"""AWS's policies for the roles of CodeDeploy that allow it to call functions whose names begin with HOOK_NAME."""

HOOK_NAME = "CodeDeployHook_"


def shut_hooks(alias: Resource) -> Iterator[ShutHook]:
    """The functions that check the deployments of an alias, which the role of its deployment group surely may not call:
    it has AWS's policy for that alone, and their names begin with something else."""
    update = alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate")
    group = alias.deployment.find(update.get("DeploymentGroupName"), GROUP)
    role = None if group is None else group.follow("ServiceRoleArn", roles.ROLE)
    if role is None or role.is_exposed():
        return
    known = roles.policies(role)
    are_of_hooks = [any(arn.ends_with(f"/{name}") for name in HOOK_ROLES) for arn in known.arns]
    if not known.is_whole or not are_of_hooks or not all(are_of_hooks):
        return
    for path in ("BeforeAllowTrafficHook", "AfterAllowTrafficHook"):
        function = alias.deployment.find(update.get(path), FUNCTION)
        name = None if function is None else function.get("FunctionName")
        if function is None or name is None or not _surely_begins_otherwise(name):
            continue
        request = Request(["lambda:InvokeFunction"], alias.deployment, function)
        if allows(known.statements, request) is False:
            yield ShutHook(function, name, update.get(path), role)


REPORTS = fact(
    "codedeploy:PutLifecycleEventHookExecutionStatus",
    page="codedeploy/latest/APIReference/API_PutLifecycleEventHookExecutionStatus.html",
    read="2026-11-30",
)
"""What a function that checks a deployment does to tell CodeDeploy of the result."""

_PASSES_ON = ("events:PutEvents", "sns:Publish", "sqs:SendMessage", "states:StartExecution")


def silent_hooks(alias: Resource) -> Iterator[tuple[Resource, Value, Resource]]:
    """The functions that check the deployments of an alias and surely may not tell CodeDeploy of the result, nor pass
    that on to another program; each with where it is named, and its role."""
    update = alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate")
    for path in ("BeforeAllowTrafficHook", "AfterAllowTrafficHook"):
        function = alias.deployment.find(update.get(path), FUNCTION)
        role = None if function is None else function.follow("Role", roles.ROLE)
        if function is None or role is None or role.is_exposed():
            continue
        if all(roles.may(role, action) is False for action in (REPORTS, *_PASSES_ON)):
            yield function, update.get(path), role


def _surely_begins_otherwise(name: Value) -> bool:
    """Whether the name of a function surely does not begin with HOOK_NAME; one that AWS makes begins as the stack."""
    if name.is_absent:
        return True
    first, begin = name.pieces[0].pattern, name.pieces[0].text or ""
    if first is not None and first.gap is not None and first.gap.name == "AWS::StackName":
        # No stack's name has an underscore, and HOOK_NAME ends with one.
        return len(name.pieces) == 1 or not (name.pieces[1].text or "_").startswith("_")
    return bool(begin) and not begin.startswith(HOOK_NAME) and not HOOK_NAME.startswith(begin)
