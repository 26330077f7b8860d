"""Prepares a run for the settings and the values that the user gives, and tells what settings leave out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files import Files
from awslint_memo.files.left_out import Guard, Patterns
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.notices import excluded, ignored
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.run import Run
from awslint_memo.judging.run_options import RunOptions, Scope, Scopes
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.judging.user_inputs import NamedValues, UserInputs
from awslint_memo.model.finding import Level
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Span
from awslint_memo.settings.loading import Nearest
from awslint_memo.settings.settings import Refusal, Settings

if TYPE_CHECKING:
    from awslint_memo.files.gitignore import GitIgnore
    from awslint_memo.judging.related_stacks import Landscape
    from awslint_memo.settings.parameter_files import Environment


@record(frozen=True)
class Wanted:
    """What a user asks besides the configuration. choose: the rules that are applied with some settings.

    known: all rules. parameters: files or Key=Value. environment: that of samconfig files. advice, fail_on, profile: as
    in `lint`. forces_exclude: whether `exclude` holds for named files. git_ignore: whether walks leave out what
    `.gitignore` does; None: as the configuration says. named: the rules that the command line selects.
    has_landscape: whether the templates are looked at together. as_deployed: as in `CheckOptions`.
    """

    choose: Callable[[Settings], Sequence[Rule]]
    known: Mapping[str, Rule]
    parameters: Sequence[str] = ()
    environment: Environment | None = None
    advice: bool = False
    fail_on: Level | Literal["never"] | None = None
    profile: str | None = None
    forces_exclude: bool = False
    git_ignore: bool | None = None
    named: Sequence[str] = ()
    has_landscape: bool = False
    as_deployed: bool = False


def wanted_of(
    known: Mapping[str, Rule],
    parameters: Sequence[str],
    environment: str | None,
    choose: Callable[[Settings], Sequence[Rule]],
) -> Wanted:
    """What a user asks. Raises LookupError for an environment without a file."""
    if environment is not None and not parameters:
        message = "an environment is one of a samconfig file; name that with --parameters"
        raise LookupError(f"--config-env {environment}: {message}")
    if environment is None:
        return Wanted(choose, known, parameters)
    from awslint_memo.settings.parameter_files import Environment

    return Wanted(choose, known, parameters, Environment(environment))


def prepared(nearest: Nearest, wanted: Wanted, files: Files, options: RunOptions) -> Run:
    """A run with the settings that count for each file. Raises Problem for values of no use."""
    # What the run leaves out is said; other searches for files leave out the same.
    files.finder = _finder(nearest, wanted, files).beside()
    scopes = _scopes(nearest, wanted, files)
    finder = _finder(nearest, wanted, files)
    values = scopes.base.check_options.parameters
    if values is None:
        return Run(scopes, files, finder, options)
    from awslint_memo.settings import parameter_files

    place = partial(parameter_files.place, arguments=wanted.parameters, files=files, environment=wanted.environment)
    inputs = UserInputs([NamedValues(values, place)], {}, nearest.base.root, files.finder)
    return Run(scopes, files, finder, options, inputs)


def _finder(nearest: Nearest, wanted: Wanted, files: Files) -> FileFinder:
    made: dict[int, Patterns] = {}

    def patterns(settings: Settings) -> Patterns:
        if id(settings) not in made:
            place = _place(settings.place(("exclude",)))
            made[id(settings)] = Patterns(settings.exclude, settings.include, place, tuple(_guards(settings)))
        return made[id(settings)]

    has_git_ignore = nearest.base.git_ignore if wanted.git_ignore is None else wanted.git_ignore
    unapplied: dict[str, None] = {}

    @cache
    def git_ignore() -> GitIgnore:
        from awslint_memo.files.gitignore import GitIgnore  # Files that are named need none.

        return GitIgnore(files.disk, files.bounds, unapplied)

    return FileFinder(
        patterns(nearest.base),
        files.bounds,
        files.unsaved,
        cache(lambda folder: patterns(nearest.of(folder))),
        wanted.forces_exclude,
        git_ignore if has_git_ignore else None,
        unapplied=unapplied,
    )


def _guards(settings: Settings) -> Iterator[Guard]:
    """The policies that let others exclude only what they say. What a policy itself excludes is its own business."""
    for lock in settings.locks:
        if lock.rules:
            own = settings.owned_by(lock)
            documents = (document for document in settings.documents if document.path in own)
            excluded = ((document.root, name) for document in documents for name in document.data.get("exclude", ()))
            yield Guard(lock.name, (*lock.may_exclude, *excluded))


def _naming(settings: Settings) -> list[str]:
    """The configurations that name deployments and are no part of a policy that locks rules: beside what they name, the
    default values are judged."""
    named = [document for document in settings.documents if document.data.get("deployments")]
    locks = [lock for lock in settings.locks if lock.rules]
    return [each.path for each in named if any(each.path not in settings.owned_by(lock) for lock in locks)]


def _values(wanted: Wanted, files: Files) -> Mapping[str, str] | None:
    if not wanted.parameters:
        return None
    from awslint_memo.settings.parameter_files import read

    return read(wanted.parameters, files, wanted.environment)


def _scopes(nearest: Nearest, wanted: Wanted, files: Files) -> Scopes:
    values = _values(wanted, files)
    used_spans: set[tuple[Span, str]] = set()
    landscapes: list[Landscape] = []
    refused: set[Refusal] = set()
    made: dict[int, tuple[Settings, Scope]] = {}

    def scope(settings: Settings) -> Scope:
        if id(settings) not in made:
            scope = _scope(settings, wanted, values, used_spans, landscapes, files)
            if settings.refused:
                from awslint_memo.settings.refusing import findings  # Few configurations have that.

                scope = replace(scope, refused=findings(settings, refused, files))
            made[id(settings)] = settings, scope
        return made[id(settings)][1]

    return Scopes(scope(nearest.base), lambda folder: scope(nearest.of(folder)))


def _scope(
    settings: Settings,
    wanted: Wanted,
    values: Mapping[str, str] | None,
    used_spans: set[tuple[Span, str]],
    landscapes: list[Landscape],
    files: Files,
) -> Scope:
    fail_on = wanted.fail_on or settings.fail_on or "warning"
    rules, locked = wanted.choose(settings), settings.locked(wanted.known.values())
    check_options = _check_options(settings, wanted, rules, values, landscapes, locked)
    suppressions = Suppressions(
        check_options,
        wanted.known,
        date.today(),
        settings.suppress,
        settings.locks,
        used_spans,
        takes_foreign=settings.foreign_suppressions,
    )
    shows_advice = wanted.advice or fail_on == "advice" or (wanted.profile or settings.profile) == "all"
    inputs = _inputs(settings, files) if values is None else _inputs(settings, files, has_deployments=False)
    for path in settings.var_files:
        files.read(path)  # What can't be read is said at once.
    paths = (settings.path, settings.var_files, settings.modules, settings.public_modules)
    return Scope(check_options, suppressions, shows_advice, fail_on, inputs, *paths, locked)


def _check_options(
    settings: Settings,
    wanted: Wanted,
    rules: Sequence[Rule],
    values: Mapping[str, str] | None,
    landscapes: list[Landscape],
    locked: frozenset[str],
) -> CheckOptions:
    # Only objectives of recovery ask for that.
    has_landscape = wanted.has_landscape or settings.declared.recovery is not None
    return CheckOptions(
        rules,
        settings.levels,
        settings.options,
        replace(settings.declared, recovery_lock=settings.lock_of_recovery(wanted.known)),
        values,
        settings.deployments,
        *settings.newer(rules, wanted.named),
        locked=locked,
        tells_all=(wanted.profile or settings.profile) == "all",
        asked=settings.asked(rules, [one for one in (*wanted.named, *settings.select) if not one.startswith("*")]),
        guards_defaults=any(lock.rules and "var-file" not in lock.may_set for lock in settings.locks),
        named_by=_naming(settings) if locked else (),
        landscape=_landscape(landscapes) if has_landscape else None,
        deployed=settings.deployed,
        root=settings.root,
        as_deployed=wanted.as_deployed,
    )


def _inputs(settings: Settings, files: Files, *, has_deployments: bool = True) -> UserInputs:
    """The names that a configuration gives values; those of what it extends are not all meant for this repository."""
    own = next(iter(settings.documents), None)

    def place(name: str, deployment: str) -> str:
        if deployment in settings.parameter_files:
            from awslint_memo.settings import parameter_files

            environment = parameter_files.Environment(deployment, is_meant=False)
            return parameter_files.place(name, [settings.parameter_files[deployment]], files, environment)
        return configured("deployments", deployment, name)

    def configured(*at: str) -> str:
        return _place(settings.place(at))

    values = [
        NamedValues(values, partial(place, deployment=name), is_for_run=False)
        for name, values in (settings.deployments.items() if has_deployments else ())
        if own is not None and own.has(("deployments", name))
    ]
    times = {
        queue: configured("processing-time", queue)
        for queue in settings.declared.processing_times
        if own is not None and own.has(("processing-time", queue))
    }
    return UserInputs(values, times, settings.root, files.finder)


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}"


def _landscape(known: list[Landscape]) -> Landscape:
    """What tells the templates of a run of each other: one for all configurations."""
    from awslint_memo.judging.related_stacks import Landscape

    known.extend([] if known else [Landscape()])
    return known[0]


def left_out(
    nearest: Nearest,
    configurations: Sequence[Settings],
    known: Mapping[str, Rule],
    profile: str | None,
    finder: FileFinder,
    policy: Settings | None = None,
) -> list[str]:
    """Sentences about what configurations lower or turn off, the paths that they and git left out of a run, and odd
    objectives.

    configurations: those that count for files of the run. known: all rules; empty if the user named the rules of the
    run. policy: the one that the user named; what that lowers is the user's wish.
    """
    said: list[str] = []
    if known and configurations:
        from awslint_memo.settings.lowering import lowered, mostly_off

        than = {id(each): policy if each is nearest.base else nearest.base for each in configurations}
        said += [words for each in configurations for words in mostly_off(each, policy, known, profile)]
        said += [words for each in configurations for words in lowered(each, than[id(each)], known, profile)]
    by_place: dict[str, list[str]] = {}
    for path, place in finder.excluded.items():
        by_place.setdefault(place, []).append(path)
    said += [words for place, paths in by_place.items() for words in excluded(paths, place)]
    said += [words for configuration in configurations for words in _odd_objectives(configuration)]
    return [*said, *ignored(list(finder.ignored)), *finder.unapplied]


def _odd_objectives(settings: Settings) -> list[str]:
    if settings.declared.recovery is None:
        return []
    from awslint_memo.settings.recovery import notices

    return list(notices(settings.path, settings.declared.recovery))
