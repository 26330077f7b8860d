"""`merge` makes one report of those of many repositories, and says of what is no report why."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cases import each_case
from tests.command import invoke, printed
from tests.reporters.schemas import Schema

from awslint_memo import api
from awslint_memo.comparing.merged import names

SCHEMA = Schema(json.loads((resources.files("awslint_memo.reporters") / "merged.schema.json").read_text()))

QUEUE = """\
Resources:
  Orders: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}
  Key: {Type: AWS::KMS::Key}
"""
SOUND = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"


REPOSITORIES = {
    "sound": {"template.yaml": SOUND},
    "shop": {"template.yaml": QUEUE, "other.yaml": QUEUE},
    "broken": {"template.yaml": QUEUE, "bad.yaml": "Resources:\n\tA: {Type: AWS::SQS::Queue}\n"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the reports of three repositories: one sound, one with findings, one with a broken file."""
    top = tmp_path_factory.mktemp("made")
    (top / "reports").mkdir()
    with pytest.MonkeyPatch.context() as patched:
        for name, files in REPOSITORIES.items():
            (top / name).mkdir()
            for file, text in files.items():
                (top / name / file).write_text(text)
            patched.chdir(top / name)
            select = "sqs-dead-letter-queue,sqs-long-polling"
            invoke("lint", "--select", select, "--format", "json", "--output", f"../reports/{name}.json")
    return top / "reports"


@pytest.fixture(autouse=True)
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(made, tmp_path / "reports")
    monkeypatch.chdir(tmp_path)


def merged(*arguments: str, exits: int = 0) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(printed("merge", *arguments, "--format", "json", exits=exits))
    SCHEMA.validate(made)
    return made


def write(name: str, change: dict[str, Any]) -> str:
    """A report like that of the shop with other members; gives its path."""
    data = json.loads(Path("reports/shop.json").read_text())
    path = f"reports/{name}.json"
    Path(path).write_text(json.dumps({**data, **change}, indent=1))
    return path


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA.content)


def test_totals_are_those_of_all_repositories() -> None:
    made = merged("reports")
    totals = made["totals"]
    assert (totals["repositories"], totals["with_findings"], totals["files"]) == (3, 2, 4)
    assert (totals["errors"], totals["warnings"], totals["findings"], totals["unread"]) == (0, 6, 6, 1)
    assert {one["rule"]: (one["warnings"], one["repositories"]) for one in made["rules"]} == {
        "sqs-dead-letter-queue": (3, 2),
        "sqs-long-polling": (3, 2),
    }
    assert [one["repository"] for one in made["repositories"]] == ["shop", "broken", "sound"]
    assert made["versions"] == [
        {"version": json.loads(Path("reports/shop.json").read_text())["tool"]["version"], "repositories": 3}
    ]


def test_what_was_judged_and_what_was_not_is_summed() -> None:
    coverage = merged("reports")["coverage"]
    assert coverage["repositories"] == 3
    assert coverage["resources"]["total"] == 7
    assert coverage["resources"]["judged"] == 3
    assert {"type": "AWS::KMS::Key", "resources": 3} in coverage["resources"]["unjudged"]
    assert coverage["checks"]["total"] == coverage["checks"]["reported"] == 6


def test_what_could_not_be_read_is_told_with_its_repository() -> None:
    [unread] = merged("reports")["unread"]
    assert (unread["repository"], unread["path"], unread["line"]) == ("broken", "bad.yaml", 2)


def test_the_text_and_the_markdown_show_as_many_rows_as_wanted() -> None:
    text = printed("merge", "reports", "--top", "1")
    assert text.startswith("3 repositories, 2 with findings: 0 errors, 6 warnings in 4 files;")
    assert "\n  and 1 more (--top)" in text
    assert "shop" in text
    assert "broken: bad.yaml:2:1: " in text
    markdown = printed("merge", "reports", "--format", "markdown", "--top", "1")
    assert "| 0 | 4 | 0 | 0 | 2 | 2 of 4 | shop |" in markdown
    assert "| broken |" not in markdown


def test_findings_are_there_if_somebody_wants_them() -> None:
    assert "findings" not in merged("reports")
    found = merged("reports", "--findings")["findings"]
    assert len(found) == 6
    assert {one["repository"] for one in found} == {"shop", "broken"}
    result = invoke("merge", "reports", "--findings")
    assert result.exit_code == 2
    assert result.stderr == "--findings goes with --format json; the other formats have counts only\n"


def test_expected_repositories_without_a_report_are_named() -> None:
    Path("all.txt").write_text("# ours\nacme/shop\nacme/lost # since May\n\nsound\nbroken\nacme/lost\n")
    result = invoke("merge", "reports", "--expect", "all.txt")
    assert result.exit_code == 2
    assert "; 1 expected but not reported" in result.stdout
    assert "\nno report:\n  acme/lost\n" in result.stdout
    assert merged("reports", "--expect", "all.txt", exits=2)["missing"] == ["acme/lost"]
    Path("all.txt").write_text("shop\n")
    assert merged("reports", "--expect", "all.txt")["missing"] == []


def test_a_list_of_repositories_that_can_not_be_read_is_a_sentence() -> None:
    Path("all.txt").write_bytes(b"\xff\n")
    result = invoke("merge", "reports", "--expect", "all.txt")
    assert result.exit_code == 2
    assert result.stderr == "all.txt:1:1: byte 0xff is not UTF-8 text; save the file as UTF-8\n"


def test_the_report_may_be_written_to_a_file() -> None:
    assert printed("merge", "reports", "--format", "json", "--output", "all.json") == ""
    SCHEMA.validate(json.loads(Path("all.json").read_text()))


def test_reports_of_other_versions_are_told() -> None:
    write("old", {"tool": {"name": "awslint-memo", "version": "0.1.9"}})
    write("older", {"tool": None, "coverage": None})
    text = printed("merge", "reports")
    assert "not told (1), 0.1.9 (1); findings of different versions are counted together" in text


def test_a_report_without_coverage_is_told() -> None:
    data = json.loads(Path("reports/shop.json").read_text())
    del data["coverage"]
    Path("reports/bare.json").write_text(json.dumps(data))
    assert "what was judged is not told by 1 report\n" in printed("merge", "reports")
    bare = next(one for one in merged("reports")["repositories"] if one["repository"] == "bare")
    assert bare["coverage"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2}, ":2:13: the report has another version than 1; make it with"),
        ({"version": True}, ":2:13: the report has another version than 1"),
        ({"findings": 3}, "findings is no list"),
        ({"findings": [3]}, "this is no finding"),
        ({"findings": [{"rule": "x"}]}, "the finding has no path"),
        ({"findings": [{"rule": "x", "path": "a", "message": "m", "level": "fatal"}]}, "the finding has no level"),
        ({"errors": [{"path": 1}]}, "the error has no path and message"),
        ({"errors": [{"path": "a", "message": "m", "line": "x"}]}, "line is no count"),
        ({"summary": {"files": -1}}, "files is no count"),
        ({"summary": {"files": 1.5}}, "files is no count"),
        ({"summary": {"notices": [1]}}, "this is no text"),
        ({"coverage": {"checks": {"total": "many"}}}, "total is no count"),
        ({"coverage": {"unknown": [1]}}, "this is no entry of a coverage"),
    ],
)
def test_a_bad_report_is_one_sentence_and_the_others_are_merged(change: dict[str, Any], said: str) -> None:
    path = write("bad", change)
    result = invoke("merge", "reports")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"{path}:")
    assert said in result.stderr
    assert result.stdout.startswith("3 repositories, 2 with findings")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "reports/foreign.json:1:1: "),
        ('{"version": 1,\n  "findings": [', "reports/foreign.json:2:15: "),
        ("[]", "this is no JSON report of awslint-memo; make it with awslint-memo lint --format json"),
        ('{"runs": [], "version": "2.1.0"}', "this is no JSON report of awslint-memo"),
        ("[" * 100_000, "reports/foreign.json:"),
        (f'{{"version": {"9" * 5_000}, "findings": [], "summary": {{}}}}', "reports/foreign.json"),
        ("\x00\xff", "reports/foreign.json"),
    ],
)
def test_a_foreign_file_is_one_sentence(text: str, said: str) -> None:
    Path("reports/foreign.json").write_bytes(text.encode("latin-1"))
    result = invoke("merge", "reports")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "internal error" not in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout.startswith("3 repositories")


def test_a_merged_report_is_refused() -> None:
    Path("all.json").write_text(printed("merge", "reports", "--format", "json"))
    result = invoke("merge", "all.json", "reports")
    assert result.exit_code == 2
    assert "all.json:1:1: this is a merged report; name the reports that it was made of\n" in result.stderr


def test_what_is_not_there_is_said() -> None:
    Path("empty").mkdir()
    result = invoke("merge", "reports", "nowhere.json", "empty")
    assert result.exit_code == 2
    assert "nowhere.json" in result.stderr
    assert "empty:1:1: no JSON report in this folder" in result.stderr
    made = merged("reports", "nowhere.json", exits=2)
    assert [one["path"] for one in made["refused"]] == ["nowhere.json"]


def test_a_report_that_is_named_twice_counts_once() -> None:
    assert merged("reports", "./reports/shop.json", "reports/shop.json")["totals"]["repositories"] == 3


def test_a_name_can_do_nothing_to_a_terminal() -> None:
    write("evil\x1b[31m", {"errors": [{"path": "a\x1bb", "message": "::error::x"}]})
    for form in ("text", "markdown", "json"):
        assert "\x1b" not in printed("merge", "reports", "--format", form)


@each_case(
    ("paths", "called"),
    [
        (["r/orders.json", "r/shop.json"], ["orders", "shop"]),
        (["r/orders/awslint.json", "r/shop/awslint.json"], ["orders", "shop"]),
        (["r/team-a/orders.json", "r/team-b/shop.json"], ["team-a/orders", "team-b/shop"]),
        (["r/orders.json"], ["orders"]),
        (["a.json", "r/a.json"], ["a", "r/a"]),
        ([], []),
    ],
)
def test_repositories_are_called_by_what_differs_in_their_paths(paths: list[str], called: list[str]) -> None:
    assert names(paths) == called


def test_programs_get_the_same_totals() -> None:
    whole = api.merge(["reports"])
    assert whole.totals.items() <= merged("reports")["totals"].items()
    assert [report.name for report in whole.worst_first] == ["shop", "broken", "sound"]
