"""After an edit a session reports what a new run does, and runs few checks again."""

import random
import re
from pathlib import Path

import pytest
from bench import inputs

from awslint_memo import api
from awslint_memo.judging.report import Report

FIXTURES = sorted(Path("fixtures/cloudformation").rglob("*.yaml"))[::6]


def said(report: Report) -> tuple[object, ...]:
    errors = [str(one) for one in report.errors]
    fixes = [one.fix for one in (*report.findings, *report.unshown)]
    return report.findings, report.unshown, fixes, errors, report.notices, report.suppressed, report.summary()


class Editor:
    """Edits a text, and compares what a session says of it with what a run says that remembers nothing."""

    def __init__(self, folder: Path, text: str) -> None:
        self.path = str(folder / "template.yaml")
        Path(self.path).write_text("")
        self.session = api.Session(advice=True)
        self.text = text
        self.edit("", "")

    def edit(self, old: str, new: str) -> int:
        self.text = self.text.replace(old, new, 1) if old else self.text
        found = self.session.lint([self.path], unsaved={self.path: self.text})
        assert said(found) == said(api.lint([self.path], advice=True, unsaved={self.path: self.text}))
        return self.session._memory.kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BatchSize: 10", "BatchSize: 10000"),
        ("maxReceiveCount: 5", "maxReceiveCount: 5\n        more: 1"),
        ("VisibilityTimeout: 60", "VisibilityTimeout: 5"),
        ("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: !Sub '${X}'"),
        ("Handler: index.handler", "Handler: 'index.handler'"),
        ("BatchSize: 10", "BatchSize: 10\n      Enabled: false"),
        ("      VisibilityTimeout: 60\n", ""),
        ("  Queue1:\n", "  # another one\n\n  Queue1:\n"),
    ],
)
def test_after_an_edit_of_a_property_few_checks_are_run_again(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, inputs.in_yaml(40).replace('"', ""))
    whole = len(editor.session._memory._known[editor.path].judged.judged)
    assert whole * 0.5 < editor.edit(old, new) <= whole
    assert editor.edit("", "") == whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  Queue1:\n", "  Renamed:\n"),
        ("  Queue1:\n", "  Added: {Type: AWS::SQS::Queue}\n  Queue1:\n"),
        ("Type: AWS::SQS::Queue", "Type: AWS::SNS::Topic"),
        ("BatchSize: 10", "BatchSize: 10\n    DependsOn: Queue1"),
    ],
)
def test_after_an_edit_of_a_resource_what_has_nothing_to_do_with_it_is_kept(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, inputs.in_yaml(40).replace('"', ""))
    assert editor.edit(old, new) > 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BatchSize: 10", "BatchSize: !If [A, 1, 2]"),
        ("BatchSize: 10", "BatchSize: &size 10"),
        ("BatchSize: 10", "BatchSize: 10\n    Condition: A"),
        ("Resources:\n", "Conditions: {A: !Equals [a, b]}\nResources:\n"),
        ("BatchSize: 10", "BatchSize: [10"),
    ],
)
def test_after_any_other_edit_all_is_judged_again(tmp_path: Path, old: str, new: str) -> None:
    assert Editor(tmp_path, inputs.in_yaml(12).replace('"', "")).edit(old, new) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  Queue1:\n", "\n  Queue1:\n"),
        ("Resources:\n", "\n\nResources:\n"),
        ("BatchSize: 10", "BatchSize: 10\n\n"),
        ("BatchSize: 10", "\n      BatchSize: 10"),
        ("BatchSize: 10", "BatchSize: 10   "),
    ],
)
def test_lines_that_say_nothing_move_what_was_found(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, inputs.in_yaml(12).replace('"', ""))
    editor.edit(old, new)
    editor.edit(new, old)
    editor.edit("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: 60")


def test_with_other_settings_all_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    editor = Editor(tmp_path, inputs.in_yaml(12))
    Path(".awslint-memo.yaml").write_text("rules: {sqs-batch-size: error}\n")
    assert editor.edit("", "") == 0


@pytest.mark.parametrize("path", FIXTURES, ids=str)
def test_random_edits(path: Path, tmp_path: Path) -> None:
    dice = random.Random(str(path))
    editor = Editor(tmp_path, path.read_text(encoding="utf-8"))
    for _ in range(4):
        words = list(re.finditer(r"(?<=[\s'\"])(?:\d+|true|false|\w[\w.-]{2,20})(?=[\s'\",}])", editor.text))
        if not words:
            break
        at = dice.choice(words)
        new = dice.choice(["1", "300", "true", "x\n\n", "!Ref A", "", dice.choice(words)[0], at[0] + "0"])
        editor.text = editor.text[: at.start()] + new + editor.text[at.end() :]
        editor.edit("", "")
