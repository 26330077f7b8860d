"""Auto Scaling: why a group never launches or scales: hooks that nothing completes, keys that it may not use, policies
that nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations import custom_resources
from awslint_memo.relations.autoscaling import LIFECYCLE_HOOK, group_of, launch_template, starter
from awslint_memo.relations.cloudwatch import alarms
from awslint_memo.relations.iam.resource_policies import KEY, policies
from awslint_memo.relations.iam.roles import ROLE, allowed_resources
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
    started = starter(group)
    script = "" if started is None else script_with_gaps(started.get(USER_DATA[started.type]))
    return bool(script) and not _MAY_COMPLETE.search(script)


def _may_be_told(deployment: Deployment) -> bool:
    """Whether a rule waits for events of Auto Scaling, or may."""
    patterns = (rule.get("EventPattern") for rule in deployment.of_type("AWS::Events::Rule"))
    return any(not pattern.is_absent and _may_be_of_groups(pattern) for pattern in patterns)


def _may_be_of_groups(pattern: Value) -> bool:
    sources = pattern.get("source").items
    return not sources or any(source.text is None or "autoscaling" in source.text for source in sources)


_EXECUTE = "autoscaling:ExecutePolicy"


def may_run(policy: Resource) -> bool:
    """Whether an alarm or a program invokes a simple or step scaling policy of either service, or may.

    An action that is not known counts, and so does whoever a policy of this deployment lets run scaling policies.
    """
    deployment = policy.deployment
    # Most policies are an action of an alarm, and the other questions are about much of the template.
    if policy.is_open or deployment.once(_run_by_alarms).may_be(policy):
        return True
    return policy.is_exposed() or deployment.once(_run_by_programs).may_be(policy)


def _run_by_alarms(deployment: Deployment) -> NameIndex:
    every = deployment.of_type(alarms.ALARM, alarms.COMPOSITE, "AWS::CloudWatch::LogAlarm")
    actions = (item for alarm in every for path in alarms.ACTIONS for item in alarm.get(path).items)
    return _of_known(deployment, [action for action in actions if not _is_called_topic(action)])


def _is_called_topic(action: Value) -> bool:
    """Whether an action comes from elsewhere, by a name that says that it is a topic."""
    return isinstance(action, Unknown) and bool({"sns", "topic"} & {*name_words(action.key or action.why)})


def _run_by_programs(deployment: Deployment) -> NameIndex:
    functions = deployment.of_type("AWS::Lambda::Function")
    index = _of_known(deployment, [function.get("Environment") for function in functions])
    return NameIndex(index.names, index.may_be_any or bool(allowed_resources(deployment, _EXECUTE)))


def _of_known(deployment: Deployment, values: Sequence[Value]) -> NameIndex:
    """What values may name: anything, where one of them is not known."""
    index = name_index(deployment, values)
    return NameIndex(index.names, index.may_be_any or any(value.is_unknown for value in values))


SCALING_ROLE = fact(
    "AWSServiceRoleForAutoScaling",
    page="autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html",
    read="2026-11-30",
)
"""How the name of the role begins with which EC2 Auto Scaling launches instances. Its own policy, which nobody can
change, lets it use no key of a customer."""

_GRANT = "aws_kms_grant"


def closed_keys(group: Resource) -> Iterator[Resource]:
    """The keys of here with which a group encrypts volumes, and whose policies surely do not name its role, each once.
    None where the template makes grants, or lets the program behind a custom resource make one."""
    template = launch_template(group)
    devices = () if template is None else template.get("LaunchTemplateData.BlockDeviceMappings").items
    named = (group.deployment.find(device.get("Ebs.KmsKeyId"), KEY) for device in devices)
    for key in dict.fromkeys(key for key in named if key is not None):
        if (
            not key.is_open
            and _is_closed(key)
            and not group.deployment.once(_grants)
            and not custom_resources.name(key)
        ):
            yield key


def _is_closed(key: Resource) -> bool:
    known = policies(key)
    return known.is_whole and not any(_may_be_role(key, one) for each in known.statements for one in _principals(each))


def _may_be_role(key: Resource, principal: Value) -> bool:
    """Whether a principal is the role of EC2 Auto Scaling, or may be: neither an account nor a role of here is."""
    text = principal.text
    if text is None:
        return not principal.ends_with(":root") and key.deployment.find(principal, ROLE) is None
    return text == "*" or SCALING_ROLE in text


def _principals(statement: Value) -> list[Value]:
    """Whom a statement names, and what stands there instead of a known mapping."""
    principal = statement.get("Principal")
    return principal.get("AWS").items if principal.fields else principal.items


def _grants(deployment: Deployment) -> bool:
    return any(one.type.startswith(_GRANT) for one in deployment.untranslated(deployment))
