"""What `sam package` writes beside its source is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Take:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs10.x
      Handler: a.b
      CodeUri: {}
"""
PLACE = "s3://bucket/" + "0123456789abcdef" * 2
RULE = "lambda-runtime-retired"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(*paths: str) -> tuple[list[str], list[str]]:
    made = report("--select", RULE, *paths)
    notices = [each for each in made["summary"]["notices"] if "package" in each]
    return sorted(one["path"] for one in made["findings"]), notices


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("output.yaml", "template.yaml"),
        ("packaged.yaml", "template.yaml"),
        ("packaged-template.yml", "template.yml"),
        ("orders-packaged.yaml", "orders.yaml"),
    ],
)
def test_an_output_beside_its_source_is_passed_over(name: str, source: str) -> None:
    Path(source).write_text(TEMPLATE.format("src/"))
    Path(name).write_text(TEMPLATE.format(PLACE))
    said = f"{name}: not checked: sam package writes it from {source}, which is judged; name it to check it too"
    assert found() == ([source], [said])
    assert found(name) == ([name], [])


@pytest.mark.parametrize(
    ("template", "output"),
    [
        (None, TEMPLATE.format(PLACE)),
        (TEMPLATE.format(PLACE), TEMPLATE.format(PLACE)),
        (TEMPLATE.format("src/"), TEMPLATE.format("src/")),
        (TEMPLATE.format("src/"), TEMPLATE.format(PLACE).replace("Take", "Other")),
        ("Resources: [", TEMPLATE.format(PLACE)),
    ],
    ids=["no source", "a source that is one", "no output", "another template", "a source that is not read"],
)
def test_what_may_be_something_else_is_judged(template: str | None, output: str) -> None:
    if template is not None:
        Path("template.yaml").write_text(template)
    Path("output.yaml").write_text(output)
    paths, notices = found()
    assert "output.yaml" in paths
    assert notices == []
