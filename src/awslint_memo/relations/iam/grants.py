"""For which resources the policies of a deployment allow an action, whoever they are attached to."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import each, parse_embedded

_DOCUMENTS = {
    "AWS::IAM::ManagedPolicy": "PolicyDocument",
    "AWS::IAM::Policy": "PolicyDocument",
    "AWS::IAM::Role": "Policies.PolicyDocument",
    "AWS::IAM::RolePolicy": "PolicyDocument",
}
"""Where policies that give permissions stand."""


def allowed_resources(deployment: Deployment, *actions: str) -> list[Value]:
    """What the policies of a deployment name as the resources for which they allow one of some actions, or may: the
    whole document where its statements are not known. actions: in full ("codebuild:StartBuild")."""
    documents = (one for holder in deployment.of_type(*_DOCUMENTS) for one in each(holder, _DOCUMENTS[holder.type]))
    return [value for one in documents for value in _resources(parse_embedded(one), actions)]


def _resources(document: Value, actions: tuple[str, ...]) -> Iterator[Value]:
    if document.is_unknown:
        yield document
    for statement in document.get("Statement").items:
        if statement.is_unknown:
            yield statement
        elif statement.get("Effect").text != "Deny" and _may_fit(statement, actions):
            yield from statement.get("Resource").items


def _may_fit(statement: Value, actions: tuple[str, ...]) -> bool:
    # What a statement with NotAction allows is almost everything.
    written = [one.text for one in statement.get("Action").items]
    is_inverse = not statement.get("NotAction").is_absent
    return is_inverse or any(one is None or any(matches(one.lower(), a.lower()) for a in actions) for one in written)
