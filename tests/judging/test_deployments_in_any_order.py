"""Named deployments are judged alike in whatever order they are named: nothing of one is taken for another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations
from pathlib import Path

import pytest

from awslint_memo.files.source import Source, read
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.registry import rules
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.recognition import template

FIXTURES = Path(__file__).parents[2] / "fixtures"
SUFFIXES = (".yaml", ".yml", ".json", ".template")


def _with_choices() -> Iterator[str]:
    """The templates of the fixtures that have parameters and choose by them."""
    for path in sorted(FIXTURES.rglob("*")):
        if path.suffix in SUFFIXES and "broken" not in path.parts and "cdk.out" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            if "Parameters" in text and "Resources" in text and ("Fn::" in text or "!" in text):
                yield str(path.relative_to(FIXTURES))


def _values(found: CloudFormationTemplate, number: int) -> Mapping[str, str]:
    """Values of the parameters: one of the allowed ones, or a text that other deployments do not have."""
    document = found._document(None)
    taken = {name: [one for one in each.allowed if isinstance(one, str)] for name, each in document.parameters.items()}
    return {name: every[number % len(every)] if every else f"v{number}" for name, every in taken.items()}


def _judged(source: Source, named: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str, str | None]]:
    found = template(source)
    assert found is not None
    findings, _ = check_template(found, CheckOptions(rules=list(rules().values()), named=named))
    assert not [one.message for one in findings if one.rule == INTERNAL_ERROR]
    return sorted((one.rule, one.name, str(one.route), one.level) for one in findings)


@pytest.mark.parametrize("name", list(_with_choices()))
def test_the_order_of_deployments_changes_no_finding(name: str) -> None:
    source = read(str(FIXTURES / name))
    found = template(source)
    if not isinstance(found, CloudFormationTemplate) or not found._document(None).parameters:
        pytest.skip("it is no template with parameters")
    named = {f"d{number}": _values(found, number) for number in range(3)}
    for size in (2, 3):
        for some in combinations(named, size):
            results = [_judged(source, {each: named[each] for each in order}) for order in permutations(some)]
            assert all(result == results[0] for result in results)
