"""The gate takes nothing for mended where a public module is not known by facts any more, or is another one now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("known_modules")]

SELECT = ("--select", "sqs-dead-letter-retention")


def call(version: str, days: int = 7, source: str = "acme/queue/aws") -> str:
    dead_letters = f"{{ on = true, days = {days} }}"
    return (
        'terraform {\n  backend "s3" {}\n}\n'
        f'module "q" {{\n  source = "{source}"\n  version = "{version}"\n  name = "q"\n  days = 14\n'
        f"  dead_letters = {dead_letters}\n}}\n"
    )


EMPTY = {"modules/queue/main.tf": 'variable "name" {}\nvariable "days" {}\nvariable "dead_letters" {}\n'}

LISTED = json.dumps({"Modules": [{"Key": "q", "Version": "1.1.0", "Dir": "modules/queue"}]})

SHUT: dict[str, tuple[Mapping[str, str], str]] = {
    "a version of which nothing is known": ({"main.tf": call("9.0.0")}, "is not read now"),
    "another module": ({"main.tf": call("1.1.0", source="acme/queues/aws")}, "is not read now"),
    "an argument that the version does not have": (
        {"main.tf": call("1.1.0").replace("name =", "policies = []\n  name =")},
        "is not read now",
    ),
    "switched off": ({".awslint-memo.yaml": "public-modules: false\n"}, "public-modules: true → false"),
    "an empty folder that the configuration names": (
        {".awslint-memo.yaml": "modules: {acme/queue/aws: modules/queue}\n", **EMPTY},
        "modules.acme/queue/aws: nothing → modules/queue",
    ),
    "an empty copy in a committed list": (
        {".terraform/modules/modules.json": LISTED, **EMPTY},
        ".terraform/modules/modules.json",
    ),
}


def changed(tmp_path: Path, after: Mapping[str, str]) -> tuple[int, str]:
    repository = made(tmp_path)
    repository.commit({"main.tf": call("1.1.0")})
    write(tmp_path, after)
    repository.git("add", "-A", "-f")
    result = invoke("lint", "--against", "HEAD", "--gate", *SELECT)
    return result.exit_code, result.output


def test_one_of_two_calls_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    other = call("1.1.0").partition("}\n}\n")[2].replace('"q"', '"other"', 1)
    repository = made(tmp_path)
    repository.commit({"main.tf": call("1.1.0") + other})
    write(tmp_path, {"main.tf": call("9.0.0") + other})
    printed = invoke("lint", "--against", "HEAD", "--gate", *SELECT).output
    assert "main.tf: module.q.aws_sqs_queue.this (AWS::SQS::Queue)" in printed
    assert "module.other" not in printed


@pytest.mark.parametrize("way", SHUT)
def test_what_facts_told_before_does_not_vanish(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    after, why = SHUT[way]
    code, printed = changed(tmp_path, after)
    assert code == 1, printed
    assert why in printed
    assert "mended:" not in printed


def test_what_is_mended_at_the_call_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, printed = changed(tmp_path, {"main.tf": call("1.1.0", days=14).replace("days = 14", "days = 4", 1)})
    assert code == 0, printed
    assert "mended:" in printed


def test_a_call_that_the_facts_do_not_fit_is_unread_then_and_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    listed = {".terraform/modules/modules.json": '{"Modules": [{"Key": "", "Dir": "."}]}', ".gitignore": ".terraform\n"}
    repository = made(tmp_path)
    repository.commit({"main.tf": call("1.1.0").replace("name =", "policies = []\n  name =")})
    write(tmp_path, {**listed, "other.tf": 'resource "aws_sqs_queue" "q" {}\n'})
    printed = invoke("lint", "--against", "HEAD", "--gate", *SELECT).output
    assert "gate:" not in printed
    assert "gone:" not in printed


def test_a_baseline_holds_with_the_module_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf": call("1.1.0")})
    assert invoke("lint", "--write-baseline", "known.yaml", *SELECT).exit_code == 0
    assert report("--baseline", "known.yaml", *SELECT)["summary"]["baselined"] == 1
    write(tmp_path, {".awslint-memo.yaml": "public-modules: false\n"})
    assert report("--baseline", "known.yaml", *SELECT)["summary"]["baselined"] == 0


@pytest.mark.parametrize("allow", ["", ", allow: {settings: [modules]}"])
def test_a_policy_lets_no_configuration_judge_another_module_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allow: str
) -> None:
    monkeypatch.chdir(tmp_path)
    modules = "extends: ./policy.yaml\nmodules: {acme/queue/aws: modules/queue}\n"
    policy = f'policy: {{locked: ["sqs-*"]{allow}}}\n'
    write(tmp_path, {"main.tf": call("1.1.0"), "policy.yaml": policy, ".awslint-memo.yaml": modules, **EMPTY})
    found = [(each["rule"], each["line"]) for each in report(*SELECT)["findings"]]
    assert found == ([] if allow else [("configuration-refused", 2), ("sqs-dead-letter-retention", 4)])
    write(tmp_path, {"policy.yaml": policy + "modules: {acme/queue/aws: modules/queue}\n"})
    assert report(*SELECT)["findings"] == []  # The policy says so itself.


def test_a_policy_lets_no_committed_list_say_what_is_downloaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    listed = {".terraform/modules/modules.json": LISTED, **EMPTY}
    made(tmp_path).commit({"main.tf": call("1.1.0"), **listed})
    write(tmp_path, {"policy.yaml": 'policy: {locked: ["sqs-*"]}\n', ".awslint-memo.yaml": "extends: ./policy.yaml\n"})
    result = invoke("lint", *SELECT)
    assert result.exit_code == 2
    assert "git keeps this list of downloaded modules; terraform init may take others, and the policy" in result.output
