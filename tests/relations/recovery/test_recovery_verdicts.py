"""What bounds say of objectives: tables, and what has to hold whatever is written."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from math import inf
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, messages, resource, resources, stack, terraform

from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import DISRUPTIONS, Layer, Recovery
from awslint_memo.relations.recovery import verdicts
from awslint_memo.relations.recovery.recovery_paths import Bound, Method, Path

DAY = 86400.0

WAYS = [
    Path("lossless", 0, Method.FAILOVER, "", 0, 0, back_typical=120),
    Path("typical", 0, Method.RESTORE, "", 300, reach=7 * DAY),
    Path("periodic", DAY, Method.RESTORE, "", None, 2 * DAY, reach=35 * DAY),
    Path("no figure", 0, Method.PROMOTE, ""),
    Path("unsure", 3600, Method.RESTORE, "", sure=False),
    Path("unsure and lossless", 0, Method.NOTHING, "", 0, 0, sure=False),
    Path("in words", 0, Method.PROMOTE, "", quoted="usually a few seconds", lag=1),
    Path("by arithmetic", DAY, Method.RESTORE, "", None, 10 * DAY, expected=(DAY + 3600, DAY + 3600)),
    Path("copied", DAY, Method.RESTORE, "", expected=(DAY + 3600, None)),
]


@each_case(
    ("ways", "wanted", "expected"),
    [
        ([], 1e9, "unmet"),
        ([0], 0, "met"),
        ([1], 300, "typically-met"),
        ([1], 299, "typically-missed"),
        ([1], 0, "typically-missed"),
        ([2], 2 * DAY, "met"),
        ([2], 2 * DAY - 1, "unknown"),
        ([2], DAY, "unknown"),
        ([2], DAY - 1, "unmet"),
        ([3], 0, "unknown"),
        ([1, 3], 60, "unknown"),
        ([4], 3600, "unknown"),
        ([4], 3599, "unmet"),
        ([5], 0, "unknown"),
        ([1, 5], 60, "unknown"),
        ([6], 60, "typically-met"),
        ([6], 59, "unknown"),
        ([6], 1, "unknown"),
        ([6], 0, "typically-missed"),
        ([7], 10 * DAY, "met"),
        ([7], DAY + 3600, "expected-met"),
        ([7], DAY, "expected-missed"),
        ([7], DAY - 1, "unmet"),
        ([8], 10 * DAY, "unknown"),
        ([8], DAY, "expected-missed"),
        ([7, 8], DAY, "expected-missed"),
        ([1, 7], 60, "typically-missed"),
        ([1, 7], 300, "typically-met"),
        ([3, 7], DAY, "unknown"),
        ([5, 7], DAY, "unknown"),
        ([2, 4], 7200, "unknown"),
    ],
)
def test_an_rpo(ways: list[int], wanted: float, expected: str) -> None:
    assert Bound([WAYS[at] for at in ways]).rpo(wanted) == expected


@each_case(
    ("ways", "measured", "wanted", "expected"),
    [
        ([], None, 1e9, "unmet"),
        ([0], None, 120, "typically-met"),
        ([0], None, 119, "typically-missed"),
        ([1], None, 1e9, "unknown"),
        ([1], 60, 60, "met"),
        ([1], 61, 60, "unmet"),
        ([5], None, 60, "unknown"),
        ([0, 1], None, 60, "typically-missed"),
        ([1, 3], None, 60, "unknown"),
        ([0, 5], None, 60, "unknown"),
        ([0, 5], None, 120, "typically-met"),
    ],
)
def test_an_rto(ways: list[int], measured: float | None, wanted: float, expected: str) -> None:
    assert Bound([WAYS[at] for at in ways]).rto(wanted, measured) == expected


RANK = {
    "unmet": 0,
    "typically-missed": 1,
    "expected-missed": 1,
    "unknown": 1,
    "expected-met": 2,
    "typically-met": 2,
    "met": 3,
}
BOUNDS = [Bound(chosen) for number in range(4) for chosen in combinations(WAYS, number)]
LENGTHS = (0, 1, 299, 300, 3599, 3600, DAY - 1, DAY, 2 * DAY, 1e9)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.how)
def test_another_way_back_never_makes_it_worse(way: Path) -> None:
    for bound in BOUNDS:
        more = Bound((*bound.ways, way))
        for length in LENGTHS:
            assert RANK[more.rpo(length) or ""] >= RANK[bound.rpo(length) or ""]
            assert (more.rto(length) == "unmet") <= (bound.rto(length) == "unmet")
        assert more.most_reach >= bound.most_reach
        assert (more.reach or 0) >= (bound.reach or 0)


def test_a_longer_objective_is_never_worse() -> None:
    for bound in BOUNDS:
        for shorter, longer in pairwise(LENGTHS):
            assert RANK[bound.rpo(longer) or ""] >= RANK[bound.rpo(shorter) or ""]
            assert RANK[bound.rto(longer) or ""] >= RANK[bound.rto(shorter) or ""]


def test_without_an_objective_nothing_is_said() -> None:
    assert {bound.rpo(None) for bound in BOUNDS} == {bound.rto(None, 5) for bound in BOUNDS} == {None}


def test_what_is_said_of_a_loss() -> None:
    said = [verdicts.loss(Bound([WAYS[at] for at in ways])) for ways in ([], [0], [1], [2], [3], [4])]
    assert said == ["everything", "nothing", "5m typically", "48h at most", "not told", "1h or more"]
    said = [verdicts.loss(Bound([WAYS[at] for at in ways])) for ways in ([6], [7], [8], [5, 7], [1, 7], [2, 8], [6, 8])]
    assert said == [
        "usually a few seconds",
        "25h expected, 10d at most",
        "25h or more expected",
        "25h expected, 10d at most, or less",
        "5m typically",
        "25h or more expected, or less",
        "usually a few seconds",
    ]
    assert Bound().floor == inf


STACK = stack(
    Db=resource("RDS::DBInstance", Engine="postgres", MultiAZ=True, BackupRetentionPeriod=1),
    Table=resource(
        "DynamoDB::Table",
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False, "RecoveryPeriodInDays": 5},
    ),
    Cache=resource(
        "ElastiCache::ReplicationGroup",
        Engine="valkey",
        NumCacheClusters=1,
        AutomaticFailoverEnabled=False,
        MultiAZEnabled=False,
        SnapshotRetentionLimit=1,
    ),
    Bucket=resource("S3::Bucket", VersioningConfiguration={"Status": "Suspended"}),
    Plan=resource(
        "Backup::BackupPlan",
        BackupPlan={
            "BackupPlanName": "p",
            "BackupPlanRule": [
                {
                    "RuleName": "r",
                    "TargetBackupVault": "Default",
                    "ScheduleExpression": "cron(0 5 1 * ? *)",
                    "Lifecycle": {"DeleteAfterDays": 40},
                }
            ],
        },
    ),
    Selection=resource(
        "Backup::BackupSelection",
        BackupPlanId={"Ref": "Plan"},
        BackupSelection={"SelectionName": "s", "Resources": ["arn:aws:dynamodb:*:*:table/*"]},
    ),
)
STRICT = Recovery(Layer({"rpo": 60.0, "rto": 60.0, "keep": 90 * DAY}, "here:1"), complete=True)
LENIENT = Recovery(Layer({"rpo": 2 * DAY, "rto": 600.0, "keep": 3 * DAY}, "here:1"), complete=True)
RULES = ("recovery-rpo-unmet", "recovery-no-backup", "recovery-retention", "recovery-rto-unmet")


def reported(template: Any, recovery: Recovery = STRICT) -> set[tuple[str, str]]:
    """The rules that report, each with the beginning of its message; what a check reads of another is one more."""
    declared = Declared(recovery=recovery)
    return {(rule, said.split(" ")[0]) for rule in RULES for said in messages(rule, template, declared=declared)}


def literals(at: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all literals in properties."""
    if isinstance(at, dict):
        return [found for key, below in at.items() if key != "Type" for found in literals(below, (*way, key))]
    if isinstance(at, list):
        return [found for key, below in enumerate(at) for found in literals(below, (*way, key))]
    return [way]


LITERALS = [one for one in literals(STACK) if "Ref" not in one]


def test_the_stack_has_something_to_report_and_to_forget() -> None:
    assert {rule for rule, _ in reported(STACK)} == set(RULES)
    assert len(LITERALS) >= 18


@pytest.mark.parametrize("way", LITERALS, ids=lambda way: ".".join(map(str, way[1:])))
def test_a_literal_that_is_not_known_makes_no_finding(way: tuple[Any, ...]) -> None:
    changed = json.loads(json.dumps(STACK))
    at = changed
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = IMPORTED
    # What a plan may select turns from "no backup" into one that is too rare, so the resource had a finding before.
    for recovery in (STRICT, LENIENT):
        assert {name for _, name in reported(changed, recovery)} <= {name for _, name in reported(STACK, recovery)}


def test_a_longer_objective_makes_no_finding() -> None:
    before: set[tuple[str, str]] | None = None
    for length in LENGTHS:
        found = reported(STACK, Recovery(Layer({"rpo": length}, "here:1"), complete=True))
        assert before is None or found <= before
        before = found


def test_yaml_json_and_terraform_agree() -> None:
    own = stack(A=resource("RDS::DBInstance", Engine="postgres", MultiAZ=False, BackupRetentionPeriod=7))
    properties = "{Engine: postgres, BackupRetentionPeriod: 7}"
    yaml = f"Resources:\n  A:\n    Type: AWS::RDS::DBInstance\n    Properties: {properties}\n"
    its = terraform(aws_db_instance={"a": {"engine": "postgres", "backup_retention_period": 7}})
    native = 'resource "aws_db_instance" "a" {\n  engine = "postgres"\n  backup_retention_period = 7\n}\n'

    def rows(template: Any) -> Any:
        found = next(iter(loaded(template).values()))
        found.deployment.declared = Declared(recovery=STRICT)
        return [
            (row.disruption, row.loss, row.rpo_verdict, row.rto_verdict, row.keep_verdict)
            for row in verdicts.judged(found)
        ]

    assert rows(own) == rows(yaml) == rows(its) == rows(native)
    assert [row[0] for row in rows(own)] == list(DISRUPTIONS)


def loaded(template: Any) -> Any:
    """The resources of a template, also of one in Terraform's native language."""
    if isinstance(template, str) and template.startswith("resource"):
        from awslint_memo.files.source import Source
        from awslint_memo.readers.recognition import template as read

        made = read(Source("main.tf", template.encode()))
        assert made is not None
        return made.deployments(None).deployments[0].own
    return resources(template)


def made(who: str, average: float, floor: float | None = None) -> Path:
    return Path(who, average if floor is None else floor, Method.RESTORE, "", every=(who, average))


WORKDAYS = made("workdays", 7 * DAY / 5, 3 * DAY)


@each_case(
    ("ways", "floor"),
    [
        ([made("a", DAY)], DAY),
        # Two that are made daily may be half a day apart.
        ([made("a", DAY), made("b", DAY)], DAY / 2),
        ([made("a", DAY), made("a", DAY)], DAY),
        # A weekly one splits one of seven gaps.
        ([made("a", DAY), made("b", 7 * DAY)], DAY),
        ([made("a", 3600), made("b", DAY), made("c", DAY)], 3600),
        ([made("a", DAY), *(made(f"b{at}", 7 * DAY) for at in range(8))], 1 / (1 / DAY + 8 / (7 * DAY))),
        # What is made at the weekend may fill the longest gap of workdays.
        ([WORKDAYS, made("weekend", 7 * DAY / 2, 6 * DAY)], DAY),
        ([made("a", DAY), Path("log", 300, Method.RESTORE, "")], 300),
        ([made("a", DAY), WAYS[0]], 0),
    ],
)
def test_backups_of_several_fill_each_others_gaps(ways: list[Path], floor: float) -> None:
    assert Bound(ways).floor == pytest.approx(floor)


def test_snapshots_of_two_services_may_be_half_a_day_apart() -> None:
    policy = {"ResourceTypes": ["VOLUME"], "TargetTags": [{"Key": "a", "Value": "b"}]}
    schedule = {"CreateRule": {"Interval": 24, "IntervalUnit": "HOURS"}, "RetainRule": {"Count": 7}}
    rule = {"RuleName": "r", "TargetBackupVault": "v", "ScheduleExpression": "cron(0 5 ? * * *)"}
    template = stack(
        Data=resource("EC2::Volume", Size=1, Tags=[{"Key": "a", "Value": "b"}]),
        Policy=resource("DLM::LifecyclePolicy", State="ENABLED", PolicyDetails={**policy, "Schedules": [schedule]}),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [rule]}),
        S=resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection={"Resources": ["*"]}),
    )
    for wanted, count in ((DAY / 2, 0), (DAY / 2 - 60, 1)):
        recovery = Recovery(Layer({"software.rpo": wanted}, "here:1"), complete=True)
        assert len(messages("recovery-rpo-unmet", template, declared=Declared(recovery=recovery))) == count
