"""What a policy refuses of the configurations that extend it: each has no effect, and is a finding at its line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_rules import ENGINE_RULES, REFUSED_SETTING
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.phrases import listed_in_line
from awslint_memo.model.record import replace
from awslint_memo.settings.configuration_file import At, Document
from awslint_memo.settings.settings import Refusal, Settings, matches_rule

if TYPE_CHECKING:
    from awslint_memo.judging.suppression import PolicyLock
    from awslint_memo.model.objectives import Recovery

_NAMED = 3
"""How many rules a message names."""

_DECIDING = ("environments", "production", "development", "var-file", "modules", "public-modules")
"""The settings that say what production is, which values variables have, or which files calls of modules are judged by,
so that locked rules find other things or with other levels."""

_LESSENING = ("applications", "elsewhere", "backup-opt-in")
"""What below `recovery` may ask for less of some resources, beside objectives for all."""

_STRICTEST = (*reversed(LEVELS), "never")
"""What `fail-on` may be, the strictest first."""


def held(near: Settings, far: Settings, rules: Mapping[str, Rule]) -> Settings:
    """The settings of a configuration (near) that extends another one (far), without what policies of that refuse.

    What is left out stands in `refused`, but what a file says that both have: the other one was asked for that before.
    """
    if not far.locks:
        return near
    near = _with_locked_rules(near, far, rules)
    near = _with_fail_on(near, far)
    for key in _DECIDING:
        lock = next((lock for lock in far.locks if lock.rules and key not in lock.may_set), None)
        if lock is not None and not _is_harmless(key, near, far):
            message = f"{key} is set, but {_locks(lock)} rules whose findings depend on it, so it has no effect"
            near = _without(near, far, (key,), f"{message}; remove it")
            near = replace(near, var_files=()) if key == "var-file" else near
            near = replace(near, modules={}) if key == "modules" else near
            near = replace(near, public_modules=True) if key == "public-modules" else near
    return _with_recovery(near, near.declared.recovery, far.declared.recovery, far.lock_of_recovery(rules), far)


def _is_harmless(key: str, near: Settings, far: Settings) -> bool:
    """Whether what the nearer configuration says is what holds without it."""
    if key == "modules":
        return near.modules.items() <= far.modules.items()
    return key == "public-modules" and (near.public_modules or not far.public_modules)


def with_recovery_above(near: Settings, outer: Settings, rules: Mapping[str, Rule]) -> Settings:
    """The settings of a configuration below another one, where a policy locks rules of recovery: the objectives of that
    hold for it too, if it has none, or asks for less."""
    above, lock = outer.declared.recovery, near.lock_of_recovery(rules)
    if above is None or not lock:
        return near
    near = _with_recovery(near, near.declared.recovery, above, lock, outer)
    is_own = any(document.has(("recovery",)) for document in near.documents)
    return near if is_own else replace(near, declared=replace(near.declared, recovery=above))


def findings(settings: Settings, told: set[Refusal], files: Files) -> list[Finding]:
    """The findings about what policies do not allow. told: what others that extend the same file have told."""
    level = settings.levels.get(REFUSED_SETTING, ENGINE_RULES[REFUSED_SETTING].level)
    new = [each for each in settings.refused if each not in told]
    told.update(new)
    return [
        Finding(
            each.message,
            each.span,
            "",
            "",
            level=level,
            rule=REFUSED_SETTING,
            route=".".join(map(str, each.at)),
            root=path_from(os.path.abspath(each.span.path), files.root_above(each.span.path)).replace(os.sep, "/"),
        )
        for each in new
    ]


def _with_locked_rules(near: Settings, far: Settings, rules: Mapping[str, Rule]) -> Settings:
    locked = {rule.id: lock for rule in rules.values() if (lock := far.lock_of(rule)) is not None}
    for id_ in locked.keys() & {*near.off, *near.levels, *near.options}:
        near = _with_locked(near, far, rules[id_], locked[id_])
    refused = [
        Refusal(_ignored(pattern, ids, locked), document.place(("ignore", number)), ("ignore", pattern))
        for document in _own(near, far)
        for number, pattern in enumerate(document.data.get("ignore", ()))
        if (ids := [id_ for id_ in locked if matches_rule(pattern, rules[id_])])
    ]
    return replace(near, refused=(*near.refused, *refused)) if refused else near


def _ignored(pattern: str, ids: Sequence[str], locked: Mapping[str, PolicyLock]) -> str:
    ids = [id_ for id_ in ids if id_ != REFUSED_SETTING] or ids
    which = "it" if ids == [pattern] else listed_in_line(ids, _NAMED)
    stay = "stays" if len(ids) == 1 else "stay"
    return f"{pattern} is ignored, but {_locks(locked[ids[0]])} {which}, which {stay} on; remove this"


def _with_locked(near: Settings, far: Settings, rule: Rule, lock: PolicyLock) -> Settings:
    """The settings in which a rule that a policy locks is as that says."""
    id_, was, locks = rule.id, far.levels.get(rule.id, rule.level), f"but {_locks(lock)} it, so"
    if id_ in near.off:
        near = _without_level(near, far, rule, f"is switched off, {locks} it stays on; remove this")
        near = replace(near, off=near.off - {id_})
    elif LEVELS.index(level := near.levels.get(id_, was)) > LEVELS.index(was):
        near = _without_level(near, far, rule, f"is made {level}, {locks} it stays {was}; remove this")
        near = replace(near, levels={name: each for name, each in near.levels.items() if name != id_})
    theirs = far.options.get(id_, {})
    if any(name not in theirs or theirs[name] != value for name, value in near.options.get(id_, {}).items()):
        near = _without_options(near, far, rule, f"has other options, {locks} they have no effect; remove them")
        near = replace(near, options={name: each for name, each in near.options.items() if name != id_})
    return near


def _without_level(near: Settings, far: Settings, rule: Rule, what: str) -> Settings:
    """The settings in which files do not switch a rule off or give it a level."""
    for document, name in _naming(near, far, rule):
        entry = document.data["rules"][name]
        at = ("rules", name, "level") if isinstance(entry, Mapping) else ("rules", name)
        near = _stripped(near, document, [at], f"{name} {what}") if document.has(at) else near
    return near


def _without_options(near: Settings, far: Settings, rule: Rule, what: str) -> Settings:
    for document, name in _naming(near, far, rule):
        entry = document.data["rules"][name]
        keys = [("rules", name, key) for key in entry if key != "level"] if isinstance(entry, Mapping) else []
        near = _stripped(near, document, keys, f"{name} {what}") if keys else near
    return near


def _naming(near: Settings, far: Settings, rule: Rule) -> Iterator[tuple[Document, str]]:
    """The files that say something of a rule, each with the name by which it calls it."""
    for document in _own(near, far):
        yield from ((document, name) for name in (rule.id, *rule.aliases) if document.has(("rules", name)))


def _with_fail_on(near: Settings, far: Settings) -> Settings:
    least = far.fail_on or "warning"
    if near.fail_on is None or _STRICTEST.index(near.fail_on) <= _STRICTEST.index(least):
        return near
    message = (
        f"fail-on is {near.fail_on}, but the policy {far.locks[0].name} asks for {least}, which stays; remove this"
    )
    return replace(_without(near, far, ("fail-on",), message), fail_on=far.fail_on)


def _with_recovery(near: Settings, ours: Recovery | None, above: Recovery | None, lock: str, far: Settings) -> Settings:
    """The settings whose objectives ask for no less than those above, where a policy (lock) locks rules that ask for
    them."""
    document = next((document for document in _own(near, far) if document.has(("recovery",))), None)
    if not lock or document is None:
        return near
    from awslint_memo.settings.lesser_recovery import lessened, without_less

    words = next(lessened(ours, above), None)
    if words is None:
        return near
    kept = None if ours is None else without_less(ours, above)
    message = f"recovery is set so that it asks for less ({words}), but the policy {lock} locks rules of recovery"
    at = (
        [("recovery",)]
        if kept is None
        else [("recovery", key) for key in document.data["recovery"] if key in _LESSENING]
    )
    near = _stripped(near, document, at, f"{message}, so that has no effect; remove it")
    return replace(near, declared=replace(near.declared, recovery=above if kept is None else kept))


def _own(near: Settings, far: Settings) -> list[Document]:
    """The files of a configuration that are no part of the one that it extends."""
    others = {document.path for document in far.documents}
    return [document for document in near.documents if document.path not in others]


def _without(near: Settings, far: Settings, at: At, message: str) -> Settings:
    for document in _own(near, far):
        if document.has(at):
            near = _stripped(near, document, [at], message)
    return near


def _stripped(near: Settings, document: Document, keys: Sequence[At], message: str, at: At = ()) -> Settings:
    """The settings in which a file does not say some things, which are refused with a message.

    at: where it says so if it is by what is not there.
    """
    bare = document
    for key in keys:
        bare = replace(bare, data=_pruned(bare.data, key))
    place = next(iter(keys), at)
    refusal = Refusal(message, document.place(place), place)
    documents = tuple(bare if each is document else each for each in near.documents)
    return replace(near, documents=documents, refused=(*near.refused, refusal))


def _pruned(data: Any, at: At) -> Any:
    """Plain data without what stands at a path of keys."""
    first, *rest = at
    if not rest:
        return {key: value for key, value in data.items() if key != first}
    return {key: _pruned(value, rest) if key == first else value for key, value in data.items()}


def _locks(lock: PolicyLock) -> str:
    return f"the policy {lock.name} locks"
