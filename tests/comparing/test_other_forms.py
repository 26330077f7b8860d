"""A finding is as before where its resource, or the text that it is about, is only written in another form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

SELECT = ("--advice", "--select", "statemachine-retry,stack-missing-output")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


PAY = '{"StartAt": "Pay", "States": {"Pay": {"Type": "Task", "Resource": "${Arn}", "End": true}}}'
"""A definition that calls a function without Retry."""

SHIP = PAY.replace("Pay", "Ship")
CALLER = """\
Resources:
  Payment:
    Type: AWS::Lambda::Function
    Properties: {{Timeout: 3}}
  Orders:
    Type: AWS::{type}::StateMachine
    Properties:
      {property}
"""
TEXT = CALLER.format(
    type="StepFunctions", property=f"DefinitionString: !Sub\n      - '{PAY}'\n      - Arn: !GetAtt Payment.Arn"
)
FILE = "DefinitionUri: orders.asl.json\n      DefinitionSubstitutions: {Arn: !GetAtt Payment.Arn}"
IN_FILE = CALLER.format(type="Serverless", property=FILE)
WRITTEN = "Definition: {StartAt: Pay, States: {Pay: {Type: Task, Resource: !GetAtt Payment.Arn, End: true}}}"
MAPPING = CALLER.format(type="Serverless", property=WRITTEN)
OWN = MAPPING.replace("Serverless", "StepFunctions")

ASKED = "!GetAtt Child.Outputs.Missing"
PARENT = """\
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./child.yaml}
"""
CHILD = {"child.yaml": "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"}
ASKING = TEXT.replace("!GetAtt Payment.Arn", ASKED) + PARENT
ASKING_NOW = MAPPING.replace("!GetAtt Payment.Arn", ASKED) + PARENT

MACHINE = """\
resource "aws_lambda_function" "pay" {
  timeout = 3
}

resource "aws_sfn_state_machine" "orders" {
"""
BLOCK = "{ StartAt = Q, States = { Pay = { Type = T, Resource = aws_lambda_function.pay.arn, End = true } } }"
ENCODED = BLOCK.replace("Q", '"Pay"').replace("= T,", '= "Task",')
TEMPLATE = {
    "main.tf": f'{MACHINE}  definition = templatefile("${{path.module}}/orders.json", {{ Arn = "x" }})\n}}\n'.replace(
        '"x"', "aws_lambda_function.pay.arn"
    ),
    "orders.json": PAY,
}
HEREDOC = {"main.tf": f"{MACHINE}  definition = <<EOT\n{PAY.replace('Arn', 'aws_lambda_function.pay.arn')}\nEOT\n}}\n"}
JSON = {"main.tf": f"{MACHINE}  definition = jsonencode({ENCODED})\n}}\n"}

SAME: dict[str, tuple[Mapping[str, str | None], Mapping[str, str | None]]] = {
    "a text that is a file of a SAM resource now": ({"a.yaml": TEXT}, {"a.yaml": IN_FILE, "orders.asl.json": PAY}),
    "a file that is a text now": ({"a.yaml": IN_FILE, "orders.asl.json": PAY}, {"a.yaml": TEXT}),
    "a text that is a mapping of a SAM resource now": ({"a.yaml": TEXT}, {"a.yaml": MAPPING}),
    "a text that is a mapping now": ({"a.yaml": TEXT}, {"a.yaml": OWN}),
    "a mapping that is a file now": ({"a.yaml": OWN}, {"a.yaml": IN_FILE, "orders.asl.json": PAY}),
    "what is asked of another stack": ({"a.yaml": ASKING, **CHILD}, {"a.yaml": ASKING_NOW}),
    "Terraform's text that is a file now": (HEREDOC, TEMPLATE),
    "Terraform's file that is encoded now": (TEMPLATE, JSON),
    "Terraform's text that is encoded now": (HEREDOC, JSON),
}


@pytest.mark.parametrize("way", SAME)
def test_what_is_written_in_another_form_is_as_before(repository: Repository, way: str) -> None:
    assert changed(repository, *SAME[way], *SELECT) == {"unchanged": 1}


BOTH = f'{PAY[:-2]}, "Ship": {{"Type": "Task", "Resource": "${{Arn}}", "End": true}}}}}}'.replace("End", "Comment", 1)


@pytest.mark.parametrize("definition", [SHIP, BOTH])
def test_what_another_state_lacks_in_the_other_form_is_new(repository: Repository, definition: str) -> None:
    now = {"a.yaml": IN_FILE, "orders.asl.json": definition}
    found = changed(repository, {"a.yaml": TEXT}, now, *SELECT)
    assert found["new"] == ["statemachine-retry Orders"]
    assert "unchanged" not in found


def test_what_ended_while_the_form_changed_is_mended(repository: Repository) -> None:
    retry = '"Retry": [{"ErrorEquals": ["States.ALL"]}], "End"'
    now = {"a.yaml": IN_FILE, "orders.asl.json": PAY.replace('"End"', retry)}
    assert changed(repository, {"a.yaml": TEXT}, now, *SELECT) == {"mended": ["statemachine-retry Orders"]}
