"""`lint --against`: what came, what went and what grew graver since a git revision."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.readers.workspace import write
from tests.reporters.test_json_format import REPORTS
from tests.repositories import Repository, made, needs_git

from awslint_memo import api
from awslint_memo.reporters import FORMATS

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

QUEUE = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      ReceiveMessageWaitTimeSeconds: {wait}
      RedrivePolicy: {{deadLetterTargetArn: "arn:aws:sqs:eu-west-1:1:dead", maxReceiveCount: 5}}
"""
SOUND, SHORT = QUEUE.format(wait=20), QUEUE.format(wait=0)
IGNORED = SHORT.replace("  Orders:", "  Orders: # awslint-memo: ignore[sqs-long-polling] drained by the producer")
BROKEN = SHORT.replace("    Type", "\tType")
BUCKET = "Resources: {Files: {Type: AWS::S3::Bucket}}\n"
MODULE = """\
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:1:dead", maxReceiveCount = 5 })
}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def changes(*arguments: str, exits: int | None = None) -> dict[str, Any]:
    """What changed, by kind: the rule and resource of each finding, and of what is gone the reason."""
    result = invoke("lint", "--format", "json", *arguments)
    assert exits is None or result.exit_code == exits, result.output
    report = json.loads(result.stdout)
    REPORTS.validate(report)
    found = report["against"]
    kinds = {
        kind: [" ".join(filter(None, (one["rule"], one["resource"], one.get("why"), one.get("was")))) for one in told]
        for kind, told in found.items()
        if isinstance(told, list) and told and kind != "settings"
    }
    return {**kinds, **({"unchanged": found["unchanged"]} if found["unchanged"] else {})}


POLLING = "sqs-long-polling Orders"


@pytest.mark.parametrize(
    ("before", "after", "expected", "exits"),
    [
        ({"q.yaml": SOUND}, {"q.yaml": SHORT}, {"new": [POLLING]}, 1),
        ({"q.yaml": SHORT}, {"q.yaml": f"# Moved.\n\n{SHORT}"}, {"unchanged": 1}, 0),
        ({"q.yaml": SHORT}, {"q.yaml": SOUND}, {"mended": [POLLING]}, 0),
        ({"q.yaml": SHORT}, {"q.yaml": IGNORED}, {"suppressed": [POLLING]}, 0),
        ({"q.yaml": SOUND}, {"q.yaml": IGNORED}, {"suppressed": [POLLING]}, 0),
        ({"q.yaml": IGNORED}, {"q.yaml": SHORT}, {"new": [POLLING]}, 1),
        ({"q.yaml": IGNORED}, {"q.yaml": IGNORED + BUCKET[:0]}, {}, 0),
        ({"q.yaml": SHORT}, {"q.yaml": BUCKET}, {"gone": [f"{POLLING} resource"]}, 0),
        ({"q.yaml": SHORT, "b.yaml": BUCKET}, {"q.yaml": None}, {"gone": [f"{POLLING} template"]}, 0),
        ({"q.yaml": SHORT}, {"q.yaml": "Orders: 1\n"}, {"gone": [f"{POLLING} template"]}, 0),
        ({"q.yaml": SHORT}, {"q.yaml": BROKEN}, {"not_comparable": [f"{POLLING} its file can't be read now"]}, 2),
        ({"b.yaml": BUCKET}, {"q.yaml": SHORT}, {"new": [POLLING]}, 1),
    ],
)
def test_each_kind_of_change(
    repository: Repository, before: dict[str, str], after: dict[str, str | None], expected: dict[str, Any], exits: int
) -> None:
    repository.commit(before)
    for name, text in after.items():
        if text is None:
            (repository.path / name).unlink()
        else:
            write(repository.path, {name: text})
    assert changes("--against", "HEAD", exits=exits) == expected


def test_a_finding_that_holds_in_more_deployments_grew_graver(repository: Repository) -> None:
    conditional = SHORT.replace(": 0\n", ": !If [IsDev, 0, 20]\n")
    head = "Parameters: {Stage: {Type: String}}\nConditions: {IsDev: !Equals [!Ref Stage, dev]}\n"
    repository.commit({"q.yaml": head + conditional})
    write(repository.path, {"q.yaml": head + SHORT})
    assert changes("--against", "HEAD", exits=1) == {"graver": [f"{POLLING} advice"]}
    assert "set it to 20 (was advice at HEAD: when Stage is dev)\n" in printed("lint", "--against", "HEAD", exits=1)
    assert invoke("lint", "--against", "HEAD", "--fail-on", "error").exit_code == 0
    repository.commit()
    write(repository.path, {"q.yaml": head + conditional})
    told = changes("--against", "HEAD", "--advice", exits=0)
    assert told == {"became_advice": [f"{POLLING} warning"], "unchanged": 1}, "less grave is not mended"


def test_what_came_decides_the_exit_code_by_its_level(repository: Repository) -> None:
    repository.commit({"a.yaml": SHORT, "q.yaml": SOUND})
    write(repository.path, {"q.yaml": SHORT})
    codes = [
        invoke("lint", "--against", "HEAD", "--fail-on", level).exit_code for level in ("error", "warning", "never")
    ]
    assert codes == [0, 1, 0]


def test_a_change_in_one_file_is_told_of_another(repository: Repository) -> None:
    consumer = """\
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 5, TracingConfig: {Mode: Active}}
  Read:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Worker
      EventSourceArn: !ImportValue orders
      FunctionResponseTypes: [ReportBatchItemFailures]
"""
    exported = "Outputs: {Arn: {Value: !GetAtt Orders.Arn, Export: {Name: orders}}}\n"
    repository.commit({"q.yaml": SOUND + exported, "consumer.yaml": consumer})
    write(repository.path, {"consumer.yaml": consumer.replace("Timeout: 5", "Timeout: 300")})
    found = api.lint(against="HEAD").against
    assert found is not None
    assert [(one.rule, one.path) for one in found.new] == [("sqs-visibility-below-processing-time", "q.yaml")]


def test_what_another_rule_tells_now_is_not_mended(repository: Repository) -> None:
    late = ", MaximumRecordAgeInSeconds: 172800, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}"
    template = """\
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Read:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f}
"""
    repository.commit({"s.yaml": template.replace(": f}", f": f{late}}}")})
    select = ("--advice", "--select", "kinesis-retention,kinesis-consumer-failure")
    printed("lint", *select, "--write-baseline", "known.yaml")
    assert "kinesis-retention" in (repository.path / "known.yaml").read_text()
    write(repository.path, {"s.yaml": template})
    assert changes(*select, "--against", "HEAD") == {"new": ["kinesis-consumer-failure Read"]}
    assert "no longer occur" not in printed("lint", *select, "--baseline", "known.yaml", exits=1)


@pytest.mark.parametrize(
    ("before", "moves", "expected"),
    [
        ({"q.yaml": SHORT}, [("q.yaml", "stacks/orders.yaml")], {"unchanged": 1}),
        ({"a/main.tf": MODULE}, [("a", "b")], {"unchanged": 1}),
        (
            {"main.tf": MODULE, "outputs.tf": "# None."},
            [("main.tf", "a/main.tf"), ("outputs.tf", "a/o.tf")],
            {"unchanged": 1},
        ),
        # The rest of the module stays, so the resource has left its state, and is the same for all that is written.
        (
            {"a/main.tf": MODULE, "a/o.tf": "# None."},
            [("a/main.tf", "b/main.tf")],
            {"followed": ["sqs-long-polling aws_sqs_queue.orders"], "unchanged": 1},
        ),
        ({"a/main.tf": MODULE}, [("a/main.tf", "a/queues.tf")], {"unchanged": 1}),
    ],
)
def test_what_git_calls_renamed_is_the_same(
    repository: Repository, before: dict[str, str], moves: list[tuple[str, str]], expected: dict[str, Any]
) -> None:
    repository.commit(before)
    for old, new in moves:
        (repository.path / new).parent.mkdir(exist_ok=True)
        repository.git("mv", old, new)
    assert changes("--against", "HEAD") == expected
    repository.commit()
    assert changes("--against", "HEAD~1") == expected


def test_a_file_that_is_moved_behind_git_is_known_by_what_is_in_it(repository: Repository) -> None:
    repository.commit({"q.yaml": SHORT})
    (repository.path / "q.yaml").rename(repository.path / "orders.yaml")
    assert changes("--against", "HEAD") == {"followed": [POLLING], "unchanged": 1}
    assert changes("--against", "HEAD", "--gate") == {"new": [POLLING], "gone": [f"{POLLING} template"]}


def test_what_git_ignores_is_the_same_on_both_sides(repository: Repository) -> None:
    repository.commit({".gitignore": "*.auto.tfvars\nlocal/\n", "main.tf": 'variable "wait" {}\n' + MODULE})
    variable = MODULE.replace("{\n  red", "{\n  receive_wait_time_seconds = var.wait\n  red")
    repository.commit({"main.tf": 'variable "wait" {}\n' + variable, "local/q.yaml": SHORT})
    write(repository.path, {"a.auto.tfvars": "wait = 0\n", "new.yaml": SOUND.replace("Orders", "New")})
    assert changes("--no-gitignore", "--against", "HEAD", exits=0) == {"unchanged": 2}
    write(repository.path, {"new.yaml": SHORT.replace("Orders", "New")})
    assert changes("--no-gitignore", "--against", "HEAD", exits=1)["new"] == ["sqs-long-polling New"], (
        "an untracked file is a change"
    )


def test_each_side_has_the_configurations_of_its_files(repository: Repository) -> None:
    settings = "select: [sqs-long-polling]\n"
    repository.commit({"a/.awslint-memo.yaml": settings, "a/q.yaml": SHORT, "b/q.yaml": SHORT, ".gitignore": "built\n"})
    suppress = "suppress: [{rules: [sqs-long-polling], reason: drained}]\n"
    write(repository.path, {"a/.awslint-memo.yaml": settings + suppress, "built/q.yaml": SHORT})
    assert changes("--against", "HEAD", exits=0) == {"suppressed": [POLLING], "unchanged": 1}


@pytest.mark.parametrize("folder", ["cdk.out", ".terraform/modules/m"])
def test_what_tools_make_is_the_same_although_git_does_not_ignore_it(repository: Repository, folder: str) -> None:
    repository.commit({".awslint-memo.yaml": "include: [cdk.out, .terraform]\n", "b.yaml": BUCKET})
    write(repository.path, {f"{folder}/q.yaml": SHORT})
    assert changes("--against", "HEAD", exits=0) == {"unchanged": 1}
    repository.git("add", "-f", folder)
    assert changes("--against", "HEAD", exits=1) == {"new": [POLLING]}, "it is a part of the change now"


def test_downloaded_modules_are_those_of_now_and_a_notice_says_so(repository: Repository) -> None:
    call = 'module "q" {{\n  source = "org/q/aws"\n  version = "{0}"\n}}\n'
    listed = {"Modules": [{"Key": "q", "Source": "org/q/aws", "Version": "2.0.0", "Dir": ".terraform/modules/q"}]}
    repository.commit({".gitignore": ".terraform\n", "main.tf": call.format("~> 1.0")})
    downloaded = {".terraform/modules/modules.json": json.dumps(listed), ".terraform/modules/q/main.tf": MODULE}
    write(repository.path, {"main.tf": call.format("~> 2.0"), **downloaded})
    assert changes("--against", "HEAD", exits=0) == {"unchanged": 1}
    notice = "main.tf: module q of then: its copy in .terraform/modules is version 2.0.0, but the call asks for ~> 1.0"
    assert f"note: {notice}; it was taken as it is\n" in printed("lint", "--against", "HEAD")


def test_two_revisions_that_parted_are_compared_where_they_did(repository: Repository) -> None:
    repository.commit({"q.yaml": SHORT})
    repository.git("checkout", "-q", "-b", "mine")
    repository.commit({"mine.yaml": SHORT.replace("Orders", "Mine")})
    repository.git("checkout", "-q", "main")
    repository.commit({"q.yaml": SOUND})
    repository.git("checkout", "-q", "mine")
    mine = ["sqs-long-polling Mine"]
    assert changes("--against", "main") == {"new": ["sqs-long-polling Mine", POLLING]}
    for words in ("main...", "main...HEAD", "main...@"):
        assert changes("--against", words) == {"new": mine, "unchanged": 1}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("nope", "--against nope: there is no such revision in the repository; fetch it: git fetch origin nope"),
        ("origin/x", "--against origin/x: there is no such revision in the repository; fetch it: git fetch origin x"),
        ("HEAD~7", "--against HEAD~7: there is no such revision in the repository"),
        ("HEAD:q.yaml", "--against HEAD:q.yaml: there is no such revision in the repository"),
        ("--output=x", "--against --output=x: this is no name of a revision; name a commit, branch or tag"),
        ("", "--against : this is no name of a revision; name a commit, branch or tag"),
        ("a\nb", "--against a\\x0ab: this is no name of a revision; name a commit, branch or tag"),
        (
            "main..HEAD",
            "--against main..HEAD: the work tree is compared, so only one revision can be named; "
            "check out the second revision and name the first",
        ),
        (
            "main...mine",
            "--against main...mine: the work tree is compared, so only one revision can be named; "
            "check out the second revision and name the first",
        ),
        (
            "old.json",
            "--against old.json: there is no such revision in the repository; fetch it: git fetch origin old.json",
        ),
    ],
)
def test_a_revision_that_can_not_be_read_ends_the_run(repository: Repository, words: str, sentence: str) -> None:
    repository.commit({"q.yaml": SHORT})
    result = invoke("lint", f"--against={words}")
    assert (result.exit_code, result.stderr) == (2, f"{sentence}\n")


def test_a_shallow_clone_says_what_to_fetch(repository: Repository, tmp_path: Path, monkeypatch: Any) -> None:
    repository.commit({"q.yaml": SHORT})
    repository.commit({"q.yaml": SOUND})
    repository.git("clone", "-q", "--depth=1", tmp_path.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    said = {words: invoke("lint", "--against", words).stderr for words in ("HEAD~1", "origin/old", "HEAD")}
    assert said == {
        "HEAD~1": "--against HEAD~1: there is no such revision in the repository; "
        "this clone is shallow, so fetch more: git fetch --deepen=50\n",
        "origin/old": "--against origin/old: there is no such revision in the repository; fetch it: "
        "git fetch --depth=1 origin old\n",
        "HEAD": "",
    }


def test_without_a_common_commit_there_is_nothing_to_compare(repository: Repository) -> None:
    repository.commit({"q.yaml": SHORT})
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit({"other.yaml": SHORT})
    said = invoke("lint", "--against", "main...").stderr
    assert said == "--against main...: main and HEAD have no commit in common here\n"


def test_without_a_repository_or_git_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Repository
) -> None:
    repository.commit({"q.yaml": SHORT})
    monkeypatch.setenv("PATH", f"{os.curdir}{os.pathsep}{tmp_path}")
    write(tmp_path, {"git": "#!/bin/sh\ntouch ran\n"})
    assert invoke("lint", "--against", "HEAD").stderr == (
        "--against: git is not installed, so no revision can be read; install it\n"
    )
    assert not (tmp_path / "ran").exists()


def test_a_folder_without_a_repository_has_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"q.yaml": SHORT})
    monkeypatch.chdir(tmp_path)
    result = invoke("lint", "--against", "HEAD")
    assert (result.exit_code, result.stderr) == (
        2,
        "--against HEAD: there is no repository of git here, so there is no revision to compare with\n",
    )


def test_several_repositories_are_not_compared_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        made(tmp_path / name).commit({"q.yaml": SHORT})
    monkeypatch.chdir(tmp_path)
    assert invoke("lint", "a", "b", "--against", "HEAD").stderr == (
        "--against HEAD: the paths are in several repositories (a and b); compare one at a time\n"
    )
    assert changes("a", "--against", "HEAD") == {"unchanged": 1}, "the repository is that of the path"


def test_the_configuration_of_now_judges_both_sides(repository: Repository) -> None:
    repository.commit({"q.yaml": SHORT, ".awslint-memo.yaml": "rules: {sqs-long-polling: off}\n"})
    write(repository.path, {".awslint-memo.yaml": "rules: {sqs-long-polling: error}\n"})
    assert changes("--against", "HEAD", exits=0) == {"unchanged": 1}


def test_a_suppression_in_the_configuration_is_told(repository: Repository) -> None:
    repository.commit({"q.yaml": SHORT})
    suppress = "suppress: [{rules: [sqs-long-polling], reason: drained}]\n"
    write(repository.path, {".awslint-memo.yaml": suppress})
    assert changes("--against", "HEAD", exits=0) == {"suppressed": [POLLING]}
    repository.commit()
    (repository.path / ".awslint-memo.yaml").unlink()
    assert changes("--against", "HEAD", exits=1) == {"new": [POLLING]}
    write(repository.path, {".awslint-memo.yaml": suppress.replace("[sqs", "[sns")})
    repository.commit({".awslint-memo.yaml": "suppress: 1\n"})
    write(repository.path, {".awslint-memo.yaml": suppress})
    assert changes("--against", "HEAD", exits=0) == {}
    assert "what the configuration suppresses now was taken for both sides" in printed("lint", "--against", "HEAD")


def test_values_of_parameters_are_a_part_of_the_landscape(repository: Repository) -> None:
    template = "Parameters: {Wait: {Type: Number}}\n" + SHORT.replace(": 0\n", ": !Ref Wait\n")
    repository.commit({"q.yaml": template, "prod.json": '{"Wait": 20}'})
    write(repository.path, {"prod.json": '{"Wait": 0}', "dev.json": '{"Wait": 0}'})
    assert changes("--against", "HEAD", "--parameters", "prod.json", exits=1) == {"new": [POLLING]}
    assert changes("--against", "HEAD", "--parameters", "dev.json", exits=0) == {"unchanged": 1}, "there was none then"
    write(repository.path, {".awslint-memo.yaml": "deployments: {prod: prod.json}\n"})
    assert changes("--against", "HEAD", exits=1) == {"new": [POLLING]}


def test_paths_folders_and_standard_input_keep_their_meaning(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"infra/q.yaml": SOUND, "infra/old.yaml": SHORT, "b.yaml": BUCKET})
    write(repository.path, {"infra/q.yaml": SHORT, "infra/new.yaml": SHORT.replace("Orders", "New")})
    new = ["sqs-long-polling New", POLLING]
    assert changes("infra", "--against", "HEAD") == {"new": new, "unchanged": 1}
    assert changes("infra/q.yaml", "--against", "HEAD") == {"new": [POLLING]}
    assert changes("infra/new.yaml", "--against", "HEAD") == {"new": new[:1]}
    assert changes(str(repository.path), "--root", str(repository.path), "--against", "HEAD")["new"] == new
    monkeypatch.chdir(repository.path / "infra")
    assert changes("--against", "HEAD") == {"new": new, "unchanged": 1}
    stdin = ("lint", "-", "--stdin-filename", "old.yaml", "--against", "HEAD")
    assert invoke(*stdin, stdin=SHORT).exit_code == 0
    assert invoke(*stdin[:2], *stdin[4:], stdin=SHORT).exit_code == 1, "a text without a name is new"


def test_a_file_that_could_not_be_read_then_is_told(repository: Repository) -> None:
    repository.commit({"q.yaml": BROKEN, "notes.yaml": "a: 1\n"})
    write(repository.path, {"q.yaml": SHORT})
    text = printed("lint", "--against", "HEAD")
    assert "note: q.yaml could not be read at HEAD, so what is found in it now is not compared\n" in text
    assert "notes.yaml" not in text
    text = printed("lint", "--against", "HEAD", "--gate", exits=1)
    assert "note: q.yaml could not be read at HEAD, so what is found in it now counts as new\n" in text


def test_the_text_shows_what_came_in_full_and_the_rest_in_a_line_each(repository: Repository) -> None:
    repository.commit(
        {"q.yaml": SHORT, "old.yaml": SHORT, "c.yaml": SHORT.replace("Orders", "Files"), "same.yaml": SHORT}
    )
    other = {"new.yaml": SHORT.replace("Orders", "Bills")}
    write(repository.path, {"q.yaml": SOUND, "c.yaml": IGNORED.replace("Orders", "Files"), **other})
    (repository.path / "old.yaml").unlink()
    shown = printed("lint", "--against", "HEAD", exits=1)
    assert shown.startswith("new.yaml:5:38: warning[sqs-long-polling] ReceiveMessageWaitTimeSeconds of Bills is 0 s")
    assert "same.yaml" not in shown
    assert shown.splitlines()[-4:] == [
        "mended: q.yaml:5: sqs-long-polling on Orders",
        'newly suppressed: c.yaml:5: sqs-long-polling on Files ("drained by the producer")',
        "gone: old.yaml:5: sqs-long-polling on Orders (its template is gone or not looked at)",
        "1 new warning, 1 mended, 1 newly suppressed, 1 gone against HEAD; 1 finding as before in 4 files; "
        "1 suppressed",
    ]


def test_many_findings_of_a_kind_are_counted(repository: Repository) -> None:
    repository.commit({f"q{number}.yaml": SHORT for number in range(23)})
    for number in range(23):
        write(repository.path, {f"q{number}.yaml": SOUND})
    shown = printed("lint", "--against", "HEAD")
    assert shown.splitlines()[-2:] == [
        "and 3 more mended; --verbose shows them",
        "23 mended against HEAD; 0 findings as before in 23 files",
    ]
    assert printed("lint", "--against", "HEAD", "--verbose").count("mended: ") == 23


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"text", "junit"}))
def test_a_format_tells_what_came_or_everything(repository: Repository, form: str) -> None:
    repository.commit({"same.yaml": SHORT})
    write(repository.path, {"new.yaml": SHORT})
    shown = printed("lint", "--against", "HEAD", "--format", form, exits=1)
    assert "new.yaml" in shown
    assert ("same.yaml" in shown) is FORMATS[form].has_all


def test_junit_has_a_failure_for_what_came_only(repository: Repository) -> None:
    repository.commit({"same.yaml": SHORT})
    write(repository.path, {"new.yaml": SHORT})
    shown = printed("lint", "--against", "HEAD", "--format", "junit", exits=1)
    assert '<testsuite name="new.yaml" file="new.yaml" tests="1" failures="1"' in shown
    assert '<testsuite name="same.yaml" file="same.yaml" tests="1" failures="0"' in shown


def test_sarif_says_what_is_new(repository: Repository) -> None:
    repository.commit({"same.yaml": SHORT})
    write(repository.path, {"new.yaml": SHORT})
    log = json.loads(printed("lint", "--against", "HEAD", "--format", "sarif", exits=1))
    assert [one["baselineState"] for one in log["runs"][0]["results"]] == ["new", "unchanged"]


def test_what_could_not_be_read_before_either_fails_no_change(repository: Repository) -> None:
    write(Path(), {"broken.yaml": BROKEN, "queue.yaml": SOUND})
    repository.commit()
    assert invoke("lint", "broken.yaml", "queue.yaml").exit_code == 2
    assert changes("--against", "HEAD", exits=0) == {}
    write(Path(), {"queue.yaml": SHORT})
    assert changes("--against", "HEAD", exits=1)["new"] == ["sqs-long-polling Orders"]
    write(Path(), {"queue.yaml": SOUND, "other.yaml": BROKEN})
    assert changes("--against", "HEAD", exits=2) == {}
    repository.commit()
    write(Path(), {"queue.yaml": BROKEN})
    assert changes("--against", "HEAD", exits=2) == {}


def test_a_part_that_was_broken_before_fails_no_change(repository: Repository) -> None:
    twice = SOUND + "  Orders: {Type: AWS::SQS::Queue}\n"
    write(Path(), {"queue.yaml": twice})
    repository.commit()
    assert invoke("lint", "queue.yaml").exit_code == 2
    assert invoke("lint", "--against", "HEAD", "queue.yaml").exit_code == 0
    write(Path(), {"queue.yaml": twice + "  Mail: {Type: [AWS]}\n"})
    assert invoke("lint", "--against", "HEAD", "queue.yaml").exit_code == 2


def test_a_file_in_which_nothing_can_be_found_now_is_not_told_as_one_that_is_not_compared(
    repository: Repository,
) -> None:
    write(Path(), {"same.yaml": BROKEN, "gone.yaml": BROKEN, "mended.yaml": BROKEN, "queue.yaml": SOUND})
    repository.commit()
    Path("gone.yaml").unlink()
    write(Path(), {"mended.yaml": SOUND})
    text = invoke("lint", "--against", "HEAD").output
    assert "note: mended.yaml could not be read at HEAD, so what is found in it now is not compared\n" in text
    assert "gone.yaml" not in text


def test_errors_say_which_of_them_are_new(repository: Repository) -> None:
    old = 'output "a" {\n  value = 1\n}\noutput "a" {\n  value = 2\n}\n'
    write(Path(), {"main.tf": old, "broken.yaml": BROKEN})
    repository.commit()
    write(Path(), {"main.tf": "# further down\n" + old})
    moved = invoke("lint", "--against", "HEAD")
    assert "not so at" not in moved.output, "a line in words of an error that was there tells nothing new"
    assert "no change against HEAD;" in moved.output
    assert moved.output.count("1 file could not be read (none new); 1 file has errors (none new)\n") == 1
    assert moved.exit_code == 0
    write(Path(), {"other/main.tf": old.replace('"a"', '"b"')})
    result = invoke("lint", "--against", "HEAD")
    assert result.exit_code == 2
    assert "no finding changed against HEAD;" in result.output
    assert result.output.count("; 1 file could not be read (none new); 2 files have errors (1 new)\n") == 1
    told = [line for line in result.output.splitlines() if line.endswith(" (not so at HEAD)")]
    assert [line.split(":")[0] for line in told] == ["other/main.tf"]
    errors = json.loads(printed("lint", "--against", "HEAD", "--format", "json", exits=2))["errors"]
    assert {each["path"]: each["new"] for each in errors} == {
        "main.tf": False,
        "broken.yaml": False,
        "other/main.tf": True,
    }
    assert all("new" not in each for each in json.loads(printed("lint", "--format", "json", exits=2))["errors"])
    for form in ("markdown", "agent"):
        assert printed("lint", "--against", "HEAD", "--format", form, exits=2).count("(not so at HEAD)") == 1


def test_a_possible_module_that_became_a_root_is_told_where_findings_grew_graver(repository: Repository) -> None:
    module = 'variable "wait" {\n  default = 0\n}\nresource "aws_sqs_queue" "orders" {\n'
    module += "  receive_wait_time_seconds = var.wait\n}\n"
    repository.commit({"live/main.tf": module, "other/main.tf": SOUND})
    write(Path(), {"live/state.tf": 'terraform {\n  backend "s3" {\n  }\n}\n'})
    text = printed("lint", "--against", "HEAD", exits=1)
    assert "(was advice at HEAD: unless the caller sets wait)" in text
    assert (
        "note: live: maybe a module at HEAD, and deployed by itself now, as a backend, provider or value says" in text
    )
    repository.commit()
    write(Path(), {"live/more.tf": 'variable "more" {}\n'})
    assert "maybe a module" not in invoke("lint", "--against", "HEAD").output


def test_what_is_told_together_is_known_by_rule_and_root_whichever_resources_it_names(repository: Repository) -> None:
    """As docs/changes.md and docs/json.md say; what came of such a finding has the fingerprint of the whole."""
    service = 'resource "aws_ecs_service" "{name}" {{\n  name = "{name}"\n}}\n'
    repository.commit({"main.tf": service.format(name="a") + service.format(name="b"), "q.yaml": SOUND})
    Path("more.tf").write_text(service.format(name="c"))
    made = json.loads(
        invoke("lint", "--advice", "--select", "ecs-deployment", "--against", "HEAD", "--format", "json").stdout
    )
    (whole,), (came,) = made["findings"], made["against"]["new"]
    assert [len(whole["resources"]), came["resource"]] == [3, "aws_ecs_service.c"]
    assert whole["fingerprint"] == came["fingerprint"]
    Path("more.tf").unlink()
    Path("main.tf").write_text(service.format(name="d"))
    (alone,) = json.loads(invoke("lint", "--advice", "--select", "ecs-deployment", "--format", "json").stdout)[
        "findings"
    ]
    assert alone["fingerprint"] == whole["fingerprint"]
