"""Scripts that signal for what waits, or may, in another way than it seems."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import messages, resource, stack

MISSING, STUCK = "stack-signal-missing", "autoscaling-update-stuck"
SIGNAL = "/opt/aws/bin/cfn-signal -e $? --stack s --resource"


def instance(*lines: str, **beside: Any) -> dict[str, Any]:
    """An instance named Server that waits for a signal, and starts with a script."""
    made = resource("EC2::Instance", UserData={"Fn::Base64": "\n".join(("#!/bin/bash", *lines))})
    return {**made, "CreationPolicy": {"ResourceSignal": {"Timeout": "PT5M"}}, **beside}


@each_case(
    ("lines", "told"),
    [
        (["yum install -y nginx"], "but its script sends no signal"),
        (["# cfn-signal comes later", "yum install -y aws-cfn-bootstrap"], "but its script sends no signal"),
        ([f"{SIGNAL} Web"], "but its script signals for Web"),
        ([f"{SIGNAL} \\\n  Web --region r"], "but its script signals for Web"),
        ([f"{SIGNAL} Server"], ""),
        ([f"{SIGNAL} Web", f"{SIGNAL} Server"], ""),
        # Which one it is, is not known.
        ([f"{SIGNAL} $NAME"], ""),
        (["/opt/aws/bin/cfn-signal -e 0 'https://cloudformation-waitcondition'"], ""),
        ([f"{SIGNAL} Web", "aws cloudformation signal-resource --logical-resource-id Server"], ""),
        (["cat > /etc/cron.d/ready <<END", f"{SIGNAL} Server", "END", f"{SIGNAL} Web"], ""),
        # Other programs may signal.
        (["/opt/shop/start"], ""),
        (["#include", "https://example.com/start.sh"], ""),
        (["#cloud-config", "runcmd:", " - yum install -y nginx"], ""),
    ],
)
def test_what_a_script_signals(lines: list[str], told: str) -> None:
    found = messages(MISSING, stack(Server=instance(*lines)))
    assert [told in message for message in found] == ([True] if told else [])


def test_what_cfn_init_reads_may_signal_too() -> None:
    metadata = {"AWS::CloudFormation::Init": {"config": {"commands": {"a": {"command": f"{SIGNAL} Server"}}}}}
    assert messages(MISSING, stack(Server=instance(f"{SIGNAL} Web", Metadata=metadata))) == []


def test_others_may_be_allowed_to_signal() -> None:
    statement = {"Effect": "Allow", "Action": "cloudformation:SignalResource", "Resource": "*"}
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}]
    role = resource("IAM::Role", AssumeRolePolicyDocument={}, Policies=policies)
    function = resource("Lambda::Function", Role={"Fn::GetAtt": "Role.Arn"})
    assert messages(MISSING, stack(Server=instance("yum update"), Role=role, Function=function)) == []


def test_what_runs_beside_a_signal_of_another_script_sends_none() -> None:
    started = ["dnf install -y aws-cfn-bootstrap", "curl -s https://example.com/setup.sh | bash", "/opt/shop/start web"]
    other = instance(*started, f"{SIGNAL} Other")
    silent = instance(*started[:2], "/opt/shop/start worker")
    [message] = messages(MISSING, stack(Server=silent, Other=other))
    assert message.startswith("CreationPolicy.ResourceSignal of Server is")
    unlike = instance("curl -s https://example.com/else.sh | bash", "/opt/shop/start worker")
    assert messages(MISSING, stack(Server=unlike, Other=other)) == []
    assert messages(MISSING, stack(Server=silent, Other=instance(*started))) == []


def test_a_launch_configuration_starts_instances_too() -> None:
    script = {"Fn::Base64": "#!/bin/bash\nsystemctl enable --now shop"}
    start = resource("AutoScaling::LaunchConfiguration", UserData=script)
    group = resource("AutoScaling::AutoScalingGroup", LaunchConfigurationName={"Ref": "Start"}, MaxSize="2")
    group["CreationPolicy"] = {"ResourceSignal": {"Count": 1}}
    [message] = messages(STUCK, stack(Web=group, Start=start))
    assert "but the script of Start sends no signal" in message
    group["CreationPolicy"] = {"AutoScalingCreationPolicy": {"MinSuccessfulInstancesPercent": 50}}
    assert messages(STUCK, stack(Web=group, Start=start)) == []


@each_case(("asked", "of"), [({"Count": 1}, ".Count of Server is 1"), ({"Timeout": "PT5M"}, " of Server is")])
def test_the_count_of_signals_is_named_where_it_is_written(asked: dict[str, Any], of: str) -> None:
    waiting = instance("yum install -y nginx", CreationPolicy={"ResourceSignal": asked})
    [message] = messages(MISSING, stack(Server=waiting))
    assert message.startswith(f"CreationPolicy.ResourceSignal{of}")
