"""How soon a failover is noticed, and what is said of it."""

from __future__ import annotations

from typing import Any

from tests.linting import found, messages, resource, stack

RULE = "route53-detection-time"


def template(rto: str | None = None, ttls: tuple[str, ...] = ("60",), **settings: Any) -> dict[str, Any]:
    config = {"Type": "HTTPS", "FullyQualifiedDomainName": "first.example.com", **settings}
    records = {
        f"Www{at}": resource(
            "Route53::RecordSet",
            HostedZoneName="example.com.",
            Name=f"www{at}.example.com",
            Type="A",
            TTL=ttl,
            SetIdentifier=f"set{at}",
            Failover="PRIMARY",
            HealthCheckId={"Ref": "Check"},
        )
        for at, ttl in enumerate(ttls)
    }
    table: dict[str, Any] = {}
    if rto is not None:
        table["Orders"] = resource("RDS::DBCluster", Engine="aurora-mysql")
        table["Orders"]["Metadata"] = {"awslint-memo": {"recovery": {"region": {"rto": rto}}}}
    return stack({}, Check=resource("Route53::HealthCheck", HealthCheckConfig=config), **records, **table)


def test_a_declared_objective_makes_it_a_warning() -> None:
    (finding,) = found(RULE, template("2m"))
    assert finding.level == "warning"
    (message,) = messages(RULE, template("2m"))
    assert "after about 150 s, more than the RTO of 2m" in message
    assert message.endswith("; set it to 10")


def test_an_objective_that_is_met_leaves_the_advice() -> None:
    (finding,) = found(RULE, template("1h"))
    assert finding.level == "advice"
    assert all("RTO" not in message for message in messages(RULE, template("1h")))
    assert found(RULE, template("90s", RequestInterval=10)) == []


def test_the_longest_time_to_live_counts() -> None:
    (message,) = messages(RULE, template(ttls=("60", "300", "30")))
    assert "a TTL of 300 s the record set1 fails over after about 390 s" in message


def test_a_fast_check_has_other_remedies() -> None:
    (message,) = messages(RULE, template(ttls=("300",), RequestInterval=10))
    assert message.endswith("; set fewer failures or a shorter TTL")
    assert found(RULE, template(RequestInterval=10)) == []


def test_ninety_seconds_are_soon_enough() -> None:
    assert found(RULE, template(ttls=("0",))) == []
    assert [finding.level for finding in found(RULE, template(ttls=("1",)))] == ["advice"]
