"""A file of Terraform's native language (`*.tf`)."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.files.source import Source
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.hcl_nodes import Document, parse


class NativeConfiguration(TerraformConfiguration):
    """A file as its blocks would be in JSON. Raises Problem for what is not Terraform's language."""

    root: Document

    def __init__(self, source: Source) -> None:
        super().__init__(source, parse(source))

    def comments(self) -> Iterator[tuple[int, str]]:
        """The line and the text of each comment that may speak to awslint-memo."""
        return self.root.comments() if "awslint-memo" in self.source.text.lower() else iter(())

    def block(self, line: int) -> range | None:
        """The lines of the outermost block or argument that begins in a line."""
        return self.root.block(line)
