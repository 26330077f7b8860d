"""Baselines: findings that are known are counted and not reported, and what is mended leaves the file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.command import invoke, printed, report
from tests.readers.workspace import write
from tests.reporters.test_json_format import REPORTS
from tests.repositories import made, needs_git

pytestmark = pytest.mark.usefixtures("polled_queues")

SHORT = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:1:dead", maxReceiveCount: 5}}
"""
SOUND = SHORT.replace("{Redrive", "{ReceiveMessageWaitTimeSeconds: 20, Redrive")
BUCKET = "Resources: {Files: {Type: AWS::S3::Bucket}}\n"
ENTRY = (
    '- {"root": "q", "rule": "sqs-long-polling", "resource": "Orders", "route": "ReceiveMessageWaitTimeSeconds", '
    '"count": 1, "fingerprint": "ed3187ab13813618", "type": "AWS::SQS::Queue", '
    '"like": "02962bae2cdc6b459eb6"}\n'
)
HEAD = "version: 1\nfindings:\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(name: str = "known.yaml") -> list[str]:
    """The entries of a baseline: root, rule and count."""
    data = yaml.safe_load(Path(name).read_text())
    assert data["version"] == 1
    return [f"{one['root']} {one['rule']} {one['count']}" for one in data["findings"] or ()]


def test_what_is_written_is_not_reported_again(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT})
    written = printed("lint", "--write-baseline", "known.yaml")
    last = "no findings in 1 file: 1 resource judged; 1 in the baseline\n"
    assert written == f"note: known.yaml: wrote 1 finding to the baseline\n{last}"
    assert Path("known.yaml").read_text().endswith(f"\n{HEAD}{ENTRY}")
    assert (
        printed("lint", "--baseline", "known.yaml") == "no findings in 1 file: 1 resource judged; 1 in the baseline\n"
    )
    write(folder, {"q.yaml": f"# Lines move.\n\n{SHORT}", "new.yaml": SHORT})
    shown = printed("lint", "--baseline", "known.yaml", exits=1)
    assert shown.startswith("new.yaml:2:3: warning[sqs-long-polling]")
    assert shown.endswith("\n1 warning in 2 files; --fix may mend 1; 1 in the baseline\n")


def test_the_configuration_names_the_baseline(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"q.yaml": SHORT, ".awslint-memo.yaml": "baseline: ci/known.yaml\n", "ci/known.yaml": HEAD + ENTRY})
    assert printed("lint").endswith("; 1 in the baseline\n")
    write(folder, {"none.yaml": HEAD})
    assert invoke("lint", "--baseline", "none.yaml").exit_code == 1, "the option replaces it"
    monkeypatch.chdir(folder / "ci")
    assert printed("lint", "..").endswith("; 1 in the baseline\n")


def test_findings_of_one_fingerprint_are_counted(folder: Path) -> None:
    count = 3
    comments = "# awslint-memo: ignore[no-rule] a reason\n" * count
    write(folder, {"q.yaml": comments + SOUND})
    select = ("lint", "--select", "suppression-unknown-rule")
    printed(*select, "--write-baseline", "known.yaml")
    assert lines() == ["q suppression-unknown-rule 3"]
    assert invoke(*select, "--baseline", "known.yaml").exit_code == 0
    text = Path("known.yaml").read_text()
    write(folder, {"known.yaml": text.replace(f'"count": {count}', f'"count": {count - 1}')})
    found = report(*select[1:], "--baseline", "known.yaml")
    assert (len(found["findings"]), len(found["baselined"])) == (1, count - 1)
    write(folder, {"known.yaml": text.replace(f'"count": {count}', f'"count": {count + 2}')})
    printed(*select, "--baseline", "known.yaml", "--prune-baseline")
    assert lines() == ["q suppression-unknown-rule 3"]


def test_what_is_mended_is_said_and_taken_out(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "deep/p.yaml": SHORT, "main/main.tf": 'resource "aws_sqs_queue" "q" {}\n'})
    printed("lint", "--write-baseline", "known.yaml")
    assert len(lines()) == 4
    write(folder, {"q.yaml": SOUND})
    (folder / "deep" / "p.yaml").unlink()
    (folder / "main" / "main.tf").unlink()
    sentence = "known.yaml: 4 findings of the baseline no longer occur; --prune-baseline takes them out"
    assert f"note: {sentence}\n" in printed("lint", "--baseline", "known.yaml")
    assert "note: known.yaml: took 4 findings out of the baseline\n" in printed(
        "lint", "--baseline", "known.yaml", "--prune-baseline"
    )
    assert lines() == []
    before = Path("known.yaml").stat().st_mtime_ns
    assert (
        printed("lint", "--baseline", "known.yaml", "--prune-baseline") == "no findings in 1 file: 1 resource judged\n"
    )
    assert Path("known.yaml").stat().st_mtime_ns == before


KEPT: list[tuple[dict[str, str], tuple[str, ...]]] = [
    ({}, ("--select", "sns-*")),
    ({}, ("--ignore", "sqs-long-polling")),
    ({"b.yaml": BUCKET}, ("b.yaml",)),
    ({"b/b.yaml": BUCKET}, ("b",)),
    ({"q.yaml": SOUND}, ("--parameters", "A=b")),
    ({"q.yaml": SHORT.replace("    Type", "\tType")}, ()),
    ({".awslint-memo.yaml": "exclude: [q.yaml]\n"}, ()),
]


@pytest.mark.parametrize(("files", "arguments"), KEPT)
def test_what_was_not_looked_at_is_not_called_mended(
    folder: Path, files: dict[str, str], arguments: tuple[str, ...]
) -> None:
    write(folder, {"q.yaml": SHORT})
    printed("lint", "--write-baseline", "known.yaml")
    before = Path("known.yaml").read_text()
    write(folder, files)
    result = invoke("lint", *arguments, "--baseline", "known.yaml", "--prune-baseline")
    assert "baseline" not in result.stdout.replace("1 in the baseline", ""), result.output
    assert Path("known.yaml").read_text() == before


def test_what_a_part_that_was_not_read_may_hide_is_not_called_mended(folder: Path) -> None:
    write(folder, {"main.tf": 'module "q" {\n  source = "./q"\n}\n', "q/main.tf": 'resource "aws_sqs_queue" "q" {}\n'})
    printed("lint", "main.tf", "--write-baseline", "known.yaml")
    assert lines() == [". sqs-dead-letter-queue 1", ". sqs-long-polling 1"]
    write(folder, {"main.tf": 'module "q" {\n  source = "org/q/aws"\n}\n'})
    assert "no longer" not in printed("lint", "main.tf", "--baseline", "known.yaml")
    write(folder, {"main.tf": 'resource "aws_s3_bucket" "b" {}\n'})
    assert "2 findings of the baseline no longer occur" in printed("lint", "main.tf", "--baseline", "known.yaml")


def test_a_template_that_others_nest_now_is_known_in_that_one(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT})
    printed("lint", "--write-baseline", "known.yaml")
    outer = "Resources: {Q: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./q.yaml}}}\n"
    write(folder, {"outer.yaml": outer})
    shown = printed("lint", "--baseline", "known.yaml")
    assert "(was Orders in q)\n" in shown
    assert shown.endswith("1 in the baseline\n")


def test_advice_that_is_not_shown_occurs_all_the_same(folder: Path) -> None:
    conditional = SHORT.replace("Orders", "Mine").replace(
        "{Redrive", "{ReceiveMessageWaitTimeSeconds: !Ref Wait, Redrive"
    )
    parameter = "Parameters: {Wait: {Type: Number, AllowedValues: [0, 20]}}\n"
    write(folder, {"q.yaml": SHORT, "mine.yaml": parameter + conditional})
    invoke("lint", "--advice", "--write-baseline", "known.yaml")
    before = lines()
    assert len(before) > 1
    assert "no longer" not in printed("lint", "--baseline", "known.yaml", "--prune-baseline")
    assert lines() == before
    printed("lint", "--write-baseline", "other.yaml")
    assert len(lines("other.yaml")) == 1, "what is not shown is not written"


def test_a_suppressed_finding_needs_no_baseline(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT})
    printed("lint", "--write-baseline", "known.yaml")
    write(folder, {"q.yaml": SHORT.replace("Orders:", "Orders: # awslint-memo: ignore[sqs-long-polling] drained")})
    assert "1 finding of the baseline no longer occurs" in printed("lint", "--baseline", "known.yaml")


def test_what_is_written_again_keeps_what_was_not_looked_at(folder: Path) -> None:
    write(folder, {"a/q.yaml": SHORT, "b/q.yaml": SHORT, "c/q.yaml": SHORT})
    printed("lint", "--write-baseline", "known.yaml")
    write(folder, {"a/q.yaml": SOUND, "c/p.yaml": SHORT})
    (folder / "c" / "q.yaml").unlink()
    shown = printed("lint", "a", "c", "--write-baseline", "known.yaml")
    assert "note: known.yaml: wrote 1 finding to the baseline, and kept 1 of what was not looked at\n" in shown
    assert lines() == ["b/q sqs-long-polling 1", "c/p sqs-long-polling 1"]


def test_the_order_is_fixed_and_a_line_is_a_finding(folder: Path) -> None:
    write(folder, {"z.yaml": SHORT, "a.yaml": SHORT, "m/main.tf": 'resource "aws_sqs_queue" "q" {}\n'})
    printed("lint", "z.yaml", "m", "a.yaml", "--write-baseline", "one.yaml")
    printed("lint", "--write-baseline", "two.yaml")
    assert Path("one.yaml").read_text() == Path("two.yaml").read_text()
    assert lines("one.yaml") == sorted(lines("one.yaml"))


@needs_git
def test_git_merges_what_two_branches_add(folder: Path) -> None:
    (folder / ".git").rmdir()
    repository = made(folder)
    repository.commit({f"{name}.yaml": SHORT for name in "bdfhj"})
    printed("lint", "--write-baseline", "known.yaml")
    repository.commit()
    for branch, name in (("one", "a"), ("two", "g")):
        repository.git("checkout", "-q", "-b", branch, "main")
        write(folder, {f"{name}.yaml": SHORT})
        printed("lint", "--write-baseline", "known.yaml")
        repository.commit()
    repository.git("merge", "-q", "one")
    assert [line[0] for line in lines()] == list("abdfghj")


def test_of_two_lines_for_one_finding_the_larger_count_holds(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "known.yaml": HEAD + ENTRY + ENTRY.replace('"count": 1', '"count": 3')})
    assert "2 findings of the baseline no longer occur" in printed("lint", "--baseline", "known.yaml")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "this is no baseline; write it anew with --write-baseline"),
        ("a: 1\n", 1, "this is no baseline: it does not begin with its version; write it anew with --write-baseline"),
        ("[]", 1, "this is no baseline: it does not begin with its version; write it anew with --write-baseline"),
        (
            "# A comment.\nversion: 2\n",
            2,
            "the baseline has version 2, but this program reads 1; "
            "update the program, or write it anew with --write-baseline",
        ),
        ("version: 1\n", 1, "this is no baseline; write it anew with --write-baseline"),
        (f"{HEAD}\n- {{}}\n", 4, "the entry has no rule; write it anew with --write-baseline"),
        (f"{HEAD}- {{\n", 3, "this line is no finding of a baseline; write it anew with --write-baseline"),
        (f"{HEAD}- {'[' * 99_999}\n", 3, "this line is no finding of a baseline; write it anew with --write-baseline"),
        (f"{HEAD}findings:\n", 3, "this line is no finding of a baseline; write it anew with --write-baseline"),
        (
            HEAD + ENTRY.replace('"count": 1', '"count": 0'),
            3,
            "count must be a whole number of at least 1; correct it, or write it anew with --write-baseline",
        ),
        (
            HEAD + ENTRY.replace('"count": 1', '"count": true'),
            3,
            "count must be a whole number of at least 1; correct it, or write it anew with --write-baseline",
        ),
        (
            HEAD + ENTRY.replace('"ed31', '"../'),
            3,
            "the fingerprint must be 16 digits of 0-9 and a-f; write it anew with --write-baseline",
        ),
        (f"{HEAD}<<<<<<< HEAD\n{ENTRY}", 3, "this is a conflict of git; keep the lines of both sides"),
        (f"{HEAD}{ENTRY}=======\n", 4, "this is a conflict of git; keep the lines of both sides"),
    ],
)
def test_a_malformed_baseline_ends_the_run(folder: Path, text: str, line: int, message: str) -> None:
    write(folder, {"q.yaml": SHORT, "known.yaml": text})
    result = invoke("lint", "--baseline", "known.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"known.yaml:{line}:1: {message}\n"


def test_a_baseline_that_can_not_be_opened_ends_the_run(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "d/d.yaml": BUCKET})
    os.mkfifo("pipe")
    for name, message in {
        "none.yaml": "there is no such baseline; --write-baseline FILE makes one",
        "d": "is a directory",
        "pipe": "this is a pipe, which is not opened; save what it gives as a file, or give a template to standard "
        "input and name -",
    }.items():
        result = invoke("lint", "--baseline", name)
        assert (result.exit_code, result.stderr) == (2, f"{name}:1:1: {message}\n")
    Path("bytes.yaml").write_bytes(b"version: 1\nfindings:\n- \xff\n")
    assert invoke("lint", "--baseline", "bytes.yaml").stderr.startswith("bytes.yaml:3:3: byte 0xff is not UTF-8 text")


def test_a_configuration_names_no_baseline_outside_of_the_root(folder: Path, tmp_path_factory: Any) -> None:
    out = tmp_path_factory.mktemp("out")
    write(out, {"known.yaml": HEAD + ENTRY})
    write(folder, {"q.yaml": SHORT})
    os.symlink(out / "known.yaml", folder / "link.yaml")
    for path in (str(out / "known.yaml"), "link.yaml"):
        write(folder, {".awslint-memo.yaml": f"# Known.\nbaseline: {path}\n"})
        result = invoke("lint", "--prune-baseline")
        assert result.exit_code == 2
        assert result.stderr.startswith(".awslint-memo.yaml:2:1: baseline names ")
        assert "outside of the root" in result.stderr
    (folder / ".awslint-memo.yaml").unlink()
    assert invoke("lint", "--baseline", "link.yaml").exit_code == 0, "what a person names is theirs"


def test_no_other_file_is_replaced_by_a_baseline(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "known.yaml": f"{HEAD}<<<<<<<\n"})
    os.mkdir("d")
    os.mkfifo("pipe")
    for name in ("q.yaml", "known.yaml", "d", "pipe"):
        before = Path(name).read_text() if Path(name).is_file() else None
        result = invoke("lint", "--write-baseline", name)
        assert result.exit_code == 2
        assert before is None or Path(name).read_text() == before
    assert invoke("lint", "--write-baseline", "q.yaml").stderr == (
        "q.yaml:1:1: this file was not replaced: this is no baseline: it does not begin with its version; "
        "remove it, or name another one\n"
    )
    result = invoke("lint", "--write-baseline", "none/known.yaml")
    assert result.stderr == "none/known.yaml:1:1: the baseline can't be written: no such file or directory\n"


def test_options_that_exclude_each_other(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT})
    assert invoke("lint", "--prune-baseline").stderr == (
        "--prune-baseline: there is no baseline; name one with --baseline, or in the configuration\n"
    )
    for other in (("--baseline", "b"), ("--prune-baseline",)):
        result = invoke("lint", "--write-baseline", "a", *other)
        assert result.stderr == (
            f"--write-baseline and {other[0]} exclude each other; name the file with --write-baseline only\n"
        )
        assert result.exit_code == 2


def test_what_could_not_be_read_fails_the_run_that_writes(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "broken.yaml": SHORT.replace("    Type", "\tType")})
    assert invoke("lint", "--write-baseline", "known.yaml").exit_code == 2
    assert lines() == ["q sqs-long-polling 1"]


def test_an_internal_error_is_in_no_baseline(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "rules/own.py": FAILING})
    assert invoke("lint", "--rules", "rules", "--write-baseline", "known.yaml").exit_code == 2
    assert lines() == ["q sqs-long-polling 1"]


FAILING = '''"""Fails.

It fails.

What to do: nothing.
"""

from awslint_memo import rule


@rule("own-failing", level="warning", resource="AWS::SQS::Queue", memo="", aws="https://example.com")
def check(queue):
    raise ValueError("broken")
    yield


BAD = GOOD = ""
'''


def test_the_formats_tell_of_the_baseline(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "known.yaml": HEAD + ENTRY + ENTRY.replace("ed31", "0000"), "new.yaml": SHORT})
    found = report("--baseline", "known.yaml")
    REPORTS.validate(found)
    assert [one["path"] for one in found["baselined"]] == ["q.yaml"]
    assert found["summary"]["baselined"] == 1
    assert found["baseline"]["findings"] == 2
    assert [one["fingerprint"] for one in found["baseline"]["unneeded"]] == ["000087ab13813618"]
    log = json.loads(printed("lint", "--baseline", "known.yaml", "--format", "sarif", exits=1))
    new, known = log["runs"][0]["results"]
    assert (new["baselineState"], new.get("suppressions")) == ("new", None)
    assert known["baselineState"] == "unchanged"
    assert known["suppressions"] == [{"kind": "external", "justification": "in the baseline"}]


def test_no_value_is_in_a_baseline(folder: Path) -> None:
    secret = 'resource "aws_sqs_queue" "q" {\n  for_each = toset(["AKIAIOSFODNN7EXAMPLE"])\n}\n'
    write(folder, {"main.tf": secret})
    printed("lint", "--write-baseline", "known.yaml")
    text = Path("known.yaml").read_text()
    assert "aws_sqs_queue.q" in text
    assert "AKIA" not in text


@needs_git
def test_a_baseline_and_a_revision_go_together(folder: Path) -> None:
    (folder / ".git").rmdir()
    repository = made(folder)
    repository.commit({"q.yaml": SOUND, "p.yaml": SHORT, "known.yaml": HEAD + ENTRY})
    write(folder, {"q.yaml": SHORT, "new.yaml": SHORT})
    found = report("--baseline", "known.yaml", "--against", "HEAD")["against"]
    assert ([one["path"] for one in found["new"]], found["unchanged"]) == (["new.yaml"], 1)


@needs_git
@pytest.mark.parametrize("policy", ["", "policy: {locked: ['*'], allow: {baseline: true}}\n"])
def test_what_grows_graver_than_at_a_revision_is_told_though_it_is_known(folder: Path, policy: str) -> None:
    (folder / ".git").rmdir()
    database = "Resources: {Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, BackupRetentionPeriod: 1}}}"
    write(folder, {"db.yaml": database, "policy.yaml": policy})
    select = ("--select", "rds-backup-retention", *(("--policy", "policy.yaml") if policy else ()))
    printed("lint", "--select", "rds-backup-retention", "--write-baseline", "known.yaml")
    made(folder).commit()
    known = (*select, "--baseline", "known.yaml")
    assert invoke("lint", *known, "--against", "HEAD", "--gate").exit_code == 0
    write(folder, {"db.yaml": database.replace(": 1", ": 0")})
    found = report(*known, "--against", "HEAD")
    assert [(one["level"], one["was"]) for one in found["against"]["graver"]] == [("error", "warning")]
    assert (found["summary"]["baselined"], found["against"]["unchanged"]) == (0, 0)
    for options in (("--against", "HEAD"), ("--against", "HEAD", "--gate"), ("--gate",)):
        result = invoke("lint", *known, *options)
        assert (result.exit_code, "error[rds-backup-retention]" in result.stdout) == (1, True), options
    assert invoke("lint", "--baseline", "known.yaml", *select, "--no-gate").exit_code == 0


DOCUMENT = (Path(__file__).parents[2] / "docs" / "changes.md").read_text(encoding="utf-8")


def test_the_documentation_shows_a_baseline_and_a_workflow_that_can_be_read(folder: Path) -> None:
    shown = [block for block in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.S) if block.startswith("version")]
    write(folder, {"q.yaml": SOUND, "known.yaml": shown[0]})
    assert report("q.yaml", "--baseline", "known.yaml")["baseline"]["findings"] == 1


@needs_git
def test_the_documentation_of_the_api_runs(folder: Path) -> None:
    (folder / ".git").rmdir()
    made(folder).commit({"infra/q.yaml": SHORT})
    made(folder).git("update-ref", "refs/remotes/origin/main", "HEAD")
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.S)
    exec(code, {})
    assert lines() == ["infra/q sqs-long-polling 1"]
