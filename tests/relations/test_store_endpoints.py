"""Endpoints that programs are told: in which words a message names the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

TERRAFORM = """
resource "aws_elasticache_replication_group" "carts" {
  num_cache_clusters = 2
}

resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_ssm_parameter" "carts" {
  name  = "/carts/write-host"
  value = "redis://${aws_elasticache_replication_group.carts.reader_endpoint_address}:6379"
}

resource "aws_ssm_parameter" "orders" {
  name  = "/orders/write-host"
  value = "${aws_rds_cluster.orders.reader_endpoint}:${aws_rds_cluster.orders.port}"
}
"""
CLOUDFORMATION = """
Resources:
  Carts: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  CartsHost:
    Type: AWS::SSM::Parameter
    Properties: {Name: /carts/write-host, Value: !Sub "${Carts.ReaderEndPoint.Address}:${Carts.ReaderEndPoint.Port}"}
  OrdersHost:
    Type: AWS::SSM::Parameter
    Properties: {Name: /orders/write-host, Value: !Sub "${Orders.ReadEndpoint.Address}:${Orders.Endpoint.Port}"}
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "main.tf",
            TERRAFORM,
            ("primary_endpoint_address of aws_elasticache_", "the endpoint of aws_rds_cluster.orders"),
        ),
        ("template.yaml", CLOUDFORMATION, ("PrimaryEndPoint.Address of Carts", "the Endpoint of Orders")),
    ],
)
def test_the_right_endpoint_is_named_in_the_language_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, expected: tuple[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(text)
    said = invoke("lint", "--select", "aurora-endpoint,elasticache-endpoint", name).output
    assert all(f"give it {endpoint}" in said for endpoint in expected)
