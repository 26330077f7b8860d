"""The calls of modules of a root, to tell which of them nobody has downloaded."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span


@record(frozen=True)
class KnownCall:
    """The call of a public module that is judged by facts alone.

    name: "module db". source, version: of the module, as the facts have them. day: that of the facts.
    """

    name: str
    source: str
    version: str
    day: str
    place: Span

    def __str__(self) -> str:
        """The call in words, with its file."""
        return f"{self.name} ({self.source} {self.version}) in {self.place.path}"


@record(frozen=True)
class ModuleCalls:
    """The calls of modules of a root, of which some are not downloaded.

    blocks: the places of those in files which people edit. unread: by what they are called in
    `Deployments.unseen`, the words and places of those that `terraform get` would download. folder: of the root, where
    that is run.
    """

    folder: str
    blocks: Collection[Span] = ()
    unread: Mapping[str, tuple[str, Span]] = field(default_factory=dict)

    def joined(self, other: ModuleCalls) -> ModuleCalls:
        """These and those of another deployment of the same root."""
        return ModuleCalls(self.folder, {*self.blocks, *other.blocks}, {**self.unread, **other.unread})

    @property
    def unread_blocks(self) -> set[Span]:
        """The places of those that are not downloaded."""
        return {span for _, span in self.unread.values()}

    @property
    def every_block(self) -> set[Span]:
        """The places of all of them."""
        return {*self.blocks, *self.unread_blocks}

    @property
    def first(self) -> Span:
        """The first of those that are not downloaded; one of the root itself if there is one."""
        blocks = self.unread_blocks
        own = [span for span in blocks if os.path.normpath(os.path.dirname(span.path)) == self.folder]
        return min(own or blocks, key=lambda span: (span.path, span.line))
