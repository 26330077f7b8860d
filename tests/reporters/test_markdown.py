"""The format markdown: within the limits of a comment and of a job's summary, and no text of a file is markup."""

from __future__ import annotations

import html
import re

import pytest
from tests.cases import each_case
from tests.reporters.samples import FINDING, PROBLEM, RULE, many, reported

from awslint_memo.judging.report import Report, Times
from awslint_memo.model.finding import Related
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.reporters import REPORTERS, Look
from awslint_memo.reporters.markdown import summary


def written(report: Report, look: Look | None = None) -> str:
    return REPORTERS["markdown"](report, look or Look())


def rows(text: str) -> list[list[str]]:
    """The cells of the table's rows, without its head."""
    found = [line for line in text.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[2:]]


def test_a_finding_is_a_row_and_its_rule_is_folded_below() -> None:
    text = written(reported(FINDING))
    assert text.startswith("### awslint-memo: 1 warning in 1 file\n\n| level |")
    place, message = "<code>a/t.yaml:2</code>", "Orders answers at once (when Environment is prod)"
    assert rows(text) == [["warning", f"[sqs-long-polling]({RULE.url})", place, message]]
    assert text.split("<details>")[1].split("\n") == [
        "<summary>sqs-long-polling: Queues should wait.</summary>",
        "",
        "An empty answer is billed.",
        "",
        "What to do: Set it to 20.",
        "",
        "- <code>a/t.yaml:2</code>: <code>b/u.yaml:2</code> Worker works 60 s",
        "",
        "</details>",
        "",
    ]


def test_the_gravest_come_first() -> None:
    text = written(reported(*many(1, "advice"), *many(2, "warning"), *many(1, "error")))
    assert [row[0] for row in rows(text)] == ["error", "warning", "warning", "advice"]


def test_what_was_not_read_and_the_notices_are_lists() -> None:
    text = written(reported(errors=[PROBLEM], notices=["only a part"]))
    assert "**Not read, or not wholly**\n\n- <code>bad.yaml:2</code>: duplicate key\n" in text
    assert "**Notes**\n\n- only a part\n" in text
    assert rows(text) == []


def test_no_finding_is_said() -> None:
    assert written(replace(reported(), files=["t.yaml"])) == "### awslint-memo: no findings in 1 file\n"


def test_statistics_are_a_list_where_they_are_wanted() -> None:
    timed = replace(reported(FINDING), times=Times(0.25, 0.5))
    assert "**Statistics**" in written(timed, Look(statistics=True))
    assert "- time: 0.25 s for settings, rules and reading, 0.50 s for judging\n" in written(
        timed, Look(statistics=True)
    )
    assert "Statistics" not in written(timed)


@pytest.mark.parametrize("level", ["error", "advice"])
def test_a_comment_has_at_most_65536_characters_and_says_what_is_left_out(level: str) -> None:
    found = [replace(one, message="名😀" * 30) for one in (*many(2000, "advice"), *many(3, "error"))]
    errors = [replace(PROBLEM, line=line, message="duplicate key " * 20) for line in range(1, 200)]
    text = written(reported(*found, errors=errors, notices=[f"note {number} " * 20 for number in range(500)]))
    units = len(text.encode("utf-16-le")) // 2
    assert 60_000 < units <= 65_536
    kept = rows(text)
    assert [row[0] for row in kept[:4]] == ["error", "error", "error", "advice"]
    assert f"\n{2003 - len(kept)} of 2003 findings left out here, the least grave.\n" in text
    listed = len(re.findall("^- <code>bad.yaml", text, re.M))
    assert 0 < listed < 199
    assert f"- and {199 - listed} more, left out here\n" in text


def test_the_places_of_a_rule_are_bounded() -> None:
    places = [Related(Span("u.yaml", at, 1, at, 2), "") for at in range(1, 25)]
    detail = written(reported(*[replace(one, related=places) for one in many(23, "error")])).split("<details>")[1]
    assert detail.count("\n- <code>") == 20
    assert "\n- and 3 more\n" in detail
    assert detail.count("; and 4 more\n") == 20


def test_rules_that_do_not_fit_are_counted() -> None:
    rules = [RULE.changed(id=f"own-{number}", reason="because " * 900) for number in range(20)]
    found = [replace(FINDING, rule=one.id) for one in rules]
    text = written(replace(reported(*found), rules=rules))
    assert 5 < text.count("<details>") < 10
    assert f"{20 - text.count('<details>')} more rules left out here; awslint-memo explain RULE says " in text


@pytest.mark.parametrize("most", [1024 * 1024, 20_000, 1_000, 100, 0, -5])
def test_a_summary_has_at_most_the_bytes_that_are_left(most: int) -> None:
    found = [replace(one, message="名前" * 100) for one in many(3000, "warning")]
    text = summary(reported(*found), Look(), most)
    assert len(text.encode()) <= max(most, 0)
    assert (text == "") == (most <= 100)


EVIL = {
    "a|b": "a&#124;b",
    "<img src=x> &lt;": "&lt;img src=x&gt; &amp;lt;",
    "[x](https://e.example)": "&#91;x&#93;(https<!-- -->://e.example)",
    "`code` *bold*": "&#96;code&#96; &#42;bold&#42;",
    "__b__ ~~s~~ $m$": "&#95;&#95;b&#95;&#95; &#126;&#126;s&#126;&#126; &#36;m&#36;",
    "@team #12 GH-12 www.e.example me@e.example": "@<!-- -->team #<!-- -->12 GH<!-- -->-12 www<!-- -->.e.example "
    "me@<!-- -->e.example",
    "# a": "&#35; a",
    "- a": "&#45; a",
    "1. a": "1&#46; a",
    "a\n\n| b |\n# c": "a &#124; b &#124; # c",
    "aws_sqs_queue.orders_2": "aws_sqs_queue.orders_2",
}


@each_case("evil", EVIL)
def test_no_text_of_a_file_is_markup(evil: str) -> None:
    related = [Related(Span(f"{evil}.yaml", 1, 1, 1, 2), evil)]
    one = replace(FINDING, message=evil, span=Span(f"{evil}.yaml", 1, 1, 1, 2), related=related, deployment=None)
    text = written(reported(one, errors=[replace(PROBLEM, path=evil, message=evil)], notices=[evil]))
    ((_, _, place, message),) = rows(text)
    assert message == EVIL[evil]
    if "\n" not in evil:
        assert html.unescape(message.replace("<!-- -->", "")) == evil
        assert place == f"<code>{EVIL[evil]}.yaml:1</code>"
    own = re.sub(r"</?(?:details|summary|code)>|<!-- -->", "", text)
    assert "<" not in own
    assert not re.search(r"\w://|\bwww\.|@\w|#\w", text.replace(RULE.url, "").replace("&#", ""))
    assert text.count("\n- ") == 3


def test_an_address_that_could_end_a_link_is_no_link() -> None:
    for address in ("https://e.example/) [x](y", "http://e.example", "javascript:x"):
        ((_, name, _, _),) = rows(written(replace(reported(FINDING), rules=[RULE.changed(aws=address)])))
        is_ours = name.startswith("[sqs-long-polling](https://docs.aws.amazon.com/") and name.count("(") == 1
        assert name == "sqs-long-polling" or is_ours
