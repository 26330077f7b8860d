"""What may be asked of templates and settings beside a report: why a rule reports, recovery, graphs, what counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

from awslint_memo.api.request import Request
from awslint_memo.files.source import Source
from awslint_memo.judging.rule import Rule
from awslint_memo.model import secret
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from awslint_memo.judging.check_options import CheckOptions
    from awslint_memo.judging.run import Run
    from awslint_memo.judging.survey import Survey
    from awslint_memo.judging.why import Verdict
    from awslint_memo.model.span import Problem
    from awslint_memo.readers.template import Deployments, Template
    from awslint_memo.relations.graph.graph import Graph
    from awslint_memo.settings.settings import Settings


class RunArguments(TypedDict, total=False):
    """The arguments of `lint` that say which files a run reads, and as what they are deployed."""

    parameters: Sequence[str]
    var_files: Sequence[str]
    plan_source: str | None
    rule_folders: Sequence[str]
    config: str | None
    policy: str | None
    config_env: str | None
    standard_input: Source | None
    unsaved: Mapping[str, str | bytes] | None
    root: str | None


def why(
    rule: str,
    resource: str,
    paths: Sequence[str] = (),
    *,
    unread: list[Problem] | None = None,
    **options: Unpack[RunArguments],
) -> list[Verdict]:
    """How a rule comes to its verdict on a resource (its name or a pattern): each value that it read, with its origin.

    unread: receives the errors of files, if the resource was found in others. options: as for `lint`.
    Raises LookupError, with a sentence, for a rule or resource that is not there, and Problem for settings or files
    that can't be used.
    """
    request = Request(paths, **options)
    known = request.rules
    asked = next((one for one in known.values() if rule in (one.id, *one.aliases)), None)
    if asked is None:
        raise LookupError(f"there is no rule {rule}{closest(rule, known)}")

    def choose(settings: Settings) -> list[Rule]:
        return [asked, *(one for one in settings.chosen(known, (), (), None) if one.id in asked.yields_to)]

    run, _ = _prepared(request, choose)
    verdicts = _verdicts(run, asked, resource, paths)
    if unread is not None:
        unread += run.errors
    return verdicts


def _verdicts(run: Run, rule: Rule, pattern: str, paths: Sequence[str]) -> list[Verdict]:
    """What a rule says of the resources that a pattern names. Raises Problem, or LookupError with a sentence."""
    from awslint_memo.judging.why import verdicts

    found: list[Verdict] = []
    names: dict[str, None] = {}

    def show(_: Template, deployments: Deployments, options: CheckOptions) -> None:
        names.update(dict.fromkeys(deployments.having))
        found.extend(verdicts(rule, pattern, deployments, options))

    run.survey(paths, show)
    if not found and run.errors:
        raise run.errors[0]
    if not found:
        where = " and ".join(paths) or "the working folder"
        # A nested stack or module stands before the name that a person knows.
        inner = next((name for name in names if name.endswith((f"/{pattern}", f".{pattern}"))), None)
        hint = f"; did you mean {inner}?" if inner is not None else closest(pattern, names)
        raise LookupError(f"there is no resource {pattern} in {where}{hint}")
    return found


def recovery(
    paths: Sequence[str] = (),
    *,
    runbooks: Sequence[str] = (),
    has_components: bool = False,
    **options: Unpack[RunArguments],
) -> Survey:
    """What each store of data loses after each disruption, and how one gets back, with objectives if there are any.

    runbooks: the disruptions for which it has the steps of the way back. has_components: whether it has the resources
    that Resilience Hub assesses. options: as for `lint`. Raises Problem for
    settings that can't be used; the result has errors in files.
    """
    from awslint_memo.settings.surveying import surveyed

    run, settings = _surveying(paths, options, as_deployed=True)
    return surveyed(run, settings, paths, runbooks, has_components=has_components)


def graph(
    paths: Sequence[str] = (),
    **options: Unpack[RunArguments],
) -> Graph:
    """What templates make, and how it hangs together.

    options: as for `lint`. Raises Problem for settings that can't be used; the result has errors in files.
    """
    from awslint_memo.settings.surveying import drawn

    run, _ = _surveying(paths, options)
    return drawn(run, paths)


def _surveying(paths: Sequence[str], options: RunArguments, *, as_deployed: bool = False) -> tuple[Run, Settings]:
    """A run without rules, for somebody who looks at its templates, and the settings of the working folder.

    as_deployed: as in `CheckOptions`.
    """
    return _prepared(Request(paths, **options), lambda _: (), has_landscape=True, as_deployed=as_deployed)


def _prepared(
    request: Request,
    choose: Callable[[Settings], Sequence[Rule]],
    *,
    has_landscape: bool = False,
    as_deployed: bool = False,
) -> tuple[Run, Settings]:
    from awslint_memo.settings.preparation import prepared

    files = request.files()
    nearest = request.load(files)
    secret.forget()
    wanted = replace(request.wanted(choose), has_landscape=has_landscape, as_deployed=as_deployed)
    return prepared(nearest, wanted, files, request.run_options), nearest.base


def settings(
    path: str = "",
    *,
    rule_folders: Sequence[str] = (),
    config: str | None = None,
    policy: str | None = None,
    root: str | None = None,
) -> Settings:
    """The settings that count for a file, or for the files in a folder. Raises Problem for what can't be used."""
    request = Request([path], rule_folders=rule_folders, config=config, policy=policy, root=root)
    loader = request.load(request.files())
    return loader.of(path if os.path.isdir(path or os.curdir) else os.path.dirname(path))
