"""Names of databases and of master users that RDS refuses, and those that only look so."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import messages, resource, stack, terraform

RULE = "rds-name-refused"


@each_case(
    ("engine", "name", "told"),
    [
        ("postgres", "orders_prod", 0),
        ("postgres", "_orders", 0),
        ("postgres", "o" * 63, 0),
        ("postgres", "o" * 64, 1),
        ("mysql", "o" * 64, 0),
        ("oracle-ee-cdb", "ORDERS01", 0),
        ("db2-se", "orders.prod", 1),
        ("custom-oracle-ee", "orders-prod", 0),
        ("postgres", {"Fn::Sub": "orders-${Any}"}, 1),
        ("postgres", {"Fn::Sub": "orders_${Any}"}, 0),
        ({"Ref": "Any"}, "orders-prod", 1),
        ({"Ref": "Any"}, "o" * 64, 0),
        ("sqlserver-se", {"Fn::Sub": "orders${Any}"}, 1),
        ("sqlserver-se", {"Ref": "Any"}, 0),
    ],
)
def test_the_name_of_a_database(engine: Any, name: Any, told: int) -> None:
    template = stack(
        {"Parameters": {"Any": {"Type": "String"}}}, A=resource("RDS::DBInstance", Engine=engine, DBName=name)
    )
    assert len(messages(RULE, template)) == told


@each_case(
    ("engine", "user", "told"),
    [
        ("aurora-postgresql", "postgres", 0),
        ("aurora-postgresql", "admin", 1),
        ("aurora-mysql", "admin", 0),
        ("aurora-mysql", "RdsAdmin", 1),
        ("postgres", "pg_owner", 1),
        ("mysql", "pg_owner", 0),
        ("mysql", "an_owner_of_more_than_16", 0),
    ],
)
def test_the_name_of_a_master_user(engine: str, user: str, told: int) -> None:
    template = stack(A=resource("RDS::DBCluster", Engine=engine, MasterUsername=user))
    assert len(messages(RULE, template)) == told


def test_a_name_that_one_environment_makes() -> None:
    database = {"engine": "postgres", "db_name": "orders${var.suffix}"}
    for suffix, told in (("_prod", 0), ("-prod", 1)):
        template = terraform({"variable": {"suffix": {"default": suffix}}}, aws_db_instance={"a": database})
        assert len(messages(RULE, template)) == told


def test_a_secondary_of_a_global_database_has_the_names_of_the_primary() -> None:
    secondary = resource("RDS::DBCluster", Engine="aurora-mysql", GlobalClusterIdentifier="g", DatabaseName="a-b")
    assert messages(RULE, stack(A=secondary)) == []
