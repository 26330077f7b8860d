"""Amazon EventBridge: the sources of events that programs, pipes, schedules and state machines write, and those that
rules wait for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from awslint_memo.files.source import Source, WholeFile
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import definitions, events
from awslint_memo.relations.iam import roles
from awslint_memo.relations.lambda_ import handlers

_SOURCE = r"""\bSource["']?\s*[:=]\s*["']([\w./-]+)["']"""
_KIND = r"""\bDetailType["']?\s*[:=]\s*["']([^"']+)["']"""
_ENTRY = regex(rf"{_SOURCE},\s*['\"]?{_KIND}")
"""An entry of PutEvents, whose detail type follows on its source."""
_ENTRY_OF_SOME = regex(rf"{_SOURCE},\s*['\"]?DetailType[\"']?\s*[:=]\s*[A-Za-z_]")
"""An entry whose detail type is given by a name: one of those that stand in the program."""
_QUOTED = regex(r"""["']([\w./-]+)["']""")


@record(frozen=True, eq=False)
class OtherSource:
    """A source or detail type that a rule waits for, and another one like it that somebody writes with the same type of
    events, or with the same source."""

    asked: Value
    written: str
    writer: str
    place: WholeFile | Value


def unwritten(event_rule: Resource) -> OtherSource | None:
    """The source for which a rule waits and another one that is written in its place, as `_other_source` tells; None
    where a program that is not seen may write it."""
    return _if_all_is_seen(event_rule, _other_source(event_rule))


def misspelt(event_rule: Resource) -> OtherSource | None:
    """The detail type for which a rule waits and another spelling that is written, as `_other_spelling` tells; None
    where a program that is not seen may write it."""
    return _if_all_is_seen(event_rule, _other_spelling(event_rule))


def _if_all_is_seen(event_rule: Resource, other: OtherSource | None) -> OtherSource | None:
    return None if other is None or event_rule.deployment.once(_may_be_written_unseen) else other


def _may_be_written_unseen(deployment: Deployment) -> bool:
    """Whether a function whose program is not seen may write events: its role lets it, or is not known."""
    unseen = (function for function in deployment.of_type(_FUNCTION) if handlers.module(function) is None)
    given = (function.follow("Role", roles.ROLE) for function in unseen)
    return any(role is None or roles.may(role, _WRITES) is not False for role in given)


_FUNCTION = "AWS::Lambda::Function"
_WRITES = fact("events:PutEvents", page="eventbridge/latest/APIReference/API_PutEvents.html", read="2026-12-01")
"""What a program needs to write events."""


def _other_source(event_rule: Resource) -> OtherSource | None:
    """The only source that a rule waits for, where nobody who is seen here has it, and somebody writes the same detail
    types with another source, of which one ends as the other or differs by a letter; None where there is none such."""
    asked = events.pattern(event_rule)
    sources, kinds = asked.get("source").items, {kind.text for kind in asked.get("detail-type").items}
    source = sources[0].text if len(sources) == 1 else None
    if not source or not kinds or None in kinds:
        return None
    programs = event_rule.deployment.once(_programs)
    told = event_rule.deployment.once(_told)
    if any(source in _quoted(program.text) for program in programs) or any(one.written in (source, "") for one in told):
        return None
    for program in programs:
        written = {text for text, kind in _entries(program.text) if kind in kinds}
        if not kinds.isdisjoint(_quoted(program.text)):
            written.update(_ENTRY_OF_SOME.findall(program.text))
        near = next((text for text in sorted(written) if _is_like(source, text)), None)
        if near is not None:
            return OtherSource(sources[0], near, program.path, WholeFile(program))
    like = (one for one in told if one.kind in kinds and _is_like(source, one.written) and one.may_reach(event_rule))
    return next((OtherSource(sources[0], one.written, one.writer.title, one.place) for one in like), None)


def _other_spelling(event_rule: Resource) -> OtherSource | None:
    """The only detail type that a rule waits for, where nobody who is seen here has it, and somebody writes one of the
    same source that differs in capitals, spaces or dashes alone, for which no rule waits, or may; else None."""
    asked = events.pattern(event_rule)
    sources, kinds = {source.text for source in asked.get("source").items}, asked.get("detail-type").items
    kind = kinds[0].text if len(kinds) == 1 else None
    if not kind or not sources or None in sources:
        return None
    programs, told = event_rule.deployment.once(_programs), event_rule.deployment.once(_told)
    if any(kind in program.text for program in programs) or any(one.kind in (kind, None) for one in told):
        return None
    found: list[tuple[str, str, str, WholeFile | Value]]
    near = (one for one in told if one.may_reach(event_rule))
    found = [(one.kind or "", one.written, one.writer.title, one.kind_place) for one in near]
    found += [(type_, of, one.path, WholeFile(one)) for one in programs for of, type_ in _entries(one.text)]
    for written, source, writer, place in found:
        is_alike = source in sources and _letters(written) == _letters(kind)
        if is_alike and not _may_be_awaited(event_rule.deployment, source, written):
            return OtherSource(kinds[0], written, writer, place)
    return None


def _may_be_awaited(deployment: Deployment, source: str, kind: str) -> bool:
    """Whether a rule waits for a detail type, or may for that of this source: by a prefix, or what is not known."""
    for pattern in map(events.pattern, deployment.of_type("AWS::Events::Rule")):
        sources, kinds = ({one.text for one in pattern.get(key).items} for key in ("source", "detail-type"))
        may_be_its = not sources or not sources.isdisjoint((source, None))
        if kind in kinds or (may_be_its and (None in kinds or pattern.is_unknown)):
            return True
    return False


def _letters(kind: str) -> str:
    return "".join(filter(str.isalnum, kind)).lower()


def _is_like(asked: str, written: str) -> bool:
    """Whether two sources are probably meant to be one: one ends as the other, or hardly a letter differs."""
    from difflib import SequenceMatcher

    if written.endswith(f".{asked}") or asked.endswith(f".{written}") or written.lower() == asked.lower():
        return True
    is_near = SequenceMatcher(None, asked, written).ratio() >= _NEAR or _has_same_stem(asked, written)
    return is_near and _DIGITS.findall(asked) == _DIGITS.findall(written)


def _has_same_stem(asked: str, written: str) -> bool:
    """Whether two sources are the same but for the ending of a word: shop.invoicing and shop.invoices."""
    words, others = asked.split("."), written.split(".")
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(words) == 1 or len(pairs) != 1:
        return False
    stem = sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(*pairs[0], strict=False)))
    return stem >= _STEM and all(word[stem:] in _ENDINGS for word in pairs[0])


_NEAR = 0.9
_STEM = 4
_ENDINGS = ("", "e", "ed", "es", "ing", "ment", "ments", "s")
"""With what words end that are one by their sense."""
_DIGITS = regex(r"[0-9]")


@record(frozen=True, eq=False)
class _Told:
    """A source and a detail type that a resource writes, where, and to which bus; the source is empty where it is not
    known."""

    writer: Resource
    written: str
    kind: str | None
    place: Value
    kind_place: Value
    bus: Value

    def may_reach(self, event_rule: Resource) -> bool:
        """Whether a rule may be on the bus to which this is written: not so on another bus of here."""
        deployment = event_rule.deployment
        own, other = (deployment.find(value, events.BUS) for value in (event_rule.get("EventBusName"), self.bus))
        if other is None or own is other:
            return True
        return own is None and events.is_on_default_bus(event_rule) is not True


def _told(deployment: Deployment) -> Sequence[_Told]:
    """What pipes, schedules and state machines of a deployment are told to write."""
    return [
        _Told(writer, source.text or "", kind.text, source, kind, bus)
        for writer, said, bus in _writing(deployment)
        if not (source := said.get("Source")).is_absent
        for kind in [said.get("DetailType")]
    ]


def _writing(deployment: Deployment) -> Iterator[tuple[Resource, Value, Value]]:
    for pipe in deployment.of_type("AWS::Pipes::Pipe"):
        yield pipe, pipe.get("TargetParameters.EventBridgeEventBusParameters"), pipe.get("Target")
    for schedule in deployment.of_type("AWS::Scheduler::Schedule"):
        yield schedule, schedule.get("Target.EventBridgeParameters"), schedule.get("Target.Arn")
    for machine in deployment.of_type("AWS::StepFunctions::StateMachine"):
        for state in definitions.states(machine):
            if (state.resource.text or "").endswith(":events:putEvents"):
                yield from ((machine, entry, entry.get("EventBusName")) for entry in state.argument("Entries").items)


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
    found = (handlers.module(function) for function in deployment.of_type(_FUNCTION))
    return [*{source.path: source for source in found if source is not None}.values()]
