"""Every rule has complete documentation, findings in its bad examples, and none in its good ones."""

import re

import pytest
from tests.fixed_examples import fixed, outcome
from tests.identities import identity, known
from tests.judged_examples import judged

from awslint_memo import api
from awslint_memo.judging.examples import examples, fixed_text
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model import secret
from awslint_memo.model.value import Known
from awslint_memo.readers.terraform_names import COMPANIONS, SEVERAL, TYPE_MAPS

RULES = list(rules().values())
KNOWN = known()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_bad_example_is_found_once(rule: Rule) -> None:
    for number, (example, findings) in enumerate(judged(rule).bad):
        assert [each.rule for each in findings] == [rule.id], ([each.message for each in findings], example.whole)
        # Without the property before it, a message about the resource has to go on with a verb.
        message = findings[0].message.removeprefix(str(findings[0].resource))
        assert not re.match(r" (by|for|from|in|of|on|to|which|with) ", message)
        assert not findings[0].message.startswith("None of "), "a route that is not there was made a text"
        known = KNOWN.get(f"{rule.id} {number}")
        assert identity(findings[0]) == known, "if baselines may lose it, write it anew: make docs"


def test_every_known_identity_is_of_an_example() -> None:
    assert list(KNOWN) == [f"{rule.id} {number}" for rule in RULES for number, _ in enumerate(examples(rule, rule.bad))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_good_example_is_found(rule: Rule) -> None:
    for example, findings in judged(rule).good:
        assert [each.message for each in findings] == [], example.whole


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_judges_secrets_like_other_values(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [[(one.rule, one.level) for one in findings] for _, findings in judged(rule).bad]
    monkeypatch.setattr(
        Known, "is_secret", property(lambda one: not isinstance(one.content, bool) and not one.defaulted)
    )
    try:
        for example, said in zip(examples(rule, rule.bad), expected, strict=True):
            assert [(one.rule, one.level) for one in example.findings()] == said, example.text
    finally:
        secret.forget()  # As each run does: they are no secrets of what is judged later.


def test_each_rule_has_examples_in_both_languages() -> None:
    both = {"cloudformation", "terraform"}
    for rule in RULES:
        # A rule for one language has no findings in another language.
        for text, expected in ((rule.bad, {rule.language} if rule.language else both), (rule.good, both)):
            assert {example.language for example in examples(rule, text)} == expected, rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_good_example_holds_an_unknown_that_the_rule_asks_for(rule: Rule) -> None:
    # A rule that reads no property can't make assumptions about unknown properties.
    assert judged(rule).meets_unknown or not judged(rule).reads_in_bad


def test_each_rules_manual_is_complete() -> None:
    for rule in RULES:
        assert rule.title.endswith("."), rule.id
        assert len(rule.title) < 100, rule.id
        assert len(rule.reason) > 80, rule.id
        assert rule.advice, rule.id
        assert rule.memo.strip(), rule.id
        assert rule.aws.endswith(".html"), rule.id
        assert rule.id.split("-")[0].isalnum(), rule.id


def test_rules_look_at_types_that_terraform_has_words_for() -> None:
    known = TYPE_MAPS.types() | COMPANIONS.types() | SEVERAL
    assert {type_ for rule in RULES for type_ in rule.resource} <= known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_fix_makes_of_bad_examples_what_the_rule_says(rule: Rule) -> None:
    if rule.fix:
        assert outcome(rule) == (fixed_text(rule), rule.fix)
        return
    # Fixing changes nothing but what findings have a fix for.
    assert [each.message for _, findings in judged(rule).bad for each in findings if each.fix is not None] == []
    assert fixed_text(rule) == ""


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fix], ids=lambda rule: rule.id)
def test_a_fix_brings_nothing_that_another_rule_reports(rule: Rule) -> None:
    for example in examples(rule, rule.bad):
        for path, text in fixed(example).texts.items():
            after = api.lint([path], unsaved={**example.files, path: text})
            assert not after.errors
            if not after.findings:
                continue
            before = api.lint([path], unsaved=example.files, advice=True)
            known = {(one.rule, one.resource, one.route) for one in before.findings}
            assert [one.message for one in after.findings if (one.rule, one.resource, one.route) not in known] == []


NAME_IN_TEXT = re.compile(r"\b[a-z]\w*\.[A-Z][A-Z0-9_]{2,}\b")


def test_no_name_of_python_stands_in_examples() -> None:
    """A replacement in all of a file changes its examples too, which then say what nobody writes."""
    texts = {rule.id: NAME_IN_TEXT.findall(rule.bad + rule.good + rule.fixed) for rule in RULES}
    assert {name: names for name, names in texts.items() if names} == {}
    assert NAME_IN_TEXT.findall('{"maxReceiveCount": queues.LEAST_RECEIVES}') == ["queues.LEAST_RECEIVES"]
