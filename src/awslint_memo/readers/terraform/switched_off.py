"""The resources of modules of which a call makes none: those of the module itself, and of all that it calls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from awslint_memo.model.budget import refuse
from awslint_memo.readers.terraform.directories import Directory, Installed, called_directory

_MOST = 40_000
"""How many resources are named in one deployment."""


class SwitchedOff:
    """The resources of which a variable's default makes none, each by the file in which it is written and its
    address."""

    def __init__(self) -> None:
        self.resources: set[tuple[str, str]] = set()
        self._of_modules: dict[str, list[tuple[str, str]]] = {}
        """By module, the same with the addresses in it."""

    def see_call(self, directory: Directory, file: str, prefix: str, key: str, installed: Installed) -> None:
        """Note all that a call does not make. file: where it stands. prefix: is put before the addresses in the module.
        key: that of the call in the list of downloaded modules."""
        if len(self.resources) > _MOST:
            refuse("instances")
            return
        if directory.path not in self._of_modules:
            self._of_modules[directory.path] = list(islice(_resources(directory, "", key, installed, ()), _MOST))
        elif directory.release is None:
            return  # What stands in files of its own is known by its address there.
        is_known = directory.release is not None
        self.resources.update(
            (file if is_known else own, f"{prefix}{address}") for own, address in self._of_modules[directory.path]
        )


def _resources(
    directory: Directory, prefix: str, key: str, installed: Installed, inside: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for block in directory.sections.resources.values():
        yield block.place.span.path, f"{prefix}{block.name}"
    inside = (*inside, directory.path)
    for name, call in directory.sections.modules.items():
        below = f"{key}.{name}"
        called, _ = called_directory(directory, call, installed, below)
        if called is not None and called.path not in inside:
            yield from _resources(called, f"{prefix}module.{name}.", below, installed, inside)
