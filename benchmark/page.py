"""Writes the tables of the benchmark's page, and its picture."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmark.labels import KINDS, LANGUAGES, Case, agreed
from benchmark.matching import Claims, Match, claims
from benchmark.scores import Score, by_kind, counted, score
from benchmark.tools import TOOLS

HERE = Path(__file__).parent
PAGE = HERE / "README.md"
PICTURE = HERE / "recall.svg"

_BEGIN, _END = "<!-- tables -->\n", "<!-- end of tables -->\n"
_WIDTH, _ROW, _LEFT = 720, 44, 190


def write(cases: Sequence[Case], results: Mapping[str, Sequence[Match]]) -> None:
    """Write the tables into the page, between its two marks, and the picture beside it."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(f"{before}{_BEGIN}{tables(cases, results)}\n{_END}{after}", encoding="utf-8")
    PICTURE.write_text(picture(cases, results), encoding="utf-8")


def tables(cases: Sequence[Case], results: Mapping[str, Sequence[Match]]) -> str:
    """All tables, in Markdown."""
    return "\n\n".join(
        "\n".join(rows) for rows in (_of_set(cases), _of_tools(cases, results), _of_kinds(cases, results))
    )


def _of_set(cases: Sequence[Case]) -> Iterator[str]:
    yield "| language | cases | departures | good twins | not agreed |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    rows = [(language, [case for case in cases if case.language == language]) for language in LANGUAGES]
    for name, of in [*rows, ("all", list(cases))]:
        labels = [label for case in of for label in agreed(case)]
        good, every = sum(one.is_good for one in labels), sum(len(case.labels) for case in of)
        yield f"| {name} | {len(of)} | {len(labels) - good} | {good} | {every - len(labels)} |"


def _of_tools(cases: Sequence[Case], results: Mapping[str, Sequence[Match]]) -> Iterator[str]:
    yield "| tool | version | found | of what it claims | of all in its languages | false on good twins | precision |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    known = versions()
    for name, one in _scores(cases, results).items():
        of_claims = f"{one.recall_of_claims:.0%} of {one.claimed}"
        of_all, false = f"{one.recall:.0%} of {one.departures}", f"{one.false} of {one.claimed_twins}"
        version = known.get(name, "")
        yield f"| {name} | {version} | {one.found} | {of_claims} | {of_all} | {false} | {one.precision:.1%} |"


def _of_kinds(cases: Sequence[Case], results: Mapping[str, Sequence[Match]]) -> Iterator[str]:
    yield "| tool | " + " | ".join(KINDS) + " |"
    yield "| --- |" + " ---: |" * len(KINDS)
    for name, matches in results.items():
        scores = by_kind(counted(cases, TOOLS[name].languages), matches, _claims(name))
        yield f"| {name} | " + " | ".join(f"{one.found}/{one.departures}" for one in scores.values()) + " |"


def _scores(cases: Sequence[Case], results: Mapping[str, Sequence[Match]]) -> dict[str, Score]:
    return {
        name: score(counted(cases, TOOLS[name].languages), matches, _claims(name)) for name, matches in results.items()
    }


def _claims(tool: str) -> Claims:
    """The claims that count: the linter of this repository is for all that is labelled."""
    return {} if tool == "awslint-memo" else claims(tool)


def versions() -> dict[str, str]:
    """The version of each tool that `results/` is of."""
    with (HERE / "results" / "versions.csv").open(encoding="utf-8", newline="") as file:
        return {row["tool"]: row["version"] for row in csv.DictReader(file)}


def picture(cases: Sequence[Case], results: Mapping[str, Sequence[Match]]) -> str:
    """Bars in SVG: of all departures in a tool's languages, and of those that it claims, how many it finds."""
    scores = _scores(cases, results)
    height = _ROW * len(scores) + 40
    size = f'viewBox="0 0 {_WIDTH} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
    ]
    for number, (name, one) in enumerate(scores.items()):
        top = 10 + number * _ROW
        parts.append(f'<text x="{_LEFT - 8}" y="{top + 20}" text-anchor="end">{name}</text>')
        parts += _bar(top, one.recall, "#1f6feb", f"{one.recall:.0%} of all in its languages")
        parts += _bar(top + 16, one.recall_of_claims, "#9ec1f7", f"{one.recall_of_claims:.0%} of what it claims")
    return "\n".join([*parts, "</svg>", ""])


def _bar(top: int, share: float, color: str, text: str) -> list[str]:
    width = round(share * (_WIDTH - _LEFT - 190))
    return [
        f'<rect x="{_LEFT}" y="{top}" width="{width}" height="14" fill="{color}"/>',
        f'<text x="{_LEFT + width + 6}" y="{top + 12}" font-size="11">{text}</text>',
    ]
