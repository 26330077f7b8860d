"""What makes a naive reading of traffic policies wrong: their document is text, and its parts name each other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.linting import found, messages, resource, stack

TRAFFIC = "route53-traffic-policy"


def traffic(document: Any) -> dict[str, Any]:
    """A traffic policy called Policy with a document, given as text or as what the text says."""
    text = document if isinstance(document, str) or "Ref" in document else json.dumps(document)
    policy = resource("Route53::TrafficPolicy", Name="shop", Document=text)
    return stack({"Parameters": {"Text": {"Type": "String"}}}, Policy=policy)


def levels(document: Any) -> list[str | None]:
    """How grave each finding is; all are about the text of the document."""
    findings = found(TRAFFIC, traffic(document))
    assert all(one.resource == "Policy" and one.at.startswith("Document: ") for one in findings)
    return [one.level for one in findings]


def failover(endpoint: str = "value", **primary: Any) -> dict[str, Any]:
    return {
        "StartRule": "web",
        "Endpoints": {"a": {"Type": endpoint}, "b": {"Type": "value"}},
        "Rules": {
            "web": {
                "RuleType": "failover",
                "Primary": {"EndpointReference": "a", **primary},
                "Secondary": {"EndpointReference": "b"},
            }
        },
    }


@pytest.mark.parametrize("document", ["{not json}", "[]"])
def test_a_document_that_is_no_json_object(document: str) -> None:
    assert levels(document) == ["error"]
    [message] = messages(TRAFFIC, traffic(document))
    assert "JSON" in message


def test_a_document_without_a_start() -> None:
    document = {"Endpoints": {"a": {"Type": "value"}}}
    assert levels(document) == ["error"]
    [message] = messages(TRAFFIC, traffic(document))
    assert "StartRule" in message
    assert "StartEndpoint" in message


def test_a_document_that_names_what_it_does_not_define() -> None:
    nested = {
        "StartRule": "web",
        "Rules": {"web": {"RuleType": "weighted", "Items": [{"RuleReference": "x"}, {"EndpointReference": "y"}]}},
    }
    expected = [("x", "RuleReference", "Rules"), ("y", "EndpointReference", "Endpoints")]
    for document, loose in (({"StartEndpoint": "a"}, [("a", "StartEndpoint", "Endpoints")]), (nested, expected)):
        assert levels(document) == ["error"] * len(loose)
        for message, words in zip(messages(TRAFFIC, traffic(document)), loose, strict=True):
            assert all(f" {word}" in message for word in words)


@pytest.mark.parametrize(
    "document",
    [
        failover(),
        failover("cloudfront", EvaluateTargetHealth=True),
        failover("elastic-load-balancer", EvaluateTargetHealth=False),
    ],
    ids=str,
)
def test_a_failover_rule_whose_primary_nobody_checks(document: dict[str, Any]) -> None:
    assert levels(document) == ["warning"]
    [message] = messages(TRAFFIC, traffic(document))
    assert "rule web" in message
    assert "Primary" in message
    assert "HealthCheck" in message


def test_a_failover_rule_without_a_secondary() -> None:
    alone = failover(HealthCheck="abc")
    del alone["Rules"]["web"]["Secondary"]
    assert levels(alone) == ["warning"]
    [message] = messages(TRAFFIC, traffic(alone))
    assert "rule web" in message
    assert "Secondary" in message


@pytest.mark.parametrize(
    "document",
    [
        {"Ref": "Text"},
        failover(HealthCheck="abc"),
        failover("elastic-load-balancer", EvaluateTargetHealth=True),
        failover("elastic-load-balancer"),
        {"StartEndpoint": "a", "Endpoints": {"a": {"Type": "value", "Value": "192.0.2.1"}}},
    ],
    ids=str,
)
def test_a_document_that_holds_together_or_may(document: Any) -> None:
    assert levels(document) == []
