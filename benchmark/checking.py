"""Whether the labels of a case stand where they say."""

from __future__ import annotations

from collections.abc import Iterator

from benchmark.blocks import blocks
from benchmark.labels import TEMPLATES, Case, Label


def problems(case: Case) -> Iterator[str]:
    """What is wrong with a case's labels, a sentence each."""
    for label in case.labels:
        yield from (f"{label.key}: {problem}" for problem in _of_label(case, label))


def _of_label(case: Case, label: Label) -> Iterator[str]:
    for place in label.places:
        path = case.folder / place.file
        if not path.is_file():
            yield f"there is no {place.file}"
        elif path.suffix in (".tf", *TEMPLATES) and place.resource not in blocks(path):
            yield f"{place.file} has no {place.resource}"
    path = case.folder / label.places[0].file
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if not 0 < label.line <= len(lines) or label.quote not in lines[label.line - 1]:
        yield f"line {label.line} of {label.places[0].file} does not hold {label.quote!r}"
    if not label.page.startswith("https://"):
        yield f"page is {label.page}, no address"
