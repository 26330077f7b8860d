"""Files of a repository that give a parameter or a variable a value with which nothing was judged.

Who deploys a template by a script, a pipeline, a stack set or a file that a tool reads gives it other values than the
defaults. Such files are looked for by their text: whatever their format, they name the parameter and a value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import Final

from awslint_memo.comparing.unseen_files import MEDIA, MOST_SEARCHED, PROSE
from awslint_memo.files.files import Files
from awslint_memo.files.revision import Revision
from awslint_memo.judging.inventory import MODULES, Inventory
from awslint_memo.judging.reading import MOST_BYTES
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

_ESCAPE = regex(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_VALUE = r"""(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',;{}()\[\]]+))?"""
_LISTED = (
    r"""Key["']?\s*[:=]\s*["']?{0}(?![\w-])["']?\s*,?\s*(?:(?:-\s*)?["']?(?:Parameter)?Value["']?\s*[:=]\s*{1})?"""
)
_WRITTEN = r"""(?<![\w.$-])(?:TF_VAR_)?{0}\\?["']?[ \t]*(?::=|[:=])(?![=>])[ \t]*{1}"""
_NOT_GIVEN = regex(r"\s*\{?\s*[\"']?(?:Type|type|Description|description)[\"']?\s*[:=]")
"""What follows the name of a parameter where it is declared, and nobody gives it a value."""

_LITERAL = regex(r"[\w.:/*+ ?,()@-]+")
_NUMBER = regex(r"-?[\d.]+|true|false", re.I)
_CODE = (".tf", ".tofu", ".py", ".ts", ".js", ".go", ".java", ".cs", ".rb", ".kt")
"""Files in which a word without quotes stands for something else."""

_STACKS: Final = ("aws_cloudformation_", "awscc_cloudformation_")
"""How the types begin with which Terraform deploys templates of CloudFormation."""


@record(frozen=True)
class Given:
    """A value that a file gives a parameter or variable. value: None where it is not written out."""

    path: str
    name: str
    value: str | None


@record(frozen=True)
class GivingFiles:
    """The files in the index of a repository that may give values. names: of all parameters that are asked for."""

    revision: Revision
    files: Files
    inventory: Inventory
    names: Collection[str]

    def giving(self, names: Set[str], before: Set[str], home: str) -> Iterator[Given]:
        """What files give parameters or variables of these names that a template has. home: the path of its file.

        before: those of the names for which only files count that came or changed since the revision. These come first.
        Left out is what the run judged: the template's own files, and those with values of it.
        """
        whole = os.path.abspath(home)
        judged = {*self.inventory.values.get(whole, ()), *self._own(whole)} if names else set()
        came = ((path, text, names) for path, text in (self._changed.items() if names else ()))
        other = names - before
        kept = ((path, text, other) for path, text in (self._unchanged.items() if other else ()))
        for path, text, wanted in (*came, *kept):
            if os.path.abspath(path) not in judged:
                patterns = self._patterns(path, text, is_of_terraform=home.endswith(MODULES))
                for name in sorted(name for name in wanted if name in text):
                    yield from _given(path, name, text, patterns)

    def _own(self, whole: str) -> set[str]:
        """The files of the templates that a file is a part of."""
        owners = self.inventory.owners.get(whole, set())
        return {file for file, others in self.inventory.owners.items() if not owners.isdisjoint(others)}

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
                if text:
                    yield place, text

    def _text(self, path: str) -> str:
        """The text of a file that has one of the names; empty for any other."""
        if not self.files.is_inside(path):
            return ""
        try:
            data = self.files.glance(path, os.path.abspath(path), MOST_BYTES)
            data = self.files.read(path).data if data is None else data
        except Problem:
            return ""
        text = data.decode("utf-8", "replace") if b"\0" not in data else data.replace(b"\0", b"").decode("latin-1")
        if "\\u" in text or "\\x" in text:
            text = _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text)
        return text if any(name in text for name in self.names) else ""

    def _patterns(self, path: str, text: str, *, is_of_terraform: bool) -> Sequence[str]:
        """How a file may give a value: templates and modules that are looked at have parameters of their own."""
        if os.path.abspath(path) not in self.inventory.files:
            return (_LISTED, _WRITTEN)
        is_deploying = not is_of_terraform and path.endswith(MODULES) and any(type_ in text for type_ in _STACKS)
        return (_LISTED, _WRITTEN) if is_deploying else (_LISTED,)


def _given(path: str, name: str, text: str, patterns: Sequence[str]) -> Iterator[Given]:
    for pattern in patterns:
        for match in re.finditer(pattern.format(re.escape(name), _VALUE), text):
            value = next((group for group in match.groups() if group is not None), None)
            if pattern is _WRITTEN and _NOT_GIVEN.match(text, match.start(3) if value is not None else match.end()):
                continue
            is_bare = bool(match.group(3)) and path.lower().endswith(_CODE)
            is_known = value is not None and _LITERAL.fullmatch(value) and (not is_bare or _NUMBER.fullmatch(value))
            yield Given(path, name, value if is_known else None)


def by_template(given: Sequence[Given], most: int) -> Mapping[str, Mapping[str, str]]:
    """Values of parameters, by a name for each set of them; no more than so many."""
    known = dict.fromkeys((each.name, each.value, each.path) for each in given if each.value is not None)
    return {f"{path}: {name}={value}": {name: value} for name, value, path in islice(known, most) if value is not None}
