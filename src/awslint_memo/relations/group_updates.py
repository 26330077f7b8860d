"""What keeps CloudFormation from replacing the instances of an Auto Scaling group as its UpdatePolicy says."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations import autoscaling
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.iam.roles import allowed_resources

_VERSIONS = ("LaunchTemplate.Version", "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version")
_SIGNAL = "cloudformation:SignalResource"
_OTHERS = ("AWS::Lambda::Function", "AWS::SSM::Document")

_MAY_SIGNAL = regex(
    r"signal|cfn-|cloud-init|#include|<powershell>|\b(?:ansible|aws|bash|chef|curl|docker|git|node|npm|perl|pip3?|puppet"
    r"|python3?|ruby|salt|sh|source|wget)\b(?![-/]?\s*$)|\./|^\s*\.\s",
    2 | 8,  # re.I and re.M
)
"""What in a script signals, or gets and runs what may: other programs and scripts."""
_INTERPRETER = regex(r"^#!.*")

_SILENT = frozenset(
    word
    for line in (
        "[ [[ amazon-linux-extras apt apt-get cat cd chmod chown cp date dnf do done echo exit export fi grep groupadd",
        "head hostname hostnamectl id install ln ls mkdir mount mv printf pwd rm rpm sed service set sleep swapon",
        "sysctl systemctl tail tar tee test timedatectl touch umask unset unzip useradd usermod wait yum",
    )
    for word in line.split()
)
"""Programs of which a script surely sends no signal; what an image brings along may send one."""


@record(frozen=True)
class Unsignalled:
    """A wait for signals that nothing sends: the value that asks for it, and the template of the instances."""

    asked: Value
    template: Resource


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
    if most.below(2) or update.get("AutoScalingReplacingUpdate.WillReplace").may_be(lambda told: told is not False):
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


def unsignalled(group: Resource) -> Unsignalled | None:
    """A wait of a group for signals that its instances surely do not send by the script that they start with, where
    that script runs nothing that may; None where they may send them, or nobody waits."""
    waits = group.attribute("UpdatePolicy").get("AutoScalingRollingUpdate.WaitOnResourceSignals")
    count = group.attribute("CreationPolicy").get("ResourceSignal.Count")
    asked = count if count.above(0) else waits
    if not count.above(0) and waits.flag is not True:
        return None
    from awslint_memo.relations.xray.tracers import USER_DATA, script_with_gaps

    template = autoscaling.launch_template(group)
    script = "" if template is None else script_with_gaps(template.get(USER_DATA[template.type]))
    if template is None or not script or _MAY_SIGNAL.search(_INTERPRETER.sub("", script)):
        return None
    if any(words[0] not in _SILENT for words in shell.commands(script)):
        return None
    return None if _may_be_signalled(group.deployment) else Unsignalled(asked, template)


def _may_be_signalled(deployment: Deployment) -> bool:
    """Whether something else than an instance may send signals: the CDK lets the role of the instances do so."""
    return bool(deployment.of_type(*_OTHERS) and allowed_resources(deployment, _SIGNAL))
