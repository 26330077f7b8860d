"""Values in files of variables under a name that a root module does not have, and nearly has."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.files.disk import path_from
from awslint_memo.model.phrases import nearest
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.root_module import is_misspelt
from awslint_memo.readers.terraform.variable_files import FromFile
from awslint_memo.readers.terraform.written_expressions import user
from awslint_memo.syntax.node import plain


def misspelt_variables(module: Module) -> Iterator[Unmet]:
    """The values that a root module is given under a name which surely is meant for a variable that it has, and that
    gets no value: Terraform warns and goes on with the default value."""
    declared = module.directory.sections.variables
    from_files = [(name, value) for name, value in module.given.items() if isinstance(value, FromFile)]
    unknown = [(name, value) for name, value in from_files if name not in declared]
    for name, value in unknown if module.directory.is_whole else ():
        near = nearest(name, declared)
        if near is not None and is_misspelt(name, declared, from_files):
            content, path = plain(value.node), path_from(value.place.span.path)
            shown = str(content).lower() if isinstance(content, bool) else content if isinstance(content, int) else ""
            related = [(declared[near].place, f"the variable {near}")]
            yield Unmet(
                "variable", user(module, ""), (), value.place, [name, f"{shown}"], path, [near], related=related
            )
