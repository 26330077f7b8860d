"""The schedules of EventBridge's rules, of EventBridge Scheduler and of canaries: what is refused, and never runs."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Value

_REFUSED = "so it is refused"

_RATE = regex(r"(?i)rate\(\s*([1-9]\d*)(\s*)(minute|hour|day)(s?)\s*\)")

# No page of AWS says that Scheduler refuses at(…) without seconds or rate(5minutes), so they are let pass.
_MOMENT = regex(r"(?i)at\(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?\)")

_CRON_FIELDS = fact(6, page="eventbridge/latest/userguide/eb-scheduled-rule-pattern.html", read="2026-11-29")
"""Minutes, hours, day of the month, month, day of the week and year."""

_FEWEST_FIELDS = fact(5, page="scheduler/latest/UserGuide/schedule-types.html", read="2026-12-01")
"""Those that EventBridge Scheduler needs: the year is optional there, though the reference of its API counts six."""


LONGEST_WINDOW = fact(1_440, page="scheduler/latest/APIReference/API_FlexibleTimeWindow.html", read="2026-11-29")
"""Minutes: the longest window in which a schedule may start its target."""

_SCHEDULED = ("AWS::Events::Rule", "AWS::Scheduler::Schedule")

_EACH_DAY = frozenset(("*", "?", "*/1", "1/1", "MON-FRI", "2-6", "MON-SAT", "2-7", "MON-SUN", "SUN-SAT", "1-7"))
"""How schedules are written whose days are all days, or all working days."""

_OVER_ALL = frozenset((
    *("cleanup", "clean", "cleaner", "sweep", "sweeper", "gc", "garbage", "purge", "purger", "prune", "pruner"),
    *("reap", "reaper", "reconcile", "reconciler", "reconciliation", "expire", "warm", "warmer", "warmup"),
    *("keepalive", "heartbeat", "canary", "monitor", "watchdog", "orphaned", "stale", "refresh", "refresher"),
    *("updater", "sync", "poll", "poller", "polling", "check", "checker", "exporter"),
))  # fmt: skip
"""Words in the names of schedules whose runs go over all that is there, as the next one does. Chosen."""

_WARMING = frozenset(("warm", "warmer", "warming", "warmup", "prewarm", "keepwarm", "ping", "pinger", "keepalive"))
"""Words in the names and descriptions of schedules that only keep a function warm. Chosen."""

_DISPENSABLE = frozenset((
    *("start", "starter", "stop", "stopper", "startup", "shutdown", "report", "reports", "reporter", "reporting"),
    *("cost", "costs", "billing", "digest", "summary", "reminder"),
))  # fmt: skip
"""Words in the names of schedules of which a run that did not happen is seen, and loses nothing. Chosen."""


def runs_daily(sender: Resource) -> bool:
    """Whether a rule or schedule surely starts its targets anew on the next day or working day, so that the next run
    does what one that was lost would have done: a tick of the clock carries nothing that a queue could keep."""
    written = (sender.get("ScheduleExpression").text or "").strip() if sender.type in _SCHEDULED else ""
    rate = _RATE.fullmatch(written)
    if rate is not None:
        return whole(rate[1]) <= {"minute": 24 * 60, "hour": 24, "day": 1}[rate[3].lower()]
    fields = written[5:-1].split() if written.startswith("cron(") else []
    return len(fields) == _CRON_FIELDS and _EACH_DAY.issuperset(map(str.upper, fields[2:5]))


def runs_rarely(sender: Resource) -> bool:
    """Whether a rule or schedule surely starts its targets at most once an hour, and does nothing else."""
    written = (sender.get("ScheduleExpression").text or "").strip() if sender.type in _SCHEDULED else ""
    rate = _RATE.fullmatch(written)
    if rate is not None:
        return rate[3].lower() != "minute" or whole(rate[1]) >= 60
    fields = written[5:-1].split() if written.startswith("cron(") else []
    is_mixed = sender.type == _SCHEDULED[0] and not sender.get("EventPattern").is_absent
    return len(fields) >= _FEWEST_FIELDS and fields[0].isdigit() and not is_mixed


def catches_up(sender: Resource, target: Resource | None = None) -> bool:
    """Whether the next run of a rule or schedule surely does what one that was lost would have done: it runs each
    day, or is named after what goes over all that is there (a cleanup, a sweep). target: what it starts,
    whose name counts too."""
    if runs_daily(sender):
        return True
    if sender.type not in _SCHEDULED or sender.get("ScheduleExpression").is_absent:
        return False
    words = _words(sender, target)
    about = name_words(sender.get("Description").text or "")
    return not _OVER_ALL.isdisjoint(words) or not _WARMING.isdisjoint((*words, *about))


def is_dispensable(sender: Resource, target: Resource | None) -> bool:
    """Whether a lost run of a rule or schedule surely loses nothing that is not seen or made up for: the next one does
    the same, or by its name it starts, stops or reports something. target: what it starts, whose name counts too."""
    if catches_up(sender, target):
        return True
    is_scheduled = sender.type in _SCHEDULED and not sender.get("ScheduleExpression").is_absent
    return is_scheduled and not _DISPENSABLE.isdisjoint(_words(sender, target))


_OF_OTHERS = frozenset((
    *("start", "starter", "stop", "stopper", "startup", "shutdown", "scale", "down", "up", "off", "park", "pause"),
    *("test", "tests", "testing", "demo", "sample", "synthetic", "seed", "anonymize", "refresh", "reset"),
))  # fmt: skip
"""Words in the names of schedules and rules that production hardly wants: they save costs, or are for tests. Chosen."""


def is_for_others(sender: Resource) -> bool:
    """Whether a rule or schedule by its name is for other environments than production: it starts or stops something,
    or is for tests or development."""
    words = _words(sender, None)
    return not _OF_OTHERS.isdisjoint(words) or not set(sender.deployment.declared.development).isdisjoint(words)


def _words(sender: Resource, target: Resource | None) -> list[str]:
    """The words in the names of a rule or schedule and of what it starts."""
    part, named = sender.part or "", sender.get("Name").text or ""
    return name_words(f"{sender.written} {part} {named} {'' if target is None else target.written}")


def schedule_fault(scheduler: Resource) -> str | None:
    """Why the schedule of a rule or schedule is refused or never runs, in words; None if nothing surely is wrong.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html and
    https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read on 2026-11-29)
    """
    is_rule = scheduler.type == "AWS::Events::Rule"
    written = (scheduler.get("ScheduleExpression").text or "").strip()
    kind = written.partition("(")[0].lower()
    if not written:
        return None
    if kind == "cron" and written.endswith(")"):
        return _cron(written, is_rule=is_rule)
    if kind == "rate":
        return _rate(written, is_rule=is_rule)
    if kind == "at" and not is_rule:
        return None if _MOMENT.fullmatch(written) else f"is no at(yyyy-mm-ddThh:mm:ss), {_REFUSED}"
    return f"is neither {'cron(…) nor rate(…)' if is_rule else 'cron(…), rate(…) nor at(…)'}, {_REFUSED}"


_UNIX_FIELDS = fact(5, page="autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html", read="2026-12-01")
"""Minute, hour, day of the month, month and day of the week, without brackets: the schedule of a group of EC2."""

_FORMS = regex(r"(?i)(?:at|cron|rate)\(.*\)")


def recurrence_fault(action: Resource) -> str | None:
    """Why EC2 Auto Scaling refuses the recurrence of a scheduled action, in words; None if nothing surely is wrong."""
    written = (action.get("Recurrence").text or "").strip()
    if _FORMS.fullmatch(written):
        return f"is in the form of EventBridge, {_REFUSED}"
    count = len(written.split())
    # Names such as @daily may be taken.
    is_wrong = written and not written.startswith("@") and count != _UNIX_FIELDS
    return f"has {count} fields instead of {_UNIX_FIELDS}, {_REFUSED}" if is_wrong else None


def form_fault(expression: Value) -> str | None:
    """Why Application Auto Scaling refuses a schedule that is none of at(…), cron(…) and rate(…), in words; None for
    another one."""
    written = (expression.text or "").strip()
    return None if not written or _FORMS.fullmatch(written) else f"is neither at(…), cron(…) nor rate(…), {_REFUSED}"


def backup_fault(expression: Value) -> str | None:
    """Why AWS Backup refuses the schedule of a plan's rule, in words; None if nothing surely is wrong."""
    written = (expression.text or "").strip()
    form = written.lower()
    fields = written[5:-1].split() if form.startswith("cron(") and form.endswith(")") else None
    if not written or form.startswith("rate(") or (fields is not None and len(fields) == _CRON_FIELDS):
        return None
    return (
        f"is no cron(…), {_REFUSED}"
        if fields is None
        else f"has {len(fields)} fields instead of {_CRON_FIELDS}, {_REFUSED}"
    )


def _cron(written: str, *, is_rule: bool) -> str | None:
    fields = written[5:-1].split()
    if not (_CRON_FIELDS if is_rule else _FEWEST_FIELDS) <= len(fields) <= _CRON_FIELDS:
        return f"has {len(fields)} fields instead of {_CRON_FIELDS}, {_REFUSED}"
    # A mark in another field is no reason to be sure: such schedules of AWS's own solutions are deployed.
    if "?" not in fields:
        return f"gives the day of the month and that of the week, one of which must be ?, {_REFUSED}"
    from awslint_memo.model.schedules import cron_fault  # It takes calendars, which few templates need.

    return cron_fault(fields)


_CANARY_RATE = regex(r"rate\(\s*(\d{1,18})\s+(minute|hour)s?\s*\)")

_LONGEST_CANARY_RATE = fact(
    60, page="AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html", read="2026-11-30"
)
"""Minutes: the longest time from one run of a canary to the next that a rate may say."""


def canary_minutes(canary: Resource) -> int | None:
    """How many minutes there are from one run of a canary to the next, by its rate; 0 for a single run, None where that
    is not known, or no rate."""
    rate = _CANARY_RATE.fullmatch((canary.get("Schedule.Expression").text or "").strip())
    return None if rate is None else whole(rate[1]) * (60 if rate[2] == "hour" else 1)


def canary_fault(canary: Resource) -> str | None:
    """Why the schedule of a canary is refused or never runs, in words; None if nothing surely is wrong.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_cron.html (read on
    2026-11-30)
    """
    written = (canary.get("Schedule.Expression").text or "").strip()
    fields = written[5:-1].split() if written.startswith("cron(") else []
    if not written:
        return None
    if not fields:
        minutes = canary_minutes(canary)
        if minutes is None:
            return f"is no rate of minutes or an hour and no cron(…), {_REFUSED}"
        return f"is longer than an hour, {_REFUSED}" if minutes > _LONGEST_CANARY_RATE else None
    if len(fields) == _CRON_FIELDS and fields[5] != "*":
        return f"names a year, where canaries take * alone, {_REFUSED}"
    return _cron(written, is_rule=True)


def right_rate(expression: Value) -> str | None:
    """A rate with the right number of its unit; None for what is no rate."""
    match = _RATE.fullmatch((expression.text or "").strip())
    return None if match is None else f"rate({match[1]} {match[3]}{'' if whole(match[1]) == 1 else 's'})"


def _rate(written: str, *, is_rule: bool) -> str | None:
    match = _RATE.fullmatch(written)
    if match is None or (is_rule and not match[2]):
        return f"is no whole number of minutes, hours or days, {_REFUSED}"
    # EventBridge Scheduler takes both.
    if is_rule and (whole(match[1]) == 1) == bool(match[4]):
        return f"needs the {'singular for 1' if match[4] else 'plural for more than 1'}, {_REFUSED}"
    return None
