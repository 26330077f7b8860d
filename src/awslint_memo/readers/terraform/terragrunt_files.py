"""The files that Terragrunt writes into a module before it runs Terraform, and what they do to those that are there.

https://docs.terragrunt.com/reference/hcl/blocks/#generate and
https://docs.terragrunt.com/reference/hcl/attributes/#generate (read on 2026-11-30)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.blocks import blocks, mapping
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.file_names import is_automatic, is_override, is_read
from awslint_memo.readers.terraform.source_expressions import Written, unquoted
from awslint_memo.syntax.hcl.expressions import Call
from awslint_memo.syntax.hcl.expressions import Template as TextTemplate
from awslint_memo.syntax.node import Flaws, Node, fields, plain

_RESOURCES = regex(r"\b(resource|module)\b|\b(templatefile|file)\(")
"""What a text has that may make resources, and not only say which providers and backend a module has."""

_FOLDER = regex(r"^(?:\$\{get_(?:original_)?terragrunt_dir\(\)\}/|\./)*")
_HARMLESS: Final = frozenset(("terraform", "provider", "//"))
"""What a file may have without a word on resources and their values."""


@record(frozen=True)
class WrittenFile:
    """A file that Terragrunt writes. words: what it is by, such as "generate backend". path: as written, from the
    module's folder; None if it is not known. contents: None if they are Terragrunt's own, a backend."""

    words: str
    path: str | None
    contents: Node | None
    is_backend: bool
    keeps: bool
    span: Span

    @property
    def may_have_resources(self) -> bool:
        """Whether the contents have resources, or may have some."""
        if self.contents is None:
            return not self.is_backend
        expression = self.contents.expression if isinstance(self.contents, Written) else None
        is_read = isinstance(expression, TextTemplate) or (
            isinstance(expression, Call) and expression.name == "jsonencode"
        )
        return not is_read or bool(_RESOURCES.search(repr(plain(self.contents))))

    @property
    def has_variables(self) -> bool:
        """Whether Terraform reads values of variables from the file by itself."""
        return self.path is not None and is_automatic(self.path)

    @property
    def may_declare(self) -> bool:
        """Whether the contents have variables, or may have some."""
        return not self.is_backend and (self.contents is None or "variable" in repr(plain(self.contents)))


def written_files(root: Node, flaws: Flaws) -> list[WrittenFile]:
    """The files that a `terragrunt.hcl` has Terragrunt write, by blocks or by a map. root: of the file."""
    top = mapping(root)
    node = top.get("generate")
    found: list[WrittenFile] = []
    if node is not None and isinstance(node.content, list):
        every = blocks(node, "generate", 1, flaws)
        found += [_written(f"generate {block.name}", block.arguments, block.place.span) for block in every]
    elif node is not None and isinstance(node.content, Mapping):
        found += [_written(f"generate {name}", mapping(each), each.span) for name, each in mapping(node).items()]
    elif node is not None:
        found.append(_written("generate", {}, node.span))
    for state in blocks(top.get("remote_state"), "remote_state", 0, Flaws()):
        generated = state.arguments.get("generate")
        if generated is not None:
            parts = generated.content if isinstance(generated.content, list) else [generated]
            found += [
                _written("generate of remote_state", mapping(part), generated.span, is_backend=True) for part in parts
            ]
    return found


def _written(words: str, arguments: Mapping[str, Node], span: Span, *, is_backend: bool = False) -> WrittenFile:
    path = plain(arguments["path"]) if "path" in arguments else None
    short = _FOLDER.sub("", unquoted(path)) if isinstance(path, str) else None
    keeps = "if_exists" in arguments and plain(arguments["if_exists"]) == "skip"
    known = short if short is not None and "${" not in short and "%{" not in short else None
    return WrittenFile(words, known, arguments.get("contents"), is_backend, keeps, span)


@record(frozen=True)
class ModuleFiles:
    """The files of a module into which Terragrunt writes. names: all in its folder. parsed: its configuration.

    evaluate: gives the value of what stands in the `terragrunt.hcl`. parse: gives what a file is, by its name.
    """

    names: Collection[str]
    parsed: Sequence[TerraformConfiguration]
    evaluate: Callable[[Node], Value]
    parse: Callable[[Source], Template | None]

    def changed(self, written: Iterable[WrittenFile]) -> Iterator[str]:
        """What may change the resources that the module has, or values in it, in words."""
        for each in written:
            if self._may_change(each):
                yield f"what {each.words} writes over the module ({each.path or 'path not known'})"

    def _may_change(self, written: WrittenFile) -> bool:
        if written.path is None:
            return not self._is_harmless("any.tf", written)
        folder, name = os.path.split(written.path)
        if folder:
            return True
        replaced = {name, name.replace(".tofu", ".tf")} & set(self.names)
        if replaced:
            return not (written.keeps and name in replaced) and not replaced <= self._harmless
        # A new file has names of its own, or Terraform takes none of the two.
        return is_read(name) and is_override(name) and not self._is_harmless(name, written)

    @cached_property
    def _harmless(self) -> frozenset[str]:
        return frozenset(os.path.basename(each.source.path) for each in self.parsed if is_harmless(each))

    def _is_harmless(self, name: str, written: WrittenFile) -> bool:
        if written.contents is None:
            return written.is_backend
        text = self.evaluate(written.contents).text
        try:
            read = None if text is None else self.parse(Source(name, text.encode()))
        except Problem:
            return False
        return isinstance(read, TerraformConfiguration) and is_harmless(read)


def is_harmless(configuration: TerraformConfiguration) -> bool:
    """Whether a file has nothing but which providers and backend a module has."""
    return not configuration.problems and _HARMLESS.issuperset(fields(configuration.root))
