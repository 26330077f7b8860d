"""Automation documents that an estate has for a failover: which are started, with which parameters."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.test_runbook import REPLICA, runbooks


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


YAML = """\
schemaVersion: '0.3'
parameters:
  MODE:
    type: String
    allowedValues: [test, prod]
  APP:
    type: String
  QUIET:
    type: String
    default: 'no'
mainSteps:
  - name: DeleteRecordsOfTests
    action: 'aws:executeScript'
"""
DOCUMENT = """\
resource "aws_ssm_document" "%s" {
  provider        = aws%s
  name            = "%s"
  document_type   = "Automation"
  document_format = "YAML"
  content         = file("${path.module}/document.yaml")
}
"""
FAILOVER, PROMOTION = "orders-failover", "orders-Detach-And-Promote"


def test_a_document_of_yaml_is_started_with_its_parameters(here: Path) -> None:
    (here / "document.yaml").write_text(YAML, encoding="utf-8")
    [runbook] = runbooks(main_tf=REPLICA + DOCUMENT % ("failover", ".second", FAILOVER))
    [question] = [each for each in runbook["questions"] if "automation document" in each["what"]]
    [call] = question["then"]["commands"]
    assert call.endswith(
        """--parameters "${AWS_SSM_DOCUMENT_FAILOVER_PARAMETERS:?MODE=, APP=, with values and commas}\""""
    )
    notes = question["then"]["notes"]
    assert "MODE is test or prod: read what each does before (aws ssm get-document)." in notes
    assert any(note.startswith("DeleteRecordsOfTests of its steps deletes something, by its name") for note in notes)


def test_of_documents_of_one_name_that_of_the_lost_region_is_not_offered(here: Path) -> None:
    (here / "document.yaml").write_text(YAML, encoding="utf-8")
    every = "".join(
        DOCUMENT % (f"{kind}_{place}", provider, name)
        for place, provider in (("home", ""), ("there", ".second"))
        for kind, name in (("failover", FAILOVER), ("promotion", PROMOTION))
    )
    [runbook] = runbooks(main_tf=REPLICA + every)
    [question] = [each for each in runbook["questions"] if "automation documents" in each["what"]]
    assert question["what"].startswith(
        "which of the automation documents aws_ssm_document.failover_there and aws_ssm_document.promotion_there is"
    )
    [call] = question["then"]["commands"]
    given = "${FAILOVER_DOCUMENT_PARAMETERS:?MODE=, APP=, with values and commas}"
    assert call.endswith(f'--parameters "{given}"')
