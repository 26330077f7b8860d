"""Loads the configuration into a typed value, and checks it against its schema and the existing rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awslint_memo.files.files import Files
from awslint_memo.judging.directives import Directive, MalformedError, day, reason_and_day
from awslint_memo.judging.rule import Rule, range_in_words
from awslint_memo.judging.suppressions import SERVICE, Configured
from awslint_memo.model.declared import Declared
from awslint_memo.model.durations import seconds
from awslint_memo.model.finding import Level
from awslint_memo.model.patterns import is_literal, matches
from awslint_memo.model.record import field, record
from awslint_memo.model.similar import closest
from awslint_memo.model.span import Span
from awslint_memo.settings import parameter_files
from awslint_memo.settings.configuration_file import At, Document, find, read
from awslint_memo.settings.messages import SCHEMA, dotted, shown, validate
from awslint_memo.settings.named_files import check_inside, parameter_paths, var_files

if TYPE_CHECKING:
    from awslint_memo.model.objectives import Recovery

__all__ = ["SCHEMA", "Settings", "load"]


@record(frozen=True)
class Settings:
    """The user's settings; without a configuration, the defaults. Rules have their current ids, never old ones."""

    path: str = ""
    """The configuration's path as shown to the user; empty if there is none."""
    root: Path = field(default_factory=Path)
    """The folder that path patterns are relative to."""
    profile: str = "memo"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Level | None = None
    off: frozenset[str] = frozenset()
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    suppress: tuple[Configured, ...] = ()
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    declared: Declared = field(default_factory=Declared)
    deployments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The parameter values of each deployment that the user named."""
    var_files: tuple[str, ...] = ()
    """The paths of files with values of Terraform variables."""
    parameter_files: Mapping[str, str] = field(default_factory=dict)
    """The paths of the files with these values, for the deployments that have one."""
    place: Callable[[At], Span] = lambda _: Span("", 1, 1, 1, 1)
    """Where a key of the configuration stands."""

    def chosen(
        self,
        rules: Mapping[str, Rule],
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        profile: str | None = None,
    ) -> list[Rule]:
        """The rules that a run applies; `select`, `ignore` and `profile` are the options of the command line.

        `select` replaces the configuration's `select`, and an id in it applies a rule that the configuration turns
        off. A selection overrides the profile. The rules about suppressions are always applied, unless they are off or
        ignored. Raises LookupError for an id or pattern that names no rule.
        """
        for pattern in (*select, *ignore):
            if not any(_matches_rule(pattern, rule) for rule in rules.values()):
                raise LookupError(f"there is no rule {pattern}{closest(pattern, _names(rules))}")
        wanted = tuple(select) or self.select
        is_core_only = (profile or self.profile) == "core"
        by_name = [pattern for pattern in select if is_literal(pattern)]
        return [
            rule
            for rule in rules.values()
            if (rule.service == SERVICE or (_matches_any(wanted, rule) if wanted else rule.is_core or not is_core_only))
            and not _matches_any(ignore, rule)
            and (_matches_any(by_name, rule) or not (rule.id in self.off or _matches_any(self.ignore, rule)))
        ]


def load(start: Path, explicit: Path | None, rules: Mapping[str, Rule], files: Files) -> Settings:
    """The settings of the nearest configuration in `start` or a folder above it, or of the file `explicit`.

    Path patterns are relative to the configuration's folder, or to `start` if the file is given explicitly. `rules`:
    all existing rules, those about suppressions included. Raises Problem, with file and line, for invalid settings.
    """
    document = find(start, files) if explicit is None else read(explicit, start, files, is_named=True)
    if document is None:
        return Settings()
    validate(document)
    check_inside(document, files)
    return _settings(document, rules, files)


def _settings(document: Document, rules: Mapping[str, Rule], files: Files) -> Settings:
    data = document.data
    off, levels, options = _rules(document, rules)
    for key in ("select", "ignore"):
        _check_patterns(document, (key,), rules)
    return Settings(
        path=document.path,
        root=document.root,
        profile=data.get("profile", "memo"),
        select=tuple(data.get("select", ())),
        ignore=tuple(data.get("ignore", ())),
        fail_on=data.get("fail-on"),
        off=frozenset(off),
        levels=levels,
        options=options,
        suppress=tuple(_suppressions(document, rules)),
        exclude=tuple(data.get("exclude", ())),
        include=tuple(data.get("include", ())),
        declared=_declared(document),
        deployments=_deployments(document, files),
        var_files=var_files(document),
        parameter_files=parameter_paths(document),
        place=document.place,
    )


def _rules(
    document: Document, rules: Mapping[str, Rule]
) -> tuple[set[str], dict[str, Level], dict[str, dict[str, Any]]]:
    """The rules that are off, the configured levels, and the configured options, each by rule id."""
    off: set[str] = set()
    levels: dict[str, Level] = {}
    options: dict[str, dict[str, Any]] = {}
    seen: dict[str, str] = {}
    for name, said in document.data.get("rules", {}).items():
        rule = next((rule for rule in rules.values() if name in (rule.id, *rule.aliases)), None)
        if rule is None:
            raise document.problem(f"there is no rule {name}{closest(name, _names(rules))}", ("rules", name))
        if rule.id in seen:
            message = f"{name} and {seen[rule.id]} are the same rule; keep one of them"
            raise document.problem(message, ("rules", name))
        seen[rule.id] = name
        level = said.get("level") if isinstance(said, Mapping) else said
        if level in (False, "off"):
            off.add(rule.id)
        elif level is not None:
            levels[rule.id] = level
        if isinstance(said, Mapping):
            options[rule.id] = dict(_options(document, name, rule, said))
    return off, levels, {id_: given for id_, given in options.items() if given}


def _options(document: Document, name: str, rule: Rule, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {option.replace("_", "-"): option for option in rule.options}
    for key, value in said.items():
        at = ("rules", name, key)
        if key == "level":
            continue
        if key not in known:
            there = f"; its options are {', '.join(known)}" if known else "; it has no options"
            raise document.problem(f"{rule.id} has no option {key}{closest(key, known) or there}", at)
        default = rule.options[known[key]]
        required = _required_type(default, value) or _required_range(rule, known[key], value)
        if required:
            raise document.problem(f"{dotted(at)} must be {required}, not {shown(value)}", at)
        is_many = isinstance(default, (tuple, list, set, frozenset))
        yield known[key], type(default)(value) if is_many else value


def _required_range(rule: Rule, option: str, value: object) -> str:
    """The range of an option that the value is not in, in words; empty if it is in it."""
    least, most = rule.ranges.get(option, (None, None))
    if not isinstance(value, (int, float)):
        return ""
    if (least is None or least <= value) and (most is None or value <= most):
        return ""
    return range_in_words((least, most))


def _required_type(default: object, value: object) -> str:
    """The type that the value must have to fit this default, in words; empty if it fits."""
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "true or false"
    if isinstance(default, (int, float)):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
        return "" if is_number else "a number"
    if isinstance(default, (tuple, list, set, frozenset)):
        sample = next(iter(default), "")
        is_fit = isinstance(value, list) and not any(_required_type(sample, item) for item in value)
        return "" if is_fit else "a list of numbers" if isinstance(sample, (int, float)) else "a list of texts"
    return "" if isinstance(value, str) or default is None else "a text"


def _check_patterns(document: Document, at: At, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The patterns of rule ids at a key. Raises Problem for a pattern that matches no rule."""
    patterns: Any = document.data
    for key in at:
        patterns = patterns.get(key, ()) if isinstance(patterns, Mapping) else patterns[key]
    for number, pattern in enumerate(patterns):
        if not any(_matches_rule(pattern, rule) for rule in rules.values()):
            raise document.problem(f"there is no rule {pattern}{closest(pattern, _names(rules))}", (*at, number))
    return tuple(patterns)


def _suppressions(document: Document, rules: Mapping[str, Rule]) -> Iterator[Configured]:
    for number, said in enumerate(document.data.get("suppress", ())):
        at = ("suppress", number)
        patterns = _check_patterns(document, (*at, "rules"), rules)
        try:
            reason, until = reason_and_day(said["reason"])
            until = day(said["until"]) if "until" in said else until
        except MalformedError as error:
            raise document.problem(f"{dotted(at)} {error}", (*at, "until" if "until" in said else "reason")) from error
        yield Configured(
            Directive(patterns, reason, until),
            document.place(at),
            document.root,
            tuple(said.get("paths", ())),
            tuple(said.get("resources", ())),
        )


def _declared(document: Document) -> Declared:
    data, default = document.data, Declared()
    times: dict[str, float] = {}
    for queue, written in data.get("processing-time", {}).items():
        length = seconds(written)
        if length is None:
            at = ("processing-time", queue)
            message = f"{dotted(at)} must be a length of time such as 45s, 2m or 1h, not {shown(written)}"
            raise document.problem(message, at)
        times[queue] = length
    return Declared(
        times,
        tuple(data.get("production", default.production)),
        tuple(data.get("development", default.development)),
        _recovery(document),
    )


def _recovery(document: Document) -> Recovery | None:
    if "recovery" not in document.data:
        return None
    from awslint_memo.settings.recovery import recovery

    return recovery(document)


def _deployments(document: Document, files: Files) -> dict[str, Mapping[str, str]]:
    paths = parameter_paths(document)
    return {
        name: parameter_files.read([paths[name]], files)
        if name in paths
        else parameter_files.values(said, document.path)
        for name, said in document.data.get("deployments", {}).items()
    }


def _matches_rule(pattern: str, rule: Rule) -> bool:
    return any(matches(pattern, name) for name in (rule.id, *rule.aliases))


def _matches_any(patterns: Iterable[str], rule: Rule) -> bool:
    return any(_matches_rule(pattern, rule) for pattern in patterns)


def _names(rules: Mapping[str, Rule]) -> Collection[str]:
    return [name for rule in rules.values() for name in (rule.id, *rule.aliases)]
