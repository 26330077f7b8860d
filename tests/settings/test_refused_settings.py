"""What a configuration says against a policy: it has no effect, and nothing that compares or leaves out hides that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = pytest.mark.usefixtures("polled_queues")

POLLING, REFUSED = "sqs-long-polling", "configuration-refused"
QUEUE = """\
Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {maxReceiveCount: 5, deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:failed"}
"""
OFF = f"extends: ./policy.yaml\nrules:\n  {POLLING}: off\n"
OBEYING = "extends: ./policy.yaml\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "r").mkdir()
    monkeypatch.chdir(tmp_path / "r")
    (tmp_path / "r/.git").mkdir()
    write(Path(), {"policy.yaml": f"policy: {{locked: [{POLLING}]}}\n", ".awslint-memo.yaml": OFF, "q.yaml": QUEUE})
    return tmp_path


def lint(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = invoke("lint", "--format", "json", *arguments)
    return result.exit_code, json.loads(result.stdout)


def rules(report: dict[str, Any]) -> list[str]:
    return [each["rule"] for each in report["findings"]]


def test_the_rule_stays_on_and_the_line_that_switches_it_off_is_a_finding() -> None:
    code, report = lint()
    assert (code, report["errors"], rules(report)) == (1, [], [REFUSED, POLLING])
    told = report["findings"][0]
    assert (told["path"], told["line"], told["level"], told["root"], told["route"]) == (
        ".awslint-memo.yaml",
        3,
        "error",
        ".awslint-memo.yaml",
        f"rules.{POLLING}",
    )


def test_sarif_has_the_rule_and_the_place() -> None:
    log = json.loads(invoke("lint", "--format", "sarif").stdout)["runs"][0]
    result = log["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"]) == (
        REFUSED,
        ".awslint-memo.yaml",
        3,
    )
    assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == REFUSED


def test_the_roll_up_has_the_repository(folder: Path) -> None:
    Path("reports").mkdir()
    invoke("lint", "--format", "json", "--output", "reports/shop.json")
    merged = json.loads(printed("merge", "reports", "--format", "json"))
    assert {each["rule"] for each in merged["rules"]} == {REFUSED, POLLING}
    assert (merged["unread"], merged["refused"]) == ([], [])


@pytest.mark.parametrize(
    "more",
    [
        f"  {REFUSED}: off\n",
        f"  {REFUSED}: advice\n",
        f"ignore: [{REFUSED}]\n",
        "ignore: ['*-refused']\n",
        f"select: [{POLLING}]\n",
        "profile: core\n",
        f"suppress: [{{rules: [{REFUSED}], reason: because}}]\n",
        "suppress: [{rules: ['*'], reason: because, paths: ['**']}]\n",
        "exclude: ['**', .awslint-memo.yaml]\n",
        "fail-on: never\n",
    ],
)
def test_no_setting_takes_it_away(more: str) -> None:
    write(Path(), {".awslint-memo.yaml": OFF + more})
    code, report = lint()
    told = [each for each in report["findings"] if each["rule"] == REFUSED and each["line"] == 3]
    assert (code, [each["level"] for each in told]) == (1, ["error"])
    assert POLLING in rules(report)


@pytest.mark.parametrize("arguments", [["--select", "sqs-batch-size"], ["--select", POLLING], ["--profile", "core"]])
def test_a_selection_of_the_command_line_leaves_it(arguments: list[str]) -> None:
    code, report = lint(*arguments)
    assert (code, REFUSED in rules(report)) == (1, True)
    assert (POLLING in rules(report)) == ("sqs-batch-size" not in arguments)


def test_a_pattern_that_is_ignored_leaves_a_locked_rule_that_is_selected_on() -> None:
    write(Path(), {".awslint-memo.yaml": f"{OBEYING}ignore: ['sqs-*']\n"})
    assert POLLING in rules(lint("--select", "sqs-*")[1])


@pytest.mark.parametrize("pattern", [REFUSED, "configuration-*"])
def test_to_ignore_it_is_an_error_of_usage(pattern: str) -> None:
    result = invoke("lint", "--ignore", pattern)
    assert (result.exit_code, f"{REFUSED} can't be ignored: the policy ./policy.yaml locks it" in result.output) == (
        2,
        True,
    )


@pytest.mark.parametrize("allow", ["", ", allow: {baseline: true, suppress: with-reason}"])
def test_no_baseline_takes_it(allow: str) -> None:
    write(Path(), {"policy.yaml": f"policy: {{locked: [{POLLING}]{allow}}}\n"})
    assert invoke("lint", "--write-baseline", "known.yaml").exit_code == 1
    assert REFUSED not in Path("known.yaml").read_text()
    told = next(each for each in lint()[1]["findings"] if each["rule"] == REFUSED)
    entry = {name: told[name] for name in ("root", "rule", "resource", "route", "fingerprint")}
    write(Path(), {"known.yaml": f"version: 1\nfindings:\n- {json.dumps({**entry, 'count': 1})}\n"})
    code, report = lint("--baseline", "known.yaml")
    assert (code, REFUSED in rules(report)) == (1, True)


def test_options_that_are_locked_are_those_of_the_policy() -> None:
    margin = "sqs-visibility-margin"
    write(Path(), {"policy.yaml": f"policy: {{locked: [{margin}]}}\nrules: {{{margin}: {{factor: 6}}}}\n"})
    write(Path(), {".awslint-memo.yaml": f"{OBEYING}rules: {{{margin}: {{level: error, factor: 1}}}}\n"})
    code, report = lint()
    assert (code, rules(report)[0]) == (1, REFUSED)
    assert report["findings"][0]["message"].startswith(f"{margin} has other options, but the policy ./policy.yaml")
    shown = printed("show-settings")
    assert f"rules.{margin}.factor: 6" in shown
    assert f"rules.{margin}.level: error" in shown
    write(Path(), {".awslint-memo.yaml": f"{OBEYING}rules: {{{margin}: {{factor: 6}}}}\n"})
    assert REFUSED not in rules(lint()[1])


@needs_git
def test_what_a_change_switches_off_is_new_and_what_was_off_is_known(folder: Path) -> None:
    (folder / "r/.git").rmdir()
    repository: Repository = made(folder / "r")
    names = ("policy.yaml", "q.yaml")
    files = {name: Path(name).read_text() for name in names}
    repository.commit({**files, ".awslint-memo.yaml": OBEYING})
    write(Path(), {".awslint-memo.yaml": OFF})
    code, report = lint("--against", "HEAD")
    assert code == 1
    assert rules({"findings": report["against"]["new"]}) == [REFUSED]
    assert invoke("lint", "--against", "HEAD", "--gate").exit_code == 1
    repository.commit({".awslint-memo.yaml": OFF})
    assert lint("--against", "HEAD")[0] == 0
    assert lint()[0] == 1
    write(Path(), {".awslint-memo.yaml": OBEYING})
    code, report = lint("--against", "HEAD")
    assert (code, rules(report)) == (0, [POLLING])
    assert invoke("lint", "--against", "HEAD", "--gate").exit_code == 0


@needs_git
def test_a_commit_that_switches_it_off_is_stopped(folder: Path) -> None:
    (folder / "r/.git").rmdir()
    repository: Repository = made(folder / "r")
    files = {name: Path(name).read_text() for name in ("policy.yaml", "q.yaml")}
    repository.commit({**files, ".awslint-memo.yaml": OBEYING})
    write(Path(), {".awslint-memo.yaml": OFF})
    repository.git("add", ".")
    result = invoke("lint", "--dependants", "--staged", "--quiet-unknown", "--format", "json", ".awslint-memo.yaml")
    assert (result.exit_code, rules(json.loads(result.stdout))) == (1, [REFUSED])


@pytest.mark.parametrize("command", [["graph"], ["recovery"], ["recovery", "--format", "json"]])
def test_other_commands_say_it(command: list[str]) -> None:
    result = invoke(*command)
    assert result.exit_code == 0
    assert f".awslint-memo.yaml:3: {POLLING} is switched off" in result.output


def test_what_several_configurations_extend_is_told_once() -> None:
    write(Path(), {"off.yaml": f"rules: {{{POLLING}: off}}\n"})
    for name in ("a", "b"):
        write(Path(), {f"{name}/.awslint-memo.yaml": "extends: ../off.yaml\n", f"{name}/q.yaml": QUEUE})
    report = lint()[1]
    assert [each["path"] for each in report["findings"] if each["rule"] == REFUSED] == [
        ".awslint-memo.yaml",
        "off.yaml",
    ]


def test_a_setting_of_what_is_extended_counts_over_what_is_extended_before() -> None:
    write(Path(), {"strict.yaml": "fail-on: warning\n", "lax.yaml": "extends: ./never.yaml\n"})
    write(Path(), {"never.yaml": "fail-on: never\nproduction: [live]\n"})
    write(Path(), {".awslint-memo.yaml": "extends: [./strict.yaml, ./lax.yaml]\n"})
    shown = printed("show-settings")
    assert "fail-on: never" in shown
    assert lint()[0] == 0


def test_the_lines_of_findings_without_a_resource_are_listed() -> None:
    write(Path(), {".awslint-memo.yaml": f"{OFF}fail-on: never\nproduction: [x]\ndevelopment: [y]\nignore: ['*']\n"})
    assert f"and 2 more of {REFUSED} in .awslint-memo.yaml: line 6, line 7; --verbose shows them" in printed(
        "lint", exits=1
    )


def test_a_policy_that_a_person_names_is_not_told_to_lower_what_is_reported(folder: Path) -> None:
    write(folder, {"policy.yaml": "profile: core\nfail-on: error\nselect: ['sqs-*']\n"})
    write(Path(), {".awslint-memo.yaml": ""})
    for text in ("", "exclude: [nothing]\n"):
        write(Path(), {".awslint-memo.yaml": text})
        assert lint("--policy", "../policy.yaml")[1]["summary"]["notices"] == []
    write(Path(), {".awslint-memo.yaml": "rules: {sqs-dead-letter-queue: off}\n"})
    assert lint("--policy", "../policy.yaml")[1]["summary"]["notices"] == [
        ".awslint-memo.yaml: this configuration lowers what is reported: 1 rule off (sqs-dead-letter-queue)"
    ]
    write(Path(), {".awslint-memo.yaml": "", "own.yaml": "profile: core\n"})
    assert "profile core" in lint("--policy", "own.yaml")[1]["summary"]["notices"][0]


def test_the_roll_up_says_once_what_many_repositories_say(folder: Path) -> None:
    write(Path(), {".awslint-memo.yaml": "profile: core\n"})
    Path("reports").mkdir()
    for name in ("billing", "shop"):
        invoke("lint", "--format", "json", "--output", f"reports/{name}.json")
    said = "billing and shop: .awslint-memo.yaml: this configuration lowers what is reported: profile core"
    assert printed("merge", "reports").count("profile core") == 1
    assert said in printed("merge", "reports")
    assert len(json.loads(printed("merge", "reports", "--format", "json"))["notices"]) == 2
