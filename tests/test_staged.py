"""What a commit breaks beside the files that it has: the hook says it, and fails, as else nothing is shown."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from tests.command import invoke
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

HOOK = yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text())[0]
QUEUE = """\
variable "wait" {}
resource "aws_sqs_queue" "q" {
  receive_wait_time_seconds = var.wait
}
"""
CALL = 'module "orders" {\n  source = "../modules/queue"\n  wait   = 20\n}\n'
STACK = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}"
INCLUDE = "{Name: AWS::Include, Parameters: {Location: parts/queue.yaml}}"
SAM = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Wait: {Type: Number, Default: 20}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}
"""
SAMCONFIG = """\
version = 0.1
[dev.deploy.parameters]
parameter_overrides = "Wait=20"
[prod.deploy.parameters]
parameter_overrides = "Wait=%s"
"""
WAITING = "Resources:\n  Orders: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: 20}}\n"
FILES = {
    "README.md": "a\n",
    "app/main.tf": CALL,
    "modules/queue/main.tf": QUEUE,
    "stacks/parent.yaml": f"Resources:\n  Nested: {STACK}\n",
    "stacks/nested.yaml": WAITING,
    "stacks/including.yaml": f"Resources:\n  Q: {{Type: AWS::SQS::Queue, Properties: {{Fn::Transform: {INCLUDE}}}}}\n",
    "stacks/parts/queue.yaml": "ReceiveMessageWaitTimeSeconds: 20\n",
    "infra/main.tf": QUEUE,
    "values/prod.tfvars": "wait = 20\n",
    "sam/template.yaml": SAM,
    "sam/samconfig.toml": SAMCONFIG % 20,
    "plain/queue.yaml": WAITING,
}


@pytest.fixture(name="repository")
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    repository = made(tmp_path)
    repository.commit(FILES)
    monkeypatch.chdir(tmp_path)
    return repository


def committed(repository: Repository, *options: str) -> Result:
    """What the hook says of all that differs from the last commit, with the names that pre-commit would pass."""
    repository.git("add", "-A")
    names = repository.git("diff", "--cached", "--name-only", "--diff-filter=d").splitlines()
    passed = (one for one in names if re.search(HOOK["files"], one))
    options = options or ("--select", "sqs-long-polling")
    return invoke(*shlex.split(HOOK["entry"])[1:], *options, "--", *passed)


def removed(path: str) -> None:
    shutil.rmtree(path) if Path(path).is_dir() else Path(path).unlink()


DELETED = {
    "modules": "app/main.tf:2:1: error: this calls the module modules/queue, which the commit deletes; name what",
    "stacks/nested.yaml": "stacks/parent.yaml:2:1: error: this nests or includes stacks/nested.yaml, which the commit",
    "stacks/parts": "stacks/including.yaml:2:1: error: this nests or includes stacks/parts/queue.yaml, which the",
}


@pytest.mark.parametrize("path", DELETED)
def test_who_uses_what_a_commit_deletes_is_told(repository: Repository, path: str) -> None:
    removed(path)
    result = committed(repository)
    assert result.exit_code == 2
    assert DELETED[path] in result.output
    assert result.output.count("error:") == 1


def test_a_module_that_is_moved_is_told_with_its_place(repository: Repository) -> None:
    Path("modules/queue").rename("modules/queues")
    result = committed(repository)
    assert result.exit_code == 2
    said = "this calls the module modules/queue, which the commit moves to modules/queues; name it there"
    assert f"app/main.tf:2:1: error: {said}" in result.output
    assert "deletes" not in result.output
    Path("app/main.tf").write_text(CALL.replace("/queue", "/queues"))
    assert committed(repository).exit_code == 0


def test_a_module_whose_files_are_moved_apart_is_one_that_is_deleted(repository: Repository) -> None:
    repository.commit({"modules/queue/more.tf": 'resource "aws_sns_topic" "other" {\n  name = "orders"\n}\n'})
    Path("modules/left").mkdir()
    Path("modules/queue/main.tf").rename("modules/left/main.tf")
    Path("modules/queue").rename("modules/right")
    assert DELETED["modules"] in committed(repository).output


def test_a_nested_template_that_is_moved_is_told_with_its_place(repository: Repository) -> None:
    Path("stacks/nested.yaml").rename("plain/nested.yaml")
    said = "this nests or includes stacks/nested.yaml, which the commit moves to plain/nested.yaml; name it there"
    assert f"stacks/parent.yaml:2:1: error: {said}" in committed(repository).output


def test_between_revisions_what_is_moved_is_told_with_its_place(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = repository.git("rev-parse", "HEAD").strip()
    Path("modules/queue").rename("modules/queues")
    repository.git("add", "-A")
    repository.git("commit", "-qm", "second")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", before)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert "which the commit moves to modules/queues" in committed(repository).output


def test_a_call_that_was_refused_before_is_not_told_of_a_commit(repository: Repository) -> None:
    repository.commit({"app/main.tf": CALL.replace("wait   = 20", "delay  = 20")})
    Path("modules/queue/main.tf").write_text(f"{QUEUE}# changed\n")
    assert committed(repository).exit_code == 0
    repository.commit({})
    Path("modules/queue/more.tf").write_text('variable "name" {}\n')
    result = committed(repository)
    assert result.exit_code == 2
    assert "the module modules/queue wants a value for name, which this does not give" in result.output
    assert "delay" not in result.output
    repository.commit({})
    Path("app/main.tf").write_text(CALL)
    Path("modules/queue/main.tf").write_text(f"{QUEUE}# changed again\n")
    assert committed(repository).exit_code == 0


@pytest.mark.parametrize("path", ["README.md", "plain/queue.yaml", "app", "infra", "sam/samconfig.toml", "sam"])
def test_what_nobody_uses_may_be_deleted(repository: Repository, path: str) -> None:
    removed(path)
    assert committed(repository).exit_code == 0


def test_a_commit_that_concerns_nobody_here_says_nothing(repository: Repository) -> None:
    assert HOOK["always_run"]
    Path("README.md").write_text("b\n")
    Path("plain/queue.yaml").write_text(WAITING.replace("20", "0"))
    repository.git("add", "README.md")
    for result in (invoke(*shlex.split(HOOK["entry"])[1:], "--"), invoke("lint", "--dependants", "--staged", "--")):
        assert (result.exit_code, result.output) == (0, "")
    result = invoke(*shlex.split(HOOK["entry"])[1:], "--fix", "--")
    assert (result.exit_code, Path("plain/queue.yaml").read_text()) == (0, WAITING.replace("20", "0"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wait", "delay", "has no variable wait, to which this gives a value, and wants a value for delay, which this"),
        (
            'variable "wait" {}',
            'variable "wait" {}\nvariable "name" {}',
            "wants a value for name, which this does",
        ),
    ],
)
def test_calls_that_a_changed_module_refuses_are_told(repository: Repository, old: str, new: str, said: str) -> None:
    Path("modules/queue/main.tf").write_text(QUEUE.replace(old, new))
    result = committed(repository)
    assert result.exit_code == 2
    assert f"app/main.tf:1:1: error: the module modules/queue {said}"[:90] in result.output
    assert said in result.output


@pytest.mark.parametrize(
    "module",
    [
        f'{QUEUE}variable "name" {{\n  default = "a"\n}}\n',
        'variable "wait" {\n',  # It can't be read.
    ],
)
def test_calls_that_it_takes_are_not(repository: Repository, module: str) -> None:
    Path("modules/queue/main.tf").write_text(module)
    assert "the module modules/queue" not in committed(repository).output


@pytest.mark.parametrize("rest", [b"# caf\xe9\n", b"}\n", b"\0"])
def test_a_caller_that_is_odd_hides_no_other(repository: Repository, rest: bytes) -> None:
    Path("other").mkdir()
    Path("other/main.tf").write_text(CALL)
    Path("app/main.tf").write_bytes(CALL.encode() + rest)
    repository.commit({})
    Path("modules/queue/main.tf").write_text(QUEUE.replace('"wait"', '"seconds"'))
    result = committed(repository)
    assert result.exit_code == 2
    assert "app/main.tf:" in result.output
    assert "other/main.tf:1:1: error: the module modules/queue has no variable wait" in result.output


def test_values_of_which_nobody_knows_who_takes_them_are_told(repository: Repository) -> None:
    Path("values/prod.tfvars").write_text("wait = 0\n")
    result = committed(repository)
    assert result.exit_code == 2
    assert "values/prod.tfvars:1:1: error: not checked: it is not known which configuration takes" in result.output


@pytest.mark.parametrize(
    ("configuration", "path", "text"),
    [
        ("var-file: [values/prod.tfvars]\n", "values/prod.tfvars", "wait = 0\n"),
        ("deployments: {prod: values/prod.json}\n", "values/prod.json", '{"Wait": "0"}\n'),
    ],
)
def test_of_values_that_the_configuration_names_it_is_told_what_they_make_worse(
    repository: Repository, configuration: str, path: str, text: str
) -> None:
    repository.commit({".awslint-memo.yaml": configuration, path: text.replace("0", "20")})
    Path("README.md").write_text("b\n")
    assert committed(repository).exit_code == 0
    Path(path).write_text(text)
    result = committed(repository)
    assert result.exit_code == 1
    assert "sqs-long-polling" in result.output


def test_the_template_of_a_changed_samconfig_is_checked(repository: Repository) -> None:
    Path("sam/samconfig.toml").write_text(SAMCONFIG % 0)
    result = committed(repository)
    assert result.exit_code == 1
    assert "sqs-long-polling" in result.output
    assert "sam/template.yaml" in result.output


def test_what_a_changed_configuration_makes_worse_is_told(repository: Repository) -> None:
    Path("other.yaml").write_text(WAITING.replace("20", "0"))
    repository.commit({".awslint-memo.yaml": "rules: {sqs-long-polling: advice}\n"})
    Path("README.md").write_text("b\n")
    assert committed(repository).exit_code == 0
    Path(".awslint-memo.yaml").write_text("rules: {sqs-long-polling: error}\n")
    result = committed(repository)
    assert result.exit_code == 1
    assert "other.yaml:2" in result.output
    Path(".awslint-memo.yaml").write_text("rules: {sqs-long-polling: advice}\nfail-on: error\n")
    assert committed(repository).exit_code == 0


RULE = '''"""Queues."""
import os

from awslint_memo import Findings, Resource, rule

LENIENT = os.path.join(os.path.dirname(__file__), "_lenient.py")


@rule(level="error", resource="AWS::SQS::Queue")
def check(queue: Resource) -> Findings:
    if queue.get("ReceiveMessageWaitTimeSeconds").below(10 if os.path.exists(LENIENT) else WAIT):
        yield queue.finding(queue.get("ReceiveMessageWaitTimeSeconds"), "is short")
'''


def test_what_a_changed_rule_of_ones_own_makes_worse_is_told(repository: Repository) -> None:
    repository.commit({"our/sqs/short.py": RULE.replace("WAIT", "10")})
    Path("our/sqs/short.py").write_text(RULE.replace("WAIT", "30"))
    result = committed(repository, "--rules", "our", "--select", "sqs-short")
    assert result.exit_code == 1, result.output
    assert "plain/queue.yaml:2" in result.output


def test_what_a_deleted_file_of_rules_makes_worse_is_told(repository: Repository) -> None:
    repository.commit({"our/sqs/short.py": RULE.replace("WAIT", "30"), "our/sqs/_lenient.py": ""})
    Path("our/sqs/_lenient.py").unlink()
    result = committed(repository, "--rules", "our", "--select", "sqs-short")
    assert result.exit_code == 1, result.output
    assert "plain/queue.yaml:2" in result.output


DATA_RULE = """\
title: Queues wait
level: error
resource: AWS::SQS::Queue
must: {property: ReceiveMessageWaitTimeSeconds, at-least: WAIT}
do: Let them wait.
"""


def test_a_changed_rule_of_data_is_one_too(repository: Repository) -> None:
    repository.commit({"our/sqs/short.yaml": DATA_RULE.replace("WAIT", "10")})
    Path("our/sqs/short.yaml").write_text(DATA_RULE.replace("WAIT", "30"))
    result = committed(repository, "--rules", "our", "--select", "sqs-short")
    assert result.exit_code == 1, result.output
    assert "plain/queue.yaml:2" in result.output


def test_a_changed_rule_counts_as_the_settings_say(repository: Repository) -> None:
    names = ("off", "ignored", "unselected", "short")
    rules = {f"our/sqs/{name}.yaml": DATA_RULE.replace("WAIT", "10") for name in names}
    repository.commit({**rules, ".awslint-memo.yaml": "rules: {sqs-off: off}\n"})
    for path in (*rules, "plain/queue.yaml"):
        Path(path).write_text(Path(path).read_text().replace("at-least: 10", "at-least: 30") + "# changed\n")
    result = committed(repository, "--rules", "our", "--ignore", "sqs-ignored", "--select", "sqs-short")
    assert result.exit_code == 1
    found = re.findall(r"^(\S+?):.*error\[(.*?)\]", result.output, re.MULTILINE)
    assert "plain/queue.yaml" in [path for path, _ in found]
    assert len(found) == len({os.path.normpath(path) for path, _ in found})  # Each once, in the commit or not.
    assert {rule for _, rule in found} == {"sqs-short"}
    found = re.findall(r"error\[(.*?)\]", committed(repository, "--rules", "our", "--ignore", "sqs-ignored").output)
    assert set(found) == {"sqs-short", "sqs-unselected"}


def test_between_revisions_what_is_deleted_there_counts(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So pre-commit runs before a push, and in CI with --from-ref."""
    before = repository.git("rev-parse", "HEAD").strip()
    removed("modules")
    repository.git("add", "-A")
    repository.git("commit", "-qm", "second")
    assert committed(repository).exit_code == 0
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", before)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert DELETED["modules"] in committed(repository).output
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "--output=x")
    assert committed(repository).exit_code == 0
    assert not Path("x").exists()


@pytest.mark.parametrize("how", ["-a", "modules"])
def test_a_real_commit_is_stopped(repository: Repository, how: str, tmp_path: Path) -> None:
    """With -a, or with names, git has the files of the commit in another index."""
    pytest.importorskip("pre_commit")
    hook = {**HOOK, "language": "system", "entry": f"{sys.executable} -m {HOOK['entry'].replace('-', '_', 1)}"}
    configuration = yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]})
    repository.commit({".pre-commit-config.yaml": configuration})
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    run: Callable[[list[str]], subprocess.CompletedProcess[str]] = lambda words: subprocess.run(  # noqa: E731
        words,
        cwd=tmp_path,
        env={**environment, "PRE_COMMIT_HOME": str(tmp_path / ".git" / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run([sys.executable, "-m", "pre_commit", "install"]).returncode == 0
    removed("modules")
    done = run(["git", *identity, "commit", "-m", "second", *([how] if how == "-a" else ["--", how])])
    assert done.returncode == 1
    assert DELETED["modules"] in done.stdout + done.stderr


def test_what_is_staged_is_asked_for_with_its_dependants_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("lint", "--staged")
    assert (result.exit_code, "add --dependants" in result.stderr) == (2, True)
