"""Templates that meet no others are looked at one by one and in other processes; what is reported is the same."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.readers.workspace import write

from awslint_memo import api
from awslint_memo.files.process import available
from awslint_memo.files.source import Source
from awslint_memo.judging import isolated_templates, reading
from awslint_memo.judging.isolated_templates import shares
from awslint_memo.judging.reading import is_alone
from awslint_memo.judging.report import Report
from awslint_memo.reporters import REPORTERS, Look

QUEUE = "Resources:\n  Q{}: {{Type: AWS::SQS::Queue, Properties: {{QueueName: {}}}}}\n"
FILES = {
    ".git/HEAD": "",
    **{f"q{number}.yaml": QUEUE.format(number, f"n{number}") for number in range(6)},
    "broken.yaml": "Resources:\n  A: {Type: AWS::SQS::Queue\n  B: 1\n",
    "no.yaml": "Resources: {A: {Type: x}}\n",
    "double.yaml": "Resources:\n  A: {Type: AWS::SQS::Queue, Type: AWS::SQS::Queue}\n",
    "exports.yaml": QUEUE.format(7, "x") + "Outputs: {O: {Value: !GetAtt Q7.Arn, Export: {Name: x}}}\n",
    "parent.yaml": "Resources:\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: q1.yaml}}\n",
    "silent.yaml": "# awslint-memo: ignore-file[sqs-*] a sandbox\n" + QUEUE.format(8, "y"),
    "main.tf": 'resource "aws_sqs_queue" "q" {\n}\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(report: Report) -> Any:
    form = json.loads(REPORTERS["json"](report, Look()))
    return form, [str(one) for one in report.errors], list(report.files), REPORTERS["text"](report, Look(verbose=True))


def linted(monkeypatch: pytest.MonkeyPatch, number: int, **options: Any) -> Any:
    monkeypatch.setattr(isolated_templates, "LEAST", 1)
    return shown(api.lint(coverage=True, advice=True, processes=number, **options))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[isolated_templates.Worker]:
    """The processes that are started from now on."""
    workers: list[isolated_templates.Worker] = []
    real = isolated_templates._start

    def start(work: Callable[[], object]) -> isolated_templates.Worker:
        workers.append(real(work))
        return workers[-1]

    monkeypatch.setattr(isolated_templates, "_start", start)
    return workers


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be copied here")
@pytest.mark.parametrize("settings", ["", "ignore: [sqs-long-polling]\n", "suppress: [{rules: [sqs-*], reason: x}]\n"])
def test_several_processes_report_what_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch, settings: str) -> None:
    (folder / ".awslint-memo.yaml").write_text(settings)
    started = counted(monkeypatch)
    several = linted(monkeypatch, 3)
    assert len(started) == 2
    assert several == linted(monkeypatch, 1)
    with monkeypatch.context() as patch:  # as if every template could meet others
        patch.setattr("awslint_memo.judging.run.is_alone", lambda source: False)
        assert several == linted(patch, 1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be copied here")
def test_the_work_of_a_process_that_ends_without_an_answer_is_done_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = linted(monkeypatch, 1)
    monkeypatch.setattr(isolated_templates.IsolatedTemplates, "in_process", lambda *_: os.kill(os.getpid(), 9))
    assert linted(monkeypatch, 3) == whole


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be copied here")
def test_no_process_is_left_when_a_run_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = counted(monkeypatch)

    def stop(*_: Any) -> None:
        raise SystemExit(130)

    monkeypatch.setattr(isolated_templates.IsolatedTemplates, "collect", stop)
    with pytest.raises(SystemExit):
        linted(monkeypatch, 3)
    assert workers
    for worker in workers:
        with pytest.raises(ChildProcessError):
            os.waitpid(worker.pid, 0)


@each_case("word", [*reading._MEETING, b"# AWSLINT-memo: x"])
def test_what_may_meet_others_is_kept_with_them(word: bytes) -> None:
    assert is_alone(Source("a.yaml", b"Resources: {}"))
    assert not is_alone(Source("a.yaml", b"Resources: {}" + word))
    assert not is_alone(Source("a.tf", b"Resources: {}"))
    assert not is_alone(Source("a.yaml", b"a: 1"))


def test_files_are_shared_only_where_there_is_enough_to_do() -> None:
    large = isolated_templates.LEAST
    assert shares([large], large // 2, 2) == []
    assert shares([large, large], 0, 1) == []
    assert shares([large, large], 0, 2) == [[1]]
    given = shares([3 * large, 2 * large, large], 3 * large, 3)
    assert sorted(number for share in given for number in share) == [0, 1, 2]
    assert available() >= 1
