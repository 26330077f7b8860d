"""A file in Terraform's native syntax (`*.tf`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from awslint_memo.files.source import Source
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.hcl_nodes import Document, parse
from awslint_memo.syntax.node import Flaws

if TYPE_CHECKING:
    from awslint_memo.syntax.outline import Part


class NativeConfiguration(TerraformConfiguration):
    """A file in native syntax, read as the equivalent JSON. Raises Problem for a syntax error.

    Terraform takes only UTF-8, but passes over the bytes of comments. A file in another encoding is read nevertheless.
    """

    root: Document

    def __init__(self, source: Source) -> None:
        flaws = Flaws("Terraform takes only one; remove the other")
        shown = _decoded(source)
        root = parse(shown, flaws)
        if shown is not source or source.encoding != "utf-8":
            _note_encoding(shown, root, flaws)
        super().__init__(shown, root, flaws)

    def comments(self) -> Iterator[tuple[int, str]]:
        """The line number and the text of each comment, if one may be addressed to awslint-memo."""
        return self.root.comments() if "awslint-memo" in self.source.text.lower() else iter(())

    def outline(self) -> Part:
        """Its blocks and arguments."""
        return self.root.outline


def _decoded(source: Source) -> Source:
    """The file, with U+FFFD in place of what is not UTF-8."""
    if source.is_encrypted:
        return source
    try:
        source.data.decode(source.encoding)
    except UnicodeDecodeError:
        if source.encoding == "utf-8":
            return Source(source.path, source.data.decode("utf-8", errors="replace").encode())
    return source


def _note_encoding(source: Source, root: Document, flaws: Flaws) -> None:
    comments = [
        (one.start + start, one.start + end) for one in root.portions for start, end in one.passage.document.comments
    ]
    lost = [match.start() for match in re.finditer("\ufffd", source.text)] if source.encoding == "utf-8" else [0]
    at = next((at for at in lost if not any(start <= at < end for start, end in comments)), None)
    if at is not None:
        flaws.add("this is not UTF-8 text; save the file as UTF-8", source.path, source.position(at))
