"""Files of a repository that give a parameter or a variable a value with which nothing was judged.

Who deploys a template by a script, a pipeline, a stack set or a file that a tool reads gives it other values than the
defaults. Such files are looked for by their text: whatever their format, they name the parameter and a value.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import Final

from awslint_memo.comparing.given_in_templates import values_in_texts
from awslint_memo.comparing.given_texts import makes_names, may_make_names, near, values
from awslint_memo.comparing.given_to_unread import UnreadGivers
from awslint_memo.comparing.unseen_files import MEDIA, MOST_SEARCHED, PROSE
from awslint_memo.files.files import Files
from awslint_memo.files.left_out import MOST_BYTES
from awslint_memo.files.revision import Revision
from awslint_memo.judging.inventory import MODULES, Inventory
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.file_names import is_automatic

_ESCAPE = regex(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")

_QUOTES = regex(r"""(?<=[A-Za-z0-9_])["'](?=\w+["']?=)|(?<=\w)["'](?==)""")
"""Quotes inside of a word of the shell before its equals sign."""

_WORDS = regex(r"(?<=[a-z0-9])(?=[A-Z])")
_SPELLED = (".yaml", ".yml")

_MOST_BYTES: Final = 64_000_000
"""How large a file may be that is searched; hosts of repositories take files of up to 100 MB."""

_ANY = ""
"""Stands for the text of a file that is not searched, which may have every name."""


@record(frozen=True)
class Given:
    """A value that a file gives a parameter or variable. value: None where it is not written out.

    other: the absolute path of its template, if that is of another stack than what was judged with the default.
    """

    path: str
    name: str
    value: str | None
    other: str = ""


@record(frozen=True)
class GivingFiles:
    """The files in the index of a repository that may give values. names: of all parameters that are asked for."""

    revision: Revision
    files: Files
    inventory: Inventory
    names: Collection[str]

    def giving(self, names: Set[str], before: Set[str], home: str, *, is_of_other: bool = False) -> Iterator[Given]:
        """What files give parameters or variables of these names that a template has. home: the path of its file.

        before: those of the names for which only files count that came or changed since the revision. These come first.
        Left out is what the run judged: files with values of the template, and its own files, but for the commands of
        builds in these. is_of_other: whether stacks beside it were judged with its defaults.
        """
        whole = os.path.abspath(home)
        judged = self.inventory.values.get(whole, set()) - self.inventory.left_values.get(whole, set())
        judged = set() if is_of_other else judged
        own = self._own(whole) if names else set[str]()
        came = ((path, text, names) for path, text in (self._changed.items() if names else ()))
        other = names - before
        kept = ((path, text, other) for path, text in (self._unchanged.items() if other else ()))
        for path, text, wanted in (*came, *kept):
            of_parents = self._unread.giving(path, text, wanted, home, is_of_other=is_of_other)
            yield from (Given(path, *each) for each in of_parents)
            if os.path.abspath(path) in own:
                yield from self._in_texts(path, text, wanted, home)
            elif os.path.abspath(path) not in judged:
                yield from self._given(path, text, wanted, home, is_new=path in self._changed)
        for path, is_new in self._closed if names else ():
            if os.path.dirname(os.path.abspath(path)) in self._folders(whole):
                yield from (Given(path, name, None) for name in sorted(names if is_new else other))

    def _folders(self, whole: str) -> set[str]:
        """The folders of the templates and root modules that a file is a part of."""
        owners = self.inventory.owners.get(whole, set())
        return {owner if whole.endswith(MODULES) else os.path.dirname(owner) for owner in owners}

    @cached_property
    def _closed(self) -> Sequence[tuple[str, bool]]:
        """The files that tools read by themselves and that can't be read here, such as encrypted ones, each with
        whether it came or changed."""
        read = ((self.revision.place(path), is_new) for path, is_new in self.revision.changed.items() if _is_read(path))
        return [(place, is_new) for place, is_new in read if not _can_be_read(self.files, place)]

    def _own(self, whole: str) -> set[str]:
        """The files of the templates that a file is a part of."""
        owners = self.inventory.owners.get(whole, set())
        return {file for file, others in self.inventory.owners.items() if not owners.isdisjoint(others)}

    @cached_property
    def _unread(self) -> UnreadGivers:
        return UnreadGivers(self.files, self.inventory, self.revision.git.top)

    @cached_property
    def _changed(self) -> Mapping[str, str]:
        """The texts of the files that came or changed and have one of the names, by path."""
        return dict(self._texts(is_new=True))

    @cached_property
    def _unchanged(self) -> Mapping[str, str]:
        return dict(self._texts(is_new=False))

    def _texts(self, *, is_new: bool) -> Iterator[tuple[str, str]]:
        for path, came in islice(self.revision.changed.items(), MOST_SEARCHED):
            if came is is_new and not path.lower().endswith((*PROSE, *MEDIA)):
                place = self.revision.place(path)
                text = self._text(place)
                if text or (text == _ANY and is_new):
                    yield place, text

    def _text(self, path: str) -> str | None:
        """The text of a file that has one of the names or makes names; `_ANY` for one that is too large, None for any
        other."""
        if not self.files.is_inside(path):
            return None
        try:
            data = self.files.glance(path, os.path.abspath(path), _MOST_BYTES)
            data = self.files.read(path).data if data is None else data
            if not data:
                return _ANY if self.files.size(path) > _MOST_BYTES else None
        except Problem:
            return None
        text = data.decode("utf-8", "replace") if b"\0" not in data else data.replace(b"\0", b"").decode("latin-1")
        if "\\u" in text or "\\x" in text:
            text = _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text)
        text = _QUOTES.sub("", text)
        if not any(word in text for name in self.names for word in _spellings(name)) and not may_make_names(text):
            return None
        return text if len(text) <= MOST_BYTES else near(text, self.names)

    def _in_texts(self, path: str, text: str, names: Set[str], home: str) -> Iterator[Given]:
        """What the commands in a template give its own parameters."""
        for name in sorted(name for name in names if name in text):
            found = values_in_texts(name, text, is_of_terraform=home.endswith(MODULES))
            yield from (Given(path, name, value) for value in found)

    def _given(self, path: str, text: str, names: Set[str], home: str, *, is_new: bool) -> Iterator[Given]:
        """What one file gives parameters of these names."""
        if text == _ANY:
            yield from (Given(path, name, None) for name in sorted(names))
            return
        is_looked_at = os.path.abspath(path) in self.inventory.files
        is_of_terraform = home.endswith(MODULES)
        for name in sorted(names):
            for word in _spellings(name) if path.lower().endswith(_SPELLED) else (name,):
                found = values(word, path, text, is_of_terraform=is_of_terraform, is_looked_at=is_looked_at)
                yield from (Given(path, name, value) for value in found if word in text)
        if (is_new or os.path.basename(home) in text) and makes_names(path, text, is_of_terraform=is_of_terraform):
            yield from (Given(path, name, None) for name in sorted(names))


def _spellings(name: str) -> Sequence[str]:
    """A name, and in small letters as stack_master's files have it: visibility_timeout."""
    return tuple(dict.fromkeys((name, _WORDS.sub("_", name).lower())))


def _is_read(path: str) -> bool:
    """Whether Terraform or SAM reads a file by itself for values of what is beside it."""
    return is_automatic(path) or os.path.basename(path).startswith("samconfig.")


def _can_be_read(files: Files, path: str) -> bool:
    try:
        files.read(path).text  # noqa: B018  # Decodes it.
    except Problem:
        return False
    return True
