"""Finds what a configuration extends: files of the repository, and policies of installed packages.

A package with policies has an entry point in the group `awslint_memo.policies`, whose value names a package of modules:
its file `awslint-memo.yaml` is the policy; with an attribute (`acme.lint:strict`), that is `strict.yaml`. No code of it
is run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from awslint_memo.model.phrases import closest, listed
from awslint_memo.model.record import record

GROUP = "awslint_memo.policies"

_FILE = "awslint-memo.yaml"
_ENDINGS = (".yaml", ".yml", ".toml")


@record(frozen=True)
class Origin:
    """Where a configuration is from. key: tells it apart. name: what messages call it. top: outside of which it names
    no file; empty for those of the repository."""

    key: str
    name: str
    top: str = ""


def is_file(said: str) -> bool:
    """Whether a text after `extends` is the path of a file, not the name of a policy."""
    return said.lower().endswith(_ENDINGS) or "/" in said or said.startswith(".")


def named(said: str) -> Origin:
    """The policy of an installed package. Raises LookupError with the rest of a sentence if there is none."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found: Mapping[str, str] = {one.name: one.value for one in entry_points(group=GROUP)}
    if said not in found:
        there = f"; installed: {listed(sorted(found))}" if found else "; no policy is installed"
        hint = closest(said, found) or f"{there}; a file is written ./{said}.yaml"
        raise LookupError(f"{said}, which is no installed policy{hint}")
    module, _, attribute = found[said].partition(":")
    top, *below = module.strip().split(".")
    spec = find_spec(top)  # Of a package at the top, this runs nothing.
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    name = f"{attribute.strip()}.yaml" if attribute.strip() else _FILE
    paths = [os.path.join(place, *below, name) for place in places]
    path = next(filter(os.path.isfile, paths), None)
    if path is None:
        raise LookupError(f"{said}, but the package {module} that is installed for it has no file {name}")
    return Origin(path, said, os.path.dirname(path))
