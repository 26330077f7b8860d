"""Construct: the thing in an app of the CDK that a resource of a template was made by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.record import record
from awslint_memo.model.span import Span

MAX_DEPTH = 100
"""How many constructs above another are looked at."""


@record(frozen=True)
class Construct:
    """What the app says of a resource.

    path: that of the construct ("Prod/Shop/Db/Resource"). stage: the path of the stage that it is in, empty if none.
    made: where the app makes it, if that is known. is_framework: whether the CDK makes it for itself, so that nobody
    sets its properties. is_generated: whether the template stands in an assembly, which is made anew again and again.
    """

    path: str
    stage: str = ""
    made: Span | None = None
    is_framework: bool = False
    is_generated: bool = False

    @property
    def names(self) -> Sequence[str]:
        """The names by which a person knows it: the path, and that of the construct which has it as its resource."""
        outer = self.path.removesuffix("/Resource").removesuffix("/Default")
        return (self.path,) if outer == self.path else (self.path, outer)

    @property
    def in_stack(self) -> str:
        """The last of these names without those of the stage and the stack: "Db" of "Prod/Shop/Db/Resource".

        The CDK makes a nested stack X by "X.NestedStack/X.NestedStackResource", and what is in it by "X/…".
        """
        name = self.names[-1]
        if name.endswith(".NestedStackResource"):
            name = name.rpartition("/")[0].removesuffix(".NestedStack")
        return name.removeprefix(f"{self.stage}/" if self.stage else "").partition("/")[2] or name

    @property
    def outer(self) -> Iterator[str]:
        """Its path, and those of the constructs that it is a part of."""
        path = self.path
        for _ in range(MAX_DEPTH):
            yield path
            if "/" not in path:
                break
            path = path.rpartition("/")[0]


@record(frozen=True)
class Acknowledgement:
    """What an app acknowledges: the finding of a rule in a construct and those below it.

    rule: an id or a pattern. place: where the app says so; if that is not known, the assembly.
    """

    path: str
    rule: str
    reason: str
    place: Span
