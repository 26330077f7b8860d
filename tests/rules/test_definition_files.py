"""Definitions of state machines in files that DefinitionUri of SAM names."""

from pathlib import Path

import pytest

from awslint_memo import api

TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Count: {{Type: AWS::Serverless::Function}}
  Work:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: {type}
      DefinitionUri: {path}
      DefinitionSubstitutions: {{Count: !GetAtt Count.Arn}}
      Role: !ImportValue r
"""
CALLS = '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "%s", "End": true}}}'


@pytest.mark.parametrize(
    ("type_", "path", "called", "rule"),
    [
        ("EXPRESS", "work.asl.json", "arn:aws:states:::glue:startJobRun.sync", "statemachine-express-integration"),
        ("STANDARD", "work.asl.json", "arn:aws:states:::glue:startJobRun.sync", ""),
        ("STANDARD", "work.asl.json", "${Counts}", "statemachine-substitution"),
        ("STANDARD", "work.asl.json", "${Count}", ""),
        ("EXPRESS", "other.asl.json", "arn:aws:states:::glue:startJobRun.sync", ""),
    ],
)
def test_a_definition_in_a_file_is_read(tmp_path: Path, type_: str, path: str, called: str, rule: str) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE.format(type=type_, path=path))
    (tmp_path / "work.asl.json").write_text(CALLS % called)
    report = api.lint([str(tmp_path)])
    assert not report.errors
    findings = [one for one in report.findings if one.rule.startswith("statemachine-")]
    assert [(one.rule, Path(one.path).name) for one in findings] == ([(rule, "work.asl.json")] if rule else [])


def test_a_file_that_placeholders_keep_from_being_json_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE.format(type="EXPRESS", path="work.asl.json"))
    (tmp_path / "work.asl.json").write_text('{"States": {"A": {"Type": "Wait", "Seconds": ${Seconds}, "Next": }}}')
    report = api.lint([str(tmp_path)])
    assert not report.errors
    assert not [one for one in report.findings if one.rule.startswith("statemachine-")]
