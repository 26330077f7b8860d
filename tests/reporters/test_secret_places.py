"""A secret that stands on another line than its name is shown by no format and no difference, and is in no hash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command import in_every_format, invoke

from awslint_memo.syntax.secret_places import secret_places

SECRET = "hunter22"
_DB = "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n"
_HCL = 'provider "aws" {}\nresource "aws_db_instance" "db" {\n  engine = "postgres"\n'

FILES = {
    "plain.yaml": f"{_DB}      MasterUserPassword:\n        {SECRET}\n      Engine: postgres\n",
    "quoted.yaml": f'{_DB}      MasterUserPassword:\n        "a\n         {SECRET}"\n      Engine: postgres\n',
    "join.yaml": f'{_DB}      MasterUserPassword: !Join\n        - ""\n        - - {SECRET}\n          - !Ref X\n',
    "sub.yaml": f'{_DB}      MasterUserPassword: !Sub\n        - "a${{x}}"\n        - x: {SECRET}\n',
    "if.yaml": f"{_DB}      MasterUserPassword:\n        Fn::If:\n"
    f"          - C\n          - !Sub '{SECRET}'\n          - b\n",
    "explicit.yaml": f"{_DB}      ? MasterUserPassword\n      : {SECRET}\n      Engine: postgres\n",
    "flow.yaml": "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n"
    "    Properties: {Engine: postgres, MasterUserPassword:\n"
    f"        {SECRET}, BackupRetentionPeriod: 1}}\n",
    "expression.yaml": f"{_DB}      MasterUserPassword:\n        {SECRET}(a\n      Engine: postgres\n",
    "pair.yaml": f"{_DB}      Tags:\n        - Key: Password\n          Value:\n            {SECRET}\n",
    "long.yaml": f"{_DB}      MasterUserPassword: |\n" + f"        {SECRET}\n" * 80 + "      Engine: postgres\n",
    "indented.json": '{\n  "Resources": {\n    "Db": {\n      "Type": "AWS::RDS::DBInstance",\n      "Properties": {\n'
    f'        "MasterUserPassword": {{\n          "Fn::Sub": "{SECRET}"\n        }},\n        "Engine": "postgres"\n'
    "      }\n    }\n  }\n}\n",
    "join.tf": f'{_HCL}  password = join("", [\n    "{SECRET}",\n  ])\n}}\n',
    "sensitive.tf": f'{_HCL}  identifier = sensitive(\n    "{SECRET}"\n  )\n}}\n',
    "merge.tf": f'{_HCL}  tags = merge(local.t, {{ secret = join("", [\n    "{SECRET}",\n  ]) }})\n}}\n',
    "parentheses.tf": f'{_HCL}  password = (\n    "{SECRET}"\n  )\n}}\n',
    "pair.tf": f'{_HCL}  tag {{\n    key = "password"\n    value = format(\n      "{SECRET}"\n    )\n  }}\n}}\n',
    "heredoc.tf": f"{_HCL}  password = trimspace(<<EOT\n" + f"    {SECRET}\n" * 80 + "EOT\n  )\n}\n",
}


@pytest.mark.parametrize("name", FILES)
def test_no_output_shows_a_secret_on_another_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(FILES[name], encoding="utf-8")
    run, printed = in_every_format(name, "--advice", "--verbose")
    printed["difference"] = invoke("lint", name, "--diff", "--unsafe-fixes", "--advice").output
    printed["terminal"] = run.output
    assert "@@" in printed["difference"]
    assert [form for form, output in printed.items() if SECRET in output] == []


@pytest.mark.parametrize("name", FILES)
def test_no_hash_tells_a_secret_on_another_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hashes = []
    for secret in (SECRET, "hunter23"):
        Path(name).write_text(FILES[name].replace(SECRET, secret), encoding="utf-8")
        sarif = invoke("lint", name, "--advice", "--format", "sarif").stdout
        hashes.append(re.findall(r'"primaryLocationLineHash": "[^"]*"', sarif))
    assert hashes[0] == hashes[1]


def test_what_is_no_secret_stays_in_the_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = [
        "      MasterUserPassword:\n        Ref: Pw\n",
        "      MasterUserPassword:\n        !GetAtt Db.Secret\n",
        "      MasterUserPassword: !Sub\n        '{{resolve:ssm-secure:db}}'\n",
        "      PasswordLength:\n        32\n",
    ]
    for text in shown:
        Path("a.yaml").write_text(f"{_DB}      Engine: postgres\n{text}", encoding="utf-8")
        output = invoke("lint", "a.yaml", "--diff").stdout
        assert text.splitlines()[1] in output
        assert "…" not in output


def test_many_aliases_are_looked_at_once() -> None:
    lines = [
        "a: &a {password: [",
        "  x]}",
        *(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, {'*a' if not n else f'*b{n - 1}'}]" for n in range(15)),
    ]
    assert [place.line for place in secret_places("a.yaml", lines)] == [2]


def test_no_runbook_has_a_secret_identifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(
        f"Parameters:\n  Pw: {{Type: String, NoEcho: true, Default: {SECRET}}}\n  Key: {{Type: String, NoEcho: true}}\n"
        "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n"
        "    Properties: {Engine: postgres, DBInstanceIdentifier: !Sub 'db-${Pw}', BackupRetentionPeriod: 7}\n"
        "  T:\n    Type: AWS::DynamoDB::Table\n    Properties: {TableName: !Ref Key, KeySchema: [],"
        " PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}\n",
        encoding="utf-8",
    )
    for disruption in ("software", "region"):
        for form in ("text", "json", "markdown"):
            arguments = ("recovery", "--runbook", disruption, "--format", form, "a.yaml")
            output = invoke(*arguments, "--parameters", f"Key={SECRET}x").output
            assert "rds" in output
            assert SECRET not in output
