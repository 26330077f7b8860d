"""Finding the edits of a fix takes the same for each resource, however many there are."""

import json
import sys
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import Mock

import pytest

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.fixes import old_terraform, suggestion
from awslint_memo.fixes.data_edits import DataFile
from awslint_memo.fixes.generated_files import written_anew
from awslint_memo.fixes.hcl_edits import HclFile
from awslint_memo.fixes.writing_hcl import HclStep
from awslint_memo.syntax.hcl.portions import portions


def lines_run(make: Any) -> int:
    """How many lines of Python a function runs."""
    count = 0

    def trace(_frame: FrameType, event: str, _of: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        make()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("is_json", [True, False])
def test_edits_of_data(is_json: bool) -> None:
    def run(number: int) -> int:
        resources = ", ".join(f'"Q{n}": {{"Type": "T", "Properties": {{"A": 1}}}}' for n in range(number))
        file = DataFile(f'{{"Resources": {{{resources}}}}}', is_json=is_json)
        file.set(("Resources", "Q0", "Properties", "B"), 1)  # What is worked out once.
        return lines_run(lambda: file.set(("Resources", f"Q{number // 2}", "Properties", "B"), 1))

    assert run(400) < 1.5 * run(50)


def test_edits_of_hcl() -> None:
    def run(number: int) -> int:
        file = HclFile("".join(f'resource "t" "q{n}" {{\n  a = 1\n}}\n' for n in range(number)))
        file.set("t", "q0", (HclStep("b"),), 1)
        return lines_run(lambda: file.set("t", f"q{number // 2}", (HclStep("b"),), 1))

    assert run(400) < 1.5 * run(50)


def test_several_settings_of_an_empty_resource_are_one_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is parsed once, not once for each of the settings."""
    group = {"Type": "AWS::ElastiCache::ReplicationGroup"}
    path = tmp_path / "template.json"
    monkeypatch.setattr(suggestion, "_MOST", 0)
    empty: list[dict[str, Any]] = [{}, {"Properties": {}}]
    for properties in empty:
        resources = {f"G{n}": {**group, **properties} for n in range(3)}
        path.write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        report = api.lint([str(path)], advice=True, select=["elasticache-replicas"])
        made = [report.suggest(one) for one in report.findings]
        assert [one.refused for one in made if one is not None] == ["", "", ""]
        assert all(len(one.edits) == 1 for one in made if one is not None)
        fixed = api.fix([str(path)], unsafe=True, select=["elasticache-replicas"])
        assert not fixed.report.findings


def test_of_very_many_fixes_of_a_file_a_report_has_the_first_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same ones in each format; the command mends all."""
    monkeypatch.setattr(suggestion, "_MOST_OF_A_FILE", 2)
    paths = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.json"
        queues = {f"Q{n}": {"Type": "AWS::SQS::Queue"} for n in range(4)}
        path.write_text(json.dumps({"Resources": queues}), encoding="utf-8")
        paths.append(str(path))
    report = api.lint(paths, advice=True, select=["sqs-long-polling"])
    for _ in range(2):
        made = [report.suggest(one) for one in report.findings]
        assert [bool(one.edits) for one in made if one is not None] == [True, True, False, False] * 2
        assert {one.refused for one in made if one is not None} == {
            "",
            "the file has more than 2 fixes; --fix makes them",
        }
    assert not api.fix(paths, unsafe=True, select=["sqs-long-polling"]).report.findings


def test_the_folder_of_an_old_configuration_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a folder is for Terraform 0.11 is the same for all files in it."""

    def parsed(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        for n in range(number):
            (folder / f"q{n}.tf").write_text(f'resource "aws_sqs_queue" "q{n}" {{\n  name = "${{var.n}}"\n}}\n')
        parse = Mock(side_effect=portions)
        monkeypatch.setattr(old_terraform, "portions", parse)
        files = Files(bounds=Root([str(folder)]))
        for path in [*sorted(folder.iterdir())] * 2:
            assert not old_terraform.age_of(str(path), files)()
        return parse.call_count

    assert parsed(16) <= 2 * parsed(8)


def test_programs_beside_templates_are_read_once(tmp_path: Path) -> None:
    def run(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        for n in range(number):
            (folder / f"p{n}.py").write_text("print()\n")
        for name in ("a.yaml", "b.yaml"):
            (folder / name).write_text("Resources: {}\n")
        files = Files(bounds=Root([str(folder)]))
        written_anew(str(folder / "a.yaml"), files)
        return lines_run(lambda: written_anew(str(folder / "b.yaml"), files))

    assert run(16) < 1.5 * run(1)
