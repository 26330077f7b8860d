"""A file in Terraform's native syntax (`*.tf`)."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.files.source import Source
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.hcl_nodes import Document, parse
from awslint_memo.syntax.node import Flaws


class NativeConfiguration(TerraformConfiguration):
    """A file in native syntax, read as the equivalent JSON. Raises Problem for a syntax error."""

    root: Document

    def __init__(self, source: Source) -> None:
        flaws = Flaws("Terraform takes only one; remove the other")
        super().__init__(source, parse(source, flaws), flaws)

    def comments(self) -> Iterator[tuple[int, str]]:
        """The line number and the text of each comment, if one may be addressed to awslint-memo."""
        return self.root.comments() if "awslint-memo" in self.source.text.lower() else iter(())

    def block(self, line: int) -> range | None:
        """The lines of the outermost block or argument that begins on a line."""
        return self.root.block(line)
