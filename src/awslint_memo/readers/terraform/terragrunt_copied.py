"""What Terragrunt copies into a module: the files beside a `terragrunt.hcl`, over those of the same path.

https://docs.terragrunt.com/reference/hcl/blocks/#terraform
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.file_names import is_override, is_read
from awslint_memo.readers.terraform.roots import Loaded
from awslint_memo.readers.terraform.terragrunt import TerragruntFile
from awslint_memo.readers.terraform.terragrunt_files import is_harmless


def copied_into(module: Loaded, folder: str, units: Iterable[TerragruntFile]) -> Loaded:
    """A module whose functions read what is copied over it. folder: that of the `terragrunt.hcl`. units: this and the
    files that it includes."""
    directory = module.directory
    if directory is None or directory.local is None:
        return module
    has_hidden = any(unit.copies_hidden for unit in units)
    local = replace(directory.local, over=folder or os.curdir, has_hidden=has_hidden)
    return replace(module, directory=replace(directory, local=local))


@record(frozen=True)
class CopiedConfiguration:
    """The configuration in the folder of a `terragrunt.hcl` that is copied into the first of some modules, or into the
    others that are in it."""

    folder: str
    modules: Sequence[Loaded]
    files: Files

    def beside(self) -> list[str]:
        """The paths of what may only add something to a module, from the folder."""
        return [path_from(path, self.folder or os.curdir) for path, is_over in self._all() if not is_over]

    def over(self) -> list[str]:
        """What may change resources of a module or values in it, in words: it replaces a file, or overrides blocks."""
        return [
            f"{path_from(path)}, which Terragrunt copies over the module" for path, is_over in self._all() if is_over
        ]

    def _all(self) -> Iterator[tuple[str, bool]]:
        for module in self.modules:
            inner = path_from(os.path.abspath(module.path), os.path.abspath(self.modules[0].path))
            if inner.split(os.sep)[0] == os.pardir:
                continue
            here = os.path.normpath(os.path.join(self.folder, inner))
            for name in filter(is_read, self.files.names(here)):
                path = os.path.join("" if here == os.curdir else here, name)
                yield path, self._may_change(module, name, path)

    def _may_change(self, module: Loaded, name: str, path: str) -> bool:
        replaced = {name, name.replace(".tofu", ".tf")}.intersection(self.files.names(module.path))
        harmless = {os.path.basename(each.source.path) for each in module.files if is_harmless(each)}
        return not replaced <= harmless or ((bool(replaced) or is_override(name)) and not self._is_harmless(path))

    def _is_harmless(self, path: str) -> bool:
        from awslint_memo.readers.recognition import template

        try:
            read = template(self.files.read(path), self.files)
        except Problem:
            return False
        return isinstance(read, TerraformConfiguration) and is_harmless(read)
