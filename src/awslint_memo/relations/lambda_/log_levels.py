"""AWS Lambda: the levels of logs that a filter waits for, and that the functions of its log group do not send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import Gap, TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_.functions import FUNCTION
from awslint_memo.relations.lambda_.log_groups import BEFORE, GROUP
from awslint_memo.relations.mentions import mentioning

_PAGE = "lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html"

LEVELS = fact(("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"), page=_PAGE, read="2026-12-01")
"""The levels of application logs: a function with one of them sends that and those behind it."""

DEFAULT_LEVEL = fact("INFO", page=_PAGE, read="2026-12-01")
"""The level of a function that logs in JSON, where none is written. As text, all logs are sent."""

_ALSO: Mapping[str, str] = {"CRITICAL": "FATAL", "WARNING": "WARN"}
_WANTED = regex(r"""\(?\s*\$\.level\s*=\s*(["']?)(\w+)\1\s*\)?""")
_HARMLESS = ("AWS::CloudWatch::", "AWS::IAM::", "AWS::Lambda::", "AWS::Logs::")


@record(frozen=True, eq=False)
class Unsent:
    """A level that is waited for, and a function that sends only what is above it. level: that of the function."""

    wanted: str
    function: Resource
    level: Value


def unsent(filtered: Resource) -> Unsent | None:
    """The level that a filter waits for and that surely no function sends to its log group; else None."""
    wanted = _wanted((filtered.get("FilterPattern").text or "").strip())
    functions = _writers(filtered.get("LogGroupName"), filtered) if wanted else ()
    if not functions or any(one.get("LoggingConfig.LogFormat").text != "JSON" for one in functions):
        return None
    levels = [one.get("LoggingConfig.ApplicationLogLevel", default=DEFAULT_LEVEL) for one in functions]
    lowest = min(_rank(level.text or "") for level in levels)
    if any(_rank(one) >= lowest for one in wanted):
        return None
    return Unsent(wanted[-1], functions[0], levels[0])


def _rank(level: str) -> int:
    """Where a level stands, by the name that Lambda or Python has for it; -1 where it is none."""
    name = _ALSO.get(level.upper(), level.upper())
    return LEVELS.index(name) if name in LEVELS else -1


def _wanted(pattern: str) -> Sequence[str]:
    """The levels of which a record surely has one that matches a pattern; none where it may have another one."""
    inside = pattern[1:-1] if pattern.startswith("{") and pattern.endswith("}") else ""
    if "||" in inside and "&&" in inside:
        return ()
    found = [_WANTED.fullmatch(part.strip()) for part in inside.replace("&&", "||").split("||")]
    levels = [match[2] for match in found if match]
    is_whole = len(levels) == len(found) or "&&" in inside
    return levels if is_whole and all(_rank(one) >= 0 for one in levels) else ()


def _writers(named: Value, filtered: Resource) -> Sequence[Resource]:
    """The functions that surely are all that write to a log group; none where others may."""
    group = filtered.deployment.find(named, GROUP)
    name = named.pattern if group is None else group.get("LogGroupName").pattern
    functions = filtered.deployment.of_type(FUNCTION)
    if name is not None and name.startswith(BEFORE):
        whose = name.removeprefix(BEFORE)
        own = [
            one for one in functions if whose in (TextPattern(Gap(one.name, "Ref")), one.get("FunctionName").pattern)
        ]
        return [one for one in own if one.get("LoggingConfig.LogGroup").is_absent]
    if group is None or group.is_open or group.is_exposed():
        return ()
    if not all(type_.startswith(_HARMLESS) for type_ in mentioning(group)):
        return ()
    told = [(one, one.get("LoggingConfig.LogGroup")) for one in functions]
    is_clear = all(value.is_absent or filtered.deployment.find(value, GROUP) for _, value in told)
    return [one for one, value in told if filtered.deployment.find(value, GROUP) is group] if is_clear else ()
