"""How a request becomes a report: settings, the run, and what is added to it if somebody asks for that."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from awslint_memo.api.request import Request
from awslint_memo.files.disk import ListedDisk, path_from
from awslint_memo.files.files import Files
from awslint_memo.files.process import not_run
from awslint_memo.files.rule_packages import rule_packages
from awslint_memo.files.source import Source
from awslint_memo.judging.report import Report, Times
from awslint_memo.judging.run_options import Progress
from awslint_memo.model import secret
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from awslint_memo.comparing.current import Current
    from awslint_memo.fixes.suggestion import Suggestion
    from awslint_memo.judging.owners import Owners
    from awslint_memo.judging.run import Run
    from awslint_memo.model.finding import Finding
    from awslint_memo.settings.loading import Nearest
    from awslint_memo.settings.preparation import Wanted


class _Clock:
    """Starts when it is made; `read` is to be called once all files are read, and `timed` at the end."""

    def __init__(self, when_read: Callable[[], None] | None = None) -> None:
        """when_read: called by `read`."""
        self._when_read = when_read
        self._start = self._read = perf_counter()

    def read(self) -> None:
        """Note that all files are read."""
        self._read = perf_counter()
        if self._when_read is not None:
            self._when_read()

    def timed(self, report: Report) -> Report:
        """The report, with the times until now."""
        return replace(report, times=Times(self._read - self._start, perf_counter() - self._read))


class Linting:
    """One request to lint. Raises, when it is made, what `lint` raises for settings."""

    def __init__(self, asked: Request, only: Collection[str] = ()) -> None:
        """only: the ids of rules; of those that the settings choose no others are applied. Empty: all are."""
        self._asked, self._only = asked, only
        self._clock = _Clock(asked.when_read)
        self._files = asked.files(ListedDisk())
        if asked.memory is not None:
            asked.memory.begin(self._files)
        self._nearest = asked.load(self._files)
        self._wanted = asked.wanted(
            lambda settings: settings.chosen(asked.rules, asked.select, asked.ignore, asked.profile)
        )
        self._dependants = None if isinstance(asked.dependants, bool) else asked.dependants
        secret.forget()

    def report(self) -> Report:
        """The report. Raises what `lint` raises."""
        request = self._asked
        run = self._run()
        without_known = self._without_known()
        report = self._clock.timed(run.report(request.paths))
        self._dependants = run.dependants  # Another landscape is not searched anew.
        paths = [path for path in request.paths or [""] if self._files.is_folder(path or os.curdir)]
        report = replace(report, seen=replace(report.seen, folders=paths, is_narrow=bool(request.values)))
        report = replace(report, fails_on_nothing=request.fail_on_nothing, locked=self._locked())
        report = replace(report, suggest=partial(_suggested, self._files), owners=partial(_owners, self._files))
        report = replace(report, prove=partial(self._proved, report))
        if request.picture or (request.ranks and len(report.findings) > 1):
            report = self._pictured(report)
        report = self._with_left_out(report, run)
        if request.against is not None:
            report = self._compared(report, request.against, shows_advice=run.scopes.base.shows_advice)
        elif request.gate is True or (request.gate == "policy" and self._has_policy()):
            report = self._gated(report)
        report = self._sure(self._told(without_known(report)))
        # Those of the run are so already; settings, the gate and the baseline add others.
        against = report.against if request.against is not None else None
        return replace(report, against=against, notices=[*map(secret.without_secrets, report.notices)])

    def _has_policy(self) -> bool:
        from awslint_memo.comparing.former_policy import had_policy

        is_policed = any(settings.is_policed for settings in (self._nearest.base, *self._nearest.met))
        return is_policed or had_policy("HEAD", self._current(gate=True))

    def _gated(self, report: Report) -> Report:
        """The report with what the last commit looked at and this run does not, and what changed, which is not told."""
        try:
            return self._compared(report, "HEAD", shows_advice=True, gate=True)
        except LookupError as error:
            if self._asked.gate is True:
                raise LookupError(str(error.args[0]).replace("--against HEAD", "--gate", 1)) from error
            return replace(report, notices=[*report.notices, f"gate: not compared: {error.args[0]}"])

    def _sure(self, report: Report) -> Report:
        """The report without findings that are less sure than somebody wants to see."""
        least = self._asked.min_confidence
        if least is None:
            return report
        from awslint_memo.api.confidence import sure

        every = (self._nearest.base, *self._nearest.met)
        return sure(report, least, frozenset().union(*(each.locked(self._asked.rules.values()) for each in every)))

    def _told(self, report: Report) -> Report:
        if report.gate is None or not report.gate.is_shut:
            return report
        from awslint_memo.comparing.gate import told

        return told(report)

    def _prepare(
        self,
        files: Files,
        nearest: Nearest,
        standard_input: Source | None,
        *,
        has_landscape: bool = False,
        only: Collection[str] = (),
        **options: Any,
    ) -> Run:
        """A run with some files; not always those of the request. only: the ids of the rules that are applied; empty:
        all that are asked for. options: more of the run's."""
        from awslint_memo.settings.preparation import prepared

        request = self._asked
        value_files = (*request.values, *nearest.base.var_files, *nearest.base.parameter_files.values())
        run_options = replace(
            request.run_options,
            standard_input=standard_input,
            value_files=value_files if request.dependants else None,
            staged=request.staged,
            dependants=self._dependants,
            compares=request.against is not None
            or bool(request.gate)
            or request.baseline is not None
            or bool(self._nearest.base.baseline),
            processes=request.processes,
            **options,
        )
        wanted = replace(self._wanted, has_landscape=has_landscape)
        return prepared(nearest, _of_rules(wanted, only) if only else wanted, files, run_options)

    def _run(self) -> Run:
        """The run of the files of now."""
        request = self._asked
        coverage = None
        if request.coverage:
            from awslint_memo.judging.coverage import Coverage

            coverage = Coverage()
        return self._prepare(
            self._files,
            self._nearest,
            request.standard_input,
            only=self._only,
            validates=request.validate,
            ignored=(*self._nearest.base.ignore, *request.ignore),
            coverage=coverage,
            memory=request.memory,
            progress=request.progress or Progress(),
            when_read=self._clock.read,
        )

    def _without_known(self) -> Callable[[Report], Report]:
        """What takes the findings of the baseline out of a report. Raises Problem if that can't be read."""
        request = self._asked
        path = self._nearest.base.baseline if request.baseline is None else request.baseline
        if not path:
            return lambda report: report
        from awslint_memo.comparing.baseline import without

        return without(path, self._files)

    def _locked(self) -> dict[str, str]:
        """The rules of which no baseline may take the findings, each with the policy that says so."""
        locked: dict[str, str] = {}
        for settings in (self._nearest.base, *self._nearest.met):
            locked.update(settings.kept_from_baseline(self._asked.rules.values()) if settings.locks else ())
        return locked

    def _pictured(self, report: Report) -> Report:
        """The report with the graph of what it is about, and the survey if a picture is asked for.

        What fails there only is told as a part that is not drawn, since a run ends alike with and without a picture.
        """
        from awslint_memo.settings.surveying import drawn, pictured

        paths, source = self._asked.paths, self._asked.standard_input
        run = self._prepare(self._files, self._nearest, source, has_landscape=True)
        paths = paths if self._dependants is None else self._dependants.with_paths(paths)
        if not self._asked.picture:
            return replace(report, graph=drawn(run, paths))
        graph, survey = pictured(run, self._nearest.base, paths)
        known = {str(problem) for problem in report.errors}
        more = [one for one in map(str, graph.errors) if one not in known]
        return replace(report, graph=replace(graph, left_out=[*graph.left_out, *more]), survey=survey)

    def _with_left_out(self, report: Report, run: Run) -> Report:
        packages = [
            f"{path_from(folder)}: rules of this package are not applied: it is a part of what is linted; name "
            "it with --rules if it is yours"
            for folder in rule_packages(self._asked.paths).left_out
        ]
        packages += not_run("git", self._asked.paths)
        report = replace(report, notices=[*packages, *report.notices]) if packages else report
        configurations = self._nearest.met
        if not (configurations or run.finder.ignored or run.finder.unapplied):
            return report
        from awslint_memo.settings.preparation import left_out

        said = left_out(
            self._nearest,
            configurations,
            {} if self._asked.select else self._asked.rules,
            self._asked.profile,
            run.finder,
            self._nearest.policy,
        )
        return replace(report, notices=[*said, *report.notices])

    def _compared(self, report: Report, against: str, *, shows_advice: bool, gate: bool | None = None) -> Report:
        from awslint_memo.comparing import landscapes

        if self._asked.when_read is not None:
            self._asked.when_read()  # What was judged is kept.
        return landscapes.against(against, self._current(gate=gate, shows_advice=shows_advice), report)

    def _current(self, *, gate: bool | None, shows_advice: bool = True) -> Current:
        from awslint_memo.comparing.current import Current

        request = self._asked
        return Current(
            request.paths,
            self._files,
            self._nearest,
            request.load,
            request.values,
            request.standard_input,
            shows_advice,
            self._prepare,
            request.bounds,
            bool(request.validate),
            (None if request.gate == "policy" else request.gate) if gate is None else gate,
            (self._nearest.base.baseline if request.baseline is None else request.baseline) or "",
        )

    def _proved(self, report: Report, wanted: Sequence[Finding]) -> list[Finding] | None:
        from awslint_memo.fixes.proving import proved

        return proved(self._asked.paths, self._look, report, self._files, wanted)

    def _look(self, paths: Sequence[str], texts: Mapping[str, str]) -> Report:
        """What the run says of files with other texts, and of nothing else."""
        request = self._asked
        source = request.standard_input
        if source is not None and source.path in texts:
            source = Source(source.path, source.encoded(texts[source.path]))
        unsaved = {**(request.unsaved or {}), **self._files.encoded(texts)}
        again = replace(request, paths=paths, unsaved=unsaved, standard_input=source)
        again = replace(again, when_read=None, against=None, gate=False, memory=None, validate=False, progress=None)
        again = replace(again, picture=False, ranks=False, coverage=False, baseline=False, min_confidence=None)
        return Linting(replace(again, processes=1, dependants=self._dependants or False)).report()


def _of_rules(wanted: Wanted, ids: Collection[str]) -> Wanted:
    """The same, with no other rules than those with these ids."""
    return replace(wanted, choose=lambda settings: [rule for rule in wanted.choose(settings) if rule.id in ids])


def _owners(files: Files, path: str) -> Sequence[str]:
    """The owners of a file of the repository that it is in."""
    from awslint_memo.judging.owners import Owners

    top = files.root_above(path)
    return files.once(_owners_by_top).setdefault(top, Owners(files, top)).of(path)


def _owners_by_top(_: Files) -> dict[str, Owners]:
    return {}


def _suggested(files: Files, finding: Finding) -> Suggestion | None:
    if finding.fix is None:
        return None
    from awslint_memo.fixes.suggestion import Suggestions

    return files.once(Suggestions)(finding)
