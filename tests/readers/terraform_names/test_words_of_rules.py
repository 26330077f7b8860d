"""What rules read of a resource of CloudFormation has a Terraform word, if Terraform's resources become that type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from awslint_memo.files.source import Source
from awslint_memo.judging.checks import run
from awslint_memo.judging.checks import subjects as given_to
from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.given_away import GIVEN_AWAY
from awslint_memo.model.reads import Reads, noted
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS


def words() -> dict[str, list[set[str]]]:
    """By CloudFormation's type, the properties that each table for it has words for."""
    found: dict[str, list[set[str]]] = {}
    given: dict[str, set[str]] = {}
    for companion in COMPANIONS.values():
        given.setdefault(companion.type, set()).update(companion.properties, [companion.into])
    for table in TYPE_MAPS.values():
        found.setdefault(table.type, []).append({*table.properties, *given.get(table.type, ())})
    return found


WORDS = words()


def read(reads: Reads, seen: set[int]) -> Iterator[tuple[str, str]]:
    """The resources and paths that were read, those by relations among them."""
    if id(reads) in seen:
        return
    seen.add(id(reads))
    yield from reads.values
    for question, answer in reads.answers.items():
        if question[0] == "once":
            yield from read(answer, seen)


@pytest.mark.parametrize("rule", [one for one in rules().values() if one.language != "cloudformation"], ids=str)
def test_what_a_rule_reads_has_a_word(rule: Rule) -> None:
    """Its examples in CloudFormation show what it reads; a rule without a word for it fails on Terraform's files."""
    missing = set()
    for written in (*examples(rule, rule.bad), *examples(rule, rule.good)):
        made = template(Source("template.yaml", written.text.encode()))
        if made is None or made.language == "terraform":
            continue
        for deployment in made.deployments(None).deployments:
            for types, check in rule.checks:
                for subject in given_to(rule, types, deployment):
                    with noted() as reads:
                        run(rule, check, subject, {})
                    for name, path in read(reads, set()):
                        resource = deployment.resource(name)
                        if path != GIVEN_AWAY and resource is not None and resource.type in WORDS:
                            top = path.partition(".")[0]
                            missing |= {(resource.type, top) for known in WORDS[resource.type] if top not in known}
    assert missing == set()
