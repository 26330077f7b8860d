"""What the programs behind custom resources are given, which may make anything that the template does not show, and
whether they answer."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import name_index
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_ import functions
from awslint_memo.relations.lambda_.namings import leaves

_TYPE = "AWS::CloudFormation::CustomResource"

_ANSWERING = regex(r"(?i)cfn|response_?url|crhelper|custom_?resource|\bimport_module\b|\bexec\b|\beval\b|\barguments\b")
"""What code has that may send an answer: a module for this, the URL, or what runs code that is not seen."""


def name(resource: Resource) -> bool:
    """Whether a custom resource of this deployment names a resource, by reference, name, ARN or URL.

    What is not known is taken to name nothing of here.
    """
    return resource.name in resource.deployment.once(_named)


def _named(deployment: Deployment) -> frozenset[str]:
    return name_index(deployment, _given(deployment)).names


def _given(deployment: Deployment) -> Iterator[Value]:
    for resource in deployment.resources.values():
        if resource.type == _TYPE or resource.type.startswith("Custom::"):
            yield from (leaf.value for leaf in leaves(dict(resource.everything())))


def asking(function: Resource) -> list[Resource]:
    """The custom resources of this deployment that CloudFormation asks a function for."""
    return function.deployment.once(_by_function).get(function.name, [])


def _by_function(deployment: Deployment) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for resource in deployment.resources.values():
        if resource.type == _TYPE or resource.type.startswith("Custom::"):
            function = functions.function_of(deployment, resource.get("ServiceToken"))
            if function is not None:
                found.setdefault(function.name, []).append(resource)
    return found


def never_answers(function: Resource) -> bool:
    """Whether the code of a function stands in the template and sends CloudFormation nothing: it names neither the URL
    for answers nor a module that may know it, and gives the event to nothing but a log. False where it may be
    otherwise."""
    code, name = function.get("Code.ZipFile").text or "", (function.get("Handler").text or "").rpartition(".")[2]
    if not name or _ANSWERING.search(code) is not None or not function.get("Layers").is_absent:
        return False
    from awslint_memo.relations.lambda_ import kept_events  # It parses programs, which few templates need.

    return kept_events.keeps_event(code, name, function.get("Runtime").text or "")
