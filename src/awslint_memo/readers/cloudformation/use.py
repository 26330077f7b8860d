"""How a document is deployed: by itself, or as a nested stack with what its parent gives it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from awslint_memo.model.record import field, record
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.nesting import Location, Nested


@record
class Uses:
    """How many more nested stacks are read. The limit is needed because nested stacks can multiply exponentially."""

    left: int = 4000


@record(frozen=True)
class Use:
    """How a document is deployed.

    given: parameter values from the parent stack; other parameters have their default values. prefix: is put before
    the names of its resources. imports: the exports of other stacks by name. find: finds the document of a nested
    stack. taken: receives the location of each stack that was taken as a file which is elsewhere, by name and path.
    """

    looked_at: Collection[str]
    fixed: Mapping[str, str] | None = None
    given: Mapping[str, Value] = field(default_factory=dict)
    prefix: str = ""
    imports: Mapping[str, Value] = field(default_factory=dict)
    find: Callable[[Document, Location], Nested] = lambda _document, location: Nested(location.shown)
    uses: Uses = field(default_factory=Uses)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
