"""Tests of rules by their examples: each bad one gives one finding, a good one none, and fixes make what FIXED says."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from awslint_memo.files.rule_files import OWN_NAMES
from awslint_memo.fixes.fixing import Fixed
from awslint_memo.judging import registry
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.data_rules.known_names import meant_type
from awslint_memo.judging.examples import Example, examples, fixed_text, whole
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

_LANGUAGES = {"cloudformation": "CloudFormation", "terraform": "Terraform"}


@record(frozen=True)
class Tested:
    """What the examples of one rule came to. failures: sentences about those that are not as they should be."""

    rule: Rule
    examples: int
    failures: Sequence[str]


def check_rules(folder: str, fix: Callable[..., Fixed]) -> list[Tested]:
    """Run the examples of all rules in a folder, whose code is run. Raises Problem for what can't be loaded.

    fix: fixes what a run finds, as `api.fix`.
    """
    path = os.path.abspath(folder)
    known = registry.rules((path,))
    return [_tested(rule, known, partial(fix, rule_folders=[path])) for rule in known.values() if rule.is_users]


def _tested(rule: Rule, known: Mapping[str, Rule], fix: Callable[..., Fixed]) -> Tested:
    bad, good = examples(rule, rule.bad), examples(rule, rule.good)
    failures = [
        *_misdeclared(rule),
        *_missing(rule, "BAD", bad),
        *_missing(rule, "GOOD", good),
        *(
            words
            for number, example in enumerate(bad, 1)
            for words in _bad(example, known, rule, _name("BAD", number, example))
        ),
        *(
            words
            for number, example in enumerate(good, 1)
            for words in _good(example, known, _name("GOOD", number, example))
        ),
    ]
    if not failures:
        failures += _fixes(rule, bad, fix)
    return Tested(rule, len(bad) + len(good), failures)


def _name(kind: str, number: int, example: Example) -> str:
    return f"{kind} example {number} ({_LANGUAGES[example.language]})"


def _misdeclared(rule: Rule) -> Iterator[str]:
    """What is wrong with a rule's docstring and types."""
    if not rule.advice:
        yield 'the docstring says nothing after "What to do:", which reports and explain show'
    for type_ in rule.resource:
        if (meant := meant_type(type_)) is not None:
            yield f"no type {type_} is known; did you mean {meant}?"


def _missing(rule: Rule, kind: str, found: Sequence[Example]) -> Iterator[str]:
    wanted = [rule.language] if rule.language else list(_LANGUAGES)
    for language in wanted:
        if all(example.language != language for example in found):
            other = next(one for one in _LANGUAGES if one != language)
            instead = "" if rule.language else f', or give the rule the language "{other}" if it is for that only'
            yield f"{kind} has no example in {_LANGUAGES[language]}; add one{instead}"


def _found(example: Example, known: Mapping[str, Rule], name: str) -> tuple[list[str], list[str]]:
    """The messages of an example's findings, and a sentence if it could not be judged."""
    try:
        findings = example.findings(known)
    except Problem as problem:
        return [], [f"{name}: line {problem.line}: {problem.message}"]
    failed = [f"{name}: {finding.message}" for finding in findings if finding.rule == INTERNAL_ERROR]
    return [finding.message for finding in findings], failed


def _bad(example: Example, known: Mapping[str, Rule], rule: Rule, name: str) -> Iterator[str]:
    messages, failed = _found(example, known, name)
    if failed:
        yield from failed
    elif len(messages) != 1:
        listed = "".join(f"\n    {message}" for message in messages)
        missing = sorted(rule.unnamed) if example.language == "terraform" and not messages else ()
        word = (
            f"; Terraform has no word for {', '.join(missing)}, so add one in the rule or in {OWN_NAMES}"
            if missing
            else ""
        )
        yield f"{name}: {len(messages) or 'no'} findings, and there should be one{word}{listed}"


def _good(example: Example, known: Mapping[str, Rule], name: str) -> Iterator[str]:
    messages, failed = _found(example, known, name)
    if failed:
        yield from failed
    elif messages:
        yield f"{name}: there should be no finding" + "".join(f"\n    {message}" for message in messages)


def _fixes(rule: Rule, bad: Sequence[Example], fix: Callable[..., Fixed]) -> Iterator[str]:
    """What is wrong with FIXED and `fix=`; fixes are made as `--fix --unsafe-fixes` makes them."""
    texts: list[str] = []
    kinds: set[str] = set()
    for example in bad:
        made = fix(
            [example.path],
            unsafe=True,
            advice=True,
            select=[rule.id],
            unsaved=example.files,
            config=os.devnull,
        )
        texts += [whole({**example.files, **made.texts})] if made.texts else []
        kinds |= {each.fix.safety for each in made.made if each.fix is not None}
    every, kind = "---\n".join(texts), "both" if len(kinds) > 1 else "".join(kinds)
    try:
        expected = fixed_text(rule)
    except Problem as problem:
        expected = problem.message
    if every != expected:
        told = "".join(f"\n    {line}" for line in every.splitlines()) or " nothing"
        yield f"FIXED is not what the fixes make of the bad examples; they make{':' if every else ''}{told}"
    if rule.fix and not kind:
        yield "the rule has a fix, but no bad example is fixed; add one that is, or take the fix away"
    elif kind != rule.fix and rule.fix != "both":
        yield f'fix="{rule.fix}" in @rule does not fit the fixes of the bad examples; write fix="{kind}"'
