"""A JSON schema that is checked once, and not with each report: that takes longer than to check the report by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator


class Schema:
    """A schema that documents are checked by."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    @cached_property
    def _validator(self) -> Draft202012Validator:
        Draft202012Validator.check_schema(self.content)
        return Draft202012Validator(self.content)

    def validate(self, document: object) -> None:
        """Raise jsonschema's ValidationError if a document is not as the schema says."""
        self._validator.validate(document)
