"""Route 53 traffic policies: what a document refers to, and how its failover rules are checked."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import parse_embedded

UNCHECKED_ENDPOINTS = fact(
    ("cloudfront", "value"),
    page="Route53/latest/APIReference/api-policies-traffic-policy-document-format.html",
    read=None,
)
"""The types of endpoints of a traffic policy whose own health Route 53 can't evaluate."""

POLICY = "AWS::Route53::TrafficPolicy"

STARTS = {"StartRule": "Rules", "StartEndpoint": "Endpoints"}
REFERENCES = {"RuleReference": "Rules", "EndpointReference": "Endpoints"}
"""The words by which a document names a rule or an endpoint, and where these are defined."""

UNCHECKED = UNCHECKED_ENDPOINTS
"""The types of endpoints whose own health Route 53 can't evaluate."""


@record(frozen=True)
class Reference:
    """A place of a document that names a rule or an endpoint: the word there, and the name."""

    word: str
    name: str
    kind: str
    """"Rules" or "Endpoints"."""


def document(policy: Resource) -> Value:
    """The document of a traffic policy as a mapping; a text that is no JSON stays a known text."""
    written = policy.get("Document")
    opened = parse_embedded(written)
    return opened if opened.fields or written.text is None else written


def policy_of(instance: Resource) -> Resource | None:
    """The traffic policy of this deployment whose rules a traffic policy instance surely answers by; else None."""
    return instance.follow("TrafficPolicyId", POLICY)


def fails_over(document: Value) -> bool:
    """Whether the answers of a document surely change when a target fails: by a failover rule or a health check."""
    rules = document.get("Rules").fields.values()
    checks = (value.get("HealthCheck") for rule in rules for value in _mappings(rule))
    return any(True for _ in failover_rules(document)) or any(check.is_known for check in checks)


def undefined(document: Value) -> Iterator[Reference]:
    """The references to a rule or an endpoint that the document surely does not define."""
    for word, kind in STARTS.items():
        yield from _missing(document, document.get(word), word, kind)
    for rule in document.get("Rules").fields.values():
        for value in _mappings(rule):
            for word, kind in REFERENCES.items():
                yield from _missing(document, value.get(word), word, kind)


def failover_rules(document: Value) -> Iterator[tuple[str, Value]]:
    """The failover rules of a document by name."""
    rules = document.get("Rules").fields
    return ((name, rule) for name, rule in rules.items() if rule.get("RuleType").text == "failover")


def is_unchecked(document: Value, target: Value) -> bool:
    """Whether surely nothing checks the health of the endpoint or rule to which a rule leads."""
    evaluates, endpoint = target.get("EvaluateTargetHealth"), target.get("EndpointReference")
    if not target.get("HealthCheck").is_absent or not target.fields:
        return False
    if evaluates.flag is False:
        return True
    defined = document.get("Endpoints").fields.get(endpoint.text or "")
    type_ = None if defined is None else defined.get("Type").text
    return type_ in UNCHECKED and (evaluates.is_absent or evaluates.flag is True)


def _missing(document: Value, name: Value, word: str, kind: str) -> Iterator[Reference]:
    defined = document.get(kind)
    if name.text is not None and (defined.is_absent or (defined.is_known and name.text not in defined.fields)):
        yield Reference(word, name.text, kind)


def _mappings(value: Value) -> Iterator[Value]:
    """Every mapping in a rule, the rule included."""
    if value.fields:
        yield value
        for child in value.fields.values():
            yield from _mappings(child)
    elif value.is_known and value.items != [value]:
        for item in value.items:
            yield from _mappings(item)
