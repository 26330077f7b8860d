"""Whether something in another Region, alike by its place in the templates, is for the same names as what it may stand
for: a certificate for the same domains, a secret or a repository of the same name.
"""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.counterpart_uses import CERTIFICATE, HIDDEN, REPOSITORY
from awslint_memo.relations.recovery.spellings import SOMEWHERE, spelled

COVERED = Fact(
    ("DomainName", "SubjectAlternativeNames"),
    page="acm/latest/userguide/acm-certificate-characteristics.html",
    read="2026-12-03",
)
"""The names that a certificate is for. One with a wildcard is for all names with one part in its place."""

_OWN = {HIDDEN: "Name", REPOSITORY: "RepositoryName", "AWS::SSM::Parameter": "Name"}
"""By type, the property with a name by which two of them are told apart."""

_REGION = regex(
    r"[a-z]{2}(?:[-_](?:central|east|gov|iso[bef]?|north|northeast|northwest|south|southeast|southwest|west))+[-_][0-9]"
)
_WORD = regex(r"[A-Za-z]+|[0-9]+")
_PLACES = frozenset(
    (
        *("a", "ap", "b", "backup", "blue", "c", "central", "dr", "east", "eu", "failover", "first", "green", "home"),
        *("main", "north", "one", "other", "primary", "region", "replica", "second", "secondary", "south", "standby"),
        *("two", "us", "west"),
    )
)
"""Words of names that tell Regions apart, not what something is for."""


def is_for_other(target: Resource, other: Resource) -> bool | None:
    """Whether something surely is for another name (True); None if it may be. False where nothing tells both apart."""
    if target.type == CERTIFICATE:
        answer = _is_for_other_domain(_certificate(target), _certificate(other))
        return answer if answer is not None or not _is_alike(target, other) else False
    mine, its = _named(target), _named(other)
    return None if mine and its and mine != its and not _is_instance(target, other) else False


def _is_instance(target: Resource, other: Resource) -> bool:
    """Whether both are one resource of the templates, in two deployments or with two keys."""
    return without_instance_keys(target.name) == without_instance_keys(other.name)


def _is_alike(target: Resource, other: Resource) -> bool:
    """Whether the modules in which two resources are have the same name, but for words that tell Regions apart."""
    return _words(_module(target)) == _words(_module(other))


def _module(resource: Resource) -> str:
    """The innermost module that a resource is in; empty for none."""
    parts = without_instance_keys(resource.name).split(".")
    return parts[-3] if resource.language == "terraform" and len(parts) > 3 else ""


def _words(name: str) -> list[str]:
    """The words of a name that tell what something is for."""
    every = _WORD.findall(_REGION.sub(" ", name))
    return [word.lower() for word in every if word.lower() not in _PLACES and not word.isdigit()]


def _certificate(resource: Resource) -> Resource:
    """The certificate itself, of a wait for its validation too."""
    written = resource.terraform.validated
    return resource if written.is_absent else resource.deployment.find(written, CERTIFICATE) or resource


def _is_for_other_domain(target: Resource, other: Resource) -> bool | None:
    """The same of two certificates. What an imported one is for is in no template, nor what one of a module is whose
    arguments are not known."""
    wanted, names = target.get(COVERED.value[0]), _names(other)
    answers = [_covers(name, wanted) for name in names]
    if True in answers:
        return False
    return True if answers and not wanted.is_absent and None not in answers else None


def _names(certificate: Resource) -> Sequence[Value]:
    domain, others = (certificate.get(path) for path in COVERED.value)
    return [] if domain.is_absent else [domain, *([others] if others.is_unknown else others.items)]


def _covers(name: Value, wanted: Value) -> bool | None:
    """Whether a certificate for a name is one for another name too."""
    same = name.is_same_as(wanted)
    if same is not False or name.text is None or not name.text.startswith("*."):
        return same
    return None if wanted.text is None else wanted.text.partition(".")[2] == name.text[2:]


def _named(resource: Resource) -> str:
    """The own name of something without the Regions in it; empty if it is not known."""
    path = _OWN.get(resource.type)
    text = (spelled(resource.get(path), resource) or "") if path else ""
    return " ".join(_words(text.replace(SOMEWHERE, " ")))
