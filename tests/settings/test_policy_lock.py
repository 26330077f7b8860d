"""What a policy lets a repository take away from the findings of locked rules; all else stays found, and is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.model.facts import Declared
from awslint_memo.settings.loading import load

pytestmark = pytest.mark.usefixtures("polled_queues")

POLLING, DEAD, REFUSED = "sqs-long-polling", "sqs-dead-letter-queue", "configuration-refused"
QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"
POLICY = f"policy: {{locked: [{POLLING}]}}\n"
CONFIGURATION = ".awslint-memo.yaml"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    write(tmp_path, {"policy.yaml": POLICY, CONFIGURATION: "extends: ./policy.yaml\n", "svc/q.yaml": QUEUE})
    return tmp_path


def lint(*arguments: str) -> tuple[int, list[str], list[str], list[str]]:
    """The exit code, the findings as "path rule", the notices and the errors."""
    result = invoke("lint", "--format", "json", *arguments)
    if not result.stdout:
        return result.exit_code, [], [], result.stderr.splitlines()
    report: dict[str, Any] = json.loads(result.stdout)
    found = [f"{one['path']} {one['rule']}" for one in report["findings"]]
    return (
        result.exit_code,
        found,
        report["summary"]["notices"],
        [f"{one['path']}: {one['message']}" for one in report["errors"]],
    )


@pytest.mark.parametrize(
    ("rule", "resource"),
    [
        (
            "dynamodb-point-in-time-recovery",
            '# No PITR here: a script makes the data anew.\nresource "aws_dynamodb_table" "t" {}\n',
        ),
        (
            "rds-multi-az",
            'resource "aws_db_instance" "d" {\n  engine   = "mysql"\n  multi_az = false # no need, to save costs\n}\n',
        ),
    ],
)
def test_a_comment_does_not_hold_for_locked_rules(repository: Path, rule: str, resource: str) -> None:
    write(repository, {"db/main.tf": resource})
    assert f"db/main.tf {rule}" not in lint()[1]
    write(repository, {"policy.yaml": f"policy: {{locked: [{rule}]}}\n"})
    code, found, _, _ = lint("db")
    assert (code, f"db/main.tf {rule}" in found) == (1, True)


@pytest.mark.parametrize("place", [CONFIGURATION, f"svc/{CONFIGURATION}"])
@pytest.mark.parametrize("pattern", ["svc/", "'*.yaml'", "'**'", "q.yaml"])
def test_exclude_does_not_hold_for_locked_rules(repository: Path, place: str, pattern: str) -> None:
    beginning = "extends: ./policy.yaml\n" if place == CONFIGURATION else ""
    write(repository, {place: f"{beginning}exclude: [{pattern}]\n"})
    if place != CONFIGURATION and pattern == "svc/":
        pytest.skip("this names nothing below svc")
    code, found, notices, _ = lint()
    assert (code, found) == (1, [f"svc/q.yaml {POLLING}"])
    assert any(one.startswith(place) and "exclude does not hold for svc/q.yaml" in one for one in notices)


def test_a_policy_says_what_may_be_excluded(repository: Path) -> None:
    write(repository, {"policy.yaml": f"policy: {{locked: [{POLLING}], allow: {{exclude: [vendor/]}}}}\n"})
    write(repository, {CONFIGURATION: "extends: ./policy.yaml\nexclude: [vendor/, svc/]\n", "vendor/q.yaml": QUEUE})
    assert lint()[:2] == (1, [f"svc/q.yaml {POLLING}"])


def test_what_the_policy_itself_excludes_is_left_out(repository: Path) -> None:
    write(repository, {"policy.yaml": f"{POLICY}extends: ./more.yaml\n", "more.yaml": "exclude: [svc/]\n"})
    assert lint()[:2] == (0, [])


LOCKING = "but the policy ./policy.yaml locks"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (f"rules: {{{POLLING}: off}}", f"{POLLING} is switched off, {LOCKING} it, so it stays on; remove this"),
        (f"rules: {{{POLLING}: {{level: off}}}}", f"{POLLING} is switched off, {LOCKING} it, so it stays on"),
        (f"rules: {{{POLLING}: advice}}", f"{POLLING} is made advice, {LOCKING} it, so it stays warning; remove this"),
        ("ignore: ['*']", f"* is ignored, {LOCKING} {POLLING}, which stays on; remove this"),
        (f"ignore: [{POLLING}]", f"{POLLING} is ignored, {LOCKING} it, which stays on; remove this"),
        ("fail-on: never", "fail-on is never, but the policy ./policy.yaml asks for warning, which stays; remove"),
        ("fail-on: error", "fail-on is error, but"),
        (
            "environments: false",
            f"environments is set, {LOCKING} rules whose findings depend on it, so it has no effect",
        ),
        ("production: [nothing]", f"production is set, {LOCKING}"),
        ("development: [prod]", f"development is set, {LOCKING}"),
        ("var-file: x.tfvars", f"var-file is set, {LOCKING}"),
        ("modules: {acme/queue/aws: stub}", f"modules is set, {LOCKING}"),
        ("public-modules: false", f"public-modules is set, {LOCKING}"),
        ("extends: ./off.yaml", f"{POLLING} is switched off, {LOCKING}"),
        ("extends: ./through.yaml", f"{POLLING} is switched off, {LOCKING}"),
        ("rules: {configuration-refused: off}", f"configuration-refused is switched off, {LOCKING} it"),
    ],
)
def test_a_nested_configuration_is_held_by_the_policy_above_it(repository: Path, settings: str, said: str) -> None:
    others = {
        "svc/x.tfvars": "",
        "svc/off.yaml": f"rules: {{{POLLING}: off}}\n",
        "svc/through.yaml": "extends: ./off.yaml\n",
        "svc/stub/main.tf": "",
    }
    write(repository, {f"svc/{CONFIGURATION}": f"{settings}\n", **others})
    for folder in ("", "svc"):
        result = invoke("lint", "--format", "json", *filter(None, [folder]))
        assert result.exit_code == 1
        findings = json.loads(result.stdout)["findings"]
        told = [each for each in findings if each["rule"] == REFUSED]
        assert [(each["path"].partition("/")[0], each["line"]) for each in told] == [("svc", 1)]
        assert told[0]["message"].startswith(said)
        kept = [(each["level"], each["rule"]) for each in findings if each["path"] == "svc/q.yaml"]
        assert ("warning", POLLING) in kept


LESSENING = f"""\
rules: {{{POLLING}: advice}}
ignore: ['sqs-*']
fail-on: never
var-file: x.tfvars
production: [nothing]
environments: false
public-modules: false
modules: {{acme/queue/aws: stub}}
"""


@pytest.mark.parametrize("order", ["./policy.yaml, ./less.yaml", "./less.yaml, ./policy.yaml"])
def test_a_file_that_is_extended_beside_the_policy_is_held_wherever_it_stands(repository: Path, order: str) -> None:
    write(
        repository, {CONFIGURATION: f"extends: [{order}]\n", "less.yaml": LESSENING, "x.tfvars": "", "stub/main.tf": ""}
    )
    result = invoke("lint", "--format", "json", "--verbose")
    findings = json.loads(result.stdout)["findings"]
    refused = [(each["path"], each["line"]) for each in findings if each["rule"] == REFUSED]
    assert (result.exit_code, refused) == (1, [("less.yaml", line) for line in range(1, 9)])
    assert ("warning", POLLING) in [(each["level"], each["rule"]) for each in findings]
    base = load("", None, api.rules(), Files())
    assert (base.fail_on, base.var_files, base.declared) == (None, (), Declared())
    assert (base.public_modules, base.modules) == (True, {})


def test_a_policy_before_another_one_keeps_its_own_words(repository: Path) -> None:
    other = f"policy: {{locked: [{DEAD}]}}\nproduction: [live]\n"
    write(repository, {CONFIGURATION: "extends: [./other.yaml, ./policy.yaml]\n", "other.yaml": other})
    assert not [one for one in lint()[1] if one.endswith(REFUSED)]
    assert load("", None, api.rules(), Files()).declared.production == ("live",)


@pytest.mark.parametrize(
    "settings", ["select: [sqs-batch-size]", "profile: core", "rules-as-of: 0.1", "preview: false"]
)
def test_a_nested_configuration_has_the_locked_rules(repository: Path, settings: str) -> None:
    write(repository, {f"svc/{CONFIGURATION}": f"{settings}\n"})
    assert f"svc/q.yaml {POLLING}" in lint()[1]


def test_a_policy_in_the_configuration_itself_holds_below_it(repository: Path) -> None:
    write(repository, {CONFIGURATION: POLICY, f"svc/{CONFIGURATION}": "ignore: ['*']\n"})
    code, found, _, errors = lint()
    assert (code, errors) == (1, [])
    assert {f"svc/{CONFIGURATION} {REFUSED}", f"svc/q.yaml {POLLING}"} <= set(found)


def test_another_policy_opens_nothing(repository: Path) -> None:
    own = "policy: {locked: ['*'], allow: {exclude: ['**'], suppress: with-reason, baseline: true}}\n"
    taken = f"suppress: [{{rules: [{POLLING}], reason: because}}]\nexclude: [svc/]\n"
    write(repository, {CONFIGURATION: f"extends: ./policy.yaml\n{own}{taken}"})
    assert f"svc/q.yaml {POLLING}" in lint()[1]


@pytest.mark.parametrize("allow", ["", ", allow: {suppress: never}", ", suppressions: {of-locked: false}"])
@pytest.mark.parametrize("is_comment", [False, True])
def test_suppressions_take_locked_findings_only_if_allowed(repository: Path, allow: str, is_comment: bool) -> None:
    write(repository, {"policy.yaml": f"policy: {{locked: [{POLLING}]{allow}}}\n"})
    if is_comment:
        write(repository, {"svc/q.yaml": f"# awslint-memo: ignore[{POLLING}] because\n{QUEUE}"})
    else:
        entry = f"suppress: [{{rules: [{POLLING}], reason: because}}]\n"
        write(repository, {CONFIGURATION: f"extends: ./policy.yaml\n{entry}"})
    assert {f"svc/q.yaml {POLLING}"} <= set(lint()[1])
    write(repository, {"policy.yaml": f"policy: {{locked: [{POLLING}], allow: {{suppress: with-reason}}}}\n"})
    assert f"svc/q.yaml {POLLING}" not in lint()[1]


def test_a_baseline_takes_locked_findings_only_if_allowed(repository: Path) -> None:
    write(repository, {CONFIGURATION: "", "q.yaml": QUEUE})
    printed("lint", "--write-baseline", "known.yaml")
    write(repository, {CONFIGURATION: "extends: ./policy.yaml\nbaseline: known.yaml\n"})
    code, found, notices, _ = lint()
    assert (code, found) == (1, [f"q.yaml {POLLING}", f"svc/q.yaml {POLLING}"])
    assert any(
        one.startswith("known.yaml: 2 findings of locked rules stay, though the baseline has them") for one in notices
    )
    write(repository, {"policy.yaml": f"policy: {{locked: [{POLLING}], allow: {{baseline: true}}}}\n"})
    assert lint()[:2] == (0, [])


def test_what_is_locked_is_not_written_to_a_baseline(repository: Path) -> None:
    assert invoke("lint", "--write-baseline", "known.yaml").exit_code == 1
    assert POLLING not in Path("known.yaml").read_text()


@needs_git
def test_what_git_keeps_is_not_left_out_by_gitignore(tmp_path: Path) -> None:
    (tmp_path / ".git").rmdir()
    repository: Repository = made(tmp_path)
    names = ("a.yaml", "build/b.yaml", "build/deep/c.yaml")
    repository.commit(dict.fromkeys(names, QUEUE))
    write(tmp_path, {".gitignore": "a.yaml\nbuild/\nnew.yaml\n", "new.yaml": QUEUE, "build/new.yaml": QUEUE})
    _, found, notices, _ = lint("--select", POLLING)
    assert found == [f"{name} {POLLING}" for name in (*names, "svc/q.yaml")]
    assert notices == [
        "not checked: build/new.yaml and new.yaml, left out by .gitignore; name them, or write --no-gitignore"
    ]


@needs_git
def test_templates_in_folders_of_tools_are_counted(tmp_path: Path) -> None:
    (tmp_path / ".git").rmdir()
    (tmp_path / CONFIGURATION).unlink()
    repository = made(tmp_path)
    write(
        tmp_path,
        {
            "node_modules/a.yaml": QUEUE,
            "node_modules/package.json": "{}",
            ".terraform/m/a.tf": "",
            "venv/b.yaml": QUEUE,
        },
    )
    assert lint()[2] == []
    repository.git("add", "-f", "node_modules", ".terraform")
    said = "not checked: .terraform/m/a.tf and node_modules/a.yaml, committed in a folder of a tool; name or include it"
    assert lint()[2] == [said]
    write(tmp_path, {CONFIGURATION: "extends: ./policy.yaml\n"})
    code, _, _, errors = lint()
    assert (code, len(errors)) == (2, 2)
    write(tmp_path, {CONFIGURATION: "extends: ./policy.yaml\ninclude: [node_modules, .terraform]\n"})
    assert f"node_modules/a.yaml {POLLING}" in lint()[1]


@pytest.mark.parametrize("place", [CONFIGURATION, f"svc/{CONFIGURATION}"])
def test_deployments_that_are_named_take_no_locked_finding_away(repository: Path, place: str) -> None:
    text = f"Parameters: {{Wait: {{Type: Number, Default: 0}}}}\n{WAITING}"
    beginning = "extends: ./policy.yaml\n" if place == CONFIGURATION else ""
    write(repository, {"svc/q.yaml": text, place: f"{beginning}deployments: {{live: {{Wait: 20}}}}\n"})
    code, found, notices, _ = lint()
    assert (code, f"svc/q.yaml {POLLING}" in found) == (1, True)
    assert f"judged as deployments beside the default values: {place}; name yours with --parameters" in notices


WAITING = """\
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}
"""


QUEUE_OF_TERRAFORM = """\
provider "aws" {
  region = "eu-west-1"
}
variable "wait" {
  default = 0
}
resource "aws_sqs_queue" "q" {
  receive_wait_time_seconds = var.wait
}
"""


@pytest.mark.parametrize("name", ["prod.tfvars", "vars/live.tfvars"])
def test_files_of_variables_take_no_locked_finding_of_the_defaults_away(repository: Path, name: str) -> None:
    write(repository, {"infra/main.tf": QUEUE_OF_TERRAFORM, f"infra/{name}": "wait = 20\n"})
    assert f"infra/main.tf {POLLING}" in lint("infra")[1]
    allowing = f"policy: {{locked: [{POLLING}], allow: {{settings: [var-file]}}}}\n"
    write(repository, {"policy.yaml": allowing})
    assert f"infra/main.tf {POLLING}" not in lint("infra")[1]


def test_environments_of_a_samconfig_take_no_locked_finding_of_the_defaults_away(repository: Path) -> None:
    sam = 'version = 0.1\n[prod.deploy.parameters]\nparameter_overrides = "Wait=20"\n'
    sam += '[dev.deploy.parameters]\nparameter_overrides = "Wait=20"\n'
    text = f"Parameters: {{Wait: {{Type: Number, Default: 0}}}}\n{WAITING}"
    write(repository, {"svc/template.yaml": text, "svc/samconfig.toml": sam})
    assert f"svc/template.yaml {POLLING}" in lint("svc/template.yaml")[1]


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"
CLOSED = {"git lfs": POINTER, "git-crypt": "\0GITCRYPT\0abc", "a link out of the root": None}


@pytest.mark.parametrize("text", CLOSED.values(), ids=CLOSED)
@pytest.mark.parametrize("is_hook", [False, True])
def test_what_nobody_can_read_fails(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, text: str | None, is_hook: bool
) -> None:
    path = repository / "svc/q.yaml"
    if text is None:
        path.unlink()
        other = tmp_path_factory.mktemp("other") / "q.yaml"
        other.write_text(QUEUE)
        path.symlink_to(other)
        is_hook = False  # What a person names is opened.
    else:
        path.write_text(text)
    arguments = ["--quiet-unknown", "--force-exclude", "svc/q.yaml"] if is_hook else []
    code, _, _, errors = lint(*arguments)
    assert code == 2
    assert "which the policy ./policy.yaml lets nobody leave out" in errors[0]
    write(repository, {"policy.yaml": f"policy: {{locked: [{POLLING}], allow: {{exclude: [svc/]}}}}\n"})
    assert lint(*arguments)[0] == 0
    write(repository, {CONFIGURATION: ""})
    code, _, notices, _ = lint(*arguments)
    assert (code, any("not checked: " in each for each in notices)) == (0, True)
