"""Notices about a whole run: what it did not look at, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.listing import counted, listed

MOST_NAMED = 5
"""How many modules, templates or rules a notice names."""


def not_enumerated(paths: Sequence[str]) -> list[str]:
    """The notice that templates have too many possible deployments to check each; none if all were checked."""
    if not paths:
        return []
    which = f"{paths[0]} has" if len(paths) == 1 else f"{len(paths)} templates have"
    names = f" ({listed(paths, MOST_NAMED)})" if len(paths) > 1 else ""
    return [
        f"{which} more possible deployments than are checked{names}: each condition was checked both ways, "
        "but not every combination; name yours with --parameters"
    ]


def not_installed(modules: Sequence[str]) -> list[str]:
    """The notice that Terraform's modules were not judged because they are not downloaded; none if all are."""
    if not modules:
        return []
    count = f"{len(modules)} modules were" if len(modules) > 1 else "1 module was"
    return [f"{count} not looked at: {listed(modules, MOST_NAMED)}; run terraform init"]


def can_not_tell(muted: Mapping[str, Sequence[str]]) -> list[str]:
    """The notice of the rules that what was not read keeps silent, with the paths of their resources; none if none."""
    if not muted:
        return []
    words = []
    for rule, paths in muted.items():
        files = list(dict.fromkeys(paths))
        others = f" and {counted(len(files) - 1, 'other file')}" if len(files) > 1 else ""
        words.append(f"{rule} for {counted(len(paths), 'resource')} ({files[0]}{others})")
    return [f"without what was not looked at, these rules can't tell: {listed(words, MOST_NAMED)}"]
