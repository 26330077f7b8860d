"""What a configuration extends: files of the repository, policies of installed packages, and how settings are merged.

A package with policies has an entry point in the group `awslint_memo.policies`, whose value names a package of modules:
its file `awslint-memo.yaml` is the policy; with an attribute (`acme.lint:strict`), that is `strict.yaml`. No code of it
is run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awslint_memo.files.rule_packages import is_linted
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression import PolicyLock
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import closest, listed
from awslint_memo.model.record import record, replace
from awslint_memo.settings.configuration_file import Document
from awslint_memo.settings.settings import Settings, matches_rule

if TYPE_CHECKING:
    from awslint_memo.model.objectives import Recovery

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

    Raises Problem where it does what a policy of the other one forbids.
    """
    document = near.documents[0]
    _check(document, near, far, rules)
    data = document.data
    decided = {*near.off, *near.levels}
    replaced: dict[str, Any] = {
        attribute: getattr(near if key in data else far, attribute) for key, attribute in _REPLACED.items()
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
        declared=_declared(near, far, data),
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
    )


def _unique(policies: Sequence[Settings]) -> tuple[Settings, ...]:
    return tuple({id(policy): policy for policy in policies}.values())


def _options(near: Settings, far: Settings) -> dict[str, dict[str, Any]]:
    names = {**far.options, **near.options}
    return {name: {**far.options.get(name, {}), **near.options.get(name, {})} for name in names}


def _declared(near: Settings, far: Settings, data: Mapping[str, Any]) -> Declared:
    return replace(
        near.declared,
        processing_times={**far.declared.processing_times, **near.declared.processing_times},
        production=(near if _names(data, "production") else far).declared.production,
        development=(near if _names(data, "development") else far).declared.development,
        environments=(near if "environments" in data else far).declared.environments,
        folders=(near if _names(data, "folders") else far).declared.folders,
        recovery=(near if "recovery" in data else far).declared.recovery,
    )


def _names(data: Mapping[str, Any], environment: str) -> bool:
    """Whether a configuration has words for an environment, by themselves or below `environments`."""
    environments = data.get("environments")
    return environment in data or (isinstance(environments, Mapping) and environment in environments)


def _check(document: Document, near: Settings, far: Settings, rules: Mapping[str, Rule]) -> None:
    """Raise Problem where a configuration switches off, lowers or changes a rule that is locked."""
    locked = {rule.id: (rule, lock) for rule in rules.values() if far.locks and (lock := far.lock_of(rule)) is not None}
    for rule, lock in locked.values():
        at = _key(document, rule)
        if at is not None and (rule.id in near.off or near.options.get(rule.id)):
            what = "can't be switched off" if rule.id in near.off else "keeps its options"
            raise document.problem(f"{at[1]} {what}: {_whose(lock)}; remove this", at)
        was, level = far.levels.get(rule.id, rule.level), near.levels.get(rule.id)
        if at is not None and level is not None and LEVELS.index(level) > LEVELS.index(was):
            raise document.problem(f"{at[1]} can't be less than {was}: {_whose(lock)}; remove this", at)
        for number, pattern in enumerate(document.data.get("ignore", ())):
            if matches_rule(pattern, rule):
                raise document.problem(f"{rule.id} can't be ignored: {_whose(lock)}; remove this", ("ignore", number))
    fail_on, least = near.fail_on, far.fail_on or "warning"
    order = (*reversed(LEVELS), "never")
    if far.locks and fail_on is not None and order.index(fail_on) > order.index(least):
        message = f"fail-on can't be {fail_on}: {_whose(far.locks[0], 'asks for')} {least}; remove this"
        raise document.problem(message, ("fail-on",))
    _check_environments(document, far)
    _check_recovery(document, near, far.declared.recovery, far.lock_of_recovery(rules))


def with_recovery_above(near: Settings, outer: Settings, rules: Mapping[str, Rule]) -> Settings:
    """The settings of a configuration below another one, where a policy locks rules of recovery: the objectives of that
    hold for it too, if it has none. Raises Problem if its own ask for less."""
    document, above = near.documents[0], outer.declared.recovery
    lock = near.lock_of_recovery(rules)
    if above is None or not lock:
        return near
    _check_recovery(document, near, above, lock)
    if near.declared.recovery is not None:
        return near
    return replace(near, declared=replace(near.declared, recovery=above))


def _check_recovery(document: Document, near: Settings, above: Recovery | None, lock: str) -> None:
    """Raise Problem where the objectives of a configuration ask for less than those above it, and a policy (lock) locks
    rules that ask for them."""
    if not lock or not document.has(("recovery",)):
        return
    from awslint_memo.settings.lesser_recovery import lessened

    words = next(lessened(near.declared.recovery, above), None)
    if words is not None:
        message = f"recovery can't be set so ({words}): the policy {lock} locks rules of recovery; remove this"
        raise document.problem(message, ("recovery",))


def _check_environments(document: Document, far: Settings) -> None:
    """Raise Problem where a configuration says what production is, or which values variables have, so that locked rules
    find other things or with other levels."""
    for key in ("environments", "production", "development", "var-file"):
        lock = next((lock for lock in far.locks if lock.rules and key not in lock.may_set), None)
        if lock is not None and document.has((key,)):
            message = (
                f"{key} can't be set: {_whose(lock, 'locks rules')}, and what they report depends on it; remove this"
            )
            raise document.problem(message, (key,))


def _key(document: Document, rule: Rule) -> tuple[str, str] | None:
    names = document.data.get("rules", {})
    return next((("rules", name) for name in (rule.id, *rule.aliases) if name in names), None)


def _whose(lock: PolicyLock, verb: str = "locks it") -> str:
    return f"the policy {lock.name} {verb}"
