"""Every rule has complete documentation, findings in its bad examples, and none in its good ones."""

import pytest
from tests.fixed_examples import mended

from awslint_memo import api
from awslint_memo.judging.examples import Example, examples
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform_names import COMPANIONS, SEVERAL, TYPE_MAPS

RULES = list(rules().values())
BAD = [(rule.id, i, example) for rule in RULES for i, example in enumerate(examples(rule, rule.bad))]
GOOD = [(rule.id, i, example) for rule in RULES for i, example in enumerate(examples(rule, rule.good))]


def named(rows: list[tuple[str, int, Example]]) -> list[str]:
    return [f"{rule}-{number}-{example.language}" for rule, number, example in rows]


@pytest.mark.parametrize(("rule_id", "number", "example"), BAD, ids=named(BAD))
def test_a_bad_example_is_found_once(rule_id: str, number: int, example: Example) -> None:
    found = [(one.rule, one.message) for one in example.findings()]
    assert len(found) == 1, found
    assert found[0][0] == rule_id, found


@pytest.mark.parametrize(("rule_id", "number", "example"), GOOD, ids=named(GOOD))
def test_a_good_example_is_not_found(rule_id: str, number: int, example: Example) -> None:
    assert [one.message for one in example.findings()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples_in_both_languages(rule: Rule) -> None:
    both = {"cloudformation", "terraform"}
    # A rule for one language has no findings in another language.
    for text, expected in ((rule.bad, {rule.language} if rule.language else both), (rule.good, both)):
        assert {example.language for example in examples(rule, text)} == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_good_example_holds_an_unknown_that_the_rule_asks_for(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Value] = []
    get = Resource.get

    def recorded(self: Resource, path: str, default: str | float | None = None) -> Value:
        asked.append(get(self, path, default))
        return asked[-1]

    monkeypatch.setattr(Resource, "get", recorded)
    for example in examples(rule, rule.bad):
        example.findings()
    if not asked:
        return  # A rule that reads no property can't make assumptions about unknown properties.
    asked.clear()
    for example in examples(rule, rule.good):
        example.findings()

    def holds_unknown(value: Value) -> bool:
        inner = [*value.items, *value.fields.values()]
        return value.is_unknown or any(holds_unknown(child) for child in inner if child is not value)

    assert any(holds_unknown(value) for value in asked)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rules_manual_is_complete(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert len(rule.title) < 100
    assert len(rule.reason) > 80
    assert rule.advice
    assert rule.memo.strip()
    assert rule.aws.endswith(".html")
    assert rule.id.split("-")[0].isalnum()


def test_rules_look_at_types_that_terraform_has_words_for() -> None:
    known = {*(one.type for one in TYPE_MAPS.values()), *(one.type for one in COMPANIONS.values()), *SEVERAL}
    assert {type_ for rule in RULES for type_ in rule.resource} <= known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_fix_makes_of_bad_examples_what_the_rule_says(rule: Rule) -> None:
    made = [mended(example) for example in examples(rule, rule.bad)]
    assert "---\n".join(text for one in made for text in one.texts.values()) == rule.fixed.removeprefix("\n")
    kinds = {one.fix.safety for each in made for one in each.made if one.fix is not None}
    assert rule.fix == ("both" if len(kinds) > 1 else "".join(kinds))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fix], ids=lambda rule: rule.id)
def test_a_fix_brings_nothing_that_another_rule_reports(rule: Rule) -> None:
    for example in examples(rule, rule.bad):
        for path, text in mended(example).texts.items():
            before, after = (api.lint([path], unsaved={path: one}) for one in (example.text, text))
            assert not after.errors
            known = {(one.rule, one.resource, one.route) for one in before.findings}
            assert [one.message for one in after.findings if (one.rule, one.resource, one.route) not in known] == []
