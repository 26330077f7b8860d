"""Amazon EventBridge: the sources of events that programs beside the template write, and those that rules wait for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from awslint_memo.files.source import Source, WholeFile
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import events
from awslint_memo.relations.lambda_ import handlers

_SOURCE = r"""\bSource["']?\s*[:=]\s*["']([\w./-]+)["']"""
_KIND = r"""\bDetailType["']?\s*[:=]\s*["']([^"']+)["']"""
_ENTRY = regex(rf"{_SOURCE},\s*['\"]?{_KIND}")
"""An entry of PutEvents, whose detail type follows on its source."""
_QUOTED = regex(r"""["']([\w./-]+)["']""")


@record(frozen=True, eq=False)
class OtherSource:
    """A source that a rule waits for, and another one like it that a program writes with the same type of events."""

    asked: Value
    written: str
    program: str
    place: WholeFile


def unwritten(event_rule: Resource) -> OtherSource | None:
    """The only source that a rule waits for, where no program that is seen here has it, and one writes the same detail
    types with another source, of which one ends as the other; None where there is none such."""
    asked = events.pattern(event_rule)
    sources, kinds = asked.get("source").items, {kind.text for kind in asked.get("detail-type").items}
    source = sources[0].text if len(sources) == 1 else None
    if not source or not kinds or None in kinds:
        return None
    programs = event_rule.deployment.once(_programs)
    if any(source in _quoted(program.text) for program in programs):
        return None
    for program in programs:
        for written, kind in _entries(program.text):
            is_like = written.endswith(f".{source}") or source.endswith(f".{written}")
            if kind in kinds and (is_like or written.lower() == source.lower()):
                return OtherSource(sources[0], written, program.path, WholeFile(program))
    return None


@lru_cache(maxsize=256)
def _quoted(text: str) -> frozenset[str]:
    """What stands between quotes in a program and may be a source."""
    return frozenset(_QUOTED.findall(text))


@lru_cache(maxsize=256)
def _entries(text: str) -> Sequence[tuple[str, str]]:
    """The sources that a program writes, each with the detail type behind it."""
    return _ENTRY.findall(text)


def _programs(deployment: Deployment) -> Sequence[Source]:
    """The modules of the functions of a deployment, each once."""
    found = (handlers.module(function) for function in deployment.of_type("AWS::Lambda::Function"))
    return [*{source.path: source for source in found if source is not None}.values()]
