"""What has to hold for every store whatever is written: of each row of the tables of bounds, changed in some way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, found, resource, text
from tests.plan_from_configuration import plan
from tests.recovery_bounds import DAY, Said, said, store
from tests.relations.recovery import test_recovery_bounds, test_store_bounds

from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import DISRUPTIONS, Layer, Recovery
from awslint_memo.relations.recovery import stores, verdicts
from awslint_memo.relations.recovery.recovery_paths import Bound

HERE = Declared(recovery=Recovery(Layer({}, "here"), complete=True, regions=("eu-west-1",)))
ROWS = [*test_recovery_bounds.ROWS, *test_store_bounds.ROWS]
LENGTHS = (0.0, 60.0, 300.0, 3600.0, 8 * 3600.0, DAY - 1, DAY, 3 * DAY, 40 * DAY)
RANK = {
    "unmet": 0,
    "typically-missed": 1,
    "expected-missed": 1,
    "unknown": 1,
    "expected-met": 2,
    "typically-met": 2,
    "met": 3,
}

TEMPLATES = {json.dumps(made["cloudformation"]): made["cloudformation"] for _, made, _, _ in ROWS}
"""The templates in CloudFormation, each once."""


def bounds(template: Any, name: str) -> dict[str, Bound]:
    found = store(template, name, HERE)
    return {one: stores.bound(found, one) for one in DISRUPTIONS}


def literals(at: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all literals in properties."""
    if isinstance(at, (dict, list)):
        pairs = at.items() if isinstance(at, dict) else enumerate(at)
        for key, below in pairs:
            if key not in ("Type", "Ref", "Fn::GetAtt"):
                yield from literals(below, (*way, key))
    else:
        yield way


def without(template: Any, way: tuple[Any, ...]) -> Any:
    """A template in which a literal is not known."""
    changed = json.loads(json.dumps(template))
    at = changed
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = IMPORTED
    return changed


@pytest.mark.parametrize(("template", "name"), TEMPLATES.values(), ids=range(len(TEMPLATES)))
def test_a_literal_that_is_not_known_makes_nothing_sure(template: Any, name: str) -> None:
    """It makes nothing unmet that was not unmet, and nothing met that was not met."""
    before = bounds(template, name)
    for way in literals(template):
        # A type of nodes or an engine is what the store is, so that another one may be better or worse.
        for disruption, bound in bounds(without(template, way), name).items():
            assert bound.floor <= before[disruption].floor, (way, disruption)
            for length in LENGTHS:
                assert (bound.rpo(length) == "met") <= (before[disruption].rpo(length) == "met"), (way, disruption)


COPIES = "arn:aws:backup:eu-central-1:123456789012:backup-vault:copies"
BACKED_UP = {
    "MorePlan": resource(
        "Backup::BackupPlan",
        BackupPlan={
            "BackupPlanName": "more",
            "BackupPlanRule": [
                {"RuleName": "r", "TargetBackupVault": "v", "CopyActions": [{"DestinationBackupVaultArn": COPIES}]}
            ],
        },
    ),
    "MoreSelection": resource(
        "Backup::BackupSelection", BackupPlanId={"Ref": "MorePlan"}, BackupSelection={"Resources": ["*"]}
    ),
}


@pytest.mark.parametrize(("template", "name"), TEMPLATES.values(), ids=range(len(TEMPLATES)))
def test_one_more_backup_makes_nothing_worse_and_nor_does_a_longer_objective(template: Any, name: str) -> None:
    before = bounds(template, name)
    after = bounds({**template, "Resources": {**template["Resources"], **BACKED_UP}}, name)
    for disruption in DISRUPTIONS:
        for length in LENGTHS:
            verdict = RANK[after[disruption].rpo(length) or ""]
            assert verdict >= RANK[before[disruption].rpo(length) or ""], (disruption, length)
        for shorter, longer in pairwise(LENGTHS):
            for bound in (before[disruption], after[disruption]):
                assert RANK[bound.rpo(longer) or ""] >= RANK[bound.rpo(shorter) or ""]
                assert RANK[bound.rto(longer) or ""] >= RANK[bound.rto(shorter) or ""]


@each_case(("made", "disruption", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_plan_of_terraform_says_the_same(made: Any, disruption: str, expected: Said) -> None:
    template, name = made["terraform"]
    for is_native in (False, True):
        assert said(plan(text(template), is_native=is_native), name, disruption, HERE) == expected


SPEAKING = ("recovery-az-unprotected", "recovery-no-backup", "recovery-region-unprotected", "recovery-rpo-unmet")
LEVELS = {"unmet": {"warning"}, "typically-missed": {"advice"}, "expected-missed": {"advice"}}


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize(("template", "name"), TEMPLATES.values(), ids=range(len(TEMPLATES)))
def test_the_rules_say_what_the_table_says(template: Any, name: str, complete: bool) -> None:
    """A warning for what is surely unmet, advice for what is missed otherwise, and none for what is met.

    Of what is not told there may be advice, for the case that nothing elsewhere keeps a copy.
    """
    rpo = 60.0 if complete else DAY
    for disruption in DISRUPTIONS:
        layer = Layer({f"{disruption}.rpo": rpo}, "here")
        declared = Declared(recovery=Recovery(layer, complete=complete, regions=("eu-west-1",)))
        for row in verdicts.judged(store(template, name, declared)):
            if row.disruption != disruption:
                continue
            every = [one for rule in SPEAKING for one in found(rule, template, declared=declared)]
            levels = {one.level for one in every if one.resource == name}
            expected = LEVELS.get(row.rpo_verdict or "", set())
            assert levels == expected or (row.rpo_verdict == "unknown" and levels == {"advice"}), disruption
