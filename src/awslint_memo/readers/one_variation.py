"""The variations of a template that leaves nothing to choose."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.dependencies import Question, Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.readers.template import Differing


class OneVariation:
    """The variations of a template that leaves nothing to choose."""

    is_complete = is_one = True
    example = None

    def __init__(self, deployments: Sequence[Deployment]) -> None:
        self._differing = Differing(deployments, [[{}] for _ in deployments])
        self.count = len(deployments)

    def about(self, name: str) -> frozenset[Question]:
        """Nothing."""
        return frozenset()

    def asked(self, reads: Reads) -> frozenset[Question]:
        """Nothing."""
        return frozenset()

    def differing(self, asked: frozenset[Question]) -> Differing:
        """The only deployment."""
        return self._differing

    def sample(self, name: str) -> Differing:
        """The only deployment."""
        return self._differing

    def forget(self) -> None:
        """Nothing."""
