"""The site of the documentation: every page is in its navigation, links are true, and mistakes in built pages are seen.

`make site` builds it and looks at each built page; here nothing is built.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docs.build_site import DOCS, EXTRA, FENCED, LINK, configuration, linked, mistakes, repository, stage
from tests.cases import each_case

from awslint_memo.files.source import Source
from awslint_memo.syntax import toml_tables

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", *EXTRA)),
    *sorted(DOCS.glob("*.md")),
    *sorted(DOCS.glob("audits/*.md")),
    *sorted(DOCS.glob("developing/*.md")),
]
PROJECT: dict[str, Any] = toml_tables.parse(Source("zensical.toml", configuration().encode()))["project"]


def named(entry: Any) -> list[str]:
    """The pages of an entry of the navigation."""
    if isinstance(entry, str):
        return [entry]
    inner = entry.values() if isinstance(entry, dict) else entry
    return [page for one in inner for page in named(one)]


def test_every_page_is_in_the_navigation_once() -> None:
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} | set(EXTRA.values())
    there = {page for page in there if not page.startswith("developing/")}
    listed = named(PROJECT["nav"])
    assert sorted(there - set(listed)) == [], "add these pages to a group of nav in docs/zensical.toml"
    assert sorted(set(listed) - there) == [], "nav in docs/zensical.toml names pages that are not there"
    assert [page for page in listed if listed.count(page) > 1] == []


def test_the_groups_are_those_of_the_site() -> None:
    assert [next(iter(group)) for group in PROJECT["nav"]] == ["Start", "Guides", "Reference", "Rules", "Contribute"]


def test_readers_need_no_network() -> None:
    assert PROJECT["theme"]["font"] is False
    assert "repo_url" not in PROJECT, "the theme asks GitHub about the repository while a page is read"
    assert PROJECT["plugins"]["offline"] == {}
    assert all((DOCS / path).is_file() for path in PROJECT["extra"]["polyfills"])
    assert all("iframe-worker" in path for path in PROJECT["extra"]["polyfills"]), "else one is loaded from elsewhere"


@each_case("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_of_the_repository(path: Path) -> None:
    found = LINK.finditer(FENCED.sub("", path.read_text(encoding="utf-8")))
    assert [link[1] for link in found if not (path.parent / link[1]).exists()] == []


def test_links_of_a_page_lead_where_they_do_in_the_site() -> None:
    page = (
        "[a](json.md#a-finding) [b](../SECURITY.md#secrets) "
        "[c](../fixtures/cdk) [d](../action.yml) [e](https://x.y) [f](#g) [g](developing/rules.md#a)\n"
        "```text\n[a](../SECURITY.md)\n```\n[n](../nothing)\n"
    )
    there = f"[c]({repository()}/tree/main/fixtures/cdk) [d]({repository()}/blob/main/action.yml)"
    ours = f"{repository()}/blob/main/docs/developing/rules.md"
    assert linked(page, "docs/ci.md") == (
        f"[a](json.md#a-finding) [b](security.md#secrets) {there} [e](https://x.y) [f](#g) [g]({ours}#a)\n"
        "```text\n[a](../SECURITY.md)\n```\n[n](../nothing)\n"
    )
    assert linked("[a](../../SECURITY.md) [b](../cdk.md)", "docs/rules/x.md") == "[a](../security.md) [b](../cdk.md)"
    assert linked("[a](docs/cdk.md) [b](SECURITY.md)", "CONTRIBUTING.md") == "[a](cdk.md) [b](security.md)"


def test_ids_of_rules_lead_to_their_pages() -> None:
    page = "# `sqs-long-polling`\n\n`sqs-long-polling`, `no-such-rule`, [`sqs-long-polling`](x.md)\n"
    link = "[`sqs-long-polling`](rules/sqs-long-polling.md)"
    assert linked(page, "docs/ci.md") == (
        f"# `sqs-long-polling`\n\n{link}, `no-such-rule`, [`sqs-long-polling`](x.md)\n"
    )
    assert linked("`sqs-long-polling`\n```\n`sqs-long-polling`\n```\n", "docs/rules/sqs-long-polling.md") == (
        "`sqs-long-polling`\n```\n`sqs-long-polling`\n```\n"
    )
    assert linked("`sqs-long-polling`", "SECURITY.md") == link


def test_a_checkout_without_the_generator_is_told_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-S", str(DOCS / "build_site.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "make site installs both" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_name_of_a_file_is_the_title_of_its_listing() -> None:
    page = (
        "`a/b.yaml`:\n\n<!-- file: a/b.yaml -->\n```yaml\na: b\n```\n\nAnd this:\n\n<!-- file: c.tf -->\n```hcl\n```\n"
    )
    assert linked(page, "docs/x.md") == (
        '```yaml title="a/b.yaml"\na: b\n```\n\nAnd this:\n\n```hcl title="c.tf"\n```\n'
    )


def test_the_words_of_the_memo_have_their_language() -> None:
    said = '<span lang="ja">DB の「名前」</span>'
    assert linked("> DB の「名前」\n>\n> A name.\n", "docs/rules/x.md") == f"> {said}\n>\n> A name.\n"
    assert linked("| DB の「名前」 | A name. | x |\n", "docs/x.md") == f"| {said} | A name. | x |\n"


def test_the_generator_is_given_every_page_with_what_it_shows(tmp_path: Path) -> None:
    stage(tmp_path)
    pages = {path.relative_to(tmp_path / "docs").as_posix() for path in (tmp_path / "docs").rglob("*.md")}
    assert pages == set(named(PROJECT["nav"]))
    for path in ("llms.txt", "settings.schema.json", "audits/findings.csv", *PROJECT["extra_css"]):
        assert (tmp_path / "docs" / path).is_file()
    assert not list((tmp_path / "docs").rglob("*.py"))
    assert (tmp_path / "zensical.toml").read_text(encoding="utf-8") == configuration()


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ('<a href="b/c.html#there">', []),
        ('<a href="b/c.html">', []),
        ('<a href="https://elsewhere.example/x#y">', []),
        ('<a href="#here">', []),
        ('<a href="">', []),
        ('<link rel="canonical" href="https://elsewhere.example/">', []),
        ('<a href="b/d.html">', ["a.html: b/d.html is no file"]),
        ('<a href="b">', ["a.html: b is no file"]),
        ('<a href="b/c.html#nothing">', ["a.html: b/c.html#nothing is no heading"]),
        ('<a href="#nothing">', ["a.html: #nothing is no heading"]),
        ('<img src="no.png">', ["a.html: no.png is no file"]),
        ('<script src="https://elsewhere.example/x.js">', ["a.html: loads https://elsewhere.example/x.js"]),
        ('<link rel="stylesheet" href="//elsewhere.example/x">', ["a.html: loads //elsewhere.example/x"]),
        ('<link rel="preconnect" href="https://fonts.example">', ["a.html: loads https://fonts.example"]),
    ],
)
def test_mistakes_in_a_built_page_are_told(tag: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.html").write_text('<h2 id="there">There</h2> <a href="../a.html">back</a>', encoding="utf-8")
    (tmp_path / "a.html").write_text(f'<h1 id="here">Here</h1>{tag}', encoding="utf-8")
    assert list(mistakes(tmp_path)) == said


def test_the_site_is_built_before_the_tests_everywhere() -> None:
    for name in (".ci/run", ".github/workflows/ci.yml", ".github/workflows/site.yml", "Makefile"):
        assert re.search(r"python docs/build_site\.py", (ROOT / name).read_text(encoding="utf-8")), name
