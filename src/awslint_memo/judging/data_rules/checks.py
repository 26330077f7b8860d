"""The check of a rule that is data: a finding where its condition surely does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.judging.data_rules.answers import Cause
from awslint_memo.judging.data_rules.conditions import Condition, Property
from awslint_memo.judging.data_rules.operators import NOT_THERE, THERE
from awslint_memo.judging.data_rules.paths import Path, Subject
from awslint_memo.model.deployment import Resource
from awslint_memo.model.finding import Finding, Findings
from awslint_memo.model.fix import Fix, Setable
from awslint_memo.model.phrases import listed, quoted
from awslint_memo.model.record import record
from awslint_memo.model.reportable import CONJUNCTIONS
from awslint_memo.model.value import Known, Link, Text, Value

_NAMED = 4
"""How many items of a list a message names."""


@record(frozen=True)
class DataFix:
    """The fix of a rule: values by the paths that it sets, and the paths that it removes. unsafe: why a person should
    decide about it; empty if it is safe."""

    sets: Sequence[tuple[Path, Setable]]
    unsets: Sequence[Path]
    unsafe: str = ""

    def of(self, resource: Resource, route: str) -> Fix | None:
        """What it changes in a resource. route: the way to the value that the finding is about."""
        changes = [resource.set(path.at(route), value, unsafe=self.unsafe) for path, value in self.sets]
        subject = Subject(resource)
        there = [at for at in (path.at(route) for path in self.unsets) if not subject.get(_plain(at)).is_absent]
        changes += [resource.unset(at, unsafe=self.unsafe) for at in there]
        return Fix.of_all(changes)


@record(frozen=True)
class DataCheck:
    """The check of a rule: a finding where `when` surely holds and `must` surely does not.

    message: what a finding says of the resource; empty: what is asked. is_practice: whether an error of it is advice
    where nothing is of production.
    """

    must: Condition
    when: Condition | None
    message: str
    do: str
    fix: DataFix | None
    is_practice: bool

    def __call__(self, resource: Resource) -> Findings:
        """The findings about a resource."""
        subject = Subject(resource)
        asked = self.must.ask(subject).of_each
        if asked.verdict is not False:
            return
        held = None if self.when is None else self.when.ask(subject)
        if held is not None and held.verdict is not True:
            return
        reasons = [] if held is None else [cause.value for cause in held.causes if isinstance(cause.value, Value)]
        first: dict[int, Cause] = {}
        for cause in asked.causes:  # What is asked of one value by several alternatives is said by the first cause.
            first.setdefault(id(cause.value), cause)
        causes = list(first.values())
        if isinstance(self.must, Property) and self.must.asked.has is None:
            for cause in causes:
                yield self._finding(resource, cause, [], reasons)
        else:
            yield self._finding(resource, causes[0], causes[1:], reasons)

    def _finding(self, resource: Resource, cause: Cause, others: Sequence[Cause], reasons: Sequence[Value]) -> Finding:
        of, message, shown = self._sentence(resource, cause)
        route = str(cause.value.route or "") if isinstance(cause.value, Value) else ""
        return resource.finding(
            cause.value,
            message,
            of=of,
            shown=shown,
            do=self.do,
            related=[(other.value, other.asked) for other in others],
            decided_by=reasons,
            fix=None if self.fix is None else self.fix.of(resource, route),
            is_practice=self.is_practice,
        )

    def _sentence(self, resource: Resource, cause: Cause) -> tuple[str, str, str]:
        """The property that a message begins with, the message, and the value as it shows it."""
        is_joined = self.message.startswith(CONJUNCTIONS)
        if self.message and not is_joined:
            return "", self.message, ""
        is_there = isinstance(cause.value, Value) and not cause.value.is_absent
        if cause.sentence or cause.resource is not resource:
            return "", _joined(_told(cause), self.message), ""
        if not is_there and cause.words == THERE and not self.message:
            return "", f"has no {cause.called}", ""
        asked = f"{'but' if is_there else 'which'} must {cause.words}"
        return cause.name, self.message or asked, shown(cause.value)


def _joined(sentence: str, message: str) -> str:
    return sentence if not message else f"{sentence}{' ' if message.startswith('and ') else ', '}{message}"


def _told(cause: Cause) -> str:
    """What a finding says of the resource, where another one's value decides, or what is missing has no name."""
    if cause.sentence:
        return f"{cause.via}, which {cause.sentence}" if cause.via else cause.sentence
    if isinstance(cause.value, Value) and cause.value.is_absent:
        asked = "" if cause.words == THERE else f", which must {cause.words}"
        return f"{cause.via}, which has no {cause.called}{asked}"
    known = shown(cause.value) or (f"{cause.value.text}" if isinstance(cause.value, Value) else "")
    there = "is there" if cause.words == NOT_THERE else f"is {known}"
    return f"{cause.via}, whose {cause.called} {there}, but must {cause.words}"


def shown(value: Value | Resource) -> str:
    """A value in a sentence; empty for a known single value, which is shown as it is, and for one that is absent."""
    if not isinstance(value, Value) or value.is_absent:
        return ""
    if isinstance(value, Known):
        return _several(value) if value.text is None and value.number is None else ""
    if isinstance(value, Text):
        pattern = None if any(piece.is_secret for piece in value.pieces) else value.pattern
        pieces = (f"{piece.text}" if piece.text is not None else "…" for piece in value.pieces)
        return quoted("".join(pieces) if pattern is None else pattern.shown)
    return f"a reference to {value.resource}" if isinstance(value, Link) else "not known"


def _several(value: Known) -> str:
    if isinstance(value.content, Mapping):
        return "a mapping"
    items = value.items if isinstance(value.content, list) else []
    texts = list(_texts(items))
    return listed(texts, _NAMED) if texts and len(texts) == len(items) else f"a list of {len(items)}"


def _texts(items: Sequence[Value]) -> Iterator[str]:
    return (f"{item.text}" for item in items if item.text is not None)


def _plain(path: str) -> str:
    """A path up to the first item of a list, which a resource is asked for by name."""
    return path.partition("[")[0]
