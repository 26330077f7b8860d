"""Sets of deployments in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from awslint_memo.model.deployment_words import Assignment, DeploymentWords, Other

LIVE: Assignment = {"Stage": "live"}
TEST: Assignment = {"Stage": "test"}
SMALL: Assignment = {**LIVE, "Child.Size": "small"}
LARGE: Assignment = {**LIVE, "Child.Size": "large"}
OTHER: Assignment = {**LIVE, "Child.Size": Other("Size")}


def describe(meant: Sequence[Assignment], every: Sequence[Assignment]) -> str:
    return DeploymentWords(every).words([at for at, one in enumerate(every) if one in meant])


def test_a_choice_that_some_deployments_do_not_have() -> None:
    every = [SMALL, LARGE, TEST]
    assert describe([TEST], every) == describe([TEST], every[::-1]) == "when Stage is test"
    assert describe([SMALL, LARGE], every) == describe([SMALL, LARGE], every[::-1]) == "when Stage is live"
    assert describe([SMALL], every) == "when Stage is live and Child.Size is small"
    assert describe([SMALL], every[::-1]) == "when Stage is live and Child.Size is small"
    assert describe([SMALL, TEST], every) == "for example when Child.Size is small"
    assert describe([SMALL, TEST], every[::-1]) == "for example when Stage is test"


def test_any_value_of_a_choice_that_some_deployments_do_not_have() -> None:
    child: list[Assignment] = [{"Child.Size": "small"}, {"Child.Size": Other("Size")}]
    assert describe(child, [*child, {"Child.Wait": "0"}]) == "when Child.Size is small or something else"
    assert describe([OTHER], [SMALL, OTHER]) == "when Child.Size is not small"


def test_a_value_that_a_nested_stack_gets_is_not_named_for_its_parent_s() -> None:
    on: Assignment = {"State": "on", "Hours": "1", "Child.Hours": "1"}
    never: Assignment = {**on, "Hours": "0", "Child.Hours": "0"}
    off: Assignment = {"State": "off", "Hours": "1"}
    every = [off, {**off, "Hours": "0"}, on, never]
    assert describe([on], every) == "when State is on and Hours is 1"


def test_a_parameter_that_is_compared_with_another_one() -> None:
    account = "AWS::AccountId"
    every: list[Assignment] = [
        {"Audit": audit, account: value} for audit in ("", Other("Audit")) for value in (Other(account), Other("Audit"))
    ]
    assert describe([every[3]], every) == "when Audit is not empty and AWS::AccountId is that of Audit"
    assert describe(every[::2], every) == "when AWS::AccountId is not that of Audit"


def test_of_many_values_it_says_how_many() -> None:
    every: list[Assignment] = [{"P": str(number), "Q": q} for number in range(9) for q in "ab"]
    meant = [one for one in every if one["P"] != "8"]
    assert describe(meant, every) == "when P is not 8"
    meant = [one for one in every if one["P"] not in ("7", "8")]
    assert describe(meant, every) == "when P is 0, 1, 2, 3, 4 or 2 others"


def test_a_region_is_a_place() -> None:
    every: list[Assignment] = [{"AWS::Region": region, "Q": q} for region in ("a", "b", "c") for q in "xy"]
    meant = [one for one in every if one["AWS::Region"] != "c"]
    assert describe(meant, every) == "in a or b"
    meant = [one for one in meant if one["Q"] == "x"]
    assert describe(meant, every) == "in a or b when Q is x"


def test_many_conditions_of_which_one_decides() -> None:
    every: list[Assignment] = [{f"condition C{n}": bool(row >> n & 1) for n in range(12)} for row in range(4_096)]
    assert describe_rows(every, lambda row: row >> 7 & 1) == "when condition C7 holds"
    assert describe_rows(every, lambda row: not row & 1) == "when condition C0 does not hold"
    assert describe_rows(every, lambda row: row & 1 and row & 2) == "when condition C0 holds and condition C1 holds"
    three = "condition C0 holds and condition C1 holds and condition C2 holds"
    assert describe_rows(every, lambda row: row & 7 == 7) == f"for example when {three}"


def describe_rows(every: Sequence[Assignment], is_meant: Callable[[int], object]) -> str:
    return DeploymentWords(every).words([row for row in range(len(every)) if is_meant(row)])


def test_some_told_from_others() -> None:
    every: list[Assignment] = [{"P": one, "Q": two} for one in "abc" for two in "xy"]
    described = DeploymentWords(every)
    assert described.words([0, 1]) == "when P is a"
    assert described.words([0], among=[0, 1]) == "when Q is x"
    assert described.words([0], among=[0, 2]) == "when P is a"
