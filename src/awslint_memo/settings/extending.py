"""What a configuration extends: files of the repository, policies of installed packages, and how settings are merged.

A package with policies has an entry point in the group `awslint_memo.policies`, whose value names a package of modules:
its file `awslint-memo.yaml` is the policy; with an attribute (`acme.lint:strict`), that is `strict.yaml`. No code of it
is run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from awslint_memo.files.rule_packages import is_linted
from awslint_memo.judging.rule import Rule
from awslint_memo.model.facts import Declared
from awslint_memo.model.phrases import closest, listed
from awslint_memo.model.record import record, replace
from awslint_memo.settings.refusing import held
from awslint_memo.settings.settings import Settings

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


def is_path(written: str) -> bool:
    """Whether a text after `extends` is the path of a file, not the name of a policy."""
    return written.lower().endswith(_ENDINGS) or "/" in written or written.startswith(".")


def installed_policy(name: str) -> Origin:
    """The policy of an installed package. Raises LookupError with the rest of a sentence if there is none."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    installed: Mapping[str, str] = {
        entry.name: entry.value
        for entry in entry_points(group=GROUP)
        if entry.dist is None or not is_linted(str(entry.dist.locate_file("")))
    }
    if name not in installed:
        there = f"; installed: {listed(sorted(installed))}" if installed else "; no policy is installed"
        hint = closest(name, installed) or f"{there}; a file is written ./{name}.yaml"
        raise LookupError(f"{name}, which is no installed policy{hint}")
    module, _, attribute = installed[name].partition(":")
    top, *below = module.strip().split(".")
    spec = find_spec(top)  # Of a package at the top, this runs nothing.
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    file = f"{attribute.strip()}.yaml" if attribute.strip() else _FILE
    paths = [os.path.join(place, *below, file) for place in places]
    path = next((path for path in paths if os.path.isfile(path) and not is_linted(path)), None)
    if path is None:
        raise LookupError(f"{name}, but the package {module} that is installed for it has no file {file}, or is linted")
    return Origin(path, name, os.path.dirname(path))


_REPLACED = {
    "profile": "profile",
    "select": "select",
    "fail-on": "fail_on",
    "baseline": "baseline",
    "gitignore": "git_ignore",
    "foreign-suppressions": "foreign_suppressions",
    "public-modules": "public_modules",
    "rules-as-of": "as_of",
    "preview": "preview",
}
"""The settings of which only the nearest counts, with their attributes."""


def extended(near: Settings, far: Settings, rules: Mapping[str, Rule]) -> Settings:
    """The settings of a configuration (near) that extends another one (far).

    What a policy of the other one refuses has no effect, and stands in `refused`.
    """
    near = held(near, far, rules)
    said = [document.data for document in near.documents]
    decided = {*near.off, *near.levels}
    replaced: dict[str, Any] = {
        attribute: getattr(near if any(key in data for data in said) else far, attribute)
        for key, attribute in _REPLACED.items()
    }
    return replace(
        near,
        **replaced,
        ignore=(*far.ignore, *near.ignore),
        off=frozenset((*near.off, *(far.off - decided))),
        levels={**{name: level for name, level in far.levels.items() if name not in decided}, **near.levels},
        options=_options(near, far),
        suppress=(*(replace(suppression, is_own=False) for suppression in far.suppress), *near.suppress),
        exclude=(*far.exclude, *near.exclude),
        include=(*far.include, *near.include),
        declared=_declared(near, far, said),
        deployments={**far.deployments, **near.deployments},
        deployed={
            **{name: paths for name, paths in far.deployed.items() if name not in near.deployments},
            **near.deployed,
        },
        var_files=(*far.var_files, *near.var_files),
        modules={**far.modules, **near.modules},
        parameter_files={
            **{name: path for name, path in far.parameter_files.items() if name not in near.deployments},
            **near.parameter_files,
        },
        documents=tuple({id(document): document for document in (*near.documents, *far.documents)}.values()),
        locks=tuple(dict.fromkeys((*far.locks, *near.locks))),
        policies=_unique((*far.policies, *near.policies)),
        refused=tuple(dict.fromkeys((*far.refused, *near.refused))),
    )


def held_by_later(settings: Settings, later: Sequence[Settings], rules: Mapping[str, Rule]) -> Settings:
    """The settings of a file in `extends` without what policies refuse that stand after it there and count before it.

    What a policy itself says beside what it locks is not for another one to refuse.
    """
    if settings.is_policed:
        return settings
    for policy in later:
        if policy.locks:
            settings = held(settings, policy, rules)
            said = [document.data for document in settings.documents]
            settings = replace(settings, declared=_declared(settings, policy, said))
    return settings


def _unique(policies: Sequence[Settings]) -> tuple[Settings, ...]:
    return tuple({id(policy): policy for policy in policies}.values())


def _options(near: Settings, far: Settings) -> dict[str, dict[str, Any]]:
    names = {**far.options, **near.options}
    return {name: {**far.options.get(name, {}), **near.options.get(name, {})} for name in names}


def _declared(near: Settings, far: Settings, said: Sequence[Mapping[str, Any]]) -> Declared:
    """What both declare. said: what each file of the nearer one says."""

    def nearest(key: str) -> Declared:
        return (near if any(key in data or _names(data, key) for data in said) else far).declared

    return replace(
        near.declared,
        processing_times={**far.declared.processing_times, **near.declared.processing_times},
        production=nearest("production").production,
        development=nearest("development").development,
        environments=nearest("environments").environments,
        folders=nearest("folders").folders,
        recovery=nearest("recovery").recovery,
    )


def _names(data: Mapping[str, Any], environment: str) -> bool:
    """Whether a configuration has words for an environment below `environments`."""
    environments = data.get("environments")
    return isinstance(environments, Mapping) and environment in environments
