"""The format html: what the page says, read from its elements."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.reporters.pages import SHOP, by_id, linted, tree, with_class, words, written
from tests.reporters.samples import FINDING, PROBLEM, many, reported
from tests.reporters.syntax import page_tree

from awslint_memo.fixes.suggestion import TextEdit
from awslint_memo.judging.registry import rules
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.reporters import Look, html
from awslint_memo.reporters.html.source import Sources, difference

DOCS = Path(__file__).resolve().parents[2] / "docs"

pytestmark = pytest.mark.usefixtures("polled_queues")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestFindings:
    def test_they_come_before_the_pictures(self) -> None:
        page = tree(linted())
        parts = [one.get("id") for one in by_id(page, "main").iter("section") if one.get("id")]
        assert parts[:2] == ["findings", "resources"]

    def test_a_page_has_the_gravest_and_says_how_many_it_has_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report = linted()
        monkeypatch.setattr(html, "MOST", 2)
        page = tree(report)
        shown = [one.get("data-level") for one in with_class(page, "finding")]
        assert shown == sorted((one.level for one in report.findings), key=LEVELS.index)[:2]
        assert f"{len(report.findings) - 2} more findings: the page has the 2 gravest" in words(by_id(page, "unseen"))
        assert len(report.findings) > 3

    def test_each_is_there_once_with_what_the_filters_ask_for(self) -> None:
        report = linted()
        page = tree(report)
        made = [
            (one.get("data-level"), one.get("data-rule"), one.get("data-file"), one.get("data-root"))
            for one in page.iter("article")
        ]
        assert Counter(made) == Counter((one.level, one.rule, one.path, one.root) for one in report.findings)
        services = {rules()[one.rule].service for one in report.findings}
        assert {one.get("data-service") for one in page.iter("article")} == services
        assert {one.get("value") for one in by_id(page, "choose-rule")} == {"", *(one.rule for one in report.findings)}

    def test_ids_are_unique_and_links_lead_somewhere(self) -> None:
        page = tree(linted())
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert len(ids) == len(set(ids))
        links = {one.get("href", "") for one in page.iter() if one.get("href", "").startswith("#")}
        assert {link[1:] for link in links} <= set(ids)
        fading = {name for one in page.iter() for name in one.get("data-f", "").split()}
        assert fading <= set(ids)

    def test_two_of_one_fingerprint_have_ids_of_their_own(self) -> None:
        page = tree(reported(FINDING, replace(FINDING, message="again")))
        assert [one.get("id") for one in page.iter("article")] == [
            f"f-{FINDING.fingerprint}",
            f"f-{FINDING.fingerprint}-2",
        ]

    def test_one_has_its_place_its_lines_and_other_places(self) -> None:
        (article,) = tree(reported(FINDING)).iter("article")
        assert words(article.find("h4")) == "warning Orders answers at once #"
        said = words(article)
        assert "a/t.yaml:2:3 when Environment is prod" in said
        assert "b/u.yaml:2:11 Worker works 60 s" in said
        first, second = with_class(article, "source")
        assert [one.get("data-no") for one in first] == ["2"]
        assert [words(one) for one in first.iter("mark")] == ["Größe"]
        assert [one.get("data-no") for one in second] == ["2"]

    def test_the_line_of_the_resource_stands_above_that_of_the_place(self) -> None:
        home, place = Span("a/t.yaml", 2, 3, 2, 8), Span("a/t.yaml", 4, 5, 4, 15)
        (article,) = tree(reported(replace(FINDING, home=home, span=place, related=()))).iter("article")
        rows = [(one.get("data-no"), words(one), "far" in one.get("class", "")) for one in with_class(article, "row")]
        assert rows == [("2", "Größe: # 日本", True), ("4", "Properties: {}", False)]

    def test_a_place_behind_the_end_of_its_file_has_no_lines(self) -> None:
        assert with_class(tree(reported(replace(FINDING, span=Span("a", 9, 1, 9, 2), related=()))), "source") == []

    def test_the_rule_says_why_once(self) -> None:
        page = tree(reported(FINDING, *many(3, "error")))
        (section,) = with_class(page, "rule")
        reasons = with_class(section, "reason")
        assert len(reasons) == 1
        assert "An empty answer is billed." in words(reasons[0])
        assert "memo" in words(reasons[0].find("blockquote"))
        assert [one.get("data-level") for one in section.iter("article")] == ["error"] * 3 + ["warning"]

    def test_the_memo_is_shown_in_japanese_and_in_english(self) -> None:
        quotes = [[words(one) for one in quote] for quote in tree(linted()).iter("blockquote")]
        assert any("\u3067" in one[0] and one[1].isascii() for one in quotes)

    def test_many_other_places_are_shown_with_verbose(self) -> None:
        long = replace(FINDING, related=[replace(FINDING.related[0], message=f"m{at}") for at in range(20)])
        assert "and 12 more places; --verbose shows all" in words(tree(reported(long)))
        assert "m19" in words(tree(reported(long), Look(verbose=True)))

    def test_nothing_found_is_said(self) -> None:
        page = tree(reported())
        assert "Nothing was found in what was looked at." in words(by_id(page, "findings"))
        assert list(page.iter("form")) == []


class TestFixes:
    def test_a_difference_is_what_the_fix_makes(self, folder: Path) -> None:
        report = linted()
        before, fixes = SHOP, [one for one in tree(report).iter("article") if with_class(one, "fix")]
        assert len(fixes) >= 2
        for article in fixes:
            (diff,) = with_class(article, "diff")
            patch = "".join(diff.itertext())
            done = subprocess.run(
                ["git", "apply", "--unidiff-zero", "-"], cwd=folder, input=patch, text=True, check=False
            )
            assert done.returncode == 0, patch
            assert Path("shop.yaml").read_text() != before
            Path("shop.yaml").write_text(before)

    def test_it_is_marked_as_safe_or_not(self) -> None:
        text = "Resources:\n  D: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 0}}\n"
        page = tree(linted(text))
        unsafe = [words(one) for one in with_class(page, "fix") if words(one).startswith("Fix (unsafe)")]
        assert any("A person should decide" in one and "--fix --unsafe-fixes" in one for one in unsafe)
        assert any(words(one).startswith("Fix (safe)") for one in with_class(tree(linted()), "fix"))

    @pytest.mark.parametrize(
        ("edits", "expected"),
        [
            ([(3, 1, 3, 1, "new\n")], ["@@ -2,0 +3 @@", "+new"]),
            (
                [(2, 1, 2, 3, "a\nb"), (200, 1, 201, 1, "")],
                [
                    *("@@ -2 +2,2 @@", "-l2", "+a", "+b"),
                    *("@@ -200 +200,0 @@", "-l200"),
                ],
            ),
        ],
    )
    def test_far_edits_are_parts_of_their_own(
        self, edits: Sequence[tuple[int, int, int, int, str]], expected: list[str]
    ) -> None:
        lines = [f"l{number}" for number in range(1, 301)]
        report = Report(lines=lambda _: lines)
        made = [TextEdit(Span("a", *one[:4]), one[4]) for one in edits]
        assert list(difference("a", made, Sources(report)))[2:] == expected

    def test_a_secret_beside_an_edit_is_not_shown(self) -> None:
        lines = ["Q: {a: 1, Word: hush-hush, b: 2}", "Next: x", ""]
        report = Report(lines=lambda _: lines, secrets={"a": [Span("a", 1, 17, 1, 26)]})
        made = list(difference("a", [TextEdit(Span("a", 1, 8, 1, 9), "12\n345")], Sources(report)))
        assert any(one.startswith("+") for one in made[2:])
        assert "hush" not in "".join(made)

    def test_thousands_of_changes_are_not_compared(self) -> None:
        report = Report(lines=lambda _: ["a = 1"] * 50_000)
        edits = [TextEdit(Span("a", number, 2, number, 2), " ") for number in range(1, 50_000)]
        (said,) = list(difference("a", edits, Sources(report)))[2:]
        assert said == "@@ not shown, as there are too many: 49999 changes @@"

    def test_a_line_of_megabytes_is_not_compared(self) -> None:
        report = Report(lines=lambda _: ["x" * 1_000_000])
        (said,) = list(difference("a", [TextEdit(Span("a", 1, 2, 1, 3), "y")], Sources(report)))[2:]
        assert said == "@@ not shown, as the lines are too long: 1 change @@"


class TestPage:
    def test_the_counts_add_up(self) -> None:
        report = linted()
        page = tree(report)
        tiles = [words(one) for one in with_class(page, "figures")[0]]
        found = report.summary()
        assert tiles[0] == f"{found.errors} error" + ("" if found.errors == 1 else "s")
        assert f"{found.advice} pieces of advice" in tiles
        assert tiles[-2:] == ["1 file", "5 resources"]
        assert len(list(page.iter("article"))) == found.errors + found.warnings + found.advice

    def test_what_was_not_looked_at_is_told(self) -> None:
        report = reported(FINDING, errors=[PROBLEM], notices=["a module was not looked at"], passed_over=["x.md"])
        said = words(by_id(tree(report), "unseen"))
        for part in ("bad.yaml:2:3 duplicate key", "a module was not looked at", "1 file that is no template x.md"):
            assert part in said
        assert words(with_class(tree(report), "figures")[0][-1]) == "1 not read, or not wholly"

    def test_what_is_not_shown_is_counted(self, folder: Path) -> None:
        suppressed = SHOP.replace("  Alone:", "  Alone: # awslint-memo: ignore[sqs-*] nobody reads it")
        (folder / "shop.yaml").write_text(suppressed)
        page = page_tree(printed("lint", "--format", "html", exits=1))
        said = words(by_id(page, "unseen"))
        assert "not shown (--advice)" in said
        assert "sqs-long-polling on Alone: nobody reads it" in said

    def test_statistics_are_shown_if_they_are_wanted(self) -> None:
        assert "findings by rule:" in words(by_id(tree(linted(coverage=True), Look(statistics=True)), "statistics"))

    def test_a_state_is_shown_against_an_earlier_report(self, folder: Path) -> None:
        (folder / "shop.yaml").write_text(SHOP)
        assert invoke("lint", "--format", "json", "--output", "../old.json").exit_code == 1
        (folder / "shop.yaml").write_text(SHOP.replace("Alone", "Other"))
        page = page_tree(printed("lint", "--against", "../old.json", "--format", "html", exits=1))
        states = Counter(one.get("data-state") for one in page.iter("article"))
        assert set(states) == {"new", "as before"}
        assert "Changes" in words(page)
        assert "gone: shop.yaml:13: sqs-long-polling on Alone" in words(page)
        assert by_id(page, "changed").get("type") == "checkbox"

    def test_recovery_is_shown_where_objectives_are_declared(self, folder: Path) -> None:
        table = "Resources:\n  T: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain}\n"
        (folder / "t.yaml").write_text(table)
        without = page_tree(invoke("lint", "t.yaml", "--format", "html").stdout)
        assert [one for one in without.iter() if one.get("id") == "recovery"] == []
        (folder / ".awslint-memo.yaml").write_text("recovery: {rpo: 1h, rto: 4h}\n")
        chapter = by_id(page_tree(invoke("lint", "t.yaml", "--format", "html").stdout), "recovery")
        assert [words(one) for one in chapter.iter("th")][:3] == ["store", "when", "loses"]
        assert "1h \u2713 met" in {words(one) for one in with_class(chapter, "verdict")}

    def test_it_loads_nothing_and_runs_its_own_code_only(self) -> None:
        text = written(linted())
        page = page_tree(text)
        loading = [one for one in page.iter() if one.tag in ("link", "img", "iframe", "object", "embed", "base")]
        sources = [one for one in page.iter() if one.get("src") or one.get("style") or one.get("srcset")]
        handlers = [key for one in page.iter() for key in one.attrib if key.startswith("on")]
        assert (loading, sources, handlers) == ([], [], [])
        (policy,) = [one.get("content", "") for one in page.iter("meta") if one.get("http-equiv")]
        assert policy.startswith("default-src 'none'; ")
        for kind in ("style", "script"):
            (code,) = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
            made = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{made}'" in policy
            assert not re.search(r"https?:|@import|url\(|innerHTML|eval\(", code)

    def test_links_out_are_those_of_the_rules(self) -> None:
        out = {one.get("href", "") for one in tree(linted()).iter("a") if not one.get("href", "#").startswith("#")}
        assert out
        assert all(one.startswith("https://docs.aws.amazon.com/") for one in out)


def test_the_id_of_a_rule_leads_to_our_page_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awslint_memo.manual.addresses.SITE", "https://acme.github.io/awslint-memo/")
    sections = with_class(tree(linted()), "rule")
    assert sections
    for section in sections:
        (link,) = [one for one in section.find("h3") or () if one.tag == "a"]
        assert link.get("href") == f"https://acme.github.io/awslint-memo/rules/{words(link)}.html"
        assert (DOCS / "rules" / f"{words(link)}.md").is_file()


EVIL = "</script><img src=x onerror=alert(1)>\u202e\x1b\"'&amp;<!--"


HOSTILE = {
    "names.json": {"Resources": {EVIL: {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": EVIL}}}},
    "addresses.tf.json": {"resource": {"aws_sqs_queue": {"q": {"for_each": {EVIL: 1}}}}},
}


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_name_stays_text(path: str) -> None:
    report = linted(json.dumps(HOSTILE[path]), path)
    assert report.findings
    page = tree(report)
    assert {one.tag for one in page.iter()}.isdisjoint({"img", "{http://www.w3.org/1999/xhtml}img"})
    assert "</script><img src=x onerror=alert(1)>\\u202e\\x1b" in "".join(page.itertext())
    assert not any("onerror" in key for one in page.iter() for key in one.attrib)


def test_without_pygraphviz_the_page_has_the_same_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not installed where it has no wheel, such as on musl or Windows on ARM."""
    Path("shop.yaml").write_text(SHOP)
    pages = []
    for finds in (find_spec, lambda _: None):
        monkeypatch.setattr("awslint_memo.reporters.html.layout.find_spec", finds)
        result = invoke("lint", "--format", "html", "--output", "page.html")
        assert (result.exit_code, result.stderr) == (1, "")
        pages.append(page_tree(Path("page.html").read_text(encoding="utf-8")))
    for name in ("node", "on-line"):
        shown = [[part.get("aria-label") for part in with_class(page, name)] for page in pages]
        assert shown[0] == shown[1]
    assert with_class(pages[0], "node")
    lines = [[words(line) for line in with_class(page, "line")] for page in pages]
    assert lines[0] == lines[1]
