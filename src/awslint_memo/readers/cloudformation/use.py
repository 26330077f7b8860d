"""How a document is deployed: by itself, or as a nested stack with what its parent gives it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from awslint_memo.model.record import field, record
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.document import Document


@record
class Uses:
    """How many more nested stacks are read. The limit is needed because nested stacks can multiply exponentially."""

    left: int = 4000


@record(frozen=True)
class Use:
    """How a document is deployed.

    given: parameter values from the parent stack; other parameters have their default values. prefix: is put before
    the names of its resources. imports: the exports of other stacks by name. find: reads the document of a nested
    stack from the text of its property; None if it is not a local file.
    """

    looked_at: Collection[str]
    fixed: Mapping[str, str] | None = None
    given: Mapping[str, Value] = field(default_factory=dict)
    prefix: str = ""
    imports: Mapping[str, Value] = field(default_factory=dict)
    find: Callable[[Document, str], Document | None] = lambda _document, _written: None
    uses: Uses = field(default_factory=Uses)
