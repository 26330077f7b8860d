"""One variable for one thing: two templates may give things of their own the same name, and a command that is filled in
with another's would ask for that, or change it.
"""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.record import replace
from awslint_memo.relations.recovery.runbooks.commands import Command, Unfilled, Word
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task


def apart(tasks: Sequence[Task], questions: Sequence[Question]) -> tuple[list[Task], list[Question]]:
    """The same tasks and questions, in whose commands what is found in different ways has variables of its own."""
    known: dict[str, Unfilled] = {}
    asked = [
        replace(
            each,
            commands=_commands(each.commands, known),
            then=None if each.then is None else replace(each.then, commands=_commands(each.then.commands, known)),
        )
        for each in questions
    ]
    return [replace(each, commands=_commands(each.commands, known)) for each in tasks], asked


def _commands(every: Sequence[Command], known: dict[str, Unfilled]) -> tuple[Command, ...]:
    return tuple(replace(each, words=tuple(_word(word, known) for word in each.words)) for each in every)


def _word(word: Word, known: dict[str, Unfilled]) -> Word:
    if isinstance(word, str):
        return word
    own = word if word.find is None else replace(word, find=_commands([word.find], known)[0])
    number, name = 1, own.name
    while not _is_one(known.setdefault(name, own), own):
        number += 1
        name = f"{own.name}_{number}"
    return replace(own, name=name)


def _is_one(one: Unfilled, other: Unfilled) -> bool:
    """Whether two are the same thing: one command finds them, or they are called the same."""
    if one.find is None or other.find is None:
        return one.what == other.what
    return one.find.text == other.find.text
