"""Amazon S3: the notifications that a bucket sends to functions, queues and topics, and which exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Value

_KINDS = ("LambdaConfigurations", "QueueConfigurations", "TopicConfigurations")
_BLOCKS = ("lambda_function", "queue", "topic")
"""What these are in Terraform, where the filter is two arguments and not a list of rules."""


@record(frozen=True, eq=False)
class Notification:
    """One notification. place: the whole. events: their types. prefixes, suffixes: how the keys of the objects
    begin and end for which it is; empty where it is for all. group: those of one number surely are of one bucket."""

    place: Value
    events: Sequence[Value]
    prefixes: Sequence[Value]
    suffixes: Sequence[Value]
    group: int = 0


@record(frozen=True, eq=False)
class _Asked:
    """A notification, and the texts of what it asks for, as far as they are known."""

    whole: Notification
    events: Sequence[str]
    prefix: str | None
    suffix: str | None


def notifications(bucket: Resource) -> list[Notification]:
    """The notifications of a bucket, as far as they are known."""
    items = [item for kind in _KINDS for item in bucket.get(f"NotificationConfiguration.{kind}").items]
    if bucket.language != "terraform":
        return [
            Notification(one, one.get("Event").items, _rules(one, "prefix"), _rules(one, "suffix")) for one in items
        ]
    blocks = _blocks(bucket, {item.place.span for item in items})
    names = ("events", "filter_prefix", "filter_suffix")
    parts = ((at, block, [block.get(name).items for name in names]) for at, block in blocks)
    return [Notification(block, events, prefixes, suffixes, at) for at, block, (events, prefixes, suffixes) in parts]


def _blocks(bucket: Resource, together: Collection[Span]) -> Iterator[tuple[int, Value]]:
    """The blocks of the resources of Terraform that are for a bucket, each with its group. together: where those of
    one resource stand, which surely is the bucket's.

    Those of others may be for another bucket, and replace these where they are for the same.
    """
    seen = set[str]()
    for at, (name, value) in enumerate(bucket.everything(), 1):
        if name in _BLOCKS:
            is_one = name not in seen and all(block.place.span in together for block in value.items)
            seen |= {name} if is_one else set()
            yield from ((0 if is_one else at, block) for block in value.items)


def overlapping(bucket: Resource) -> Iterator[tuple[Notification, Notification, str]]:
    """The notifications of a bucket that surely are for an event of an object for which an earlier one is too, each
    behind that one, with the type of the event. S3 refuses them."""
    before: dict[int, list[_Asked]] = {}
    for late in map(_asked, notifications(bucket)):
        earlier = before.setdefault(late.whole.group, [])
        for early in earlier:
            # To look at the filters takes as long as to compare some types of events.
            if not spend("comparisons", 1 + len(early.events) * len(late.events)):
                return
            if _meet(early.prefix, late.prefix, str.startswith) and _meet(early.suffix, late.suffix, str.endswith):
                event = _common(early.events, late.events)
                if event:
                    yield early.whole, late.whole, event
                    break
        earlier.append(late)


def _asked(whole: Notification) -> _Asked:
    events = [event.text for event in whole.events]
    return _Asked(whole, [text for text in events if text], _only(whole.prefixes), _only(whole.suffixes))


def _only(values: Sequence[Value]) -> str | None:
    """How keys have to begin or end; None where that is not known, as where there are several values."""
    return None if len(values) > 1 else values[0].text if values else ""


def _rules(item: Value, name: str) -> list[Value]:
    """The prefixes or suffixes of a filter; what is not known may be one."""
    rules = item.get("Filter.S3Key.Rules")
    own = (rule for rule in rules.items if (rule.get("Name").text or name).lower() == name)
    return [rules] if rules.is_unknown else [rule.get("Value") for rule in own]


def _common(early: Sequence[str], late: Sequence[str]) -> str:
    """The first type of events that surely is among both, or a part of one that is; else nothing."""
    for one in late:
        for other in early:
            short, long = sorted((one, other), key=len)
            if short == long or (short.endswith("*") and long.startswith(short[:-1])):
                return long
    return ""


def _meet(one: str | None, other: str | None, fits: Callable[[str, str], bool]) -> bool:
    """Whether some key surely begins, or ends, as both ask for."""
    return one is not None and other is not None and (fits(one, other) or fits(other, one))
