"""Notices about calls of Terraform's modules: of those that are not downloaded, and of those read as they are here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from awslint_memo.judging.notices import MOST_NAMED
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span
from awslint_memo.readers.template import Deployments, ModuleCalls

_ROOTS = 3
"""How many roots have a notice each; those of more are one."""

_OPENTOFU = (".tofu", ".tofu.json")


@record
class UnreadCalls:
    """The calls of modules that are not downloaded. roots: those of each root, by its folder. places: of the blocks."""

    roots: dict[str, ModuleCalls] = field(default_factory=dict)
    places: dict[str, dict[str, Span]] = field(default_factory=dict)

    def see(self, deployments: Deployments) -> None:
        """Note the calls of a root."""
        calls = deployments.calls
        if calls.remote:
            folder = os.path.normpath(calls.folder or os.curdir)
            self._note(folder, calls, {what: deployments.unseen_places[what] for what in calls.remote})

    def add(self, other: UnreadCalls) -> None:
        """Add those of other roots."""
        for folder, calls in other.roots.items():
            self._note(folder, calls, other.places[folder])

    def _note(self, folder: str, calls: ModuleCalls, places: Mapping[str, Span]) -> None:
        known = self.roots.get(folder)
        self.roots[folder] = calls if known is None else known.joined(calls)
        self.places[folder] = {**self.places.get(folder, {}), **places}

    def told(self) -> list[str]:
        """The notices, one a root; of many roots one for all."""
        if len(self.roots) <= _ROOTS:
            return [self._of_root(folder) for folder in self.roots]
        folders = [f"{folder} ({self._count(folder)})" for folder in self.roots]
        number = sum(len(set(places.values())) for places in self.places.values())
        where = listed_in_line(folders, MOST_NAMED)
        first = next(iter(self.roots))
        return [
            f"{self._place(first)}{number} module calls not read in {len(folders)} roots: {where}; "
            f"`{self._command(first)}` in each of them reads them"
        ]

    def _of_root(self, folder: str) -> str:
        calls = self.roots[folder]
        names = listed_in_line(list(dict.fromkeys(calls.remote.values())), MOST_NAMED)
        where = "" if folder == os.curdir else f" in {folder}"
        noun = "module call" if len(self._blocks(folder)) == 1 else "module calls"
        them = "it" if len(calls.remote) == 1 else "them"
        read = f"`{self._command(folder)}`{where} reads {them}"
        return f"{self._place(folder)}{self._count(folder)} {noun} not read: {names}; {read}"

    def _count(self, folder: str) -> str:
        return f"{len(set(self.places[folder].values()))} of {len(self._blocks(folder))}"

    def _blocks(self, folder: str) -> set[Span]:
        return {*self.roots[folder].places, *self.places[folder].values()}

    def _place(self, folder: str) -> str:
        """The first of the blocks, one of the root itself if there is one, before what is said."""
        spans = self.places[folder].values()
        own = [span for span in spans if os.path.normpath(os.path.dirname(span.path)) == folder]
        span = min(own or spans, key=lambda one: (one.path, one.line))
        return f"{span.path}:{span.line}: "

    def _command(self, folder: str) -> str:
        is_for_opentofu = any(span.path.endswith(_OPENTOFU) for span in self._blocks(folder))
        return "tofu get" if is_for_opentofu else "terraform get"


def read_here(modules: Sequence[str]) -> list[str]:
    """The notice that Terraform's modules were read from files here though an address names them; none if none were."""
    if not modules:
        return []
    words = (
        "as it is here, whatever revision it names"
        if len(modules) == 1
        else "as they are here, whatever revisions they name"
    )
    return [f"{counted(len(modules), 'module')} read {words}: {listed_in_line(modules, MOST_NAMED)}"]
