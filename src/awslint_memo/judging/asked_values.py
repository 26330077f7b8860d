"""What a check and its relations asked of resources, in brief, so that two runs can be compared."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from awslint_memo.judging.kept_elsewhere import DEFINITION, is_elsewhere
from awslint_memo.model.dependencies import Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.identity import NAMES
from awslint_memo.model.origin import EXPORT, OF_NESTED
from awslint_memo.model.patterns import without_instance_keys, without_numbers
from awslint_memo.model.unmade import deciding
from awslint_memo.model.value import Known, Link, Unknown, Value

Far: TypeAlias = "frozenset[tuple[str, str, str]]"
"""What was asked: the resource without instances, the path, and what the value is (`_brief`)."""

Default: TypeAlias = "tuple[str, str, bool]"
"""A default: the parameter or variable, the file in which it stands, and whether it came by an export. An empty name
stands for an output in the file, which is of a nested stack if it came by no export."""

OWN_NAME = "@"
"""Stands for the property that says what a resource is called, beside its own name."""

NOT_KNOWN, NOT_THERE, NAMING, TOLD, DECIDED_BY = "?", "-", ">", "=", "#"
"""How values are told in brief: not known, absent, a reference, with the name of its resource behind it, what a
relation could tell, and what decides whether there is any of a resource, if nobody knows."""


_MOST_LEAVES = 200
"""How many values inside of one are kept."""

_ANSWERING = (
    "AWS::CloudFormation::CustomResource",
    "AWS::CloudFormation::Stack",
    "AWS::CloudFormation::WaitCondition",
    "AWS::SSM::Parameter",
    "AWS::Serverless::Application",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
)
"""Types of CloudFormation with attributes that are whatever somebody's code, template or parameter holds."""


def is_of_stranger(value: object, deployment: Deployment) -> bool:
    """Whether a value is an attribute of a resource that may have any, as a custom one."""
    if not isinstance(value, Link) or value.attribute == "Ref" or value.resource not in deployment.resources:
        return False
    type_ = deployment.resources[value.resource].type
    return type_ in _ANSWERING or not type_.startswith("AWS::")


def every(reads: Reads) -> Iterator[Reads]:
    """What was read, and what relations read for it."""
    pending, met = [reads], {id(reads)}
    while pending:
        current = pending.pop()
        yield current
        for question, answer in current.singles.items():
            if question[0] == "once" and id(answer) not in met:
                met.add(id(answer))
                pending.append(answer)


def defaults(reads: Reads) -> Iterator[Default]:
    """The parameters and variables whose defaults decide what was read."""
    for value in reads.values.values():
        for _, leaf in islice(_leaves(value, ""), _MOST_LEAVES):
            is_exported = False
            for step in (*value.origin.steps, *leaf.origin.steps):
                is_exported |= step.words.startswith(EXPORT)
                is_passed = step.words.startswith(EXPORT) or OF_NESTED in step.words
                if step.default_of or (is_passed and isinstance(leaf, Known)):
                    name = step.default_of.rpartition(".")[2]
                    yield name, os.path.abspath(step.place.span.path), is_exported


def asked(reads: Reads, deployment: Deployment) -> Iterator[tuple[str, str, str]]:
    """What was read, and what relations could tell, as `Far` has it."""
    for question, answer in reads.singles.items():
        if question[0] == "untold":
            yield without_instance_keys(question[1]), question[2], NOT_KNOWN if answer else TOLD
        elif question[0] in ("type", "resources"):
            yield from _unsure(answer, deployment)
        elif question[0] == "name" and answer:
            yield from _unsure([question[1]], deployment)
    for (name, path), value in reads.values.items():
        for way, leaf in islice(_leaves(value, without_numbers(path)), _MOST_LEAVES):
            yield without_instance_keys(name), way, _brief(leaf, deployment)
        is_elsewhere = _is_elsewhere(name, path, deployment)
        if is_elsewhere or (is_elsewhere is not None and not value.is_absent):
            is_open = is_elsewhere or isinstance(value, Unknown)
            yield without_instance_keys(name), DEFINITION, NOT_KNOWN if is_open else TOLD
        if isinstance(value, Known) and _is_name(name, path, deployment):
            yield without_instance_keys(name), OWN_NAME, _brief(value, deployment)


def _unsure(names: Sequence[str], deployment: Deployment) -> Iterator[tuple[str, str, str]]:
    """What decides whether there are any of the resources that were looked up, where nobody knows."""
    for name in names:
        resource = deployment.resources.get(name)
        for decided_by in () if resource is None else deciding(resource.copies):
            yield without_instance_keys(name), "", f"{DECIDED_BY}{decided_by}"


def _is_name(name: str, path: str, deployment: Deployment) -> bool:
    """Whether a property says what a resource is called."""
    type_ = deployment.resources[name].type if name in deployment.resources else ""
    return type_ in NAMES and NAMES[type_][1] == path


def _is_elsewhere(name: str, path: str, deployment: Deployment) -> bool | None:
    """Whether nobody reads the definition of a resource that stands at a path; None if that is none."""
    resource = deployment.resources.get(name)
    return None if resource is None else is_elsewhere(resource, path)


def _leaves(value: Value, way: str) -> Iterator[tuple[str, Value]]:
    """A value, or those inside of a list or a mapping, with the way to each."""
    content = value.content if isinstance(value, Known) else None
    if isinstance(content, list):
        for item in content:
            yield from _leaves(item, f"{way}[]")
    elif isinstance(content, Mapping):
        for key, child in content.items():
            yield from _leaves(child, f"{way}.{key}")
    else:
        yield way, value


def _brief(value: Value, deployment: Deployment) -> str:
    """What a value is: which resource a reference names, or as what text; nobody is shown that."""
    if isinstance(value, Unknown) or is_of_stranger(value, deployment):
        return NOT_KNOWN
    link = next((piece for piece in value.pieces if isinstance(piece, Link)), None)
    if link is not None:
        return f"{NAMING}{without_instance_keys(link.resource)}"
    return NOT_THERE if value.is_absent else f"={''.join(piece.text or '*' for piece in value.pieces)}"
