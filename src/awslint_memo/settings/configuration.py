"""Makes settings of a configuration, and checks it against its schema and the existing rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from awslint_memo.files.files import Files
from awslint_memo.judging.rule import FIRST, RELEASE, Rule, is_version, range_in_words
from awslint_memo.judging.suppression import Configured, Directive, MalformedError, PolicyLock, day, reason_and_day
from awslint_memo.model.durations import seconds
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Level
from awslint_memo.model.phrases import closest
from awslint_memo.settings import parameter_files
from awslint_memo.settings.configuration_file import At, Document
from awslint_memo.settings.settings import Settings, mistaken, names
from awslint_memo.settings.validation import (
    baseline,
    check_inside,
    dotted,
    modules,
    parameter_paths,
    shown,
    validate,
    var_files,
)

if TYPE_CHECKING:
    from awslint_memo.model.objectives import Recovery


def settings(document: Document, rules: Mapping[str, Rule], files: Files, name: str = "") -> Settings:
    """What a configuration says, without what it extends. rules: all existing ones. name: how a person calls it.

    Raises Problem, with file and line, for what is invalid.
    """
    validate(document)
    check_inside(document, files)
    return _settings(document, rules, files, name)


def extends(document: Document) -> Iterator[tuple[At, str]]:
    """What a configuration extends, each with its key, the furthest first."""
    extended = document.data.get("extends", ())
    yield from (
        [(("extends",), extended)]
        if isinstance(extended, str)
        else ((("extends", n), path) for n, path in enumerate(extended))
    )


def _settings(document: Document, rules: Mapping[str, Rule], files: Files, name: str) -> Settings:
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
        exclude=tuple((document.root, pattern) for pattern in data.get("exclude", ())),
        include=tuple((document.root, pattern) for pattern in data.get("include", ())),
        foreign_suppressions=data.get("foreign-suppressions", True),
        git_ignore=data.get("gitignore", True),
        as_of=_as_of(document),
        preview=data.get("preview", False),
        declared=_declared(document),
        deployments=_deployments(document, files),
        deployed=_deployed(document),
        var_files=var_files(document),
        modules=modules(document),
        public_modules=data.get("public-modules", True),
        baseline=baseline(document),
        parameter_files=parameter_paths(document),
        documents=(document,),
        locks=_locks(document, rules, name),
    )


def _rules(
    document: Document, rules: Mapping[str, Rule]
) -> tuple[set[str], dict[str, Level], dict[str, dict[str, Any]]]:
    """The rules that are off, the configured levels, and the configured options, each by rule id."""
    off: set[str] = set()
    levels: dict[str, Level] = {}
    options: dict[str, dict[str, Any]] = {}
    seen: dict[str, str] = {}
    for name, entry in document.data.get("rules", {}).items():
        rule = next((rule for rule in rules.values() if name in (rule.id, *rule.aliases)), None)
        if rule is None:
            raise document.problem(f"there is no rule {name}{closest(name, names(rules))}", ("rules", name))
        if rule.id in seen:
            message = f"{name} and {seen[rule.id]} are the same rule; keep one of them"
            raise document.problem(message, ("rules", name))
        seen[rule.id] = name
        level = entry.get("level") if isinstance(entry, Mapping) else entry
        if level in (False, "off"):
            off.add(rule.id)
        elif level is not None:
            levels[rule.id] = level
        if isinstance(entry, Mapping):
            options[rule.id] = dict(_options(document, name, rule, entry))
    return off, levels, {id_: given for id_, given in options.items() if given}


def _options(document: Document, name: str, rule: Rule, entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {option.replace("_", "-"): option for option in rule.options}
    for key, value in entry.items():
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
        if what := mistaken(pattern, rules, takes_theirs=at[0] in ("ignore", "suppress")):
            raise document.problem(what, (*at, number))
    return tuple(patterns)


def _suppressions(document: Document, rules: Mapping[str, Rule]) -> Iterator[Configured]:
    for number, entry in enumerate(document.data.get("suppress", ())):
        at = ("suppress", number)
        patterns = _check_patterns(document, (*at, "rules"), rules)
        try:
            reason, until = reason_and_day(entry["reason"])
            until = day(entry["until"]) if "until" in entry else until
        except MalformedError as error:
            raise document.problem(f"{dotted(at)} {error}", (*at, "until" if "until" in entry else "reason")) from error
        yield Configured(
            Directive(patterns, reason, until),
            document.place(at),
            document.root,
            tuple(entry.get("paths", ())),
            tuple(entry.get("resources", ())),
        )


def _as_of(document: Document) -> str:
    if "rules-as-of" not in document.data:
        return ""
    version = str(document.data["rules-as-of"])
    if not is_version(version):
        known = f"a version from {FIRST} to {RELEASE}, which is this one"
        raise document.problem(f"rules-as-of must be {known}, not {shown(version)}", ("rules-as-of",))
    return version


def _locks(document: Document, rules: Mapping[str, Rule], name: str) -> tuple[PolicyLock, ...]:
    """What the configuration asks of those that extend it."""
    policy = document.data.get("policy")
    if policy is None:
        return ()
    locked = _check_patterns(document, ("policy", "locked"), rules) if "locked" in policy else ()
    suppressions, allowed = policy.get("suppressions", {}), policy.get("allow", {})
    longest = suppressions.get("longest")
    may_suppress = suppressions.get("of-locked", allowed.get("suppress", "never") == "with-reason")
    return (
        PolicyLock(
            name,
            document.path,
            locked,
            may_suppress,
            suppressions.get("reason", ""),
            None if longest is None else int(str(longest).removesuffix("d")),
            allowed.get("baseline", False),
            tuple((document.root, pattern) for pattern in allowed.get("exclude", ())),
            tuple(allowed.get("settings", ())),
        ),
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
        tuple(_words(document, "production", default.production)),
        tuple(_words(document, "development", default.development)),
        data.get("environments", default.environments) is not False,
        tuple(_words(document, "folders", default.folders)),
        _recovery(document),
    )


def _words(document: Document, key: str, default: Sequence[str]) -> Sequence[str]:
    """The names of an environment: those below `environments`, or those of the key by itself."""
    own: Sequence[str] = document.data.get(key, default)
    environments = document.data.get("environments")
    if not isinstance(environments, Mapping) or key not in environments:
        return own
    if key in document.data:
        raise document.problem(f"{key} is written under environments too; keep one of them", (key,))
    named: Sequence[str] = environments[key]
    return named


def _recovery(document: Document) -> Recovery | None:
    if "recovery" not in document.data:
        return None
    from awslint_memo.settings.recovery import recovery

    return recovery(document)


def _deployments(document: Document, files: Files) -> dict[str, Mapping[str, str]]:
    paths = parameter_paths(document)
    return {
        name: parameter_files.read([paths[name]], files, parameter_files.Environment(name, is_meant=False))
        if name in paths
        else parameter_files.values(_parameters(entry), document.path)
        for name, entry in document.data.get("deployments", {}).items()
    }


def _parameters(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters of a deployment; `paths` is one if it is no list."""
    return {key: value for key, value in entry.items() if key != "paths" or not isinstance(value, list)}


def _deployed(document: Document) -> dict[str, tuple[str, ...]]:
    """The patterns of the templates that a deployment is one of, for those that name some."""
    every = document.data.get("deployments", {}).items()
    paths = {name: entry["paths"] for name, entry in every if isinstance(entry, Mapping) and "paths" in entry}
    return {name: tuple(patterns) for name, patterns in paths.items() if isinstance(patterns, list)}
