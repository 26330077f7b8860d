"""What others call what a rule asks for: in its page, in lists for programs, and on one page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.readers.workspace import write

from awslint_memo.judging.registry import rules
from awslint_memo.manual import elsewhere

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_names_are_of_rules_that_exist_and_are_of_known_forms() -> None:
    forms = {
        "wa": r"(REL|OPS|PERF)\d\d(-BP\d\d)?",
        "config": r"[a-z0-9-]+",
        "hub": r"[A-Za-z0-9]+\.\d+",
        "advisor": r"[A-Z][\w ().-]+",
    }
    assert forms.keys() == elsewhere.KINDS.keys()
    assert elsewhere.names().keys() <= rules().keys()
    for names in elsewhere.names().values():
        assert len(set(names)) == len(names)
        for name in names:
            assert re.fullmatch(forms[name.kind], name.text)
            assert re.fullmatch(r"https://docs\.aws\.amazon\.com/[\w/.-]+\.html(#[\w-]+)?", name.url)


def test_the_page_of_a_rule_names_them() -> None:
    text = printed("explain", "rds-multi-az")
    chapter = text.partition("WHAT OTHERS CALL IT\n")[2]
    assert [line.strip() for line in chapter.splitlines() if line.strip()] == [
        "Well-Architected Framework: REL10-BP01.",
        "https://docs.aws.amazon.com/wellarchitected/latest/framework/rel10-bp01.html",
        "AWS Config: rds-multi-az-support.",
        "https://docs.aws.amazon.com/config/latest/developerguide/rds-multi-az-support.html",
        "Security Hub: RDS.5.",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
        "Trusted Advisor: Amazon RDS Multi-AZ.",
        "https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html",
    ]
    assert "WHAT OTHERS CALL IT" not in printed("explain", "sqs-long-polling")


def test_programs_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {rule["id"]: rule["elsewhere"] for rule in json.loads(printed("rules", "--format", "json"))["rules"]}
    assert listed["lambda-runtime-retired"] == [
        {
            "kind": "security-hub",
            "name": "Lambda.2",
            "url": "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2",
        }
    ]
    assert listed["sqs-long-polling"] == []
    monkeypatch.chdir(tmp_path)
    table = "{Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}"
    write(tmp_path, {"t.yaml": f"Resources: {{Prices: {table}}}\n"})
    selected = ("--select", "dynamodb-point-in-time-recovery")
    log = json.loads(invoke("lint", "--format", "sarif", *selected).stdout)
    [rule] = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["properties"]["tags"][:3] == ["aws", "dynamodb", "databases"]
    assert rule["properties"]["tags"][-4:] == [
        *("well-architected/REL09-BP03", "aws-config/dynamodb-pitr-enabled"),
        *("security-hub/DynamoDB.2", "trusted-advisor/Amazon-DynamoDB-Point-in-time-Recovery"),
    ]


def test_no_rule_has_more_tags_than_github_takes() -> None:
    assert max(map(len, elsewhere.names().values())) + 2 <= 10


def test_the_page_has_each_name_with_its_rules() -> None:
    made = elsewhere.by_name()
    assert made in (DOCS / "elsewhere.md").read_text(encoding="utf-8"), "run make docs"
    assert made.count("](rules/") == sum(map(len, elsewhere.names().values()))
    assert re.search(r"^- \[REL06-BP07\]\(\S+\): (\[xray-\S+, )+\[xray-\S+$", made, re.M)
    assert 0 < made.index("[RDS.5]") < made.index("[RDS.11]")
