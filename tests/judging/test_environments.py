"""Which deployment decides the level of a finding: wherever its resource exists, and production before others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, report

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "{Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: %s}}"
RULE = ("--select", "sqs-long-polling", "--advice")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def levels(text: str, name: str = "template.yaml", *options: str) -> list[tuple[str, str | None]]:
    """The levels of the findings in a file, each with the deployments that it names."""
    Path(name).write_text(text, encoding="utf-8")
    return [(one["level"], one["deployment"]) for one in report(*RULE, *options)["findings"]]


def choosing(parameter: str, default: str, condition: str, wait: str, conditional: str = "") -> str:
    """A template with a queue whose wait a parameter decides, or that exists in some deployments only."""
    lines = (
        f"Parameters: {{{parameter}: {{Type: String, Default: {default}}}}}",
        f"Conditions: {{Chosen: {condition}}}",
        f"Resources: {{Q: {{Type: AWS::SQS::Queue{conditional}, "
        f"Properties: {{ReceiveMessageWaitTimeSeconds: {wait}}}}}}}",
    )
    return "\n".join(lines)


IS_PROD = "!Equals [!Ref Env, prod]"


def test_a_finding_that_holds_wherever_its_resource_exists_keeps_its_level() -> None:
    text = choosing("Size", "small", "!Equals [!Ref Size, large]", "0", ", Condition: Chosen")
    assert levels(text) == [("warning", "when Size is large")]


def test_a_practice_that_another_choice_than_the_default_leaves_is_counted_only() -> None:
    text = choosing("Size", "small", "!Equals [!Ref Size, large]", "!If [Chosen, 0, 20]")
    assert levels(text) == []
    assert report(*RULE)["summary"]["notices"] == [
        "1 piece of advice by other choices than the default values: left out (`environments: false` tells all)"
    ]
    assert levels(text.replace(", Default: small", "")) == [("advice", "when Size is large")]
    assert levels(choosing("Size", "large", "!Equals [!Ref Size, large]", "!If [Chosen, 0, 20]")) == [
        ("advice", "when Size is large")
    ]
    for name in ("Stage", "HomeRegion", "Customer"):  # Each of their values is deployed somewhere.
        assert levels(text.replace("Size", name)) == [("advice", f"when {name} is large")]
    Path(".awslint-memo.yaml").write_text("environments: false\n", encoding="utf-8")
    assert levels(text) == [("advice", "when Size is large")]


SERVICE = """\
Parameters: {DeploymentControllerType: {Type: String, AllowedValues: [CODE_DEPLOY, ECS], Default: CODE_DEPLOY}}
Conditions: {IsPlain: !Equals [!Ref DeploymentControllerType, ECS]}
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: !Ref DeploymentControllerType}}}
"""


def test_advice_that_another_choice_than_the_default_brings_is_counted_only() -> None:
    Path("template.yaml").write_text(SERVICE, encoding="utf-8")
    found = report("--select", "ecs-deployment", "--advice")
    assert found["findings"] == []
    [notice] = found["summary"]["notices"]
    assert notice.startswith("1 piece of advice by other choices than the default values: left out")


@pytest.mark.parametrize(
    "text",
    [
        SERVICE.replace("Default: CODE_DEPLOY", "Default: ECS"),
        SERVICE.replace(", Default: CODE_DEPLOY", ""),
        SERVICE.replace("Properties: {", "Condition: IsPlain, Properties: {"),  # It is so wherever the service is.
        SERVICE.replace("DeploymentControllerType", "DeploymentType"),  # Each kind of deployment may be made.
    ],
)
def test_advice_on_what_is_deployed_by_default_or_whenever_it_is_there_is_told(text: str) -> None:
    Path("template.yaml").write_text(text, encoding="utf-8")
    [finding] = report("--select", "ecs-deployment", "--advice")["findings"]
    assert finding["level"] == "advice"


def test_what_another_choice_than_the_default_breaks_is_advice() -> None:
    lines = (
        "Parameters: {Group: {Type: String, Default: 'yes'}}",
        "Conditions: {Chosen: !Equals [!Ref Group, 'yes']}",
        "Resources:",
        "  T: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, TopicName: !If [Chosen, orders.fifo, orders]}}",
    )
    Path("template.yaml").write_text("\n".join(lines), encoding="utf-8")
    found = report("--select", "sns-*", "--advice")["findings"]
    assert [(one["level"], one["deployment"]) for one in found] == [("advice", "when Group is not yes")]


@pytest.mark.parametrize(
    ("parameter", "default", "condition"),
    [
        ("Env", "dev", "!Equals [!Ref Env, prod]"),
        ("Stage", "sandbox", "!Equals [!Ref Stage, production]"),
        ("AppName", "shop-dev", "!Equals [!Ref AppName, shop-prod]"),
        ("IsProduction", "'false'", "!Equals [!Ref IsProduction, 'true']"),
        ("Environment", "dev", "!Not [!Equals [!Ref Environment, dev]]"),
    ],
)
def test_production_outranks_other_environments(parameter: str, default: str, condition: str) -> None:
    (production,) = levels(choosing(parameter, default, condition, "!If [Chosen, 0, 20]"))
    assert production[0] == "warning"
    (development,) = levels(choosing(parameter, default, condition, "!If [Chosen, 20, 0]"))
    assert (development[0], str(development[1])[:4]) == ("advice", "when")


def test_an_error_of_production_is_one_where_development_has_it_by_another_value() -> None:
    text = "\n".join(
        (
            "Parameters: {Env: {Type: String, Default: dev}}",
            f"Conditions: {{Chosen: {IS_PROD}}}",
            "Resources:",
            "  Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !If [Chosen, 30, %s]}}",
            "  F: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}",
            "  M:",
            "    Type: AWS::Lambda::EventSourceMapping",
            "    Properties: {EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F}",
        )
    )
    visibility = ("--select", "sqs-visibility-below-processing-time")
    both = [("error", "when Env is prod"), ("error", "when Env is not prod")]
    assert levels(text % 20, "template.yaml", *visibility) == both
    assert levels((text % 30).replace("30, 30", "360, 30"), "template.yaml", *visibility) == [("advice", both[1][1])]


def test_what_exists_in_development_only_is_advice_that_says_so() -> None:
    text = choosing("Env", "prod", "!Not [!Equals [!Ref Env, prod]]", "0", ", Condition: Chosen")
    assert levels(text) == [("advice", "when Env is not prod")]


def test_a_condition_that_is_not_decided_is_known_by_its_name() -> None:
    lines = "Conditions: {IsProd: !Equals [!ImportValue Stage, 'x']}\nResources: {Q: %s}"
    assert levels(lines % (QUEUE % "!If [IsProd, 0, 20]"))[0][0] == "warning"
    assert levels(lines % (QUEUE % "!If [IsProd, 20, 0]"))[0][0] == "advice"
    negated = lines.replace("IsProd", "IsNotProd")
    assert levels(negated % (QUEUE % "!If [IsNotProd, 0, 20]"))[0][0] == "advice"


def test_production_in_one_region_only_is_advice() -> None:
    """Production is told apart, and what decides within it is something else."""
    text = (
        "Parameters: {Env: {Type: String, Default: dev}, Large: {Type: String, Default: 'no'}}\n"
        "Conditions:\n  IsProd: !Equals [!Ref Env, prod]\n  IsLarge: !Equals [!Ref Large, 'yes']\n"
        f"  Both: !And [!Condition IsProd, !Condition IsLarge]\nResources: {{Q: {QUEUE % '!If [Both, 0, 20]'}}}\n"
    )
    assert [level for level, _ in levels(text)] == ["advice"]


MAPPED = """
Parameters: {Env: {Type: String, AllowedValues: [dev, live]}}
Mappings: {Wait: {dev: {seconds: %s}, live: {seconds: %s}}}
Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !FindInMap [Wait, !Ref Env, seconds]}
"""


def test_keys_of_a_mapping_are_environments() -> None:
    assert levels(MAPPED % (20, 0)) == [("warning", "when Env is live")]
    assert levels(MAPPED % (0, 20)) == [("advice", "when Env is dev")]


def test_a_finding_stands_in_the_row_of_its_deployment() -> None:
    """The cells of two rows are equal, and the finding is about one of them, or about production's first."""
    assert lines_of(ROWS % (20, 0, 0), "sqs-long-polling") == [7]
    assert lines_of(ROWS % (0, 0, 0), "sqs-long-polling") == [7]
    sizes = ROWS % ("1, max: 4", "2, max: 4", "4, max: 4")
    assert lines_of(f"{sizes}{SCALED}", "autoscaling-fixed-size") == [7]


ROWS = """
Parameters: {Env: {Type: String, AllowedValues: [dev, test, live]}}
Mappings:
  Sizes:
    dev: {least: %s}
    test: {least: %s}
    live: {least: %s}
Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !FindInMap [Sizes, !Ref Env, least]}
"""

SCALED = """
  Size:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: service/a/b
      MinCapacity: !FindInMap [Sizes, !Ref Env, least]
      MaxCapacity: !FindInMap [Sizes, !Ref Env, max]
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: cpu
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Size
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 55
        PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}
"""


def lines_of(text: str, rule: str) -> list[int]:
    """The lines of a rule's findings in a template."""
    Path("template.yaml").write_text(text, encoding="utf-8")
    return [one["line"] for one in report("--select", rule)["findings"]]


TERRAFORM = """
variable "env" {
  validation {
    condition     = contains(["dev", "prod"], var.env)
    error_message = "unknown"
  }
}
resource "aws_sqs_queue" "q" { receive_wait_time_seconds = %s == "prod" ? %s : %s }
"""


@pytest.mark.parametrize("value", ["var.env", "terraform.workspace"])
def test_variables_and_workspaces_are_environments(value: str) -> None:
    assert [level for level, _ in levels(TERRAFORM % (value, 0, 20), "main.tf")] == ["warning"]
    assert [level for level, _ in levels(TERRAFORM % (value, 20, 0), "main.tf")] == ["advice"]


NAMED = "deployments: {%s: {Wait: 0}, %s: {Wait: 20}}\n"
WAITING = f"Parameters: {{Wait: {{Type: Number}}}}\nResources: {{Q: {QUEUE % '!Ref Wait'}}}"


def test_names_of_deployments_are_environments() -> None:
    Path(".awslint-memo.yaml").write_text(NAMED % ("shop-prod", "shop-test"))
    assert levels(WAITING) == [("warning", "in shop-prod")]
    Path(".awslint-memo.yaml").write_text(NAMED % ("shop-test", "shop-prod"))
    assert levels(WAITING) == [("advice", "in shop-test")]
    Path(".awslint-memo.yaml").write_text(NAMED % ("europe", "asia"))
    assert levels(WAITING) == [("warning", "in europe")]
    Path(".awslint-memo.yaml").write_text(NAMED % ("dev", "test"))
    assert levels(WAITING) == [("warning", "in dev")]


IN_EUROPE = choosing("Env", "asia", "!Equals [!Ref Env, europe]", "!If [Chosen, 0, 20]")


@pytest.mark.parametrize(
    ("configured", "production", "europe"),
    [
        ("", "warning", "advice"),
        ("environments: true", "warning", "advice"),
        ("environments: false", "advice", "advice"),
        ("environments: {production: [europe], development: [asia]}", "advice", "warning"),
        ("environments: {production: [europe, prod]}", "warning", "warning"),
        ("production: [europe]", "advice", "warning"),
    ],
)
def test_the_configuration_has_other_words_or_turns_environments_off(
    configured: str, production: str, europe: str
) -> None:
    Path(".awslint-memo.yaml").write_text(configured)
    assert [level for level, _ in levels(choosing("Env", "dev", IS_PROD, "!If [Chosen, 0, 20]"))] == [production]
    assert [level for level, _ in levels(IN_EUROPE)] == [europe]


def test_environments_are_those_of_the_nearest_configuration() -> None:
    Path("far.yaml").write_text("environments: {production: [europe]}\ndevelopment: [asia]\n")
    Path(".awslint-memo.yaml").write_text("extends: ./far.yaml\n")
    assert [level for level, _ in levels(IN_EUROPE)] == ["warning"]
    Path(".awslint-memo.yaml").write_text("extends: ./far.yaml\nproduction: [prod]\n")
    assert [level for level, _ in levels(IN_EUROPE)] == ["advice"]
    Path(".awslint-memo.yaml").write_text("extends: ./far.yaml\nenvironments: false\n")
    assert [level for level, _ in levels(IN_EUROPE)] == ["advice"]


STAGES = """\
Parameters: {BuildStage: {Type: String, AllowedValues: ["true", "false"]}}
Conditions: {Builds: !Equals [!Ref BuildStage, "true"]}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !If [Builds, 20, 0]}}}
"""


def test_a_stage_in_a_name_is_any_environment() -> None:
    assert [level for level, _ in levels(STAGES)] == ["advice"]


BY_DEFAULT = """\
Parameters:
  {name}: {{Type: String, Default: {value}}}
  Wait: {{Type: Number, Default: 0}}
Resources:
  Q: {{Type: AWS::SQS::Queue, Properties: {{QueueName: !Sub "q-${{{name}}}", ReceiveMessageWaitTimeSeconds: {wait}}}}}
"""


@pytest.mark.parametrize(
    ("name", "value", "wait", "level"),
    [
        ("Environment", "dev", "!Ref Wait", "advice"),
        ("DeploymentStage", "development", "!Ref Wait", "advice"),
        ("Environment", "dev", "0", "warning"),
        ("Environment", "prod", "!Ref Wait", "warning"),
        ("Environment", "blue", "!Ref Wait", "warning"),
        ("Owner", "dev", "!Ref Wait", "warning"),
    ],
)
def test_a_default_value_beside_that_of_another_environment_is_not_productions(
    name: str, value: str, wait: str, level: str
) -> None:
    because = f"by default values, with which {name} is {value}" if level == "advice" else None
    assert levels(BY_DEFAULT.format(name=name, value=value, wait=wait)) == [(level, because)]


def test_a_default_value_counts_where_the_user_names_the_deployment_or_no_environments() -> None:
    text = BY_DEFAULT.format(name="Environment", value="dev", wait="!Ref Wait")
    assert levels(text, "template.yaml", "--parameters", "Environment=prod") == [("warning", None)]
    Path(".awslint-memo.yaml").write_text("environments: false")
    assert levels(text) == [("warning", None)]


def test_a_rule_that_a_policy_locks_keeps_its_level_by_default_values() -> None:
    Path("policy.yaml").write_text("policy: {locked: [sqs-long-polling]}\n")
    text = BY_DEFAULT.format(name="Environment", value="dev", wait="!Ref Wait")
    assert levels(text, "template.yaml", "--policy", "policy.yaml") == [("warning", None)]


@pytest.mark.parametrize(("value", "level"), [("dev", "advice"), ("prod", "warning")])
def test_default_values_of_a_root_module_are_those_of_its_environment(value: str, level: str) -> None:
    text = f"""
provider "aws" {{}}

variable "environment" {{
  default = "{value}"
}}

variable "wait" {{
  default = 0
}}

resource "aws_sqs_queue" "q" {{
  name = "q-${{var.environment}}"
  receive_wait_time_seconds = var.wait
}}
"""
    assert [one for one, _ in levels(text, "main.tf")] == [level]
    assert [one for one, _ in levels(text.replace("var.environment", "a"), "main.tf")] == ["warning"]


def test_an_environment_that_nothing_uses_says_nothing_and_one_that_is_used_is_told() -> None:
    text = BY_DEFAULT.format(name="Environment", value="dev", wait="!Ref Wait")
    unused = text.replace("${Environment}", "a")
    assert levels(unused) == [("warning", None)]
    Path("template.yaml").write_text(text)
    told = "note: 1 warning is advice, as it is of no production: Environment is dev (environments)"
    assert told in invoke("lint").output


def test_a_finding_of_several_environments_stands_where_production_has_its_value() -> None:
    Path("main.tf").write_text(
        'variable "wait" {}\nresource "aws_sqs_queue" "jobs" { receive_wait_time_seconds = var.wait.seconds }\n'
    )
    for name in ("dev", "prod", "test"):
        Path(f"{name}.tfvars").write_text("wait = { seconds = 0 }\n")
    [finding] = report(*RULE)["findings"]
    assert (Path(finding["path"]).name, finding["line"], finding["deployment"]) == ("prod.tfvars", 1, None)


ONLY_IN = """\
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {Here: !Equals [!Ref Env, dev]}
Resources:
  Orders:
    Condition: Here
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
"""


def test_what_exists_in_development_alone_is_told_and_a_policy_keeps_its_level(tmp_path: Path) -> None:
    Path("template.yaml").write_text(ONLY_IN)
    assert "note: 1 warning is advice, as it is of no production: Env is dev (environments)" in invoke("lint").output
    policy = tmp_path / "policy.yaml"
    policy.write_text("policy: {locked: [dynamodb-point-in-time-recovery]}\n")
    [finding] = report("--select", "dynamodb-point-in-time-recovery", "--policy", str(policy))["findings"]
    assert (finding["level"], finding["deployment"]) == ("warning", "when Env is dev")
