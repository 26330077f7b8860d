"""`test-rules` says what is wrong with a rule's examples; packages that can't be used are one sentence.

tests/test_docs_examples.py follows docs/own-rules.md, from nothing to an installed package.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from tests.command import invoke

from awslint_memo.judging import registry


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    # What is installed in one test is not in the next.
    monkeypatch.setattr(registry, "rules", registry.rules.__wrapped__)
    return tmp_path


def package(name: str, value: str, site: Path) -> None:
    (site / f"{name}-1.dist-info").mkdir(parents=True)
    (site / f"{name}-1.dist-info" / "entry_points.txt").write_text(
        f"[console_scripts]\nx = y:z\n\n[awslint_memo.rules]\n# ours\n{name} = {value}\n", encoding="utf-8"
    )


def test_a_package_that_is_not_there_is_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path_factory.mktemp("site")
    package("acme", "acme_none.deep", site)
    monkeypatch.syspath_prepend(site)
    result = invoke("lint")
    assert result.exit_code == 2
    assert "the package acme_none.deep with rules is not there; install it again" in result.stderr


def test_a_package_in_the_working_folder_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package("acme", "acme_none", tmp_path)
    for place in ("", str(tmp_path), os.curdir):
        monkeypatch.syspath_prepend(place)
    assert invoke("rules").exit_code == 0


EVIL = "import pathlib\npathlib.Path('ran').touch()\nraise SystemExit(0)\n"
QUEUE = "Resources: {Orders: {Type: AWS::SQS::Queue}}\n"


@pytest.mark.parametrize("where", ["top", "below", "named"])
def test_the_rules_of_a_package_in_the_repository_are_not_run(
    where: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of a repository may be on Python's path, as after `pip install -e .`."""
    package("evil", "evilrules", tmp_path / "src")
    (tmp_path / "src/evilrules").mkdir()
    (tmp_path / "src/evilrules/r.py").write_text(EVIL)
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/q.yaml").write_text(QUEUE)
    monkeypatch.syspath_prepend(tmp_path / "src")
    folder = {"top": tmp_path, "below": tmp_path / "infra", "named": tmp_path_factory.mktemp("other")}[where]
    monkeypatch.chdir(folder)
    result = invoke("lint", *([str(tmp_path / "infra")] if where == "named" else []))
    assert "1 file" in result.output
    assert not (folder / "ran").exists()
    assert "evilrules: rules of this package are not applied: it is a part of what is linted" in result.output


def test_nor_are_those_that_are_installed_to_be_edited(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path_factory.mktemp("site")
    package("evil", "evilrules", site)
    (tmp_path / "src/evilrules").mkdir(parents=True)
    (tmp_path / "src/evilrules/__init__.py").write_text("")
    (tmp_path / "src/evilrules/r.py").write_text(EVIL)
    monkeypatch.syspath_prepend(site)
    monkeypatch.syspath_prepend(tmp_path / "src")
    result = invoke("lint")
    assert not Path("ran").exists()
    assert "src/evilrules: rules of this package are not applied" in result.output


def test_the_environment_may_stand_in_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / f".venv/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    package("acme", "acmerules", site)
    (site / "acmerules").mkdir()
    (site / "acmerules/name.py").write_text(SOUND)
    Path("q.yaml").write_text(QUEUE)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.syspath_prepend(site)
    assert "own-name" in invoke("lint", "q.yaml").output


RULE = '''\
"""Queues should have a name.

Without a name it changes with each stack, and others that send to it must be told.

What to do: set QueueName.
"""

from awslint_memo import rule


@rule("own-name", level="warning", resource="AWS::SQS::Queue"@MORE@)
def check(queue):
    name = queue.get("QueueName")
    if name.is_absent:
        yield queue.finding(name, "has no QueueName; set it"@FIX@)


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
---
resource "aws_sqs_queue" "orders" {
}
"""

GOOD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
---
resource "aws_sqs_queue" "orders" {
  name = "orders"
}
"""
'''
SOUND = RULE.replace("@MORE@", "").replace("@FIX@", "")
YAML_BAD = "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"


def tried(text: str, code: int) -> str:
    Path("own").mkdir(exist_ok=True)
    Path("own/name.py").write_text(text, encoding="utf-8")
    result = invoke("test-rules", "own")
    assert result.exit_code == code, result.output
    return result.output


def test_a_sound_rule_passes_whatever_the_configuration_says() -> None:
    Path(".awslint-memo.yaml").write_text("select: [rds-multi-az]\nfail-on: never\n")
    assert tried(SOUND, 0) == "1 rule, 4 examples: all as they should be\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SOUND.replace(YAML_BAD, YAML_BAD.replace("Queue}", "Queue, Properties: {QueueName: a}}")),
            "own-name: BAD example 1 (CloudFormation): no findings, and there should be one\n",
        ),
        (
            SOUND.replace(YAML_BAD, f"{YAML_BAD}  Others: {{Type: AWS::SQS::Queue}}\n"),
            "own-name: BAD example 1 (CloudFormation): 2 findings, and there should be one\n    Orders has no QueueNa",
        ),
        (
            SOUND.replace('  name = "orders"\n', ""),
            "own-name: GOOD example 2 (Terraform): there should be no finding\n",
        ),
        (
            SOUND.replace(YAML_BAD, "a: b\n"),
            "own-name: BAD example 1 (CloudFormation): line 1: this example is not a t",
        ),
        (
            SOUND.replace("QueueName", "Tags"),
            "own-name: BAD example 2 (Terraform): no findings, and there should be one; Terraform has no word for "
            "Tags of AWS::SQS::Queue, so add one in the rule or in terraform_names.py\n",
        ),
        (SOUND.replace(YAML_BAD, "Resources: [\n"), "own-name: BAD example 1 (CloudFormation): line "),
        (
            SOUND.replace("BAD =", "OTHER ="),
            "own-name: BAD has no example in CloudFormation; add one, or give the rule the language ",
        ),
        (
            SOUND.replace("name.is_absent", "name.nonsense"),
            "has no attribute 'nonsense' (own/name.py:",
        ),
        (
            SOUND.replace("nonsense", "").replace('AWS::SQS::Queue")', 'AWS::SQS::Queu")'),
            "; did you mean AWS::SQS::Queue?",
        ),
        (SOUND.replace("What to do:", "Do:"), 'own-name: the docstring says nothing after "What to do:"'),
        (
            RULE.replace("@MORE@", "").replace("@FIX@", ', fix=queue.set("QueueName", "orders")'),
            "own-name: FIXED is not what the fixes make of the bad examples; they make:\n    Resources:\n",
        ),
        (
            RULE.replace("@MORE@", ', fix="safe"').replace("@FIX@", ""),
            "the rule has a fix, but no bad example is fixed",
        ),
    ],
)
def test_what_is_wrong_with_examples_is_said(text: str, said: str) -> None:
    output = tried(text, 1)
    assert said in output
    assert re.search(r": \d failures? in 1 rule\n$", output)
    assert "please report it" not in output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = (", "own/name.py:1:1: the rule file could not be loaded: SyntaxError"),
        ("import nonsense_", "own/name.py:1:1: the rule file could not be loaded: ModuleNotFoundError"),
        ("x = 1", "own/name.py:1:1: a rule file must define one rule with @rule, but this one defines 0"),
        (SOUND.replace("own-name", "sqs-long-polling"), "duplicate rule id sqs-long-polling; give this rule another"),
    ],
)
def test_a_rule_that_can_not_be_loaded_is_one_sentence(text: str, said: str) -> None:
    output = tried(text, 2)
    assert said in output
    assert output.count("\n") == 1


def test_a_folder_without_rules_is_one_sentence() -> None:
    Path("own").mkdir()
    result = invoke("test-rules", "own")
    assert (result.exit_code, "the folder has no rules; a rule is a .yaml or .py file" in result.stderr) == (2, True)


def test_a_rule_for_one_language_needs_examples_in_that_only() -> None:
    terraform = SOUND.replace('Queue")', 'Queue", language="terraform")')
    only = re.sub(r'"""\nResources.*?---\n', '"""\n', terraform, flags=re.S)
    assert tried(only, 0) == "1 rule, 2 examples: all as they should be\n"
