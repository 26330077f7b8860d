"""Databases that admit their load balancer alone: what is said of who uses them, and which rule says it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import report
from tests.linting import messages, resource, stack
from tests.readers.workspace import write

from awslint_memo.relations import store_admission

ADMITTED, SHUT_OUT = "ec2-balancer-admitted", "ec2-client-shut-out"


def group(*sources: str) -> dict[str, Any]:
    admitted = [
        {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "SourceSecurityGroupId": {"Ref": one}}
        for one in sources
    ]
    return resource("EC2::SecurityGroup", GroupDescription="a", VpcId="v", SecurityGroupIngress=admitted)


def shop(**environment: Any) -> dict[str, Any]:
    """A database that admits the load balancer, and a function that has another security group."""
    network = {"SubnetIds": ["s"], "SecurityGroupIds": [{"Ref": "App"}]}
    return stack(
        Front=group(),
        App=group(),
        Stores=group("Front"),
        Web=resource("ElasticLoadBalancingV2::LoadBalancer", SecurityGroups=[{"Ref": "Front"}], Subnets=["a", "b"]),
        Work=resource("Lambda::Function", VpcConfig=network, Environment={"Variables": environment}),
        Orders=resource("RDS::DBCluster", Engine="aurora-postgresql", VpcSecurityGroupIds=[{"Ref": "Stores"}]),
    )


TOLD = {"DB_HOST": {"Fn::GetAtt": ["Orders", "Endpoint.Address"]}}


def test_a_program_that_is_told_of_nothing_is_not_named() -> None:
    [message] = messages(ADMITTED, shop(STAGE="prod"))
    assert "admits only the load balancer Web, which opens no connection to Orders; admit the security group" in message
    assert "Work" not in message


def test_a_program_that_is_told_of_the_database_is_named() -> None:
    [message] = messages(ADMITTED, shop(**TOLD))
    assert "so Work, which is in App, does not get through to Orders; admit App" in message


def test_who_is_shut_out_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, {"t.json": json.dumps(shop(**TOLD))})
    findings = report(str(tmp_path), "--select", f"{ADMITTED},{SHUT_OUT}")["findings"]
    assert [one["rule"] for one in findings] == [SHUT_OUT]


def test_no_rule_of_a_group_is_read_where_there_is_no_balancer(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []
    monkeypatch.setattr(store_admission, "known_rules", lambda groups: read.append(groups))
    template = shop(**TOLD)
    assert (messages(ADMITTED, template), len(read)) == ([], 1)
    del template["Resources"]["Web"]
    assert (messages(ADMITTED, template), len(read)) == ([], 1)
