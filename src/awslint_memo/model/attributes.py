"""What CloudFormation has beside the properties of a resource."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

AttributeName: TypeAlias = Literal["DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"]

ATTRIBUTES: Sequence[AttributeName] = get_args(AttributeName)
"""The names of the attributes that rules and readers know."""
