"""What the report says was judged, not told and left out: exact counts, whatever number of deployments there is."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed, report

from awslint_memo import api
from awslint_memo.files.rule_files import packaged

pytestmark = pytest.mark.usefixtures("polled_queues")

PLANS = Path(__file__).parents[2] / "fixtures" / "plans"

TEMPLATE = """\
Parameters:
  Hidden: {Type: Number}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Hidden}
  Bills:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: 20}
  Slow:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: 0}
  Role: {Type: AWS::IAM::Role}
  Other: {Type: AWS::IAM::Role}
  Key: {Type: AWS::KMS::Key}
"""

RULE = ("--select", "sqs-long-polling")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()


def coverage(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = report(*RULE, *arguments)["coverage"]
    return found


def checks(**counts: int) -> dict[str, int]:
    return {**dict.fromkeys(("reported", "unknown", "sound", "failed", "unseen", "muted"), 0), **counts}


THREE = checks(total=3, reported=1, unknown=1, sound=1)
WAIT = [{"type": "AWS::SQS::Queue", "property": "ReceiveMessageWaitTimeSeconds", "checks": 1}]


def test_the_whole_member() -> None:
    Path("a.yaml").write_text(TEMPLATE)
    Path("note.yaml").write_text("a: b\n")
    Path("broken.yaml").write_text("Resources: {A: {Type: AWS::SQS::Queue}\n")
    assert coverage() == {
        "resources": {
            "total": 6,
            "judged": 3,
            "unjudged": [{"type": "AWS::IAM::Role", "resources": 2}, {"type": "AWS::KMS::Key", "resources": 1}],
        },
        "modules": {"total": 0, "read": 0},
        "known_modules": [],
        "nested_stacks": {"total": 0, "read": 0},
        "checks": THREE,
        "unknown": WAIT,
        "rules": [{"rule": "sqs-long-polling", "checks": THREE, "unknown": WAIT}],
        "files": [{"path": "a.yaml", "resources": {"total": 6, "judged": 3}, "checks": THREE}],
        "skipped": {
            "files": [
                {"path": "broken.yaml", "reason": "could not be read"},
                {"path": "note.yaml", "reason": "not a template"},
            ],
            "parts": [],
            "deployments": [],
            "suppressed": 0,
        },
    }


@pytest.mark.parametrize(
    "change",
    [
        ("Parameters:", "Parameters:\n  Stage: {Type: String, AllowedValues: [a, b, c]}"),
        ("Resources:", "Conditions: {Is: !Equals [!Ref AWS::Region, eu-west-1]}\nResources:"),
    ],
)
def test_several_deployments_count_once(change: tuple[str, str]) -> None:
    text = TEMPLATE.replace(*change).replace("    Properties", "    Metadata: {x: y}\n    Properties")
    if "Conditions" in text:
        text = text.replace("Seconds: 20", "Seconds: 20, QueueName: !If [Is, a, b]")
        text = text.replace("  Slow:", "  Slow:\n    Condition: Is")
    else:
        text = text.replace("Seconds: 20", "Seconds: 20, QueueName: !Ref Stage")
    Path("a.yaml").write_text(text)
    made = coverage()
    assert made["checks"] == THREE
    assert made["resources"]["total"] == 6


def test_found_in_one_deployment_and_not_known_in_another_is_found() -> None:
    text = TEMPLATE.replace("Parameters:", "Conditions: {Is: !Equals [!Ref AWS::Region, eu-west-1]}\nParameters:")
    Path("a.yaml").write_text(text.replace("!Ref Hidden", "!If [Is, 0, !Ref Hidden]"))
    made = coverage()
    assert made["checks"] == checks(total=3, reported=2, sound=1)
    assert made["unknown"] == []


def test_a_template_that_is_nested_twice_counts_once() -> None:
    Path("a.yaml").write_text(TEMPLATE)
    stack = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml, Parameters: {Hidden: %s}}}"
    stacks = f"  One: {stack % '20'}\n  Two: {stack % '!Ref AWS::AccountId'}\n"
    Path("root.yaml").write_text("Resources:\n" + stacks)
    made = coverage()
    assert made["checks"] == THREE
    assert made["resources"]["total"] == 8
    assert [one["path"] for one in made["files"]] == ["a.yaml", "root.yaml"]


def test_generated_parts_are_resources_of_their_function() -> None:
    Path("a.yaml").write_text(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n"
        "    Properties:\n      Handler: a.b\n      Runtime: python3.13\n      CodeUri: .\n"
        "      Events: {A: {Type: Schedule, Properties: {Schedule: rate(1 day)}}, "
        "B: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}\n"
    )
    made = report("--select", "xray-lambda-tracing,events-*")["coverage"]
    assert (made["resources"]["total"], made["resources"]["judged"]) == (1, 1)
    by_rule = {one["rule"]: one["checks"]["total"] for one in made["rules"]}
    assert by_rule["xray-lambda-tracing"] == 1


def test_suppressed_findings_and_parts_that_were_not_read() -> None:
    Path("a.yaml").write_text(
        TEMPLATE.replace("  Slow:", "  # awslint-memo: ignore[sqs-long-polling] a test\n  Slow:")
        + "  Far: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://x.example/y.yaml}}\n"
    )
    made = coverage()
    assert made["checks"]["reported"] == 1
    assert made["skipped"]["suppressed"] == 1
    assert made["skipped"]["parts"] == [{"path": "a.yaml", "part": "the nested stack Far (https://x.example/y.yaml)"}]
    line = printed("lint", *RULE, "--statistics").splitlines()[-2]
    assert line.endswith("; 1 nested stack or module not read; 1 finding suppressed")


def test_a_check_that_asks_for_what_was_not_read() -> None:
    Path("a.yaml").write_text(
        "Transform: [Mine]\nResources:\n  Group: {Type: AWS::CodeGuruProfiler::ProfilingGroup, "
        "Properties: {ProfilingGroupName: a}}\n"
    )
    made = report("--select", "codeguru-profiler-unused")["coverage"]
    assert made["checks"] == checks(total=1, unknown=1, unseen=1, muted=1)


def test_a_property_in_a_list_has_no_number() -> None:
    Path("a.yaml").write_text(
        "Parameters: {P: {Type: String}}\nResources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n"
        "      Subscription: [{Endpoint: !Ref P, Protocol: sqs}, {Endpoint: !Ref P, Protocol: sqs}]\n"
        "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}\n"
    )
    unknown = report()["coverage"]["unknown"]
    assert ("AWS::SNS::Topic", "Subscription[].Endpoint") in [(one["type"], one["property"]) for one in unknown]


TERRAFORM = """\
variable "wait" {}

resource "aws_sqs_queue" "orders" {
  count                     = 3
  receive_wait_time_seconds = var.wait
}

resource "aws_glacier_vault" "r" {
  name = "r"
}

resource "aws_s3_bucket" "b" {
}

resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
}
"""


def test_terraform() -> None:
    Path("main.tf").write_text(TERRAFORM)
    made = coverage()
    assert made["resources"] == {
        "total": 4,
        "judged": 1,
        "unjudged": [
            {"type": "AWS::S3::Bucket", "resources": 1},
            {"type": "aws_glacier_vault", "resources": 1},
            {"type": "aws_s3_bucket_versioning", "resources": 1},
        ],
    }
    assert made["checks"] == checks(total=1, unknown=1)
    assert made["unknown"] == WAIT


def test_a_module_that_is_called_twice_counts_once() -> None:
    Path("m").mkdir()
    Path("m/main.tf").write_text(TERRAFORM)
    Path("main.tf").write_text(
        'module "a" {\n  source = "./m"\n  wait   = 20\n}\n\nmodule "b" {\n  source = "./m"\n  wait   = 20\n}\n'
    )
    made = coverage()
    assert made["resources"]["total"] == 4
    assert made["checks"] == checks(total=1, sound=1)


def test_calls_of_modules_and_nested_stacks_count_read_or_not() -> None:
    Path("m").mkdir()
    Path("m/main.tf").write_text(TERRAFORM)
    Path("main.tf").write_text(
        'module "a" {\n  count = 2\n  source = "./m"\n  wait   = 20\n}\n\n'
        'module "b" {\n  source = "a/b/aws"\n}\n\nmodule "c" {\n  source = "a/c/aws"\n}\n'
    )
    stack = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s}}"
    nested = f"  One: {stack % 'a.yaml'}\n  Two: {stack % 'https://s3.amazonaws.com/b/x.yaml'}\n"
    Path("a.yaml").write_text("Resources: {Queue: {Type: AWS::SQS::Queue}}")
    Path("root.yaml").write_text("Resources:\n" + nested)
    made = coverage()
    assert (made["modules"], made["nested_stacks"]) == ({"total": 3, "read": 1}, {"total": 2, "read": 1})
    lines = printed("lint", "--select", "dax-nodes", "--statistics", exits=0).splitlines()
    assert "; 3 of 5 nested stacks or modules not read; " in lines[-2] + "; "
    assert re.fullmatch(
        r"no findings in 4 files: 0 of \d+ resources are of types that rules judge; 2 modules not read; "
        "1 nested stack not read",
        lines[-1],
    )


def test_a_file_that_was_not_named_is_not_counted() -> None:
    Path("main.tf").write_text(TERRAFORM)
    Path("other.tf").write_text('resource "aws_sqs_queue" "other" {\n}\n')
    made = coverage("main.tf")
    assert made["checks"]["total"] == 1
    assert [one["path"] for one in made["files"]] == ["main.tf"]


def test_deployments_of_the_configuration_count_once() -> None:
    Path("a.yaml").write_text(TEMPLATE)
    Path(".awslint-memo.yaml").write_text("deployments: {dev: {Hidden: 20}, live: {}}\n")
    made = coverage()
    assert made["checks"] == THREE
    assert made["resources"]["total"] == 6


def test_a_plan_counts_with_its_configuration() -> None:
    shutil.copytree(PLANS / "queues", "queues")
    both, alone = coverage("queues"), coverage("queues/main.tf.json")
    assert both["checks"] == alone["checks"]
    assert both["resources"] == alone["resources"]
    assert coverage("queues/plan.json")["resources"] == alone["resources"]


def test_the_line_of_the_text() -> None:
    Path("a.yaml").write_text(TEMPLATE)
    Path("note.yaml").write_text("a: b\n")
    lines = printed("lint", *RULE, "--statistics", exits=1).splitlines()
    assert lines[-2] == (
        "1 file with 6 resources: 3 judged, 3 of types that no rule judges (AWS::IAM::Role 2×, AWS::KMS::Key 1×); "
        "1 of 3 checks found nothing where a value is unknown (ReceiveMessageWaitTimeSeconds 1×); "
        "1 file not a template"
    )
    assert "checks found" not in printed("lint", *RULE, exits=1)


def test_the_report_file_has_it_and_the_text_only_on_request() -> None:
    Path("a.yaml").write_text(TEMPLATE)
    text = printed("lint", *RULE, "--format", "json", "--output", "x.json", exits=1)
    assert json.loads(Path("x.json").read_text())["coverage"]["checks"] == THREE
    assert "checks found" not in text


def test_nothing_is_counted_unless_somebody_asks() -> None:
    Path("a.yaml").write_text(TEMPLATE)
    assert api.lint(["a.yaml"]).coverage is None
    assert invoke("lint", "a.yaml").exit_code == 1


def test_the_schema_describes_every_member() -> None:
    from jsonschema import Draft202012Validator

    Path("a.yaml").write_text(TEMPLATE)
    schema = json.loads(packaged("reporters/report.schema.json").text)
    Draft202012Validator(schema).validate(report(*RULE))
    described = schema["$defs"]["coverage"]["properties"]
    assert set(described) == set(coverage())
    assert set(schema["$defs"]["checks"]["properties"]) == set(THREE)


def test_templates_with_too_many_deployments_are_one_notice() -> None:
    wait: Any = 0
    for number in range(9):
        wait = {"Fn::If": [f"C{number}", wait, 20 - number]}
    made = {
        "Parameters": {f"P{number}": {"Type": "String"} for number in range(9)},
        "Conditions": {f"C{number}": {"Fn::Equals": [{"Ref": f"P{number}"}, "yes"]} for number in range(9)},
        "Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"ReceiveMessageWaitTimeSeconds": wait}}},
    }
    names = [f"{name}.json" for name in "abcd"]
    for name in names:
        Path(name).write_text(json.dumps(made))
    found = report(*RULE, *names)
    [notice] = [one for one in found["summary"]["notices"] if "--parameters" in one]
    assert notice.startswith("4 templates: not all possible deployments (")
    assert "of b.json and 2 others) were looked at" in notice
    assert notice.endswith("name yours, for example --parameters P8=yes")
    assert found["coverage"]["skipped"]["deployments"] == names
    alone, combined = report(*RULE, "a.json")["summary"]["notices"]
    assert " of its possible deployments were looked at" in alone
    assert combined.startswith("7 pieces of advice by other choices than the default values: left out")


def test_counting_changes_no_finding() -> None:
    """Deployments that are written one by one share no answers, whether somebody counts or not."""
    shutil.copytree(PLANS.parent / "terraform" / "stacks", "stacks")
    components = Path("stacks/components.tfcomponent.hcl")
    components.write_text(components.read_text().partition('stack "audit"')[0])
    counted, plain = (
        api.lint(["stacks"], select=["sqs-visibility-*"], coverage=wanted, advice=True) for wanted in (True, False)
    )
    first, second = ([(one.rule, one.deployment) for one in made.findings] for made in (counted, plain))
    assert first == second == [("sqs-visibility-below-processing-time", "in dev")]
