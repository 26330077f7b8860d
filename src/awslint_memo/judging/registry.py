"""Finds and loads rules: the package's own in `rules/`, and those in folders that the user names.

Most templates concern only a few rules. To start fast, the package's own rules are taken from an index; a rule's file
is imported when a template has a resource of its types.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from types import ModuleType
from typing import TYPE_CHECKING

from awslint_memo.files.compiled import Loader
from awslint_memo.files.rule_files import CODE, DATA, OWN_INDEX, OWN_NAMES, own_rules, rule_files, states
from awslint_memo.judging.rule import Rule
from awslint_memo.model.phrases import closest
from awslint_memo.model.span import Problem, Span

if TYPE_CHECKING:
    from awslint_memo.judging.rule_index import Declared, Entry


@cache
def rules(extra: tuple[str, ...] = ()) -> dict[str, Rule]:
    """All rules by id, sorted by service and id; `extra` are folders with the user's own rules.

    Raises Problem for a rule file that can't be loaded, a duplicate id, or a folder without rules.
    """
    return _loaded(extra)


def _loaded(extra: tuple[str, ...]) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    places: dict[str, Span] = {}
    own = own_rules()
    for folder in (own, *extra):
        before = len(found)
        _add_names(os.path.join(folder, OWN_NAMES))
        for place, rule in _own(folder) if folder == own else of_users(folder):
            if rule.id in found:
                raise problem(f"duplicate rule id {rule.id}; give this rule another one", place)
            found[rule.id] = rule
            places[rule.id] = place
        if len(found) == before:
            raise Problem("the folder has no rules; a rule is a .yaml or .py file, see docs/own-rules.md", folder)
    for name, place in places.items():
        if not place.path.startswith(own):  # A test checks the package's own, which would be loaded here.
            check_yielding(found[name], found, place)
    return found


_read: dict[tuple[str, ...], tuple[object, dict[str, Rule]]] = {}
"""What `current_rules` gave last for some folders, with the states of their files."""


def current_rules(extra: tuple[str, ...]) -> dict[str, Rule]:
    """The same as `rules`, read anew where a file in the users' folders has changed since: an editor runs for days."""
    if not extra:
        return rules()
    now = [states(folder) for folder in extra]
    before, found = _read.get(extra, (None, {}))
    if now != before:
        found = _loaded(extra)
        _read[extra] = now, found
    return found


def problem(message: str, place: Span) -> Problem:
    """An error of a rule at its place."""
    return Problem(message, place.path, place.line, place.column)


def check_yielding(rule: Rule, known: Mapping[str, Rule], place: Span) -> None:
    """Raises Problem if a rule yields to one that does not exist, or to itself by way of others. place: where it is."""
    pending, seen = list(rule.yields_to), set[str]()
    while pending:
        name = pending.pop()
        if name not in known:
            near = closest(name, known) or "; name a rule's id"
            raise problem(f"rule {rule.id} yields to {name}, which is not a rule{near}", place)
        if name == rule.id:
            raise problem(f"rule {rule.id} yields to itself, so nobody would report the cause; change yields_to", place)
        if name not in seen:
            seen.add(name)
            pending += known[name].yields_to


def _add_names(path: str) -> None:
    """Take Terraform's names from a file in a folder of users' rules. Raises Problem if it can't be loaded."""
    if not os.path.isfile(path):
        return
    from awslint_memo.readers import terraform_names

    try:
        module = _run(path)
        terraform_names.add(getattr(module, "TYPE_MAPS", {}), getattr(module, "COMPANIONS", {}))
    except Exception as error:
        line = getattr(error, "lineno", None) or 1
        message = f"the file of Terraform's names could not be loaded: {type(error).__name__}: {error}"
        raise Problem(message, path, line) from error


def _own(folder: str) -> Iterator[tuple[Span, Rule]]:
    """The package's own rules, their files not run yet where the index tells enough, each with its path."""
    for name, declared in _entries(folder):
        path = os.path.join(folder, *name.split("/"))
        yield _top(path), load(path) if declared is None else _indexed(path, declared)


def _entries(folder: str) -> Iterable[Entry]:
    written = os.path.join(folder, OWN_INDEX)
    if os.path.isfile(written):
        made: Iterable[Entry] = _run(written).RULES
        return made
    from awslint_memo.judging.rule_index import entries

    return entries(folder)


def _top(path: str) -> Span:
    return Span(path, 1, 1, 1, 1)


def of_users(folder: str) -> Iterator[tuple[Span, Rule]]:
    """The rules of a folder of the user's, each with its place. Raises Problem for one that can't be loaded."""
    for path in rule_files(folder, (*CODE, *DATA)):
        if path.endswith(CODE):
            yield _top(path), load(path).changed(is_users=True)
            continue
        from awslint_memo.judging.data_rules.rule_file import rules_of  # Most runs have no such rules.

        for rule, place in rules_of(path):
            yield place, rule


def indexed(path: str) -> Rule | None:
    """The rule that a file's text declares, its file not run yet; None where the text does not tell."""
    from awslint_memo.judging.rule_index import declared

    found = declared(path)
    return None if found is None else _indexed(path, found)


def _indexed(path: str, declared: Declared) -> Rule:
    name, level, types, aliases, language, is_core, fix, since, is_opt_in = declared
    return Rule(
        name,
        level,
        resource=types,
        aliases=aliases,
        language=language,
        fix=fix,
        service=_service(path),
        is_core=is_core,
        since=since,
        is_opt_in=is_opt_in,
        load=partial(load, path),
    )


def load(path: str) -> Rule:
    """Import a rule file. Raises Problem if that fails, or if it does not contain exactly one rule."""
    try:
        module = _run(path)
    except Exception as error:
        line = getattr(error, "lineno", None) or 1
        raise Problem(f"the rule file could not be loaded: {type(error).__name__}: {error}", path, line) from error
    made = {id(value): value for value in vars(module).values() if isinstance(value, Rule)}
    if len(made) != 1:
        raise Problem(f"a rule file must define one rule with @rule, but this one defines {len(made)}", path)
    rule = next(iter(made.values()))
    rule.document(
        module.__doc__ or "",
        bad=getattr(module, "BAD", ""),
        good=getattr(module, "GOOD", ""),
        fixed=getattr(module, "FIXED", ""),
        service=_service(path),
    )
    return rule


def _service(path: str) -> str:
    return os.path.basename(os.path.dirname(path))


def _run(path: str) -> ModuleType:
    # A private module name: folders may be called `lambda`, and rules can't import each other.
    name = f"awslint_memo._rules.{_service(path)}.{os.path.basename(path).removesuffix('.py')}"
    # As `importlib` does it, with half of the steps: a small run loads sixty of them.
    module = sys.modules[name] = ModuleType(name)
    module.__file__ = path
    exec(Loader(name, path).get_code(name) or "", vars(module))  # noqa: S102
    return module
