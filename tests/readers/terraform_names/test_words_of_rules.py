"""What rules read of a resource of CloudFormation has a Terraform word, if Terraform's resources become that type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from awslint_memo.files.source import Source
from awslint_memo.judging.checks import run
from awslint_memo.judging.checks import subjects as given_to
from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.outputs import SHARED
from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS
from awslint_memo.relations.sqs.expiry import MISNAMED_VISIBILITY


def words() -> dict[str, list[dict[str, PropertyMap]]]:
    """By CloudFormation's type, the words of each table for it."""
    found: dict[str, list[dict[str, PropertyMap]]] = {}
    given: dict[str, dict[str, PropertyMap]] = {}
    for companion in COMPANIONS.values():
        into = {companion.into: PropertyMap(companion.into)} if companion.into else {}
        given.setdefault(companion.type, {}).update({**companion.properties, **into})
    for table in TYPE_MAPS.values():
        found.setdefault(table.type, []).append({**given.get(table.type, {}), **table.properties})
    return found


WORDS = words()

MISNAMED = {("AWS::SQS::Queue", MISNAMED_VISIBILITY)}
"""What is read in CloudFormation alone, where people write it for the property of another name."""


def has_word(known: Mapping[str, PropertyMap], path: str) -> bool:
    """Whether there is a word for each step of a path, as far as blocks lead."""
    within: Mapping[str, PropertyMap] | None = known
    for step in path.split("."):
        word = (within or {}).get(step)
        if word is None:
            return within is None
        within = word.within
    return True


def read(reads: Reads, seen: set[int]) -> Iterator[tuple[str, str]]:
    """The resources and paths that were read, those by relations among them."""
    if id(reads) in seen:
        return
    seen.add(id(reads))
    yield from reads.values
    for question, answer in reads.answers.items():
        if question[0] == "once":
            yield from read(answer, seen)


WALKERS = (
    *("ec2-balancer-admitted", "ec2-script-credentials", "elb-without-targets"),
    *("lambda-alias-not-invoked", "lambda-alias-shift"),
)
"""Rules that look through all that stands in a resource for a reference: of Terraform's, through what has a word."""

RULES = [one for one in rules().values() if one.language != "cloudformation" and one.id not in WALKERS]


@pytest.mark.parametrize("service", sorted({one.service for one in RULES}))
def test_what_a_rule_reads_has_a_word(service: str) -> None:
    """The examples of its service in CloudFormation show what it reads; a rule without a word for it fails on
    Terraform's files."""
    missing = set()
    own = [one for one in RULES if one.service == service]
    every = (one for rule in rules().values() if rule.service == service for one in (rule.bad, rule.good))
    for written in (one for text in every for one in examples(own[0], text)):
        made = template(Source("template.yaml", written.text.encode()))
        if made is None or made.language == "terraform":
            continue
        for deployment in made.deployments(None).deployments:
            for rule, name, path in values_read(own, deployment):
                resource = deployment.resource(name)
                if path != SHARED and resource is not None and resource.type in WORDS:
                    tables = WORDS[resource.type]
                    missing |= {(rule.id, resource.type, path) for known in tables if not has_word(known, path)}
    assert {one for one in missing if one[1:] not in MISNAMED} == set()


def values_read(rules: Sequence[Rule], deployment: Deployment) -> Iterator[tuple[Rule, str, str]]:
    """What the checks of some rules read in a deployment: the rule, the resource's name and the path."""
    for rule, (types, check) in ((one, check) for one in rules for check in one.checks):
        for subject in given_to(rule, types, deployment):
            with noted() as reads:
                run(rule, check, subject, {})
            yield from ((rule, name, path) for name, path in read(reads, set()))
