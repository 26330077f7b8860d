"""What a template has to say so that CloudFormation creates one resource before another."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

NETWORK = """
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
"""

LOGS = """
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app/orders}}
  Errors:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /app/orders
      FilterPattern: ERROR
      MetricTransformations: [{MetricName: Errors, MetricNamespace: App, MetricValue: "1"}]
"""


@pytest.mark.parametrize(
    ("rule", "nested", "remedy"),
    [
        ("stack-gateway-order", NETWORK, "add DependsOn: Attached"),
        ("stack-named-order", LOGS, "refer to Logs, or add DependsOn: Logs"),
    ],
)
def test_a_nested_template_is_told_to_depend_on_its_own_logical_ids(
    rule: str, nested: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nested.yaml").write_text(nested)
    stack = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}"
    Path("template.yaml").write_text(f"Resources:\n  Nested: {stack}\n")
    assert [one["do"] for one in report("--select", rule, "--advice")["findings"]] == [remedy]
