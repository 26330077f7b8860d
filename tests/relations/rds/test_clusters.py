"""Which of two classes is surely smaller, and which instance takes over from a writer."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import resource, resources, stack

from awslint_memo import Known, database_classes
from awslint_memo.model.span import Span

HERE = Span("template.yaml", 1, 1, 1, 2)
UNKNOWN = {"Fn::ImportValue": "something"}


@each_case(
    ("one", "other", "expected"),
    [
        ("db.r6g.large", "db.r6g.xlarge", True),
        ("db.r6g.xlarge", "db.r6g.large", False),
        ("db.r6g.large", "db.r6g.large", False),
        ("db.r6g.xlarge", "db.r6g.2xlarge", True),
        ("db.r6g.8xlarge", "db.r6g.16xlarge", True),
        ("db.t3.micro", "db.t3.small", True),
        ("db.t3.small", "db.t4g.medium", True),
        ("db.t4g.medium", "db.m6g.large", True),
        ("db.t4g.large", "db.m6g.xlarge", True),
        ("db.m6g.large", "db.t4g.xlarge", True),
        ("db.c6gd.large", "db.m6g.xlarge", True),
        ("db.m6g.xlarge", "db.r6g.2xlarge", True),
        ("db.r6g.xlarge", "db.x2g.2xlarge", True),
        ("DB.R6G.LARGE", "db.r6g.xlarge", True),
        ("db.r6g.large", "db.m6g.xlarge", False),
        ("db.m6g.large", "db.c6gd.xlarge", False),
        ("db.m6g.large", "db.r6g.large", False),
        ("db.serverless", "db.r6g.large", False),
        ("db.r6g.large", "db.serverless", False),
        ("db.z1d.large", "db.r5.xlarge", False),
        ("db.r5.large", "db.r5.4xlarge.tpc2.mem8x", False),
        ("cache.r6g.large", "db.r6g.xlarge", False),
    ],
)
def test_a_class_is_smaller_only_where_that_is_sure(one: str, other: str, expected: bool) -> None:
    assert database_classes.is_smaller(Known(one, HERE), Known(other, HERE)) is expected


def promoted(**instances: dict[str, Any]) -> str | None:
    """The name of the instance that takes over when the first one fails."""
    made = stack(**{name: resource("RDS::DBInstance", **said) for name, said in instances.items()})
    found = list(resources(made).values())
    target = database_classes.promoted_instead(found[0], found)
    return target.name if target else None


LARGE = {"DBInstanceClass": "db.r6g.2xlarge"}
SMALL = {"DBInstanceClass": "db.r6g.large"}


def tier(number: Any, instance: dict[str, Any]) -> dict[str, Any]:
    return {**instance, "PromotionTier": number}


def test_the_lowest_tier_takes_over_and_then_the_largest() -> None:
    assert promoted(Writer=LARGE, Small=SMALL, Large=LARGE) == "Large"
    assert promoted(Writer=LARGE, Small=tier("0", SMALL), Large=LARGE) == "Small"
    assert promoted(Writer=LARGE, Small=tier(2, SMALL), Large=LARGE) == "Large"
    assert promoted(Writer=tier(0, LARGE), Small=tier(15, SMALL)) == "Small"
    assert promoted(Writer=LARGE, Small=tier(1, SMALL), Large=tier(3, LARGE)) == "Small"


def test_who_takes_over_is_not_known_where_a_tier_or_a_class_is_not() -> None:
    assert promoted(Writer=LARGE) is None
    assert promoted(Writer=LARGE, Small=tier(UNKNOWN, SMALL), Large=LARGE) is None
    assert promoted(Writer=LARGE, Small=SMALL, Other={"DBInstanceClass": UNKNOWN}) is None
    assert promoted(Writer=LARGE, Small=SMALL, Other={"DBInstanceClass": "db.serverless"}) is None
    assert promoted(Writer=LARGE, Small=SMALL, Other=tier(2, {"DBInstanceClass": "db.serverless"})) == "Small"
