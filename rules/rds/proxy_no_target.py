"""A database proxy should have a target.

A proxy takes connections to the databases that are registered with it. Without a target group that names an instance or a
cluster, every connection to it fails.

What to do: add an AWS::RDS::DBProxyTargetGroup (Terraform: aws_db_proxy_target) that names the proxy and a database. A proxy
that other stacks get, and may register, is not checked.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::RDS::DBProxy",
    memo="マルチ-AZ デプロイメント: データベースを自動的に複製し",
    aws="AmazonRDS/latest/APIReference/API_RegisterDBProxyTargets.html",
)
def check(proxy: Resource) -> Findings:
    groups = [group.get("DBProxyName") for group in proxy.deployment.of_type("AWS::RDS::DBProxyTargetGroup")]
    written = proxy.get("DBProxyName")
    if any(proxy.may_be_named_by(name) or name.is_unknown or name.is_same_as(written) for name in groups):
        return
    if not proxy.is_exposed(to_modules=False) and not proxy.may_be_completed():
        do = "add an aws_db_proxy_target" if proxy.language == "terraform" else "add a DBProxyTargetGroup"
        yield proxy.finding(proxy, "has no target, so every connection to it fails", do=do)


BAD = """
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders}}
---
resource "aws_db_proxy" "orders" {
  name = "orders"
}

resource "aws_db_proxy_target" "accounts" {
  db_proxy_name         = "accounts"
  db_cluster_identifier = "accounts"
}
"""

GOOD = """
Transform: AddsTargets
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders}}
---
Parameters: {Name: {Type: String}}
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default}}
---
Parameters: {Name: {Type: String}}
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Name, TargetGroupName: default}}
---
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders}}
Outputs:
  Proxy: {Value: !Ref Proxy, Export: {Name: proxy}}
---
Resources:
  ByName: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: orders, TargetGroupName: default}}
---
resource "aws_db_proxy" "orders" {
  name = "orders"
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name         = aws_db_proxy.orders.name
  db_cluster_identifier = "orders"
}

resource "aws_db_proxy" "others" {
  name = "others"
}

resource "aws_db_proxy_target" "others" {
  db_proxy_name          = "others"
  db_instance_identifier = "others"
}
"""
