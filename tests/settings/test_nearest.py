"""The nearest configuration counts for each linted file, with what it extends; policies lock rules."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed, report

from awslint_memo import api
from awslint_memo.settings import loading

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"
POLLING, DEAD = "sqs-long-polling", "sqs-dead-letter-queue"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    monkeypatch.chdir(top)
    return top


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def findings(*arguments: str) -> list[str]:
    made: dict[str, Any] = report("--advice", *arguments)
    return [f"{one['path']} {one['level']} {one['rule']}" for one in made["findings"]]


def sentence(*arguments: str) -> str:
    result = invoke("lint", *arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr.rstrip()


def test_each_file_has_the_nearest_configuration() -> None:
    write({
        ".awslint-memo.yaml": f"ignore: [{DEAD}]\n",
        "a/t.yaml": QUEUE,
        "b/.awslint-memo.yaml": f"rules: {{{POLLING}: error}}\n",
        "b/deep/t.yaml": QUEUE,
        "c/pyproject.toml": f"[tool.awslint-memo]\nselect = ['{DEAD}']\n",
        "c/t.yaml": QUEUE,
        "d/pyproject.toml": "[tool.black]\n",
        "d/t.yaml": QUEUE,
    })  # fmt: skip
    expected = [
        f"a/t.yaml warning {POLLING}",
        f"b/deep/t.yaml error {POLLING}",
        f"b/deep/t.yaml warning {DEAD}",
        f"c/t.yaml warning {DEAD}",
        f"d/t.yaml warning {POLLING}",
    ]
    assert sorted(findings()) == expected
    assert sorted(findings("a/t.yaml", "b/deep/t.yaml", "c/t.yaml", "d/t.yaml")) == expected
    assert sorted(findings("b", "--config", ".awslint-memo.yaml")) == [f"b/deep/t.yaml warning {POLLING}"]


def test_a_repository_in_a_folder_has_not_the_configuration_above_it() -> None:
    write({"a/.awslint-memo.yaml": f"select: [{DEAD}]\n", "a/b/t.yaml": QUEUE, "a/c/t.yaml": QUEUE})
    write({"a/b/.git/HEAD": "", ".awslint-memo.yaml": f"select: [{POLLING}]\n"})
    assert sorted(findings()) == [f"a/b/t.yaml warning {POLLING}", f"a/c/t.yaml warning {DEAD}"]


def test_a_configuration_that_is_not_saved_counts_in_a_folder_that_was_listed() -> None:
    write({"a/t.yaml": QUEUE, "b/t.yaml": QUEUE})
    path = str(Path("a/.awslint-memo.yaml").absolute())
    made = api.lint([""], unsaved={path: "ignore: ['*']\n"}).findings
    assert {one.path for one in made} == {"b/t.yaml"}


def test_the_nearest_one_counts_from_wherever_the_run_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        {".awslint-memo.yaml": "ignore: ['*']\n", "b/.awslint-memo.yaml": f"select: [{POLLING}]\n", "b/t.yaml": QUEUE}
    )
    monkeypatch.chdir("b")
    assert findings() == [f"t.yaml warning {POLLING}"]
    monkeypatch.chdir("..")
    assert findings("b/t.yaml") == [f"b/t.yaml warning {POLLING}"]


def test_standard_input_has_the_configuration_of_its_name() -> None:
    write({"b/.awslint-memo.yaml": f"select: [{POLLING}]\n"})
    found = report("-", "--stdin-filename", "b/t.yaml", stdin=QUEUE)["findings"]
    assert [one["rule"] for one in found] == [POLLING]


@pytest.mark.parametrize(
    ("settings", "code"), [("fail-on: never", 0), ("fail-on: error", 0), ("fail-on: advice", 1), ("", 1)]
)
def test_each_file_fails_the_run_as_its_configuration_says(settings: str, code: int) -> None:
    write({".awslint-memo.yaml": "fail-on: never\n", "b/.awslint-memo.yaml": f"{settings}\n", "b/t.yaml": QUEUE})
    assert invoke("lint").exit_code == code
    assert invoke("lint", "--fail-on", "never").exit_code == 0


def test_what_is_excluded_and_suppressed_is_relative_to_the_nearest() -> None:
    write({
        "b/.awslint-memo.yaml": f"select: [{POLLING}]\nexclude: [old]\n"
        f"suppress: [{{rules: [{POLLING}], paths: [t.yaml], reason: drained}}]\n",
        "b/t.yaml": QUEUE,
        "b/u.yaml": QUEUE,
        "b/old/t.yaml": QUEUE,
        "old/t.yaml": QUEUE,
    })  # fmt: skip
    made = report("--select", POLLING)
    assert [one["path"] for one in made["findings"]] == ["b/u.yaml", "old/t.yaml"]
    assert made["summary"]["suppressed"] == 1
    assert made["summary"]["notices"] == ["b/.awslint-memo.yaml:2: not checked: b/old, left out by exclude"]


def test_files_of_variables_are_those_of_the_nearest() -> None:
    text = 'variable "wait" {}\nresource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = var.wait\n}\n'
    write({"a/main.tf": text, "a/.awslint-memo.yaml": "var-file: v.tfvars\n", "a/v.tfvars": "wait = 0\n"})
    write({"b/main.tf": text, "b/.awslint-memo.yaml": "var-file: v.tfvars\n", "b/v.tfvars": "wait = 20\n"})
    assert findings("--select", POLLING) == [f"a/v.tfvars warning {POLLING}"]
    assert findings("--select", POLLING, "--var-file", "b/v.tfvars") == []


def test_two_configurations_in_a_folder_are_an_error() -> None:
    write({"b/.awslint-memo.yaml": "", "b/pyproject.toml": "[tool.awslint-memo]\n", "b/t.yaml": QUEUE})
    said = sentence()
    assert said == (
        "b/pyproject.toml:1:1: b/.awslint-memo.yaml beside it configures awslint-memo too; keep one of them "
        "(its table [tool.awslint-memo])"
    )


def test_the_wrong_name_of_the_table_is_told() -> None:
    write({"pyproject.toml": "[tool.black]\n\n[tool.awslint_memo]\nignore = ['*']\n", "t.yaml": QUEUE})
    said = sentence()
    assert said == "pyproject.toml:3:1: [tool.awslint_memo] is not read; did you mean [tool.awslint-memo]?"


BASE = f"rules: {{{POLLING}: error}}\nignore: [{DEAD}]\nfail-on: error\nexclude: [old]\n"


def test_a_configuration_extends_files() -> None:
    write({
        "ci/base.yaml": BASE,
        ".awslint-memo.yaml": "extends: ci/base.yaml\nselect: ['sqs-*']\n",
        "t.yaml": QUEUE,
        "b/.awslint-memo.yaml": f"extends: [../ci/base.yaml, ./more.yaml]\nrules: {{{POLLING}: advice}}\n",
        "b/more.yaml": "profile: all\n",
        "b/t.yaml": QUEUE,
        "ci/old/t.yaml": QUEUE,
    })  # fmt: skip
    assert findings("--select", POLLING) == [f"b/t.yaml advice {POLLING}", f"t.yaml error {POLLING}"]
    assert findings("t.yaml") == [f"t.yaml error {POLLING}"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.yaml": "extends: ./.awslint-memo.yaml"}, "a.yaml:1:1: extends leads back to where it began: "),
        ({"a.yaml": "extends: ./b.yaml", "b.yaml": "extends: ./a.yaml"}, "b.yaml:1:1: extends leads back to where it"),
        ({}, ".awslint-memo.yaml:2:1: extends names a.yaml, and there is no such file; change it"),
        ({"a.yaml": "extends: ../../out.yaml"}, "a.yaml:1:1: extends names ../../out.yaml, which is outside of the"),
        ({"a.yaml": "extends: /etc/passwd.yaml"}, "a.yaml:1:1: extends names /etc/passwd.yaml, which is outside of"),
        ({"a.yaml": "extends: acme"}, "a.yaml:1:1: extends names acme, which is no installed policy; no policy is in"),
        ({"a.yaml": "nonsense: 1"}, "a.yaml:1:1: nonsense is not a setting"),
        ({"a.yaml": "extends: 1"}, "a.yaml:1:1: extends must be a file such as ./base.yaml, the name of an installed"),
        ({"a.yaml": "policy: {locked: [sqs-wiat]}"}, "a.yaml:1:19: there is no rule sqs-wiat"),
        ({"a.yaml": "policy: {suppressions: {longest: 3 weeks}}"}, "longest must be a number of days such as 90d"),
    ],
)
def test_what_can_not_be_extended_is_one_sentence(files: dict[str, str], said: str) -> None:
    write({".awslint-memo.yaml": "profile: memo\nextends: ./a.yaml\n", "../out.yaml": "", "t.yaml": QUEUE, **files})
    assert said in sentence()


def test_a_link_out_of_the_root_is_not_extended() -> None:
    write({".awslint-memo.yaml": "extends: ./a.yaml\n", "../out.yaml": "ignore: ['*']\n", "t.yaml": QUEUE})
    Path("a.yaml").symlink_to("../out.yaml")
    assert "which is outside of the root" in sentence()


def test_no_chain_is_too_long_for_a_sentence() -> None:
    most = loading.MOST_EXTENDED + 5
    write({f"{number}.yaml": f"extends: ./{number + 1}.yaml\n" for number in range(most)})
    write({".awslint-memo.yaml": "extends: ./0.yaml\n", f"{most}.yaml": "", "t.yaml": QUEUE})
    assert f"extends leads on through more than {loading.MOST_EXTENDED} files" in sentence()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with two policies, whose code fails if it is run."""
    site = tmp_path / "site"
    info = site / "acme_lint-1.dist-info"
    info.mkdir(parents=True)
    info.joinpath("METADATA").write_text("Metadata-Version: 2.1\nName: acme-lint\nVersion: 1\n")
    info.joinpath("entry_points.txt").write_text(
        "[awslint_memo.policies]\nacme = acme_lint\nstrict = acme_lint:strict\n"
    )
    (site / "acme_lint").mkdir()
    (site / "acme_lint" / "__init__.py").write_text("raise RuntimeError('this must not be run')\n")
    (site / "acme_lint" / "awslint-memo.yaml").write_text(LOCKED)
    (site / "acme_lint" / "strict.yaml").write_text("extends: ./awslint-memo.yaml\nprofile: all\n")
    monkeypatch.syspath_prepend(site)
    return site / "acme_lint"


LOCKED = f"""\
fail-on: warning
policy:
  locked: [{POLLING}]
  suppressions: {{of-locked: false, reason: '*OPS-*', longest: 90d}}
"""


@pytest.mark.parametrize("name", ["acme", "strict"])
def test_an_installed_policy_is_extended_and_its_code_is_not_run(package: Path, name: str) -> None:
    write({".awslint-memo.yaml": f"extends: {name}\nselect: [{DEAD}]\n", "t.yaml": QUEUE})
    assert findings() == [f"t.yaml warning {DEAD}", f"t.yaml warning {POLLING}"]


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("acne", "extends names acne, which is no installed policy; did you mean acme?"),
        (
            "other",
            "extends names other, which is no installed policy; installed: acme and strict; a file is written ./",
        ),
    ],
)
def test_a_policy_that_is_not_installed(package: Path, extends: str, said: str) -> None:
    write({".awslint-memo.yaml": f"extends: {extends}\n", "t.yaml": QUEUE})
    assert said in sentence()


def test_a_policy_reads_nothing_outside_of_its_package(package: Path) -> None:
    (package / "awslint-memo.yaml").write_text("extends: ../../repository/t.yaml\n")
    write({".awslint-memo.yaml": "extends: acme\n", "t.yaml": QUEUE})
    assert "which is outside of its package" in sentence()


@pytest.mark.parametrize(
    ("settings", "place", "said"),
    [
        (
            f"rules: {{{POLLING}: off}}",
            "2:9",
            f"{POLLING} is switched off, but the policy acme locks it, so it stays on",
        ),
        (
            f"rules: {{{POLLING}: advice}}",
            "2:9",
            f"{POLLING} is made advice, but the policy acme locks it, so it stays",
        ),
        (
            "ignore: ['sqs-long-*']",
            "2:10",
            f"sqs-long-* is ignored, but the policy acme locks {POLLING}, which stays on",
        ),
        ("fail-on: never", "2:1", "fail-on is never, but the policy acme asks for warning, which stays; remove this"),
    ],
)
def test_a_locked_rule_stays(package: Path, settings: str, place: str, said: str) -> None:
    write({".awslint-memo.yaml": f"extends: acme\n{settings}\n", "t.yaml": QUEUE})
    result = invoke("lint")
    assert result.exit_code == 1
    assert result.stdout.startswith(f".awslint-memo.yaml:{place}: error[configuration-refused] {said}")
    assert f"t.yaml warning {POLLING}" in findings()


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "gitlab", "github", "markdown", "lines", "html", "agent"])
def test_a_run_that_ends_at_its_configuration_leaves_a_report_that_says_so(package: Path, form: str) -> None:
    write({".awslint-memo.yaml": "extends: acme\nrules: {sqs-pollinq: off}\n", "t.yaml": QUEUE})
    sentence("--format", form, "--output", "report")
    assert "there is no rule sqs-pollinq" in Path("report").read_text(encoding="utf-8")
    assert "there is no rule" in invoke("lint", "--format", form).stdout


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "gitlab", "github", "markdown", "html", "agent"])
def test_a_locked_rule_that_is_switched_off_is_a_finding_in_every_format(package: Path, form: str) -> None:
    write({".awslint-memo.yaml": f"extends: acme\nrules: {{{POLLING}: off}}\n", "t.yaml": QUEUE})
    result = invoke("lint", "--format", form)
    assert result.exit_code == 1
    assert "configuration-refused" in result.stdout
    assert "is switched off, but the policy acme locks it" in result.stdout
    assert POLLING in result.stdout


def test_a_locked_rule_may_be_graver_and_is_applied_in_every_profile(package: Path) -> None:
    write({".awslint-memo.yaml": f"extends: acme\nrules: {{{POLLING}: error}}\nselect: [{DEAD}]\n", "t.yaml": QUEUE})
    assert findings("--profile", "core") == [f"t.yaml warning {DEAD}", f"t.yaml error {POLLING}"]
    assert findings("--select", DEAD) == [f"t.yaml warning {DEAD}"]
    assert sentence("--ignore", "sqs-*") == f"{POLLING} can't be ignored: the policy acme locks it"


@pytest.mark.parametrize("policy", ["acme", "../site/acme_lint/awslint-memo.yaml"])
def test_a_policy_of_the_command_line_holds_for_every_configuration(package: Path, policy: str) -> None:
    write({"b/.awslint-memo.yaml": f"select: [{DEAD}]\n", "b/t.yaml": QUEUE, "t.yaml": QUEUE})
    assert f"b/t.yaml warning {POLLING}" in findings("--policy", policy)
    write({"b/.awslint-memo.yaml": f"rules: {{{POLLING}: off}}\n"})
    assert f"b/t.yaml warning {POLLING}" in findings("--policy", policy)
    assert "b/.awslint-memo.yaml error configuration-refused" in findings("--policy", policy)
    assert sentence("--policy", "acne").startswith("--policy names acne, which is no installed policy")


SOON = date.today() + timedelta(days=30)
LATE = date.today() + timedelta(days=91)


@pytest.mark.parametrize(
    ("rule", "reason", "objection"),
    [
        (DEAD, f"OPS-12 until {SOON}", ""),
        (DEAD, f"later until {SOON}", "the policy acme asks for a reason like *OPS-*; write one"),
        (DEAD, "OPS-12", "the policy acme asks for a last day; write until"),
        (DEAD, f"OPS-12 until {LATE}", "the policy acme allows 90 days at most; write until"),
        (POLLING, f"OPS-12 until {SOON}", "the policy acme locks the rule; mend the finding"),
    ],
)
@pytest.mark.parametrize("is_comment", [False, True])
def test_which_suppressions_a_policy_allows(
    package: Path, rule: str, reason: str, objection: str, is_comment: bool
) -> None:
    entry = f"suppress: [{{rules: [{rule}], reason: {reason}}}]\n"
    comment = f"    # awslint-memo: ignore[{rule}] {reason}\n"
    selected = f"select: [{DEAD}, {POLLING}, suppression-*]\n"
    write({
        ".awslint-memo.yaml": f"extends: acme\n{selected}{'' if is_comment else entry}",
        "t.yaml": QUEUE + (comment if is_comment else ""),
    })  # fmt: skip
    found = report()["findings"]
    said = [one["message"] for one in found if one["rule"] == "suppression-refused"]
    assert bool(said) == bool(objection)
    assert all(objection in one for one in said)
    assert (rule in [one["rule"] for one in found]) == bool(objection)
    assert "suppression-unused" not in [one["rule"] for one in found]


def test_what_a_policy_itself_suppresses_is_its_own_business(package: Path) -> None:
    with (package / "awslint-memo.yaml").open("a") as file:
        file.write(f"suppress: [{{rules: [{POLLING}], resources: [Orders, Other], reason: everywhere}}]\n")
    write({".awslint-memo.yaml": f"extends: acme\nselect: [{POLLING}, suppression-*]\n", "t.yaml": QUEUE})
    assert findings() == []


OWN = '''
"""A rule."""

from awslint_memo import rule


@rule("own-rule", level="warning", resource="AWS::SQS::Queue", memo="", aws="")
def check(queue):
    yield from ()
'''


def test_show_settings_tells_where_each_is_from(package: Path) -> None:
    with (package / "awslint-memo.yaml").open("a") as file:
        file.write("  allow: {settings: [environments]}\n")
    write({
        ".awslint-memo.yaml": "extends: acme\nignore: [sqs-batch-size]\n",
        "b/base.yaml": f"rules: {{{POLLING}: error, sqs-visibility-margin: {{factor: 3}}}}\nexclude: [x]\n",
        "b/.awslint-memo.yaml": "extends: ./base.yaml\nrules:\n  sqs-visibility-margin: {level: error}\n"
        "deployments: {prod: {Password: hunter2}}\nenvironments: {production: [live]}\n",
        "b/t.yaml": QUEUE,
        "own/rule.py": OWN,
    })  # fmt: skip
    shown = printed("show-settings", "b/t.yaml")
    assert shown.startswith("configuration: b/.awslint-memo.yaml, which extends ")
    assert "acme_lint/awslint-memo.yaml" in shown.splitlines()[0], "a policy above it holds without being named"
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    for row in (
        f"rules.{POLLING}: error b/base.yaml:1",
        "rules.sqs-visibility-margin.factor: 3 b/base.yaml:1",
        "rules.sqs-visibility-margin.level: error b/.awslint-memo.yaml:3",
        "exclude: x b/base.yaml:2",
        "deployments.prod: values of Password b/.awslint-memo.yaml:4",
        'production: ["live"] b/.awslint-memo.yaml:5',
        'environments: {"production": ["live"]} b/.awslint-memo.yaml:5',
    ):
        assert row in rows
    assert "hunter2" not in shown
    top = printed("show-settings", "--format", "json")
    assert '"sqs-batch-size"' in top
    assert "acme_lint/awslint-memo.yaml:1" in top
    other = printed(
        "show-settings", "b", "--config", "b/base.yaml", "--policy", "acme", "--root", ".", "--rules", "own"
    )
    assert f"rules.{POLLING}: error" in other
    assert "b/.awslint-memo.yaml" not in other
    assert invoke("show-settings", "nothing.yaml").stderr == "nothing.yaml: no such file or folder\n"


@pytest.mark.parametrize("command", [("why", POLLING, "Orders"), ("recovery",)])
def test_other_commands_have_the_same_settings(package: Path, command: tuple[str, ...]) -> None:
    write({"b/.awslint-memo.yaml": "extends: ./none.yaml\n", "b/t.yaml": QUEUE, "t.yaml": QUEUE})
    assert invoke(*command, "--policy", "acme", "t.yaml").exit_code == 0
    result = invoke(*command, "b/t.yaml")
    assert (result.exit_code, "extends names b/none.yaml" in result.stderr) == (2, True)
    unknown = ("--config-env", "prod", "--parameters", "Wait=1")
    assert "an environment is one of a samconfig file" in invoke(*command, *unknown, "t.yaml").stderr


NESTING = "Resources:\n  S:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: 'https://b/%s'}\n"


def test_an_invalid_configuration_counts_only_where_a_file_of_its_folder_is_judged(tmp_path: Path) -> None:
    write({"n.yaml": NESTING % "other.yaml", "a/b/.awslint-memo.yaml": "ignore: [\n", "a/b/t.yaml": QUEUE})
    result = invoke("lint", "n.yaml")
    assert (result.exit_code, "awslint-memo.yaml" in result.stderr) == (0, False)
    assert "a/b/.awslint-memo.yaml:2:1: " in sentence("n.yaml", "a/b/t.yaml")
    # It is nested now.
    write({"n.yaml": NESTING % "t.yaml"})
    assert "a/b/.awslint-memo.yaml:2:1: " in sentence(".")


def test_without_a_repository_a_file_belongs_to_what_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default = "Parameters:\n  KeepBackupDays: {Type: Number, Default: 0}\n"
    database = "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n"
    kept = "      BackupRetentionPeriod: !Ref KeepBackupDays\n      Engine: mysql\n"
    folder = tmp_path / "test" / "shop"
    write({str(folder / "t.yaml"): default + database + kept})
    write({str(tmp_path / "elsewhere" / "values.yaml"): "KeepBackupDays: 7\n"})
    for here in (tmp_path / "elsewhere", folder):
        monkeypatch.chdir(here)
        # Neither the values of another folder nor the names of folders around it say what it is.
        assert [one.rpartition(" ")[2] for one in findings(str(folder / "t.yaml")) if " error " in one] == [
            "rds-backup-retention"
        ]
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert not [one for one in findings(str(tmp_path)) if " error " in one]
