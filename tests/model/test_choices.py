"""Sets of deployments in words."""

from __future__ import annotations

from awslint_memo.model.choices import Assignment, Other, describe

LIVE: Assignment = {"Stage": "live"}
TEST: Assignment = {"Stage": "test"}
SMALL: Assignment = {**LIVE, "Child.Size": "small"}
LARGE: Assignment = {**LIVE, "Child.Size": "large"}
OTHER: Assignment = {**LIVE, "Child.Size": Other("Size")}


def test_a_choice_that_some_deployments_do_not_have() -> None:
    every = [SMALL, LARGE, TEST]
    assert describe([TEST], every) == describe([TEST], every[::-1]) == "when Stage is test"
    assert describe([SMALL, LARGE], every) == describe([SMALL, LARGE], every[::-1]) == "when Stage is live"
    assert describe([SMALL], every) == describe([SMALL], every[::-1]) == "when Child.Size is small"
    assert describe([SMALL, TEST], every) == "for example when Child.Size is small"
    assert describe([TEST, SMALL], every) == "for example when Stage is test"


def test_any_value_of_a_choice_that_some_deployments_do_not_have() -> None:
    child: list[Assignment] = [{"Child.Size": "small"}, {"Child.Size": Other("Size")}]
    assert describe(child, [*child, {"Child.Wait": "0"}]) == "when Child.Size is small or something else"
    assert describe([OTHER], [SMALL, OTHER, TEST]) == "when Child.Size is not small"


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
