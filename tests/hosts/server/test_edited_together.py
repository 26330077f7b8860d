"""After edits of documents that depend on each other the server says of all of them what a whole run says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bench.editing import DOCUMENTS
from tests.random_edits import edits

from awslint_memo import api
from awslint_memo.hosts.server.checking import Checker
from awslint_memo.judging.report import Report

TOGETHER = {
    "sam": ["sam/template.yaml"],
    "stacks": [name for name in DOCUMENTS if name.startswith("stacks/")],
    "terraform": [name for name in DOCUMENTS if name.startswith("terraform/")],
}


def said(report: Report) -> tuple[object, ...]:
    fixes = [finding.fix for finding in report.findings]
    return report.findings, fixes, list(map(str, report.errors)), report.notices, report.suppressed, report.summary()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", TOGETHER)
def test_after_random_edits_it_is_what_a_whole_run_says(name: str, seed: int, tmp_path: Path) -> None:
    """The root, or parent, is edited, and what it uses: modules, files of variables, nested and included files."""
    (tmp_path / ".git").mkdir()
    texts = {}
    for document in TOGETHER[name]:
        file = tmp_path / document
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(DOCUMENTS[document], encoding="utf-8")
        texts[str(file)] = DOCUMENTS[document]
    dice, checker = random.Random(f"{name} {seed}"), Checker(advice=True, reports_unknown=False)
    following = {path: edits(text, dice, 50) for path, text in texts.items()}
    found = 0
    for number in range(12):
        path = dice.choice(list(texts))
        texts[path] = next(following[path]) if number else texts[path]
        checker.search()  # As the server does when a document is saved.
        report = checker.check(checker.ask(), dict(texts))
        assert report is not None
        found += len(report.findings)
        whole = api.lint(sorted(texts), unsaved=texts, dependants=True, advice=True, reports_unknown=False)
        assert said(report) == said(whole)
    assert found
