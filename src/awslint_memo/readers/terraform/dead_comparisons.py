"""Comparisons of a root module's variable, or of the workspace's name, with a value that it has in no deployment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.model.facts import Declared
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.record import record
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.choices import WORKSPACE
from awslint_memo.readers.terraform.failing_choices import evaluated, text_of
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.readers.terraform.workspace_commands import workspaces
from awslint_memo.readers.terraform.written_expressions import Expression, expressions, user
from awslint_memo.syntax.node import Node, fields

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.environments import Environments

_SUBJECT = r"(?<![\w.])(?:terraform\.workspace|var\.[A-Za-z_][\w-]*)(?![\w.\[(-])"
_TEXT = r'"[^"$%{}\\]+"'
_COMPARED = regex(rf"(?:({_SUBJECT})\s*[!=]=\s*({_TEXT})|({_TEXT})\s*[!=]=\s*({_SUBJECT}))")
_LOCAL = regex(r"(?<![\w.])local\.([A-Za-z_][\w-]*)")
_LOOKED_UP = regex(rf"(?<![\w.])local\.([A-Za-z_][\w-]*)\[\s*({_SUBJECT})\s*\]")
_PERHAPS = regex(r"\?|&&|\|\||\b(?:try|can|contains|lookup)\s*\(|\bfor\b")
"""What an expression has of which a part may not be evaluated, or may fail."""

_ALLOWED = regex(rf"\$?\{{?\s*contains\s*\(\s*\[((?:\s*{_TEXT}\s*,?)+)\]\s*,\s*({_SUBJECT})\s*\)\s*\}}?")
_QUOTED = regex(_TEXT)

_ENVIRONMENTS = 2
"""How many values environments have to give a variable for these to be all."""


@record(frozen=True, eq=False)
class _Known:
    """All values that a variable or the workspace's name has. where: what says so. is_any: whether a comparison with
    any other value is told; else only with another name of production than the one that is among these."""

    values: Sequence[str]
    where: str
    is_any: bool = False

    def lacks(self, value: str) -> bool:
        """Whether it surely never is a value."""
        if value.lower() in map(str.lower, self.values):
            return False
        production = Declared().production
        is_misnamed = is_named_like(value, production) and any(is_named_like(one, production) for one in self.values)
        return self.is_any or is_misnamed


def dead_comparisons(module: Module, environments: Callable[[], Environments | None]) -> Iterator[Unmet]:
    """The comparisons in a root module that surely never hold, or always do, where a resource or a call of a module
    depends on one; once for each of these. environments: gives the deployments that files of variables describe."""
    sections = module.directory.sections
    written = [one for one in expressions(sections) if "local" in one.text or "=" in one.text]
    compared = {id(one): list(_compared(one.text)) for one in written}
    subjects = {subject for pairs in compared.values() for subject, _ in pairs}
    known = _Values(module, environments)
    values = {subject: every for subject in sorted(subjects) if (every := list(known.of(subject)))}
    if not values:
        return
    dead = {at: found for at, pairs in compared.items() if (found := _dead(pairs, values)) is not None}
    locals_ = {one.name: dead[id(one)] for one in written if one.block is None and id(one) in dead}
    told: set[tuple[str, str]] = set()
    for one in written:
        for never, through in _depending(one, dead, locals_) if one.block is not None else ():
            if (one.address, never[1]) not in told:
                told.add((one.address, never[1]))
                yield _unmet(module, one, never, through)


_Dead: TypeAlias = "tuple[str, str, _Known]"
"""What is compared, with which value, and what it may be."""


def _depending(one: Expression, dead: Mapping[int, _Dead], locals_: Mapping[str, _Dead]) -> Iterator[tuple[_Dead, str]]:
    """The dead comparisons on which an expression depends, each with the local through which it does."""
    if id(one) in dead:
        yield dead[id(one)], ""
    for name in _LOCAL.findall(one.text) if locals_ else ():
        if name in locals_:
            yield locals_[name], name


def _compared(text: str) -> Iterator[tuple[str, str]]:
    """What an expression compares with texts; nothing where one stands beside others, perhaps for a former name."""
    if "||" not in text:
        for first, value, other, second in _COMPARED.findall(text):
            yield first or second, (value or other).strip('"')


def _dead(pairs: Sequence[tuple[str, str]], values: Mapping[str, Sequence[_Known]]) -> _Dead | None:
    """The comparison among those of one expression that never holds; None where it has the right name too."""
    for subject, value in pairs:
        found = next((known for known in values.get(subject, ()) if known.lacks(value)), None)
        others = [one for of, one in pairs if of == subject and one != value]
        if found is not None and not any(one in found.values for one in others):
            return subject, value, found
    return None


def _unmet(module: Module, one: Expression, found: _Dead, through: str) -> Unmet:
    subject, value, known = found
    production = Declared().production
    alike = [each for each in known.values if is_named_like(each, production)]
    meant = alike if is_named_like(value, production) and len(alike) == 1 else []
    names = [value, f"local.{through}" if through else "", *meant]
    resource = user(module, one.address)
    where, what = [one.address, one.name], known.where
    return Unmet("condition", resource, (), one.place, names, subject, known.values, what, values=where)


class _Values:
    """What a variable, or the workspace's name, may be, by what says so."""

    def __init__(self, module: Module, environments: Callable[[], Environments | None]) -> None:
        self._module, self._environments = module, environments
        self._sections: Sections = module.directory.sections

    def of(self, subject: str) -> Iterator[_Known]:
        """All that is known of one."""
        variable = self._sections.variables.get(subject.removeprefix("var."))
        if subject != WORKSPACE and variable is None:
            return
        if variable is not None:
            yield from (_Known(values, "", is_any=True) for values in _allowed(variable, subject))
            yield from self._given(variable, subject)
        yield from self._keys(subject)
        if subject == WORKSPACE:
            local = self._module.directory.local
            yield from (
                _Known(names, f" in {path}") for path, names in (workspaces(local.files, local.folder) if local else ())
            )

    def _given(self, variable: Block, subject: str) -> Iterator[_Known]:
        environments, name = self._environments(), subject.removeprefix("var.")
        given = [] if environments is None else [each.get(name) for each in environments.values.values()]
        usual = literal(variable.arguments.get("default"))
        values = [usual if one is None else literal(one.node) for one in given]
        if None not in values and len(set(values)) >= _ENVIRONMENTS:
            every = [one for one in dict.fromkeys((*values, usual)) if one is not None]
            yield _Known(every, " in every environment")

    def _keys(self, subject: str) -> Iterator[_Known]:
        """The keys of maps of which each plan takes the one that it names."""
        for node in evaluated(self._sections):
            text = text_of(node)
            if subject in text and _PERHAPS.search(text) is None:
                for name, of in _LOOKED_UP.findall(text):
                    keys = _literal_keys(self._sections.locals.get(name)) if of == subject else ()
                    if keys:
                        yield _Known(keys, f" by the keys of local.{name}")


def _literal_keys(node: Node | None) -> Sequence[str]:
    """The keys of a map that is written out; none where one of them is worked out."""
    keys = list(fields(node)) if node is not None else []
    return [] if any("${" in key for key in keys) else keys


def _allowed(variable: Block, subject: str) -> Iterator[Sequence[str]]:
    """The values that a validation of a variable allows, where it lists them."""
    node = variable.arguments.get("validation")
    rules = node.content if node is not None and isinstance(node.content, list) else [] if node is None else [node]
    for rule in rules:
        condition = fields(rule).get("condition")
        match = None if condition is None else _ALLOWED.fullmatch(text_of(condition).strip())
        if match is not None and match[2] == subject:
            yield [one.strip('"') for one in _QUOTED.findall(match[1])]
