"""Runbooks for a terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from awslint_memo.judging.survey import Survey
from awslint_memo.model.facts import DOCUMENTATION
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.reporters import recovery_pages, runbook_groups
from awslint_memo.reporters import runbook_words as words
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.recovery import Wish


def _headed(survey: Survey) -> Iterator[tuple[Runbook, Iterator[str], list[words.Asked], words.Phases]]:
    """The runbooks, each with the sentences above its tasks, with its questions and with its tasks."""
    every = runbook_groups.once(survey)
    for runbook, differs, names in every:
        sentences = chain(runbook_groups.also(runbook, names), words.head(runbook, is_one_of_several=len(every) > 1))
        asked = list(words.asked(runbook, differs=differs))
        yield runbook, sentences, asked, words.written(runbook, differs=differs)


def text(survey: Survey, wish: Wish) -> str:
    """The runbooks for a terminal, with a line feed at the end."""
    blocks = ["\n".join(_text(*each)) for each in _headed(survey)]
    whole = "\n\n\n".join(blocks or [words.nothing(survey)]) + "\n"
    return whole.encode("ascii", "replace").decode() if wish.ascii else whole


def _text(
    runbook: Runbook, sentences: Iterable[str], questions: Sequence[words.Asked], phases: words.Phases
) -> Iterator[str]:
    yield visible(words.title(runbook))
    yield from (f"  {visible(sentence)}" for sentence in sentences)
    if runbook.unfilled:
        yield "\nFill in, before anything is lost"
        yield from (f"    {line}" for line in words.assignments(runbook.unfilled))
    if questions:
        yield f"\n{words.UNKNOWN}"
        for question in questions:
            yield from _asked_in_text(question)
    for phase, tasks in phases:
        yield f"\n{phase}"
        for task in tasks:
            yield f"{task.number:2}. {visible(task.what)}"
            yield from (f"    {name}: {visible(sentence)}" for name, sentence in task.lines)
            yield from (f"    $ {command}" for command in task.commands)


def _asked_in_text(question: words.Asked) -> Iterator[str]:
    yield f"{question.mark}. {visible(question.what)}"
    yield from (f"    {name}: {visible(sentence)}" for name, sentence in question.lines)
    yield from (f"    $ {command}" for command in question.commands)
    if question.then is not None:
        yield f"    {question.answer}: {visible(question.then.what)}"
        yield from (f"        {name}: {visible(sentence)}" for name, sentence in _unsaid(question, question.then))
        yield from (f"        $ {command}" for command in question.then.commands)


def _unsaid(question: words.Asked, then: words.Written) -> Iterator[tuple[str, str]]:
    """The lines of what is to be done by an answer that the question has not said."""
    return (line for line in then.lines if line not in question.lines)


def markdown(survey: Survey, wish: Wish) -> str:
    """The runbooks as chapters of a page."""
    blocks = ["\n".join(_markdown(*each)) for each in _headed(survey)]
    whole = "\n\n".join(blocks or [words.nothing(survey)]) + "\n"
    return whole.encode("ascii", "xmlcharrefreplace").decode() if wish.ascii else whole


def _markdown(
    runbook: Runbook, sentences: Iterable[str], questions: Sequence[words.Asked], phases: words.Phases
) -> Iterator[str]:
    yield f"# {plain(words.title(runbook))}\n"
    yield from (f"- {_sentence(sentence)}" for sentence in sentences)
    if runbook.unfilled:
        yield "\n## Fill in, before anything is lost\n"
        yield from _fenced(words.assignments(runbook.unfilled))
    if questions:
        yield f"\n## {words.UNKNOWN}"
        for question in questions:
            yield from _asked_in_markdown(question)
    for phase, tasks in phases:
        yield f"\n## {phase}"
        for task in tasks:
            yield f"\n### {task.number}. {plain(task.what)}\n"
            yield from (f"- {name}: {_value(name, sentence)}" for name, sentence in task.lines)
            if task.commands:
                yield from ("", *_fenced(task.commands))


def _asked_in_markdown(question: words.Asked) -> Iterator[str]:
    yield f"\n### {question.mark}. {plain(question.what)}\n"
    yield from (f"- {name}: {_value(name, sentence)}" for name, sentence in question.lines)
    if question.commands:
        yield from ("", *_fenced(question.commands))
    if question.then is not None:
        yield f"\n{question.answer.capitalize()}: {plain(question.then.what)}\n"
        yield from (f"- {name}: {_value(name, sentence)}" for name, sentence in _unsaid(question, question.then))
        if question.then.commands:
            yield from ("", *_fenced(question.then.commands))


def _value(name: str, words: str) -> str:
    """What stands behind the name of a task's line; a page of AWS with the day on which it was read."""
    return recovery_pages.linked(words.removeprefix(DOCUMENTATION)) if name == "page" else _sentence(words)


def _sentence(words: str) -> str:
    """A sentence in Markdown; an address stays one."""
    return f"<{words}>" if words.startswith("https://") and " " not in words else plain(words)


def _fenced(lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    yield "```sh"
    yield from lines
    yield "```"
