"""No output of the command shows a secret, wherever it comes from; what is found about its value is still reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.command import in_every_format, invoke
from tests.secret_cases import BROKEN, CASES, LOOKING, RULE, SECRET, WORD, stack

from awslint_memo.judging.registry import rules
from awslint_memo.relations.graph import notes
from awslint_memo.relations.recovery.stores import TYPES
from awslint_memo.reporters import answers

pytestmark = pytest.mark.usefixtures("polled_queues")

MARK = "\x1e"
"""Stands between what `why` prints in one format and in the next; no output has it."""


@pytest.fixture
def every_form_of_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one run of `why` print all formats, as a run for each would read and judge the same."""
    forms = dict(answers.WHY_FORMS)
    monkeypatch.setitem(answers.WHY_FORMS, "text", lambda found: MARK.join(form(found) for form in forms.values()))


def written(files: Mapping[str, str], folder: Path) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("every_form_of_why")
@pytest.mark.parametrize("name", CASES)
def test_no_output_shows_the_secret_and_the_finding_stays(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, arguments = CASES[name]
    written(files, tmp_path)
    monkeypatch.chdir(tmp_path)
    run, printed = in_every_format(".", "--advice", "--verbose", "--statistics", *arguments)
    explained = invoke("why", RULE, "*", ".", *arguments).output
    assert MARK in explained
    printed |= {"terminal": run.output, "why": explained}
    assert [form for form, output in printed.items() if SECRET in output] == []
    assert f"[{RULE}]" in printed["text"]


@pytest.mark.parametrize("name", BROKEN)
def test_no_error_or_notice_quotes_a_secret(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, arguments = BROKEN[name]
    written(files, tmp_path)
    monkeypatch.chdir(tmp_path)
    run, printed = in_every_format(".", "--statistics", *arguments)
    assert [name for name, output in {"terminal": run.output, **printed}.items() if WORD in output] == []


def test_a_path_is_shown_although_a_word_of_it_is_a_secret_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could find the file, and the path does not tell that the word is a secret."""
    properties = "Engine: mysql, DBInstanceIdentifier: !FindInMap [M, of, SecretString], Engine: mysql"
    mappings = "Mappings: {M: {of: {SecretString: live}}}"
    text = f"{mappings}\nResources:\n  Db: {{Type: AWS::RDS::DBInstance, Properties: {{{properties}}}}}\n"
    written({"live/t.yaml": text}, tmp_path)
    monkeypatch.chdir(tmp_path)
    told = invoke("recovery", "--runbook", "region", "live").stderr
    assert told.startswith("live/t.yaml:3:")
    assert "duplicate key Engine" in told


CHOSEN = ('key { "31731" = 600 }[var.pw]', 'terraform var.pw == "a" ? 3 : 31731', "terraform choice")


@pytest.mark.parametrize("name", CHOSEN)
def test_no_difference_shows_a_secret_beside_what_is_mended(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, arguments = CASES[name]
    written(files, tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = invoke("lint", ".", "--diff", "--unsafe-fixes", *arguments).output
    assert "maxReceiveCount" in shown
    assert SECRET not in shown


EMBEDDED = f"""Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {{Name: DB_PASSWORD, Value: {WORD}}}
          - Name: API_TOKEN
            Value: {WORD}
      Source:
        Type: NO_SOURCE
        BuildSpec: |
          phases:
            build:
              commands: [pip install --password {WORD} one, export DB_PASSWORD={WORD}]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Tags: [{{Key: api-key, Value: {WORD}}}]
      Environment:
        Variables: {{DB_PASSWORD: {WORD}, Url: 'https://me:{WORD}@example.org'}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {{MasterUserPassword: {WORD}, AllocatedStorage: 20, Engine: mysql}}
"""


def test_secrets_in_scripts_and_environments_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(EMBEDDED)
    _, printed = in_every_format(".", "--advice", "--verbose")
    printed |= {rule: invoke("why", rule, "*", ".").output for rule in rules()}
    assert "build-installs-dependencies-unlocked" in printed["text"]
    assert [output for output in printed.values() if WORD in output] == []


def test_a_secret_line_has_no_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(stack("!Ref Pw"))
    run = json.loads(invoke("lint", ".", "--advice", "--format", "sarif").stdout)["runs"][0]
    lines = {
        one["locations"][0]["physicalLocation"]["region"]["startLine"]: one["partialFingerprints"]
        for one in run["results"]
    }
    assert "primaryLocationLineHash" not in lines[5]
    assert "primaryLocationLineHash" in lines[7]


ACCESS_KEY, TOKEN, IN_URL = "AKIAIOSFODNN7EXAMQQQ", "ghp_" + "a1B2" * 9, "pppSECRETppp"
PICTURES = ("json", "mermaid", "dot")
TABLES = ("text", "json", "markdown")


@pytest.mark.parametrize("name", LOOKING)
def test_no_table_or_picture_shows_what_looks_like_a_secret(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In all properties that pictures have notes of, and of all stores the engine."""
    monkeypatch.chdir(tmp_path)
    written = {kind: [path for _, path in paths] for kind, paths in notes._NOTED.items()}
    written = {**{kind: ["Engine"] for kind in TYPES if kind.startswith("AWS::")}, **written}
    resources = {
        f"R{number}": {"Type": kind, "Properties": {path.partition(".")[0]: LOOKING[name] for path in paths}}
        for number, (kind, paths) in enumerate(written.items())
    }
    (tmp_path / "a.json").write_text(json.dumps({"Resources": resources}, indent=1))
    (tmp_path / ".awslint-memo.yaml").write_text("recovery: {rpo: 1h, rto: 1h}\n")
    run, printed = in_every_format(".", "--advice", "--verbose")
    printed |= {"terminal": run.output}
    printed |= {f"graph {form}": invoke("graph", "--all", "--format", form).output for form in PICTURES}
    printed |= {f"recovery {form}": invoke("recovery", "--format", form).output for form in TABLES}
    assert "R1" in printed["graph mermaid"]
    assert "RDS" in printed["recovery text"]
    assert [form for form, output in printed.items() if SECRET in output] == []


@pytest.mark.parametrize("name", LOOKING)
def test_no_reason_shows_what_looks_like_a_secret(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs between the rules and the reason are taken away, and those of a key are among them."""
    monkeypatch.chdir(tmp_path)
    metadata = {"awslint-memo": {"ignore": {"sqs-*": LOOKING[name]}}}
    queues = {
        "A": {"Type": "AWS::SQS::Queue", "Metadata": metadata},
        "B": {"Type": "AWS::SQS::Queue", "Metadata": {"awslint-memo": f"ignore[sqs-*] - {LOOKING[name]}"}},
    }
    (tmp_path / "a.json").write_text(json.dumps({"Resources": queues}))
    comment = f"Resources:\n  A: # awslint-memo: ignore[sqs-*]: {LOOKING[name]}\n    Type: AWS::SQS::Queue\n"
    (tmp_path / "b.yaml").write_text(comment)
    run, printed = in_every_format(".", "--advice", "--verbose", "--statistics")
    assert "a sensitive value" in printed["json"]
    assert [form for form, output in {"terminal": run.output, **printed}.items() if SECRET in output] == []


REASON = f"key {ACCESS_KEY} {TOKEN} https://u:{IN_URL}@h/"
SUPPRESSED = f"""\
Resources:
  Orders: # awslint-memo: ignore[sqs-*] {REASON}
    Type: AWS::SQS::Queue
"""


def test_no_reason_shows_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    configured = f"suppress: [{{rules: ['*'], reason: '{REASON}'}}]\n"
    written(
        {"q.yaml": SUPPRESSED, "c/q.yaml": SUPPRESSED.replace("#", "# #"), "c/.awslint-memo.yaml": configured}, tmp_path
    )
    run, printed = in_every_format(".", "--advice", "--verbose", "--statistics")
    outputs = {"terminal": run.output, "settings": invoke("show-settings", "c").output, **printed}
    outputs["settings in JSON"] = invoke("show-settings", "c", "--format", "json").output
    assert "key a sensitive value" in outputs["settings"]
    assert "key a sensitive value" in outputs["json"]
    for secret in (ACCESS_KEY, TOKEN, IN_URL):
        assert [name for name, output in outputs.items() if secret in output] == []


def test_no_reason_tells_a_secret_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.yaml").write_text(SUPPRESSED.replace(REASON, "the db_password is x1y2z3w4 now, token is rotated"))
    run, printed = in_every_format(".", "--advice", "--verbose", "--statistics")
    assert [name for name, output in {"terminal": run.output, **printed}.items() if "x1y2z3w4" in output] == []
    assert "the db_password is a sensitive value now, token is rotated" in printed["json"]


def test_no_fix_writes_a_secret_a_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "q" {\n  name = sensitive("x1y2z3w4")\n}\n')
    run, printed = in_every_format(".", "--profile", "all", "--advice", "--verbose")
    assert "aws_sqs_queue.q" in printed["json"]
    assert [name for name, output in {"terminal": run.output, **printed}.items() if "x1y2z3w4" in output] == []


@pytest.mark.usefixtures("every_form_of_why")
def test_why_shows_no_list_under_the_name_of_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pattern = '{ detail = { password = ["x1y2z3w4", ["x1y2z3w5"]], state = ["on"] } }'
    rule = f'resource "aws_cloudwatch_event_rule" "r" {{\n  event_pattern = jsonencode({pattern})\n}}\n'
    (tmp_path / "main.tf").write_text(rule)
    told = invoke("why", "events-pattern-refused", "*", ".").output
    assert 'state: ["on"]' in told
    assert "x1y2z3w" not in told


def test_no_error_shows_the_pattern_of_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {name: {"Type": "String", "AllowedPattern": "x1y2z3w4"} for name in ("DbPassword", "Plain")}
    (tmp_path / "a.json").write_text(
        json.dumps({"Parameters": names, "Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}})
    )
    told = invoke("lint", "a.json", "--parameters", "DbPassword=a").output
    assert "DbPassword" in told
    assert "x1y2z3w4" not in told
    assert "x1y2z3w4" in invoke("lint", "a.json", "--parameters", "Plain=a").output


def test_keys_of_settings_and_values_under_the_names_of_secrets_are_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tags = "{password: [hunter21], api_key: [hunter22], team: [shop]}"
    configured = (
        f"processing-time: {{{ACCESS_KEY}: 45s}}\nmodules: {{'git::https://u:hunter23@git.example.com/{{1}}': m}}\n"
    )
    written(
        {".awslint-memo.yaml": f"{configured}recovery: {{applications: {{shop: {{tags: {tags}, rpo: 15m}}}}}}\n"},
        tmp_path,
    )
    for form in ("text", "json"):
        printed = invoke("show-settings", "--format", form).output
        assert "hunter2" not in printed
        assert ACCESS_KEY not in printed
        shown = ("git::https://a sensitive value@git.example.com/{1}", "15m", "shop")
        assert [word for word in shown if word not in printed] == []


@pytest.mark.parametrize(
    "refused",
    [
        *("{api_key: {all: hunter21}}", "{password: hunter21}", "{password: [[hunter21]]}"),
        f"{{https://u:hunter21@git.example.com/x: 1, {ACCESS_KEY}: 1}}",
    ],
)
def test_no_refusal_of_a_setting_quotes_a_secret(refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written({".awslint-memo.yaml": f"recovery: {{applications: {{shop: {{tags: {refused}, rpo: 15m}}}}}}\n"}, tmp_path)
    printed = invoke("lint").output
    assert "recovery.applications.shop.tags" in printed
    assert "hunter2" not in printed
    assert ACCESS_KEY not in printed


NAMED_BY_SECRETS = """\
Parameters:
  Pw: {Type: String, NoEcho: true, Default: hunter21}
  Key: {Type: String, NoEcho: true}
Resources:
  D:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceIdentifier: !Ref Pw, BackupRetentionPeriod: 7}
  E:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceIdentifier: !Sub "db-${Pw}", BackupRetentionPeriod: 7}
  T:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Ref Key
      KeySchema: []
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
"""
NAMED_BY_SENSITIVE = """\
provider "aws" {}
variable "pw" {
  sensitive = true
  default   = "hunter23"
}
resource "aws_db_instance" "d" {
  identifier              = var.pw
  engine                  = "postgres"
  backup_retention_period = 7
}
resource "aws_db_instance" "e" {
  identifier              = sensitive("hunter24")
  engine                  = "postgres"
  backup_retention_period = 7
}
"""


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_no_command_of_a_runbook_has_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    written({"a.yaml": NAMED_BY_SECRETS, "main.tf": NAMED_BY_SENSITIVE}, tmp_path)
    given = ("a.yaml", "main.tf", "--parameters", "Key=hunter22")
    printed = invoke("recovery", "--runbook", "software", "--format", form, *given).output
    assert "hunter2" not in printed
    assert "restore-db-instance-to-point-in-time" in printed


NUMBERS = """Parameters:
  Size: {{Type: Number, NoEcho: true, Default: {0}}}
  Hidden: {{Type: Number, NoEcho: true, Default: {1}}}
  Kept: {{Type: Number, NoEcho: true, Default: {2}}}
  Count: {{Type: Number, NoEcho: true, Default: {3}}}
  Long: {{Type: Number, NoEcho: true, Default: {4}}}
Resources:
  D:
    Type: AWS::RDS::DBInstance
    Properties: {{Engine: postgres, AllocatedStorage: !Ref Size}}
  Q:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Hidden
      MessageRetentionPeriod: !Ref Kept
      RedrivePolicy: {{deadLetterTargetArn: !GetAtt DL.Arn, maxReceiveCount: 5}}
  DL: {{Type: AWS::SQS::Queue, Properties: {{MessageRetentionPeriod: !Ref Kept}}}}
  Stream: {{Type: AWS::Kinesis::Stream, Properties: {{ShardCount: !Ref Count}}}}
  Careful:
    Type: AWS::CodeDeploy::DeploymentConfig
    Properties: {{MinimumHealthyHosts: {{Type: FLEET_PERCENT, Value: 90}}}}
  Fleet: {{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {{MinSize: !Ref Count, MaxSize: !Ref Count}}}}
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      {{ApplicationName: web, ServiceRoleArn: r, DeploymentConfigName: !Ref Careful, AutoScalingGroups: [!Ref Fleet]}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {{MetricName: A, Namespace: B, Period: 60, EvaluationPeriods: !Ref Long, TreatMissingData: breaching}}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryTimeObjectiveMinutes: 1
      Workflows:
        - Steps:
            - ExecutionBlockConfiguration: {{ExecutionApprovalConfig: {{TimeoutMinutes: !Ref Kept}}}}
"""


def test_no_message_tells_one_secret_number_from_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by what is computed from it, nor by a limit that is hidden because it equals the secret."""
    monkeypatch.chdir(tmp_path)
    told = []
    for numbers in ((4711, 7207, 7321, 1, 86400), (4733, 7255, 7399, 2, 86401)):
        (tmp_path / "a.yaml").write_text(NUMBERS.format(*numbers))
        found = json.loads(invoke("lint", "a.yaml", "--advice", "--format", "json").stdout)["findings"]
        told.append([(one["rule"], one["message"], one.get("do"), one["related"], one.get("fix")) for one in found])
    assert told[0] == told[1]
    rules_told = {one[0] for one in told[0]}
    assert {"rds-storage-autoscaling", "sqs-expires-before-dead-letter", "deploy-healthy-hosts"} <= rules_told
    assert {"kinesis-capacity-mode", "alarm-period", "region-switch-rto"} <= rules_told


def test_the_value_of_a_sensitive_switch_is_an_ordinary_word_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One secret parameter that is false hid the word in every sentence, and what each proposed."""
    text = """\
variable "zones" {
  default   = "false"
  sensitive = true
}
resource "aws_db_instance" "hidden" {
  engine   = "mysql"
  multi_az = var.zones
}
resource "aws_db_instance" "shown" {
  engine   = "mysql"
  multi_az = false
}
"""
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = json.loads(invoke("lint", "--advice", "--format", "json", "--select", "rds-multi-az", "main.tf").stdout)
    told = {one["resource"]: one["message"] for one in made["findings"]}
    assert "is false, so" in told["aws_db_instance.shown"]
    assert "set it to true" in told["aws_db_instance.shown"]
    assert "aws_db_instance.hidden" in told
