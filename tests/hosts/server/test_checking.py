"""A check that a newer change overtakes ends within a template, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import inputs

from awslint_memo import api
from awslint_memo.hosts.server import checking
from awslint_memo.hosts.server.checking import Checker
from awslint_memo.reporters.answers import why_text


@pytest.mark.parametrize("language", ["YAML", "JSON", "HCL"])
def test_a_newer_change_ends_a_check_within_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    name, make = inputs.FORMS[language]
    path, text = str(tmp_path / name), make(60)
    (tmp_path / ".git").mkdir()
    checker, seen = Checker(advice=True), 0
    pulse = checking._Watched.pulse

    def overtaken(progress: checking._Watched) -> None:
        nonlocal seen
        seen += 1
        if seen == 100:
            checker.ask()
        pulse(progress)

    with monkeypatch.context() as patched:
        patched.setattr(checking._Watched, "pulse", overtaken)
        assert checker.check(checker.ask(), {path: text}) is None
    assert seen == 100
    report = checker.check(checker.ask(), {path: text})
    assert report is not None
    assert report.findings == api.lint([path], advice=True, unsaved={path: text}).findings != []


HOVERED = [
    *((name, make(6)) for name, make in inputs.FORMS.values()),
    *(
        (one.name, one.read_text(encoding="utf-8"))
        for one in sorted(Path("fixtures/cloudformation").rglob("*.yaml"))[::6]
    ),
]


@pytest.mark.parametrize(("name", "text"), HOVERED, ids=[name for name, _ in HOVERED])
def test_what_a_rule_read_is_told_as_by_another_look(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / ".git").mkdir()
    path = str(tmp_path / name)
    checker, fresh = Checker(advice=True, reports_unknown=False), Checker(advice=True, reports_unknown=False)
    for one in (text, text.replace("60", "7", 1), f"\n{text}"):
        report = checker.check(checker.ask(), {path: one})
        assert report is not None
        assert report.findings == api.lint([path], advice=True, unsaved={path: one}, reports_unknown=False).findings
        for finding in report.findings[::3]:
            asked = finding.rule, finding.resource, finding.path, {path: one}
            assert why_text(checker.why(*asked)) == why_text(fresh.why(*asked)) != ""
    assert checker.why("sqs-long-polling", "none", path, {path: text}) == ()
