"""The documents that aws_iam_policy_document makes of its blocks and of other documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

MAIN = """
variable "other" {}

variable "names" {
  default = ["a", "b"]
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = data.aws_iam_policy_document.work%s.json
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn

  tracing_config {
    mode = "Active"
  }
}

data "aws_iam_policy_document" "traces" {
  statement {
    sid       = "x"
    actions   = ["xray:Put*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "x"
    actions   = ["logs:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "work" {
%s
}
"""

TRACES = "data.aws_iam_policy_document.traces.json"
LOGS = "data.aws_iam_policy_document.logs.json"
OWN = 'statement {\n sid = "x"\n actions = ["%s"]\n resources = ["*"]\n}'

DYNAMIC = 'dynamic "statement" {\n for_each = %s\n content {\n actions = [%s]\n resources = ["*"]\n}\n}'
CONDITION = 'condition {\n test = "Bool"\n variable = "a:b"\n values = [true]\n}\n}'


@pytest.mark.parametrize(
    ("body", "may_trace"),
    [
        ("", False),
        (OWN % "xray:PutTraceSegments", True),
        (OWN % "logs:*", False),
        (f"source_policy_documents = [{TRACES}]", True),
        (f"source_policy_documents = [{TRACES}]\n" + OWN % "logs:*", False),
        (f"override_policy_documents = [{TRACES}]\n" + OWN % "logs:*", True),
        (f"override_json = {LOGS}\n" + OWN % "xray:*", False),
        ("source_policy_documents = [var.other]\n" + OWN % "logs:*", None),
        (DYNAMIC % ('["xray:*"]', "statement.value"), True),
        (
            'dynamic "statement" {\n for_each = var.other\n content {\n actions = ["logs:*"]\n resources = ["*"]\n}\n}',
            None,
        ),
        ('statement {\n effect = "Deny"\n actions = ["xray:*"]\n resources = ["*"]\n}', False),
        ('statement {\n not_actions = ["xray:*"]\n resources = ["*"]\n}', False),
        ((OWN % "xray:*").rstrip("}") + CONDITION, None),
    ],
)
def test_a_document_has_the_statements_of_all_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, may_trace: bool | None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.tf").write_text(MAIN % ("", body))
    findings = report("main.tf", "--select", "xray-permissions")["findings"]
    assert len(findings) == (may_trace is False)


def test_a_document_of_several_instances_is_taken_by_its_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    body = 'count = 2\nstatement {\n actions = [count.index == 0 ? "logs:*" : "xray:*"]\n resources = ["*"]\n}'
    for index, count in ((0, 1), (1, 0)):
        Path("main.tf").write_text(MAIN % (f"[{index}]", body))
        assert len(report("main.tf", "--select", "xray-permissions")["findings"]) == count
    Path("main.tf").write_text(MAIN % ("[0]", body.replace("count = 2", "count = var.other")))
    assert report("main.tf", "--select", "xray-permissions")["findings"] == []
