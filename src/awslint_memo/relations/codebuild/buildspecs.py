"""What a CodeBuild project runs: the commands of a buildspec that its template holds as text.

A buildspec that lies in the source or in a bucket is not seen; nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import field, record
from awslint_memo.model.value import Known, Text, Value
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.codebuild.sides import Purpose, purpose

UNKNOWN = "\ue000"
"""Stands in a command for a piece that the template does not tell; a private character of Unicode."""


@record(frozen=True)
class Command:
    """One command of a build: its words without quotes, the program first, and the phase that runs it."""

    words: shell.Argv
    phase: str = ""

    @property
    def purpose(self) -> Purpose | None:
        """Whether it surely provisions or deploys, and by which program; None where it does neither."""
        return purpose(self.words)


@record(frozen=True)
class Buildspec:
    """A buildspec as plain data, what it runs in the order of the text, and the value that holds it."""

    data: Mapping[str, Any]
    commands: tuple[Command, ...]
    value: Value = field(compare=False)


def buildspec(project: Resource) -> Buildspec | None:
    """The buildspec that an AWS::CodeBuild::Project holds; None where it holds none, or only the path of one."""
    return inline_buildspec(project.get("Source.BuildSpec"))


def inline_buildspec(value: Value) -> Buildspec | None:
    """The buildspec that a value holds as text, also where pieces of the text are not known; else None."""
    if isinstance(value, Known) and isinstance(value.content, Mapping):
        data = value.plain
        return Buildspec(data, tuple(_commands(data)), value)
    text = written(value)
    read = _read(text) if text is not None else None
    return Buildspec(*read, value) if read is not None else None


def written(value: Value) -> str | None:
    """A text with `UNKNOWN` in place of each piece that is not known; None where nothing of it is known."""
    if isinstance(value, Text):
        return "".join(UNKNOWN if part.text is None else part.text for part in value.parts)
    return value.text


def commands_of(texts: Value) -> tuple[Command, ...]:
    """The commands that a list of shell texts runs, as far as they are known."""
    scripts = (written(item) for item in texts.items)
    return tuple(Command(words) for script in scripts if script is not None for words in shell.commands(script))


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Mapping[str, Any], tuple[Command, ...]] | None:
    if "phases" not in text and "batch" not in text:
        return None
    from awslint_memo.syntax.embedded import embedded_data

    data = embedded_data(text)
    return (data, tuple(_commands(data))) if isinstance(data, dict) else None


def _commands(data: Mapping[str, Any]) -> Iterator[Command]:
    phases = data.get("phases")
    for name, phase in phases.items() if isinstance(phases, Mapping) else ():
        for part in ("commands", "finally"):
            said = phase.get(part) if isinstance(phase, Mapping) else None
            for script in said if isinstance(said, list) else [said]:
                if isinstance(script, str):
                    yield from (Command(words, str(name)) for words in shell.commands(script))
    for inner in _batched(data.get("batch")):
        read = _read(inner)
        yield from read[1] if read is not None else ()


def _batched(batch: Any) -> Iterator[str]:
    """The buildspecs that the builds of a batch name; most are paths."""
    if isinstance(batch, Mapping):
        named = batch.get("buildspec")
        yield from (one for one in (named if isinstance(named, list) else [named]) if isinstance(one, str))
    for child in batch.values() if isinstance(batch, Mapping) else batch if isinstance(batch, list) else ():
        yield from _batched(child)
