"""cfn-lint and this project together: `lint --validate`, and our rules in cfn-lint. Both are run as users run them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cfnlint import runner
from tests.command import invoke, report
from tests.readers.workspace import write

from awslint_memo import api
from awslint_memo.judging import cfn_lint
from awslint_memo.manual.rule_list import numbers

pytestmark = pytest.mark.usefixtures("polled_queues")

DOCS = Path(__file__).resolve().parents[2] / "docs"

TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 99999999
      Nonsense: 1
  Paid:
    Type: AWS::SQS::Queue
    Metadata: {awslint-memo: {ignore: [{rules: ["E3*"], reason: made by hand}]}}
    Properties: {Nonsense: 1}
"""

QUEUE = "\nResources:\n  Orders:\n    Type: AWS::SQS::Queue\n"


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def its(made: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    ours = api.rules()
    return [
        (one["rule"], one["level"], one["resource"], one["line"]) for one in made["findings"] if one["rule"] not in ours
    ]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Puts a program in the place of cfn-lint that prints a text."""

    def put(prints: str) -> None:
        program = tmp_path / "fake-cfn-lint"
        program.write_text(f"#!{sys.executable}\nprint({prints!r})\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(cfn_lint, "program", lambda _: str(program))

    return put


def test_its_findings_are_in_the_report_and_suppressed_like_ours(template: Path) -> None:
    made = report("--validate", "template.yaml")
    assert its(made) == [("E3034", "error", "Orders", 5), ("E3002", "error", "Orders", 6)]
    assert made["summary"]["suppressed"] == 1
    assert {one["type"] for one in made["findings"]} == {"AWS::SQS::Queue"}
    assert "sqs-dead-letter-queue" in {one["rule"] for one in made["findings"]}
    assert {one["rule"] for one in made["findings"]}.isdisjoint({"suppression-unused", "suppression-unknown-rule"})


def test_ignored_ids_a_baseline_and_an_earlier_report_hold_for_its_findings(template: Path, fake: Any) -> None:
    fake(match("too long", "Resources", "Orders", rule="E3034"))
    assert its(report("--validate", "--ignore", "E3034", "template.yaml")) == []
    Path("earlier.json").write_text(invoke("lint", "--validate", "--format", "json", "template.yaml").stdout)
    assert "no change" in invoke("lint", "--validate", "--against", "earlier.json", "template.yaml").output
    invoke("lint", "--validate", "--write-baseline", "known.json", "template.yaml")
    assert report("--validate", "--baseline", "known.json", "template.yaml")["findings"] == []


def test_a_suppression_of_its_rule_is_no_mistake_without_the_option(template: Path) -> None:
    assert its(report("template.yaml")) == []
    rules = {one["rule"] for one in report("template.yaml", "--advice")["findings"]}
    assert rules.isdisjoint({"suppression-unused", "suppression-unknown-rule"})


RULE = """\
from pathlib import Path
from cfnlint.rules import CloudFormationLintRule

Path({ran!r}).write_text("ran")


class Rule(CloudFormationLintRule):
    id = "E9001"
"""


@pytest.fixture
def ran(template: Path, tmp_path: Path) -> Path:
    """The file that code of the working folder writes if cfn-lint runs it, by its configuration or as a module."""
    ran = tmp_path / "ran"
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rule.py").write_text(RULE.format(ran=str(ran)), encoding="utf-8")
    (tmp_path / ".cfnlintrc").write_text("append_rules: [rules]\noutput_file: written\n", encoding="utf-8")
    (tmp_path / "yaml.py").write_text(f"open({str(ran)!r}, 'w').close()", encoding="utf-8")
    return ran


def test_no_code_of_the_folder_is_run_and_its_configuration_writes_nothing(
    ran: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", ".")
    monkeypatch.setenv("HOME", os.getcwd())
    made = report("--validate", "template.yaml")
    assert [one[0] for one in its(made)] == ["E3034", "E3002"]
    assert not ran.exists()
    assert not Path("written").exists()


def test_a_configuration_that_a_person_names_counts_and_is_told(ran: Path) -> None:
    Path(".cfnlintrc").write_text("append_rules: [rules]\nignore_checks: [E3034]\n", encoding="utf-8")
    made = report("--cfn-lint-config", ".cfnlintrc", "template.yaml")
    assert [one[0] for one in its(made)] == ["E3002"]
    assert ran.exists()
    [told] = made["summary"]["notices"]
    assert told.startswith("cfn-lint runs as .cfnlintrc says, which may name code that it runs")


@pytest.mark.parametrize("folder", ["", ".", "bin"])
def test_a_program_of_the_working_folder_is_not_taken(
    template: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    Path("bin").mkdir()
    for path in (Path("cfn-lint"), Path("bin", "cfn-lint")):
        path.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", folder)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "not installed" in report("--validate", "template.yaml")["errors"][0]["message"]
    assert not Path("ran").exists()


def test_a_program_of_the_repository_is_not_taken(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A folder of the repository may be in PATH: an activated environment, node_modules/.bin."""
    elsewhere = tmp_path_factory.mktemp("bin")
    (template.parent / ".git").mkdir()
    (template.parent / "bin").mkdir()
    for folder, prints in ((template.parent / "bin", "no report"), (elsewhere, "[]")):
        (folder / "cfn-lint").write_text(f"#!/bin/sh\necho '{prints}'\n", encoding="utf-8")
        (folder / "cfn-lint").chmod(0o755)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    for path in (f"{template.parent / 'bin'}{os.pathsep}{elsewhere}", str(template.parent / "bin")):
        monkeypatch.setenv("PATH", path)
        made = report("--validate", str(template))
        assert "cfn-lint: this program is not run: it is a part of what is linted" in str(made["summary"]["notices"])
        assert [error["message"][:42] for error in made["errors"]] == (
            [] if str(elsewhere) in path else ["--validate runs cfn-lint, which is not ins"]
        )


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE + "Metadata: {cfn-lint: {config: {ignore_checks: [E3034]}}}\n",
        TEMPLATE
        + "    DeletionPolicy: Retain\n    Metadata: {cfn-lint: {config: {ignore_checks: [E3034]}}}\n".replace(
            "    Metadata", "  More:\n    Type: AWS::SQS::Queue\n    Metadata"
        ),
        TEMPLATE + 'Metadata: {"cfn\\x2dlint": {"config": {"ignore_checks": [E3034]}}}\n',
    ],
)
def test_a_configuration_in_metadata_is_told(template: Path, fake: Any, text: str) -> None:
    template.write_text(text, encoding="utf-8")
    fake("[]")
    sentence = "template.yaml: cfn-lint leaves out what its configuration in Metadata says"
    assert invoke("lint", "--validate", "template.yaml").output.count(sentence) == 1


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_it_does_not_go_with_fixes(template: Path, option: str) -> None:
    result = invoke("lint", "--validate", option, "template.yaml")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert template.read_text(encoding="utf-8") == TEMPLATE


def test_it_does_not_go_with_a_revision(template: Path, fake: Any) -> None:
    fake("[]")
    result = invoke("lint", "--validate", "--against", "HEAD", "template.yaml")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


STACK = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s, Parameters: {X: y}}}\n"
APPLICATION = "{Type: AWS::Serverless::Application, Properties: {Location: %s, Parameters: {X: y}}}\n"
LOOP = "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::All:\n  - One\n  - [%s]\n"
LOOP += (
    "  - N${One}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub '${One}', Parameters: {X: y}}}\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "Resources:\n  N: " + STACK,
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  N: " + APPLICATION,
        "Conditions: {C: !Equals [a, b]}\nResources:\n  N: " + STACK.replace("%s", "!If [C, %s, inner.yaml]"),
        LOOP,
        "Conditions: {C: !Equals [a, b]}\nResources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: !If [C, "
        "{TemplateURL: %s, Parameters: {X: y}}, {TemplateURL: inner.yaml}]}\n",
        "P: &p {Parameters: {X: y}, TemplateURL: %s}\nResources:\n"
        "  N: {Type: AWS::CloudFormation::Stack, Properties: {<<: *p}}\n",
    ],
)
def test_it_opens_nothing_outside_of_the_root(template: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """cfn-lint itself opens what a stack nests, wherever that leads, and a device for ever."""
    inner = "Parameters:\n  FromThere: {Type: String}\n" + QUEUE.lstrip()
    top = template.parent / "repository"
    (top / ".git").mkdir(parents=True)
    monkeypatch.chdir(top)
    (top / "link.yaml").symlink_to(template.parent / "outside.yaml")
    for path in (template.parent / "outside.yaml", top / ".git" / "inner.yaml", top / "inner.yaml"):
        path.write_text(inner, encoding="utf-8")
    places = ["../outside.yaml", ".git/inner.yaml", "link.yaml", str(template.parent / "outside.yaml"), "/dev/zero"]
    if not text.startswith("Resources"):
        places = [", ".join(places)] if text is LOOP else places[:1]
    write(top, {f"{number}.yaml": text % place for number, place in enumerate(places)})
    made = report("--validate", ".")
    assert "E3043" not in {one["rule"] for one in made["findings"]}
    assert not [error for error in made["errors"] if "cfn-lint" in error["message"]]
    said = [one for one in made["summary"]["notices"] if "cfn-lint gets its text alone" in one]
    assert len(said) == len(places)


@pytest.mark.parametrize(
    "text",
    [
        "Resources:\n  N: " + STACK % "inner.yaml" + "  M: " + STACK % "https://a.s3.amazonaws.com/x.yaml",
        "Parameters: {P: {Type: String}}\nResources:\n  N: "
        + STACK % "inner.yaml"
        + "  M: "
        + STACK % "!Ref P"
        + "  L: "
        + STACK % "!Join ['', [a, /nested/b.yaml]]",
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  N: "
        + STACK % "./inner.yaml"
        + "  M: "
        + APPLICATION % "{ApplicationId: 'arn:aws:serverlessrepo:us-east-1:1:applications/a', SemanticVersion: 1.0.0}",
    ],
)
def test_it_compares_parameters_with_files_of_the_root(template: Path, text: str) -> None:
    write(template.parent, {"inner.yaml": "Parameters:\n  FromThere: {Type: String}\n" + QUEUE, "template.yaml": text})
    made = report("--validate", "template.yaml")
    assert "FromThere" in json.dumps([one for one in made["findings"] if one["rule"] == "E3043"])
    assert "text alone" not in str(made["summary"]["notices"])


def test_what_it_finds_in_a_text_alone_is_placed_in_the_file(template: Path) -> None:
    text = "Resources:\n  N: " + STACK % "../../x.yaml" + "  Paid:\n    Type: AWS::SQS::Queue\n"
    template.write_text(text + "    Properties: {Nonsense: 1}\n", encoding="utf-8")
    assert ("E3002", "error", "Paid", 5) in its(report("--validate", "template.yaml"))


def test_it_is_ended_if_it_does_not_end(template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "fake-cfn-lint"
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(cfn_lint, "program", lambda _: str(program))
    monkeypatch.setattr(cfn_lint, "SECONDS", 0.2)
    [error] = report("--validate", "template.yaml")["errors"]
    assert error["message"] == "cfn-lint could not check template.yaml: it did not end in 0.2 s"


def test_without_cfn_lint_the_report_says_so(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cfn_lint, "program", lambda _: None)
    made = report("--validate", "template.yaml")
    assert "pip install 'cfn-lint>=1.3'" in made["errors"][0]["message"]
    assert made["findings"]


@pytest.mark.parametrize("prints", ["Traceback: it broke", '{"a": 1}', '[{"Rule": {"Id": 1}}]', "[null]"])
def test_what_is_no_report_is_one_sentence(template: Path, fake: Any, prints: str) -> None:
    fake(prints)
    made = report("--validate", "template.yaml")
    assert [one["message"].startswith("cfn-lint could not check template.yaml: ") for one in made["errors"]] == [True]
    assert made["findings"]


def test_standard_input_is_not_checked_in_silence(template: Path) -> None:
    result = invoke("lint", "--validate", "-", stdin=TEMPLATE)
    assert "<stdin>: not checked by cfn-lint" in result.output


def match(message: str, *way: str, rule: str = "E1") -> str:
    end = {"LineNumber": 3, "ColumnNumber": 5}
    place = {"Start": end, "End": end, "Path": list(way)}
    return json.dumps(
        [{"Filename": "template.yaml", "Level": "Error", "Message": message, "Rule": {"Id": rule}, "Location": place}]
    )


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Parameters:\n  Entry: {Type: String, NoEcho: true, Default: hunter22}", ("Parameters", "Entry", "Default")),
        ("Parameters:\n  Entry: {Type: String, NoEcho: true, Default: hunter22}", ("Resources", "Orders")),
        ("Description: none", ("Resources", "Orders", "Properties", "MasterUserPassword")),
        ("Metadata: {db_password: hunter22}", ("Metadata",)),
    ],
)
def test_its_messages_have_no_secrets(template: Path, fake: Any, text: str, way: tuple[str, ...]) -> None:
    template.write_text(text + QUEUE, encoding="utf-8")
    fake(match("'hunter22' is not one of ['a']", *way))
    output = invoke("lint", "--validate", "--format", "json", "template.yaml").output
    assert "hunter22" not in output
    assert '"rule": "E1"' in output


@pytest.mark.parametrize("validate", [["--validate"], []])
def test_select_does_not_choose_among_its_rules(template: Path, fake: Any, validate: list[str]) -> None:
    fake("[]")
    result = invoke("lint", *validate, "--select", "E3002", "template.yaml")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("text", ["select: ['E*']\n", "policy: {locked: ['E*']}\n"])
def test_a_configuration_does_not_choose_or_lock_its_rules(template: Path, text: str) -> None:
    Path(".awslint-memo.yaml").write_text(text)
    result = invoke("lint", "template.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith(".awslint-memo.yaml:1:")
    assert "E* is a rule of cfn-lint" in result.stderr


def test_explain_says_whose_rule_it_is() -> None:
    result = invoke("explain", "E3002")
    assert result.exit_code == 2
    assert "cfn-lint" in result.stderr


OURS = ["--append-rules", "awslint_memo.hosts.cfn_lint"]


RECEIVED = (
    TEMPLATE.replace("{ignore", "{processing-time: 5s, ignore").replace(
        "    Properties:\n", "    Metadata: {awslint-memo: {processing-time: 5s}}\n    Properties:\n"
    )
    + """\
  FailedDeadLetters:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: 20}
"""
)
"""Two queues with a declared consumer, which decides the level, and one that is named like a dead-letter queue."""


def test_cfn_lint_reports_ours_at_the_same_places_and_levels(template: Path) -> None:
    template.write_text(RECEIVED, encoding="utf-8")
    command = [str(cfn_lint.program()), *OURS, "--format", "parseable", "--include-checks", "I", "--", "template.yaml"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    found = {tuple(line.split(":")[1:6]) for line in done.stdout.splitlines() if "[sqs-" in line}
    letters = {"error": "E", "warning": "W", "advice": "I"}
    ours = [one for one in report("template.yaml", "--advice")["findings"] if one["rule"].startswith("sqs-")]
    assert {one["level"] for one in ours} == {"error", "warning", "advice"}
    assert found == {
        (
            *(str(one[key]) for key in ("line", "column", "end_line", "end_column")),
            f"{letters[one['level']]}{numbers()[one['rule']]}",
        )
        for one in ours
    }


def test_cfn_lint_reports_ours_for_standard_input_and_as_the_docs_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its command is called in this process, which has its modules: a second start would tell no more."""
    text = QUEUE.lstrip("\n").replace("Resources", "Description: d\nResources")
    monkeypatch.setattr(sys, "argv", ["cfn-lint", *OURS])
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    with pytest.raises(SystemExit):
        runner.main()
    lines = capsys.readouterr().out.splitlines()
    page = (DOCS / "cfn-lint.md").read_text(encoding="utf-8")
    shown = page.split("<!-- cfn-lint -->\n```text\n")[1].split("\n```")[0].splitlines()
    assert shown[0] in lines
    assert lines[lines.index(shown[0]) + 1].endswith(":3:3")


def test_a_rule_keeps_its_number() -> None:
    assert (numbers()["sqs-visibility-below-processing-time"], numbers()["sqs-dead-letter-queue"]) == (9501, 9505)
    assert (numbers()["policy-arn-unmatched"], numbers()["events-input-path"]) == (9997, 9500)
    assert len({*numbers().values()}) == len(numbers())
