"""URLs of caches that another template of the run is told, and variables beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

MAIN = """
Resources:
  Data: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./data.yaml}}
  App:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./app.yaml, Parameters: {Endpoint: !GetAtt Data.Outputs.Endpoint}}
"""
DATA = """
Resources:
  Jobs: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, TransitEncryptionEnabled: true}}
Outputs: {Endpoint: {Value: !GetAtt Jobs.PrimaryEndPoint.Address}}
"""
APP = """
Parameters: {Endpoint: {Type: String}}
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {URL: !Sub "SCHEME://${Endpoint}:6379"}}}}
"""


@pytest.mark.parametrize(("scheme", "found"), [("redis", ["app.yaml"]), ("rediss", []), ("REDIS", ["app.yaml"])])
def test_a_url_is_read_through_nested_stacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, found: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("main.yaml", MAIN), ("data.yaml", DATA), ("app.yaml", APP.replace("SCHEME", scheme))):
        Path(name).write_text(text)
    findings = report("lint", "--select", "elasticache-url-scheme", "main.yaml")["findings"]
    assert [one["path"] for one in findings] == found
