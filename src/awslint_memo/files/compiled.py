"""The code of Python files as Python keeps it beside them, found with a third of the steps of `importlib`.

A small run loads three hundred modules and rules, and to find them took a tenth of its time. What is not as expected
(no kept code, another version, a file that has changed) is left to `importlib`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from marshal import loads
from types import CodeType, ModuleType

_ENDING = f".{sys.implementation.cache_tag}.pyc"
_HEAD = MAGIC_NUMBER + bytes(4)
"""How kept code begins that counts as long as the time and size of its file are the same."""

_MOST = 1 << 16
"""The bytes that are read at once; the memory for more of them comes from the system, which takes longer."""

_BINARY = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def kept_code(path: str) -> CodeType | None:
    """The code of the Python file at a path, if Python has kept it and the file is as it was then."""
    folder, _, name = path.rpartition(os.sep)
    if sys.pycache_prefix is not None or sys.flags.optimize:
        return None
    try:
        state = os.stat(path)
        file = os.open(f"{folder}{os.sep}__pycache__{os.sep}{name[:-3]}{_ENDING}", _BINARY)
    except OSError:
        return None
    try:
        data = os.read(file, _MOST)
    finally:
        os.close(file)
    numbers = (int(state.st_mtime), state.st_size)
    head = _HEAD + b"".join((number & 0xFFFFFFFF).to_bytes(4, "little") for number in numbers)
    if not data.startswith(head) or len(data) == _MOST:
        return None
    code = loads(memoryview(data)[16:])  # noqa: S302  # What `importlib` would run.
    return code if isinstance(code, CodeType) and code.co_filename == path else None


class Loader(SourceFileLoader):
    """Loads a Python file from its kept code."""

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the file."""
        return kept_code(self.path) or super().get_code(fullname)


class OwnModules:
    """Finds the modules of this package in its folder, without asking each finder and listing each folder."""

    @classmethod
    def use(cls) -> None:
        """Ask this finder before the one of all folders, and after those that somebody put before that."""
        known = sys.meta_path
        known.insert(known.index(PathFinder) if PathFinder in known else 0, cls)

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module of the package is; None for any other, and for a folder of modules."""
        if path is None or not name.startswith("awslint_memo."):
            return None
        own = name.rpartition(".")[2]
        file = f"{path[0]}{os.sep}{own}.py"
        if not os.path.isfile(file):
            return None
        spec = ModuleSpec(name, Loader(name, file), origin=file)
        spec.has_location = True
        spec.cached = f"{path[0]}{os.sep}__pycache__{os.sep}{own}{_ENDING}"
        return spec
