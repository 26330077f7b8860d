"""What a configuration takes away from the findings that there would be without it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.judging.notices import few_rules
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.model.record import replace
from awslint_memo.settings.settings import Settings

_NAMED = 3
"""How many rules of a kind are named."""

_LAXER = (*reversed(LEVELS), "never")
"""What `fail-on` may be, the strictest first."""


def lowered(
    settings: Settings, outer: Settings | None, known: Mapping[str, Rule], profile: str | None
) -> Iterator[str]:
    """The sentence that says how a configuration makes findings fewer or less grave; none if it does not.

    outer: the settings that would count without it; None: the defaults. known: all rules. profile: that of the command
    line.
    """
    than = Settings() if outer is None else outer
    words = [*_rules_off(settings, than, known, profile), *_levels(settings, than, known), *_options(settings, than)]
    words += _others(settings, than)
    if words:
        yield f"{settings.path}: this configuration lowers what is reported: {', '.join(words)}"


def mostly_off(
    settings: Settings, policy: Settings | None, known: Mapping[str, Rule], profile: str | None
) -> list[str]:
    """What is to be said if the configuration turns off most rules of the profile, and the policy that the user named
    does not."""
    chosen = settings.select, settings.ignore, settings.off
    if not any(chosen) or (policy is not None and chosen == (policy.select, policy.ignore, policy.off)):
        return []
    whole = replace(settings, select=(), ignore=(), off=frozenset())
    kept, every = (
        len([rule for rule in one.chosen(known, (), (), profile) if rule.id not in ENGINE_RULES])
        for one in (settings, whole)
    )
    return few_rules(kept, every, settings.path)


def _rules_off(settings: Settings, than: Settings, known: Mapping[str, Rule], profile: str | None) -> Iterator[str]:
    if profile is None and settings.profile == "core" and than.profile != "core":
        yield "profile core"
        than = replace(than, profile="core")
    if not (settings.select or settings.ignore or settings.off):
        return
    kept, before = (
        {rule.id for rule in each.chosen(known, (), (), profile) if rule.id not in ENGINE_RULES}
        for each in (settings, than)
    )
    off = sorted(before - kept)
    if off and len(kept) * 2 >= len(before):  # Where most are off, that is said in a sentence of its own.
        yield f"{counted(len(off), 'rule')} off ({listed_in_line(off, _NAMED)})"


def _levels(settings: Settings, than: Settings, known: Mapping[str, Rule]) -> Iterator[str]:
    less = []
    for name, level in settings.levels.items():
        rule = known.get(name)
        before = than.levels.get(name, "warning" if rule is None else rule.level)
        if LEVELS.index(level) > LEVELS.index(before):
            less.append(f"{name} is {level}")
    if less:
        yield listed_in_line(sorted(less), _NAMED)


def _options(settings: Settings, than: Settings) -> Iterator[str]:
    """The rules with other options: which way they change the rule, only the rule knows."""
    others = [name for name, options in settings.options.items() if options != than.options.get(name, {})]
    if others:
        yield f"other options of {listed_in_line(sorted(others), _NAMED)}"


def _others(settings: Settings, than: Settings) -> Iterator[str]:
    if _LAXER.index(settings.fail_on or "warning") > _LAXER.index(than.fail_on or "warning"):
        yield f"fail-on {settings.fail_on}"
    if settings.as_of and settings.as_of != than.as_of:
        yield f"rules-as-of {settings.as_of}"
    if settings.deployments and settings.deployments != than.deployments:
        yield f"only deployments {listed_in_line(list(settings.deployments), _NAMED)}"
    if settings.var_files and settings.var_files != than.var_files:
        yield f"the values of {listed_in_line(settings.var_files, _NAMED)}"
    if settings.modules != than.modules:
        yield f"the modules of {listed_in_line(sorted(settings.modules), _NAMED) or 'nothing'}"
    if than.public_modules and not settings.public_modules:
        yield "public-modules false"
    ours, theirs = settings.declared, than.declared
    if ours.recovery != theirs.recovery:
        from awslint_memo.settings.lesser_recovery import lessened  # Few configurations say something of recovery.

        yield from lessened(ours.recovery, theirs.recovery)
    changed: Sequence[tuple[str, object, object]] = (
        ("environments", ours.environments, theirs.environments),
        ("production", ours.production, theirs.production),
        ("development", ours.development, theirs.development),
        ("folders of samples", ours.folders, theirs.folders),
    )
    names = [name for name, mine, other in changed if mine != other]
    if names:
        yield f"other {' and '.join(names)}"
