"""The resource types that rules look at; only their conditions distinguish deployments. Computed on first use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property


class LookedAt(Collection[str]):
    """The CloudFormation types in the Terraform tables (any rule may look at these) and those that rules declare."""

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._more = frozenset(more)

    @cached_property
    def _types(self) -> frozenset[str]:
        from awslint_memo.readers.terraform_names import LOOKED_AT

        return LOOKED_AT | self._more

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __contains__(self, type_: object) -> bool:
        return type_ in self._types

    def __len__(self) -> int:
        return len(self._types)
