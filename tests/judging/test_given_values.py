"""A finding by a default value is advice where a file of the repository gives the parameter another value."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

TEMPLATE = """
Parameters: {DatabaseMultiAZ: {Type: String, Default: "false"}}
Resources: {Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref DatabaseMultiAZ}}}
"""


@pytest.mark.parametrize(
    ("file", "text", "level"),
    [
        ("config/prod/db.yaml", "template: db.yaml\nparameters:\n  DatabaseMultiAZ: 'true'\n", ""),
        ("prod.json", '[{"ParameterKey": "DatabaseMultiAZ", "ParameterValue": "true"}]', ""),
        ("deploy.sh", "aws cloudformation deploy --parameter-overrides DatabaseMultiAZ=true", ""),
        ("config/dev/db.yaml", "template: db.yaml\nparameters:\n  DatabaseMultiAZ: 'true'\n", "advice"),
        ("prod.json", '[{"ParameterKey": "DatabaseMultiAZ", "ParameterValue": "false"}]', "warning"),
        ("prod.json", '{"OtherDatabaseMultiAZ": "true"}', "warning"),
        ("parent.yaml", "AWSTemplateFormatVersion: x\nParameters: {DatabaseMultiAZ: true}\nResources: {}\n", "warning"),
    ],
)
def test_what_a_file_sets_is_no_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str, level: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"db.yaml": TEMPLATE, file: text})
    made = report("db.yaml", "--select", "rds-multi-az", "--advice")
    assert [finding["level"] for finding in made["findings"]] == ([level] if level else [])
    told = [notice for notice in made["summary"]["notices"] if "default value" in notice]
    assert bool(told) == (level == "")
    (finding,) = made["findings"] or [{}]
    if level == "advice":
        assert finding["deployment"] == f"by its default, while {file} gives DatabaseMultiAZ another value"


def test_a_description_that_tells_of_costs_explains_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    explained = TEMPLATE.replace("{Type: String,", "{Type: String, Description: Off is the cheapest,")
    write(tmp_path, {"db.yaml": explained})
    (finding,) = report("db.yaml", "--select", "rds-multi-az", "--advice")["findings"]
    assert finding["level"] == "advice"
