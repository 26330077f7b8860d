"""Automation documents of Systems Manager: what lists them, which parameters they need, and what their steps say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.failover_names import DOCUMENT
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    plain,
    region_word,
    tabled,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED

_DELETES = regex(r"(?i)delet|destroy|purge|truncat|wipe")
"""Words in the names of steps that take something away."""


def listing(region: str | None) -> Command:
    """What lists the documents of the account in a Region."""
    look = aws("ssm", "list-documents", region_word(region), "--filters", "Key=Owner,Values=Self")
    return tabled(look, "DocumentIdentifiers[].[Name,DocumentType]")


def is_told(program: Resource) -> bool:
    """Whether it is told which input a program takes: an automation document declares its parameters."""
    return program.type == DOCUMENT and bool(program.get("Content.mainSteps").items)


def needed(document: Resource) -> list[str]:
    """The names of its parameters that have no default: without them, it is not started
    (systems-manager/latest/APIReference/API_StartAutomationExecution.html)."""
    return [name for name, value in _declared(document) if value.get("default").is_absent]


def _declared(document: Resource) -> Iterator[tuple[str, Value]]:
    for name, value in document.get("Content.parameters").fields.items():
        if plain(name):
            yield name, value


def parameters(every: Sequence[Resource]) -> list[Word]:
    """What fills in the parameters of a document; of several, where all need the same ones."""
    names = needed(every[0])
    if not names or any(needed(each) != names for each in every):
        return []
    title = every[0].title if len(every) == 1 else "failover document"
    if len(names) == 1:
        word = Unfilled(variable(title, names[0]), f"value of the parameter {names[0]}", before=f"{names[0]}=")
    else:
        word = Unfilled(variable(title, "parameters"), f"{'=, '.join(names)}=, with values and commas")
    return ["--parameters", word]


def notes(every: Sequence[Resource]) -> Iterator[str]:
    """What is to be known before one of some documents is started: the values among which somebody has to choose, and
    the steps that delete something by their names."""
    chosen = {name: values for each in every for name, values in _choices(each)}
    if chosen:
        words = [f"{name} is {listed(values, NAMED, 'or')}" for name, values in chosen.items()]
        yield f"{'; '.join(words)}: read what each does before (aws ssm get-document)."
    steps = [item.get("name").text for each in every for item in each.get("Content.mainSteps").items]
    deleting = list(dict.fromkeys(name for name in steps if name and plain(name) and _DELETES.search(name)))
    if deleting:
        verb = "deletes something, by its name" if len(deleting) == 1 else "delete something, by their names"
        yield f"{listed(deleting, NAMED)} of its steps {verb}: see for which values of the parameters."


def _choices(document: Resource) -> Iterator[tuple[str, list[str]]]:
    """The parameters without a default that take one of a few values, with these."""
    names = needed(document)
    for name, value in _declared(document):
        values = [item.text for item in value.get("allowedValues").items]
        known = [text for text in values if text is not None and plain(text)]
        if name in names and len(values) > 1 and len(known) == len(values):
            yield name, known
