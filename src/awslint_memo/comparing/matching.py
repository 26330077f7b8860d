"""Matches the findings of now with those of before, by fingerprint and counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.followed import Follower
from awslint_memo.comparing.members import Retold, added, removed
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.comparison import Comparison, Followed, Gone, Graver, Why
from awslint_memo.judging.grouping import grouped
from awslint_memo.judging.inventory import Inventory, name_of
from awslint_memo.judging.report import Report
from awslint_memo.judging.suppression import Hidden
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.patterns import instance_keys, without_instance_keys
from awslint_memo.model.record import field, record, replace


@record
class _Group:
    """All findings of one fingerprint."""

    then: list[Earlier] = field(default_factory=list)
    hidden_then: list[Earlier] = field(default_factory=list)
    now: list[Finding] = field(default_factory=list)
    hidden_now: list[Hidden] = field(default_factory=list)


def _as_before(_: Finding) -> bool:
    return False


def compared(
    with_what: str,
    earlier: Iterable[Earlier],
    report: Report,
    *,
    shows_advice: bool,
    has_other_values: Callable[[Finding], bool] = _as_before,
    successors: Successors | None = None,
    looked_at: Inventory | None = None,
) -> Comparison:
    """What changed between the findings of before and a report.

    Hidden advice is compared too, since it may have been graver or grow so, but only told if `shows_advice`, or mended.
    has_other_values: whether other values are judged than before where a finding is. successors: what became of the
    resources; None if only one of the same name and root is the same. looked_at: what was so then, if that is known."""
    follower = None if successors is None else Follower(report, successors)
    before = [*_in_roots_of_now(list(earlier if follower is None else follower.followed(earlier)), report)]
    parts = [_of_group(group, report, has_other_values, successors, looked_at) for group in _grouped(before, report)]
    then = [each for previous in before for each in previous.told]
    lesser = list(_lesser_at_another_property(parts))
    told = {id(finding) for pair in lesser for finding in pair}

    def every(kind: str) -> Iterator[Any]:
        return (each for part in parts for each in getattr(part, kind) if id(each) not in told)

    def shown(kind: str) -> list[Any]:
        return sorted((each for each in every(kind) if shows_advice or _of(each).level != "advice"), key=_order)

    graver = sorted(every("graver"), key=_order)
    new = [each for each in shown("new") if follower is None or not follower.is_moved(each, then)]
    gone = [each for each in shown("gone") if follower is None or not follower.is_told(_in_root(each.finding, before))]
    return Comparison(
        with_what,
        new,
        graver,
        sorted(every("fixed"), key=_order),
        shown("suppressed"),
        gone,
        len(report.findings) - _whole(new, report) - len(graver),
        shown("narrowed"),
        [*every("lowered"), *lesser],
        followed=shown("followed"),
    )


def _lesser_at_another_property(parts: Sequence[Comparison]) -> Iterator[tuple[Finding, Finding]]:
    """What a rule finds less grave of the same resource, at another property: the list that lacked is written now, and
    empty. Each is a finding that seems mended, with that which seems new."""
    came: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in chain.from_iterable(part.new for part in parts):
        came.setdefault((finding.rule, finding.root, finding.resource), []).append(finding)
    for finding in chain.from_iterable(part.fixed for part in parts):
        same = came.get((finding.rule, finding.root, finding.resource), [])
        now = next((each for each in same if _is_graver(finding, each) and _is_within(finding, each)), None)
        if now is not None:
            same.remove(now)
            yield finding, now


def _is_within(finding: Finding, other: Finding) -> bool:
    """Whether one of two findings stands at a part of what the other is about."""
    short, long = sorted((finding.route, other.route), key=len)
    return not short or long.startswith((f"{short}.", f"{short}["))


def _whole(new: Sequence[Finding], report: Report) -> int:
    """How many findings of a report are new with all that is told in them."""
    ids = {id(finding) for finding in report.findings}
    return sum(id(finding) in ids for finding in new)


def _in_root(finding: Finding, before: Sequence[Earlier]) -> Finding:
    """A finding of before, and those that are told with it, in the root of now."""
    told = next(([*earlier.told] for earlier in before if earlier.finding is finding), [finding])
    return replace(told[0], others=tuple(told[1:]))


def _of(change: Any) -> Finding:
    """The finding that a change is about, or is."""
    finding: Finding = getattr(change, "finding", change)
    return finding


def _order(change: Any) -> tuple[str, int, int, str, str]:
    return _of(change).order


def _grouped(before: Iterable[Earlier], report: Report) -> Iterable[_Group]:
    """The findings of before and of a report, by fingerprint."""
    groups: dict[str, _Group] = {}
    for previous in before:
        group = groups.setdefault(previous.fingerprint, _Group())
        (group.hidden_then if previous.is_suppressed else group.then).append(previous)
    for finding in chain(report.findings, report.unshown):
        groups.setdefault(finding.fingerprint, _Group()).now.append(finding)
    for hidden in report.suppressed:
        groups.setdefault(hidden.finding.fingerprint, _Group()).hidden_now.append(hidden)
    return groups.values()


def _in_roots_of_now(earlier: Sequence[Earlier], report: Report) -> Iterator[Earlier]:
    """The findings of before; those of a root that is a part of another one now as findings of that, and those of a
    resource that has another address now as findings of it."""
    seen = report.seen
    if all(seen.has(previous.finding_now) for previous in earlier):
        yield from earlier
        return
    hidden = (hidden.finding for hidden in report.suppressed)
    now = {place_of(finding): finding for finding in chain(report.findings, report.unshown, hidden)}
    by_address = {_address(finding, finding.resource): finding for finding in now.values()}
    known = {finding.fingerprint for finding in now.values()}
    taken = {previous.fingerprint for previous in earlier}
    for previous in earlier:
        same = now.get(place_of(previous.finding, seen.inventory.name_now(previous.finding)))
        if same is None and seen.inventory.moved:
            address = report.address_now(previous.root, previous.finding.resource)
            same = by_address.get(_address(replace(previous.finding, root=previous.root), address))
        if same is not None and _are_keyed_apart(previous, same) and not seen.inventory.is_moved(same.resource):
            same = None  # Nothing but likeness says which instance is which.
        is_there = seen.has(previous.finding_now)
        is_of_root = previous.root in seen.names
        if same is None or is_there or previous.fingerprint in known or (is_of_root and same.fingerprint in taken):
            yield previous
        else:
            taken.add(same.fingerprint)
            yield replace(previous, fingerprint=same.fingerprint, root=same.root)


def _are_keyed_apart(previous: Earlier, now: Finding) -> bool:
    """Whether two findings are of instances of one resource with other keys of `for_each`."""
    keys, others = instance_keys(previous.finding.resource), instance_keys(now.resource)
    is_of_one = previous.root == now.root and len(keys) == len(others) > 0
    return is_of_one and keys != others and all(key.startswith('["') for key in (*keys, *others))


def place_of(finding: Finding, name: str = "") -> tuple[str, str, str, str]:
    """What tells a finding apart, whatever nests or calls its template. name: that of its resource now, if another."""
    path = os.path.abspath(finding.home_path)
    return finding.rule, path, name or name_of(finding), finding.route


def _address(finding: Finding, address: str) -> tuple[str, str, str, str]:
    """What tells a finding apart in its root module, in whatever file. address: that of its resource."""
    return finding.rule, finding.root, without_instance_keys(address), finding.route


def _of_group(
    group: _Group,
    report: Report,
    has_other_values: Callable[[Finding], bool],
    successors: Successors | None,
    looked_at: Inventory | None,
) -> Comparison:
    pairs, left, came = _paired(group.then, group.now)
    every_now = [*group.now, *(each.finding for each in group.hidden_now)]
    retold = Retold(group.then, every_now, successors)
    came, known = retold.split(came)
    came += added(pairs, group.then, successors)
    known += retold.moved(pairs)
    graver = [
        *(_graver(now, then.finding) for then, now in pairs if _is_graver(now, then.finding)),
        *_graver_together(known),
    ]
    _, _, hidden = _paired(group.hidden_then, [hidden.finding for hidden in group.hidden_now])
    newly = [suppressed for suppressed in group.hidden_now if any(suppressed.finding is other for other in hidden)]
    # What is suppressed now is not mended, nor is what another rule tells.
    left = [*retold.left(left[len(newly) :]), *removed(pairs, every_now, successors)]
    left = [earlier for earlier in left if earlier.fingerprint not in report.seen.silent]
    whys = [(earlier.finding, _why_gone(earlier, report, looked_at)) for earlier in left]
    # What another template nests or calls is looked at, with the values that this gives.
    whys = [(finding, None if why == "template" and has_other_values(finding) else why) for finding, why in whys]
    fixed = [finding for finding, why in whys if why is None]
    lesser = [(earlier.finding, now) for earlier, now in (*pairs, *known) if _is_graver(earlier.finding, now)]
    return Comparison(
        "",
        came,
        graver,
        [finding for finding in fixed if not has_other_values(finding)],
        newly,
        [Gone(finding, why) for finding, why in whys if why is not None],
        narrowed=[*(then for then, now in lesser if has_other_values(now)), *filter(has_other_values, fixed)],
        lowered=[(then, now) for then, now in lesser if not has_other_values(now)],
        followed=[Followed(now, earlier.finding, earlier.by) for earlier, now in pairs if earlier.by],
    )


def _paired(
    then: Sequence[Earlier], now: Sequence[Finding]
) -> tuple[list[tuple[Earlier, Finding]], list[Earlier], list[Finding]]:
    """Which finding of before is which of now: those that are most alike; and what is left of both."""
    pairs: list[tuple[Earlier, Finding]] = []
    left, came = list(then), list(now)
    alike: tuple[Callable[[Finding], object], ...] = (
        lambda finding: (finding.level, finding.deployment, finding.message),
        lambda finding: finding.level,
        lambda _: None,
    )
    for key in alike:
        waiting: dict[object, list[Earlier]] = {}
        for earlier in sorted(left, key=lambda earlier: earlier.finding.gravity):
            waiting.setdefault(key(earlier.finding), []).append(earlier)
        rest = []
        for finding in sorted(came, key=lambda finding: finding.gravity):
            same = waiting.get(key(finding))
            if same:
                pairs.append((same.pop(0), finding))
            else:
                rest.append(finding)
        came, left = rest, [earlier for some in waiting.values() for earlier in some]
    return pairs, left, came


def _why_gone(earlier: Earlier, report: Report, then: Inventory | None) -> Why | None:
    """Why nothing can be said of a finding that is not reported; None if it is mended. then: what was looked at."""
    finding, seen = earlier.finding, report.seen
    if seen.has(earlier.finding_now):
        home, name = os.path.abspath(finding.home_path), seen.inventory.name_now(finding)
        inventory = seen.inventory
        is_other = then and (inventory.other_type(then, home, name) or inventory.changed_type(then, home, name))
        return "type" if is_other else None
    broken = {os.path.abspath(problem.path) for problem in report.errors}
    if not broken.isdisjoint((os.path.abspath(finding.path), os.path.abspath(finding.home_path))):
        return "unread"
    return "resource" if earlier.root in seen.names else "template"


def _graver(finding: Finding, then: Finding) -> Graver:
    only = then.deployment or ""
    return Graver(finding, then.level or "warning", only if only != finding.deployment else "")


def _graver_together(known: Sequence[tuple[Earlier, Finding]]) -> Iterator[Graver]:
    """What grew graver of findings that are told with other ones than before, told together again."""
    groups: dict[tuple[Level, str], list[Finding]] = {}
    for then, now in known:
        if _is_graver(now, then.finding):
            one = _graver(now, then.finding)
            groups.setdefault((one.was, one.only), []).append(now)
    for was, some in groups.items():
        yield from (Graver(finding, *was) for finding in grouped(some))


def _is_graver(finding: Finding, other: Finding) -> bool:
    return finding.gravity < other.gravity
