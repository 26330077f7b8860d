"""EC2 Auto Scaling: lifecycle hooks of launches that nothing in the template completes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.autoscaling import LIFECYCLE_HOOK, group_of, launch_template
from awslint_memo.relations.xray.tracers import USER_DATA, script_with_gaps

_LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING"
_MAY_COMPLETE = regex(
    r"lifecycle|cfn-init|ansible|chef|puppet|salt-|nodeadm|(?<!-t )bootstrap|https?://(?!aws-codedeploy-)|s3://"
    r"|\bsource\b|\.(?:sh|py)\b",
    re.I,
)
"""What a script does, or fetches and runs, that may complete a hook. CodeDeploy's agent completes its own hook only,
and behind -t stands how a line in the log is called."""


def uncompleted(group: Resource) -> Iterator[tuple[Resource, Value]]:
    """The hooks that hold back the launches of a group and abandon them by default, and that surely nothing here
    completes: each with the resource that has it. None where the script of the instances is not here, or does not show
    what it does, or where a rule may wait for such events."""
    deployment = group.deployment
    hooks = [hook for hook in deployment.of_type(LIFECYCLE_HOOK) if group_of(hook) is group]
    own: list[tuple[Resource, Value | Resource]] = [
        (group, one) for one in group.get("LifecycleHookSpecificationList").items
    ]
    abandoning = [(holder, hook) for holder, hook in (*own, *((one, one) for one in hooks)) if _abandons(hook)]
    # Few groups have such hooks, and a script takes long to be worked out.
    if abandoning and not group.is_open and _shows_all(group) and not deployment.once(_may_be_told):
        yield from ((holder, hook.get("LifecycleTransition")) for holder, hook in abandoning)


def _abandons(hook: Value | Resource) -> bool:
    """Whether a hook holds back launches, abandons them by default, and tells nobody by itself."""
    if hook.get("LifecycleTransition").text != _LAUNCHING:
        return False
    result = hook.get("DefaultResult")
    return (result.is_absent or result.is_one_of("ABANDON")) and hook.get("NotificationTargetARN").is_absent


def _shows_all(group: Resource) -> bool:
    """Whether the script with which the instances of a group start surely stands here and completes no hook."""
    template = launch_template(group) or group.follow(
        "LaunchConfigurationName", "AWS::AutoScaling::LaunchConfiguration"
    )
    script = "" if template is None else script_with_gaps(template.get(USER_DATA[template.type]))
    return bool(script) and not _MAY_COMPLETE.search(script)


def _may_be_told(deployment: Deployment) -> bool:
    """Whether a rule waits for events of Auto Scaling, or may."""
    patterns = (rule.get("EventPattern") for rule in deployment.of_type("AWS::Events::Rule"))
    return any(not pattern.is_absent and _may_be_of_groups(pattern) for pattern in patterns)


def _may_be_of_groups(pattern: Value) -> bool:
    sources = pattern.get("source").items
    return not sources or any(source.text is None or "autoscaling" in source.text for source in sources)
