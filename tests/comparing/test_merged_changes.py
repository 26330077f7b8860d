"""`merge --against`: what grew and fell since an earlier merged report, by rule, owner, root and repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.comparing.test_merged import SCHEMA
from tests.readers.workspace import write
from tests.reporters.test_json_format import REPORTS

QUEUE = "Resources:\n  Orders: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}\n"
OTHER = QUEUE + "  Bills: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}\n"
SELECT = ("--select", "sqs-dead-letter-queue,sqs-long-polling")


def lint(folder: Path, report: Path) -> None:
    """Write the report of a repository."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        invoke("lint", *SELECT, "--format", "json", "--output", str(report))
    REPORTS.validate(json.loads(report.read_text()))


@pytest.fixture
def months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the reports of two months, the first of which is merged."""
    owners = "# Who owns what.\n* @platform\n/billing/ @billing @money\n/free/\n"
    shop = tmp_path / "shop"
    write(shop, {"a.yaml": QUEUE, "billing/b.yaml": OTHER, "free/f.yaml": QUEUE, ".github/CODEOWNERS": owners})
    (shop / ".git").mkdir()
    write(tmp_path / "old", {"o.yaml": QUEUE})
    monkeypatch.chdir(tmp_path)
    Path("may").mkdir()
    Path("june").mkdir()
    for name in ("shop", "old"):
        lint(tmp_path / name, tmp_path / "may" / f"{name}.json")
    printed("merge", "may", "--format", "json", "--output", "may.json")
    write(
        shop, {"billing/b.yaml": QUEUE, "a.yaml": OTHER.replace("Type: AWS::SQS::Queue,", "Type: AWS::SQS::Queue,", 1)}
    )
    write(tmp_path / "young", {"y.yaml": QUEUE})
    for name in ("shop", "young"):
        lint(tmp_path / name, tmp_path / "june" / f"{name}.json")
    return tmp_path


def merged(*arguments: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(printed("merge", *arguments, "--format", "json"))
    SCHEMA.validate(made)
    return made


def test_a_merged_report_counts_by_owner_and_root(months: Path) -> None:
    made = merged("may")
    owners = {row["owner"]: row["findings"] for row in made["owners"]}
    assert owners == {"@billing": 4, "@money": 4, "@platform": 2, "": 4}, "each owner of a file has its findings"
    rows = [line.split() for line in printed("merge", "may").splitlines()]
    assert [row for row in rows if row[-1:] in (["@billing"], ["@platform"], ["(nobody)"])] == [
        ["4", "(nobody)"],
        ["4", "@billing"],
        ["2", "@platform"],
    ]
    roots = {(row["repository"], row["root"]): row["findings"] for row in made["roots"]}
    assert roots == {("shop", "billing/b"): 4, ("shop", "a"): 2, ("shop", "free/f"): 2, ("old", "o"): 2}
    assert "against" not in made


def test_what_grew_and_fell_is_told_by_rule_owner_root_and_repository(months: Path) -> None:
    against = merged("june", "--against", "may.json")["against"]
    assert (against["was"], against["is"], against["came"], against["went"]) == (10, 10, ["young"], ["old"])
    assert against["rules"] == []
    assert against["owners"] == [
        {"owner": "@platform", "was": 2, "is": 4},
        {"owner": "@billing", "was": 4, "is": 2},
        {"owner": "@money", "was": 4, "is": 2},
    ]
    changed = {(row["repository"], row["root"]): (row["was"], row["is"]) for row in against["roots"]}
    assert changed == {
        ("young", "y"): (0, 2),
        ("old", "o"): (2, 0),
        ("shop", "a"): (2, 4),
        ("shop", "billing/b"): (4, 2),
    }
    assert against["repositories"] == [
        {"repository": "young", "was": 0, "is": 2},
        {"repository": "old", "was": 2, "is": 0},
    ]


def test_people_read_the_changes_first(months: Path) -> None:
    shown = printed("merge", "june", "--against", "may.json")
    assert "10 findings, 10 in may.json (0); 1 repository came; 1 repository went\n" in shown
    assert (
        "changed owners:\n  change  was  is  owners\n      +2    2   4  @platform\n      -2    4   2  @billing\n"
        in shown
    )
    assert "+2    2   4  shop: a\n" in shown
    assert shown.index("changed owners") < shown.index("the repositories with the most")
    page = printed("merge", "june", "--against", "may.json", "--format", "markdown", "--top", "1")
    assert "**Changed roots**" in page
    assert "and 3 more (`--top`)" in page


def test_an_earlier_report_without_owners_and_roots_is_compared_as_far_as_it_goes(months: Path) -> None:
    data = json.loads(Path("may.json").read_text())
    Path("may.json").write_text(json.dumps({name: data[name] for name in data if name not in ("owners", "roots")}))
    against = merged("june", "--against", "may.json")["against"]
    assert {"owners", "roots"}.isdisjoint(against)
    shown = printed("merge", "june", "--against", "may.json")
    assert "may.json does not tell owners and roots; make it again with this version\n" in shown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[", "this is no merged report; make one with awslint-memo merge --format json"),
        ('{"findings": []}', "this is no merged report; make one with awslint-memo merge --format json"),
        (
            '{"version": 2, "repositories": [], "rules": [], "totals": {}}',
            "the merged report has another version than 1; make one with awslint-memo merge --format json",
        ),
        (
            '{"version": 1, "repositories": [1], "rules": [], "totals": {}}',
            "repositories is no list of rows; make one with awslint-memo merge --format json",
        ),
        (
            '{"version": 1, "repositories": [], "rules": [{"rule": 1}], "totals": {}}',
            "rules has a row without rule, findings; make one with awslint-memo merge --format json",
        ),
    ],
)
def test_what_is_no_merged_report_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str, sentence: str
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    write(folder, {"one.json": '{"version": 1, "findings": [], "summary": {}}', "may.json": text})
    result = invoke("merge", str(folder / "one.json"), "--against", str(folder / "may.json"))
    assert result.exit_code == 2
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("pattern", "path", "is_owned"),
    [
        ("*", "a/b.tf", True),
        ("*.tf", "a/b.tf", True),
        ("/a/", "a/c/b.tf", True),
        ("a/", "x/a/b.tf", True),
        ("/a/*", "a/b.tf", True),
        ("/a/*", "a/c/b.tf", False),
        ("/b/", "a/b/c.tf", False),
        ("**/c", "a/c/b.tf", True),
    ],
)
def test_patterns_are_those_of_codeowners(
    tmp_path_factory: pytest.TempPathFactory, pattern: str, path: str, is_owned: bool
) -> None:
    from awslint_memo.files.files import Files
    from awslint_memo.files.root import Root
    from awslint_memo.judging.owners import Owners

    folder = tmp_path_factory.mktemp("owned")
    write(folder, {"CODEOWNERS": f"[Section]\n{pattern} @a # why\n", path: ""})
    owners = Owners(Files(bounds=Root([str(folder)])), str(folder))
    assert owners.of(str(folder / path)) == (("@a",) if is_owned else ())
