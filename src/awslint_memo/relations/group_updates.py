"""What keeps CloudFormation from replacing the instances of an Auto Scaling group as its UpdatePolicy says."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations import autoscaling
from awslint_memo.relations.definitions import states
from awslint_memo.relations.iam.roles import allowed_resources

_VERSIONS = ("LaunchTemplate.Version", "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version")


DEFAULT_IN_SERVICE = fact(
    0, page="AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html", read="2026-12-02"
)
"""How many instances a rolling update keeps in service where nobody says how many."""

TOLD = (
    "UpdatePolicy.AutoScalingInstanceRefresh.Preferences.MinHealthyPercentage",
    "instance_refresh.preferences.min_healthy_percentage",
)
"""Where a group of CloudFormation and one of Terraform say which share stays in service during a refresh."""


def at_once(group: Resource) -> tuple[Value, Value] | None:
    """What surely lets an update of a group of several instances replace all of them at the same time, and the number
    of a batch, which is Absent for an instance refresh, a share of all; None where one may stay."""
    update = group.attribute("UpdatePolicy")
    refresh, most = update.get("AutoScalingInstanceRefresh"), group.get("MaxSize")
    replaces = update.get("AutoScalingReplacingUpdate.WillReplace")
    if most.below(2) or replaces.is_unknown or replaces.flag is True:
        return None
    if refresh.is_known:
        least = refresh.get("Preferences.MinHealthyPercentage")
        least = group.get("InstanceMaintenancePolicy.MinHealthyPercentage") if least.is_absent else least
        is_staged = not refresh.get("Preferences.CheckpointPercentages").is_absent
        is_rolling = refresh.get("Strategy").is_absent or refresh.get("Strategy").is_one_of("Rolling")
        is_all = least.number == 0 and is_rolling and not is_staged
        return (least, Absent(group.place)) if is_all else None
    rolling = update.get("AutoScalingRollingUpdate")
    batch, least = rolling.get("MaxBatchSize"), rolling.get("MinInstancesInService")
    kept = DEFAULT_IN_SERVICE if least.is_absent else least.number
    is_all = kept == 0 and most.number is not None and batch.above(most.number - 1)
    return (batch if least.is_absent else least, batch) if rolling.is_known and is_all else None


def floating_version(group: Resource) -> tuple[Value, Resource] | None:
    """The version of the launch template of a group that is always the newest or the default one, so that surely no
    change of that template, which is of this deployment, begins an update; else None."""
    template = autoscaling.launch_template(group)
    version = next((group.get(path) for path in _VERSIONS if not group.get(path).is_absent), None)
    if template is None or version is None or not version.is_one_of("$Latest", "$Default"):
        return None
    return None if group.language == "terraform" and _may_be_begun(group, template) else (version, template)


def _may_be_begun(group: Resource, template: Resource) -> bool:
    """Whether an instance refresh of Terraform may begin for a launch template whose version is not named: for
    something else that changes with it, for another template in its place, or by somebody who is told to start it."""
    name = template.get("LaunchTemplateName")
    others = (group.terraform.refresh_triggers, group.terraform.replace_triggered_by)
    is_told = any(not other.is_absent for other in others) or (name.text is None and not name.is_absent)
    return is_told or bool(allowed_resources(group.deployment, "autoscaling:StartInstanceRefresh"))


def without_return(caller: Resource) -> Iterator[Value]:
    """The AutoRollback of the instance refreshes that an automation document or a state machine starts surely without
    a DesiredConfiguration, so that EC2 Auto Scaling has nothing to roll back from
    (autoscaling/ec2/userguide/instance-refresh-rollback.html)."""
    for call in _started(caller):
        rollback = call.get("Preferences.AutoRollback")
        # In a state machine, a key that ends in .$ takes the value from the state's input.
        is_named = any(name.startswith("DesiredConfiguration") for name in call.fields)
        if rollback.flag is True and call.get("DesiredConfiguration").is_absent and not is_named:
            yield rollback


def _started(caller: Resource) -> Iterator[Value]:
    """What each call of StartInstanceRefresh is given."""
    if caller.type == "AWS::SSM::Document":
        for step in caller.get("Content.mainSteps").items:
            call = step.get("inputs")
            if call.get("Service").text == "autoscaling" and call.get("Api").text == "StartInstanceRefresh":
                yield call
        return
    for state in states(caller):
        if (state.resource.text or "").endswith(":aws-sdk:autoscaling:startInstanceRefresh"):
            yield from (given for name in ("Parameters", "Arguments") if (given := state.get(name)).is_known)
