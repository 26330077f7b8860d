"""What the check of a resource says about one of another stack is told in its own template."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: instance}"
SESSIONS = "AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.t3.medium}"
WEB = "AWS::ECS::Service, Properties: {LaunchType: FARGATE, LoadBalancers: [{TargetGroupArn: !ImportValue data}]}"
EVERYWHERE = (
    "AWS::ElastiCache::GlobalReplicationGroup, Properties: {Members: [{ReplicationGroupId: !ImportValue data}]}"
)
INSTANCE = "AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: %s, DBInstanceClass: db.r6g.%s, PromotionTier: %d}"
SMALL, WRITER = INSTANCE % ("!ImportValue data", "large", 0), INSTANCE % ("!Ref Data", "2xlarge", 1)


@pytest.mark.parametrize(
    ("rule", "data", "user", "path", "resource", "route", "message"),
    [
        (
            *("ecs-target-type", f"Data: {{Type: {GROUP}}}", WEB),
            *("user.yaml", "User", "LoadBalancers[0].TargetGroupArn"),
            "TargetType of data.yaml:Data is instance, but User registers tasks",
        ),
        (
            *("elasticache-global-class", f"Data: {{Type: {SESSIONS}}}", EVERYWHERE),
            *("user.yaml", "User", "Members[0].ReplicationGroupId"),
            "CacheNodeType of data.yaml:Data is cache.t3.medium, but a global datastore takes",
        ),
        # It names the resource that is checked, which does not name it.
        (
            *("aurora-failover-target", f"Data: {{Type: AWS::RDS::DBCluster}}, Writer: {{Type: {WRITER}}}", SMALL),
            *("data.yaml", "Data", ""),
            "DBInstanceClass of user.yaml:User is db.r6g.large, but the instance is promoted",
        ),
    ],
)
def test_it_stands_where_the_resource_names_the_other(
    rule: str,
    data: str,
    user: str,
    path: str,
    resource: str,
    route: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    exported = f"Resources: {{{data}}}\nOutputs: {{Data: {{Value: !Ref Data, Export: {{Name: data}}}}}}\n"
    write(tmp_path, {"data.yaml": exported, "user.yaml": f"Resources: {{User: {{Type: {user}}}}}\n"})
    (finding,) = report("--profile", "all", "--select", rule)["findings"]
    assert (finding["path"], finding["resource"], finding["route"]) == (path, resource, route)
    assert finding["message"].startswith(message)
    other = "user.yaml" if path == "data.yaml" else "data.yaml"
    assert finding["related"][0]["path"] == other
    assert not finding.get("fix")  # It would be one of the other template.


@pytest.mark.parametrize(
    ("copy", "count"), [("more.yaml", 2), (".more.yaml", 0), ("sample-service.yaml", 0), ("web.example.yaml", 0)]
)
def test_a_file_to_copy_from_is_deployed_beside_no_other(
    copy: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rule = "AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !ImportValue data, Priority: 1}"
    exported = "Resources: {Data: {Type: AWS::ElasticLoadBalancingV2::Listener}}\n"
    outputs = "Outputs: {Data: {Value: !Ref Data, Export: {Name: data}}}\n"
    web = f"Resources: {{Web: {{Type: {rule}}}}}\n"
    write(tmp_path, {"data.yaml": f"{exported}{outputs}", "web.yaml": web, copy: web})
    assert len(report("--select", "elb-listener")["findings"]) == count
