"""What makes a naive count of a cluster's instances wrong, and a naive look at their zones."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, second_places, stack, terraform

SINGLE = "aurora-single-instance"
ZONE = "aurora-single-az"

ONE = [Found("warning", "Orders", "Orders")]
ONE_OR_NONE_HERE = [Found("advice", "Orders", "Orders")]


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return resource(f"RDS::{type_}", **properties)


def member(named: Any = None, **properties: Any) -> dict[str, Any]:
    cluster = {"Ref": "Orders"} if named is None else named
    return of("DBInstance", Engine="aurora-mysql", DBClusterIdentifier=cluster, **properties)


def orders(**properties: Any) -> dict[str, Any]:
    return of("DBCluster", **{"Engine": "aurora-mysql", **properties})


def cluster(sections: dict[str, Any] | None = None, **resources: Any) -> dict[str, Any]:
    """A cluster named Orders, unless the resources have one of that name, and these resources."""
    return stack(sections, **{"Orders": orders(), **resources})


def test_one_instance_is_found_and_two_are_enough() -> None:
    assert found(SINGLE, cluster(Writer=member())) == ONE
    (message,) = messages(SINGLE, cluster(Writer=member()))
    assert "Writer" in message
    assert "other stack" not in message
    assert found(SINGLE, cluster(Writer=member(), Reader=member())) == []


@pytest.mark.parametrize("named", [{"Ref": "Orders"}, "shop", {"Fn::Sub": "${Orders}"}], ids=str)
def test_an_instance_belongs_to_the_cluster_that_it_names(named: Any) -> None:
    assert found(SINGLE, cluster(Orders=orders(DBClusterIdentifier="shop"), Writer=member(named))) == ONE


def test_an_instance_of_another_cluster_does_not_count() -> None:
    findings = found(SINGLE, cluster(Writer=member(), Reader=member("elsewhere")))
    assert findings == ONE


def test_an_instance_that_may_be_the_clusters_silences() -> None:
    maybe = {"Fn::Join": ["-", [{"Ref": "Orders"}, "x"]]}
    assert found(SINGLE, cluster(Writer=member(), Reader=member(maybe))) == []


def test_no_instance_at_all_is_advice() -> None:
    assert found(SINGLE, cluster()) == ONE_OR_NONE_HERE
    assert ["no instance" in one for one in messages(SINGLE, cluster())] == [True]


@pytest.mark.parametrize(
    "sections",
    [
        {"Outputs": {"Cluster": {"Value": {"Ref": "Orders"}, "Export": {"Name": "cluster"}}}},
        {"Outputs": {"Cluster": {"Value": {"Fn::Sub": "${Orders}"}}}},
        {"Outputs": {"Cluster": {"Value": {"Fn::GetAtt": ["Orders", "DBClusterArn"]}}}},
    ],
    ids=str,
)
def test_a_cluster_that_other_stacks_know_may_have_instances_there(sections: dict[str, Any]) -> None:
    known = cluster(sections, Writer=member())
    assert found(SINGLE, known) == ONE_OR_NONE_HERE
    (message,) = messages(SINGLE, known)
    assert "Writer" in message
    assert "other stack" in message


@pytest.mark.parametrize(
    "named", [{"Ref": "Orders"}, {"Fn::Sub": "${Orders}"}, {"Fn::GetAtt": ["Orders", "DBClusterArn"]}]
)
def test_a_cluster_that_a_stored_parameter_names_is_known_elsewhere(named: Any) -> None:
    stored = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": named}}
    assert found(SINGLE, cluster(Stored=stored, Writer=member())) == ONE_OR_NONE_HERE
    endpoint = {"Type": "String", "Value": {"Fn::GetAtt": ["Orders", "Endpoint.Address"]}}
    assert found(SINGLE, cluster(Stored={**stored, "Properties": endpoint}, Writer=member())) == ONE


def test_a_cluster_that_a_stored_parameter_of_terraform_names_is_known_elsewhere() -> None:
    def stored(value: str, argument: str = "value") -> dict[str, Any]:
        return terraform(
            aws_rds_cluster={"orders": {"engine": "aurora-mysql"}},
            aws_rds_cluster_instance={"writer": {"cluster_identifier": "${aws_rds_cluster.orders.id}"}},
            aws_ssm_parameter={"cluster": {"name": "/orders/cluster", "type": "String", argument: value}},
        )

    name = "aws_rds_cluster.orders"
    for argument in ("value", "insecure_value"):
        known = stored("${aws_rds_cluster.orders.cluster_identifier}", argument)
        assert found(SINGLE, known) == [Found("advice", name, "orders")]
    assert found(SINGLE, stored("${aws_rds_cluster.orders.endpoint}")) == [Found("warning", name, "orders")]


def test_a_cluster_that_an_output_spells_is_known_elsewhere() -> None:
    named = orders(DBClusterIdentifier="shop")
    arn = {"Fn::Sub": "arn:aws:rds:${AWS::Region}:${AWS::AccountId}:cluster:shop"}
    assert (
        found(SINGLE, cluster({"Outputs": {"Arn": {"Value": arn}}}, Orders=named, Writer=member())) == ONE_OR_NONE_HERE
    )


def test_an_endpoint_in_the_outputs_gives_no_instance() -> None:
    host = {"Fn::GetAtt": ["Orders", "Endpoint.Address"]}
    outputs = {"Outputs": {"Host": {"Value": host}, "Url": {"Value": {"Fn::Join": [":", [host, "3306"]]}}}}
    assert found(SINGLE, cluster(outputs, Writer=member())) == ONE


def test_a_nested_stack_that_is_given_the_cluster_may_add_instances() -> None:
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": {"Cluster": {"Ref": "Orders"}}}}
    assert found(SINGLE, cluster(Readers=nested, Writer=member())) == ONE_OR_NONE_HERE


@each_case(
    "properties",
    [
        {"EngineMode": "serverless"},
        {"EngineMode": {"Fn::ImportValue": "mode"}},
        {"ClusterScalabilityType": "limitless"},
        {"ClusterScalabilityType": {"Fn::ImportValue": "type"}},
        {"DBClusterInstanceClass": "db.r6gd.large"},
        {"Engine": "mysql", "DBClusterInstanceClass": "db.r6gd.large"},
        {"Engine": "neptune"},
        {"Engine": {"Fn::ImportValue": "engine"}},
        {"GlobalClusterIdentifier": "shop"},
        {"GlobalClusterIdentifier": {"Ref": "Global"}},
        {"ReplicationSourceIdentifier": "arn:aws:rds:eu-west-1:111122223333:cluster:main"},
    ],
    ids=str,
)
def test_clusters_without_instances_of_their_own_are_not_judged(properties: dict[str, Any]) -> None:
    assert found(SINGLE, cluster(Orders=orders(**properties), Global=of("GlobalCluster", Engine="aurora-mysql"))) == []


def test_a_shard_group_makes_a_limitless_database() -> None:
    shards = of("DBShardGroup", DBClusterIdentifier={"Ref": "Orders"}, MaxACU=32)
    assert found(SINGLE, cluster(Shards=shards)) == []


@pytest.mark.parametrize("how", [{"MasterUsername": "admin"}, {"SnapshotIdentifier": "before"}], ids=str)
def test_the_primary_of_a_global_database_is_judged(how: dict[str, Any]) -> None:
    primary = orders(GlobalClusterIdentifier="shop", **how)
    assert found(SINGLE, cluster(Orders=primary)) == ONE_OR_NONE_HERE
    assert found(SINGLE, cluster(Orders=primary, Writer=member())) == ONE


@pytest.mark.parametrize(("least", "is_found"), [(0, True), (1, False), ({"Fn::ImportValue": "least"}, False)])
def test_readers_that_auto_scaling_keeps_count(least: Any, is_found: bool) -> None:
    target = resource(
        "ApplicationAutoScaling::ScalableTarget",
        ServiceNamespace="rds",
        ScalableDimension="rds:cluster:ReadReplicaCount",
        ResourceId={"Fn::Sub": "cluster:${Orders}"},
        MinCapacity=least,
        MaxCapacity=4,
    )
    assert found(SINGLE, cluster(Writer=member(), Target=target)) == (ONE if is_found else [])


def test_a_macro_may_add_instances() -> None:
    assert found(SINGLE, cluster({"Transform": "Company::Macro"}, Writer=member())) == []


def copies(*, of_cluster: dict[str, Any] | None = None, **instances: dict[str, Any]) -> dict[str, Any]:
    """A cluster named orders in Terraform and its instances."""
    made = {
        name: {"engine": "aurora-mysql", "cluster_identifier": "${aws_rds_cluster.orders.id}", **more}
        for name, more in instances.items()
    }
    types: dict[str, Any] = {"aws_rds_cluster": {"orders": {"engine": "aurora-mysql", **(of_cluster or {})}}}
    return terraform(**types, **({"aws_rds_cluster_instance": made} if made else {}))


@each_case("repeated", [{"count": 2}, {"count": "${var.n}"}, {"for_each": "${var.all}"}, {"count": 0}])
def test_terraforms_copies_count_where_they_are_known(repeated: dict[str, Any]) -> None:
    none = [Found("advice", "aws_rds_cluster.orders", "orders")]
    assert found(SINGLE, copies(all=repeated)) == (none if repeated == {"count": 0} else [])


def test_a_single_copy_is_one_instance() -> None:
    single = copies(all={"count": 1})
    assert found(SINGLE, single) == [Found("warning", "aws_rds_cluster.orders", "orders")]
    assert ["aws_rds_cluster_instance.all" in one for one in messages(SINGLE, single)] == [True]


def test_the_only_instance_is_the_one_that_there_is() -> None:
    made = copies(none={"count": 0}, one={"count": 1})
    assert second_places(SINGLE, made) == ["one"]


def test_terraforms_outputs_count_like_cloudformations() -> None:
    for output, level in (("id", "advice"), ("endpoint", "warning")):
        outputs = {"output": {"it": {"value": f"${{aws_rds_cluster.orders.{output}}}"}}}
        assert [one.level for one in found(SINGLE, {**copies(writer={}), **outputs})] == [level]


def test_a_cluster_of_unknown_number_is_not_judged() -> None:
    assert found(SINGLE, copies(of_cluster={"count": "${var.clusters}"}, all={})) == []


def zoned(*zones: Any, **properties: Any) -> dict[str, Any]:
    instances = {
        f"Db{n}": member(**({} if zone is None else {"AvailabilityZone": zone})) for n, zone in enumerate(zones)
    }
    return cluster(Orders=orders(**properties), **instances)


def test_instances_in_one_zone_are_found() -> None:
    together = zoned("eu-west-1a", "eu-west-1a", "eu-west-1a")
    assert found(ZONE, together) == [Found("warning", "Orders", "AvailabilityZone: eu-west-1a")]
    assert ["3 instances" in one for one in messages(ZONE, together)] == [True]


@each_case(
    "zones",
    [
        ("eu-west-1a", "eu-west-1b"),
        ("eu-west-1a", None),
        ("eu-west-1a", {"Fn::Select": ["0", {"Fn::GetAZs": ""}]}),
        ("eu-west-1a",),
        (None, None),
        (),
    ],
    ids=str,
)
def test_several_zones_unknown_ones_and_single_instances_are_not(zones: tuple[Any, ...]) -> None:
    assert found(ZONE, zoned(*zones)) == []


@pytest.mark.parametrize("properties", [{"Engine": "neptune"}, {"EngineMode": "serverless"}], ids=str)
def test_zones_of_other_clusters_are_not_judged(properties: dict[str, Any]) -> None:
    assert found(ZONE, zoned("eu-west-1a", "eu-west-1a", **properties)) == []


def test_zones_of_a_cluster_that_other_stacks_know_are_advice() -> None:
    template = zoned("eu-west-1a", "eu-west-1a")
    template["Outputs"] = {"Cluster": {"Value": {"Ref": "Orders"}}}
    assert [one.level for one in found(ZONE, template)] == ["advice"]


def test_copies_in_one_zone_are_several_instances() -> None:
    together = copies(all={"count": 2, "availability_zone": "eu-west-1a"})
    assert found(ZONE, together) == [Found("warning", "aws_rds_cluster.orders", "availability_zone: eu-west-1a")]
    assert ["2 instances" in one for one in messages(ZONE, together)] == [True]
    assert found(ZONE, copies(all={"count": "${var.n}", "availability_zone": "eu-west-1a"})) == []


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ({"DBInstanceClass": "db.t4g.medium"}, "advice"),
        ({"DBInstanceClass": "db.t4g.large"}, "warning"),
        ({"DBInstanceClass": "db.t4g.medium", "DBInstanceIdentifier": "orders-prod"}, "warning"),
    ],
    ids=str,
)
def test_one_small_instance_is_a_choice_of_cost_but_in_production(properties: dict[str, Any], level: str) -> None:
    only = resource("RDS::DBInstance", Engine="aurora-mysql", DBClusterIdentifier={"Ref": "Orders"}, **properties)
    template = stack(Orders=resource("RDS::DBCluster", Engine="aurora-mysql"), Only=only)
    assert [one.level for one in found("aurora-single-instance", template)] == [level]


@pytest.mark.parametrize(("most", "level"), [(1, "advice"), (2, "advice"), (4, "warning")])
def test_one_serverless_instance_of_few_units_is_a_choice_of_cost(most: int, level: str) -> None:
    scaling = {"MinCapacity": 0.5, "MaxCapacity": most}
    only = resource(
        "RDS::DBInstance",
        Engine="aurora-mysql",
        DBClusterIdentifier={"Ref": "Orders"},
        DBInstanceClass="db.serverless",
    )
    cluster = resource("RDS::DBCluster", Engine="aurora-mysql", ServerlessV2ScalingConfiguration=scaling)
    assert [one.level for one in found("aurora-single-instance", stack(Orders=cluster, Only=only))] == [level]
