"""What to do so that a value that is not known is told: give it, or mend the file that would tell it."""

from __future__ import annotations

import os

from awslint_memo.model.deployment import Resource
from awslint_memo.model.span import Span

_WITHOUT_DEFAULT = "has no default"
"""How the reasons of readers end for what only a person can give."""


def of_value(resource: Resource, words: str = "") -> str:
    """What to do so that a value of a resource is told. words: why it is not known."""
    span = broken(resource)
    if span is not None:
        return f"mend {span.path}:{span.line}, which could not be read"
    what = "it" if words.endswith(_WITHOUT_DEFAULT) else "what it depends on"
    return f"give {what} {'by --var-file' if resource.language == 'terraform' else 'with --parameters'}"


def broken(resource: Resource) -> Span | None:
    """Where a file is wrong that would tell more of a resource: in its own folder rather than in another; None if all
    files could be read."""
    spans = resource.deployment.broken
    folder = os.path.dirname(resource.place.span.path)
    near = [span for span in spans if os.path.dirname(span.path) == folder]
    return next(iter((*near, *spans)), None)


def of_region(resource: Resource) -> str:
    """The file to mend so that the Region of a root of Terraform is told; empty if all could be read.

    What is wrong in the root comes first.
    """
    span = next(iter(resource.deployment.broken), None)
    return "" if span is None else f"mend {span.path}:{span.line}, which could not be read"
