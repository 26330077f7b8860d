"""A run: finds and reads files, checks the templates in them, and builds the report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.linking import Linker, Nests, parents_first
from awslint_memo.judging.notices import (
    can_not_tell,
    isolated,
    not_enumerated,
    not_followed,
    not_installed,
    within_budget,
)
from awslint_memo.judging.reading import STANDARD_INPUT, FileReader, Reading, is_alone
from awslint_memo.judging.report import Hidden, Report, Seen
from awslint_memo.judging.scope import Scope, Scopes
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.judging.template_run import Progress, TemplateResult, TemplateRun
from awslint_memo.judging.user_inputs import UserInputs
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.secret import hidden_places, without_secrets
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.git_sync import Synced
    from awslint_memo.judging.memory import Memory


@record
class Run:
    """The inputs of a run, and its intermediate results.

    scopes: what is asked of each file. standard_input: the file for the path `-`. says_unknown: whether a named file
    that is not a template is an error (a hook passes every YAML file, so there only a file that looks like a template
    is). links_stacks: whether templates are linked by their exports and imports. var_files: files with values of
    Terraform variables. plan_source: the folder with the configuration of the plans, if they are in another one. given:
    the names that the user gave values for all files. coverage: receives what was judged, if somebody wants to know.
    seen: receives what was looked at, if `sees`. when_read: called once all files are read, before they are judged.
    processes: how many may work at once. memory: what was judged the last time. validates: whether cfn-lint checks the
    CloudFormation templates too. ignored: patterns of rules that the user does not want, for those of cfn-lint.
    progress: counts what is done. values: the files of values that are named, if what depends on the files is looked at
    too. beside: what that is.
    """

    scopes: Scopes
    files: Files = field(default_factory=Files)
    finder: FileFinder = field(default_factory=FileFinder)
    says_unknown: bool = True
    links_stacks: bool = True
    var_files: Sequence[str] = ()
    plan_source: str | None = None
    given: UserInputs = field(default_factory=UserInputs)
    coverage: Coverage | None = None
    seen: Seen = field(default_factory=Seen)
    sees: bool = False
    when_read: Callable[[], None] | None = None
    standard_input: Source | None = None
    processes: int = 1
    memory: Memory | None = None
    validates: bool = False
    ignored: Sequence[str] = ()
    progress: Progress = field(default_factory=Progress)
    values: Sequence[str] | None = None
    beside: Dependants | None = None
    _synced: Synced = field(default_factory=dict)
    _findings: list[Finding] = field(default_factory=list)
    _link_errors: list[Problem] = field(default_factory=list)
    _look_errors: list[Problem] = field(default_factory=list)
    _notices: list[str] = field(default_factory=list)
    _readings: list[Reading] = field(default_factory=list)
    _incomplete: list[str] = field(default_factory=list)
    _remote_modules: dict[str, None] = field(default_factory=dict)
    _unshown: list[Finding] = field(default_factory=list)
    _hidden: list[Hidden] = field(default_factory=list)
    _reached: set[str] = field(default_factory=set)
    """The absolute paths of the files that were checked as a part of a deployment so far."""

    def report(self, paths: Sequence[str]) -> Report:
        """Check the files that `paths` name or contain; without paths, those in the working folder."""
        reader, template_run = self._reader(), self._template_run()
        self.beside = beside = self.beside or self._dependants(paths)
        paths = paths if beside is None else beside.with_paths(paths)
        self._check(paths, reader, template_run)
        folders = [path for path in paths or [""] if path != STANDARD_INPUT]
        for scope in self.scopes:
            self._end(scope, folders)
        with isolated(self.scopes.base.path, self._look_errors):
            self._tell(self.given, folders)
        apps = reader.apps.told(self._readings, self._look_errors)
        self._notices += [*apps, *not_enumerated(self._incomplete), *not_installed(list(self._remote_modules))]
        counted = self.coverage or template_run.partly
        muted = {} if counted is None else counted.muted()
        self._notices += can_not_tell(muted)
        self._notices += [*self.files.notices, *not_followed([*reader.links, *self.files.left_links], reader.odd)]
        if beside is not None:
            self._findings, self._unshown = beside.shown(self._findings), beside.shown(self._unshown)
            self._hidden = [one for one in self._hidden if not beside.is_beside(one.finding)]
        rules = {one.id: one for scope in self.scopes for one in scope.check_options.rules}
        return Report(
            findings=sorted(self._findings, key=lambda one: one.order),
            errors=self.errors,
            notices=list(dict.fromkeys(map(without_secrets, self._notices))),
            files=self._paths(lambda one: one.template is not None),
            passed_over=self._passed_over,
            advice_hidden=len(self._unshown),
            unshown=self._unshown,
            suppressed=self._hidden,
            rules=[*rules.values(), *ENGINE_RULES.values(), *template_run.other_rules],
            fail_on=self.scopes.base.fail_on,
            lines=self._lines,
            secrets=hidden_places(),
            root=self.files.root,
            coverage=self._covered(),
            seen=replace(self.seen, muted=frozenset(muted), rules=frozenset(rules)),
        )

    def _dependants(self, paths: Sequence[str]) -> Dependants | None:
        if self.values is None:
            return None
        from awslint_memo.judging.dependants import dependants

        self._notices += (found := dependants(paths, self.values, self.files)).notices
        return found

    def _end(self, scope: Scope, folders: Sequence[str]) -> None:
        """Note what can be said of a configuration once all files were looked at."""
        with isolated(scope.path, self._look_errors):
            self._findings = scope.suppressions.settled(self._findings)
            self._keep(scope.suppressions.left_over(folders, is_whole=not self.errors), scope)
        with isolated(scope.path, self._look_errors):
            self._notices += scope.check_options.notices()
            self._tell(scope.given, folders)

    def _tell(self, given: UserInputs, folders: Sequence[str]) -> None:
        self._notices += given.notices(folders, is_hook=not self.says_unknown, is_whole=not self.errors)

    def _keep(self, findings: Sequence[Finding], scope: Scope) -> None:
        for one in findings:
            is_same = scope.fail_on == self.scopes.base.fail_on
            made = one if is_same else replace(one, fail_on=scope.fail_on)
            (self._findings if scope.shows(one) else self._unshown).append(made)

    def _reader(self) -> FileReader:
        return FileReader(self.files, self.finder, self.says_unknown, self.standard_input, self._synced)

    def _template_run(self) -> TemplateRun:
        template_run = TemplateRun(self.scopes, self.files, self.given, self.coverage, synced=self._synced)
        template_run.memory, template_run.sees, template_run.progress = self.memory, self.sees, self.progress
        return template_run

    def _check(self, paths: Sequence[str], reader: FileReader, template_run: TemplateRun) -> None:
        """Look at each template; those that meet no others one by one, in other processes too if there are many."""
        is_split = self.memory is None and not (self.given.given or self.var_files or self.validates)
        alone: list[Reading] = []
        here = 0
        for reading in reader.read(paths):
            self._readings.append(reading)
            self.progress.read += 1
            if is_split and reading.source is not None and self._is_alone(reading.source):
                alone.append(reading)
            else:
                self.progress.pulse()
                reader.recognize(reading)
                here += 0 if reading.source is None or reading.template is None else len(reading.source.data)
        if len(alone) > 1:
            self._split(alone, here, reader, template_run)
            return
        for reading in alone:
            reader.recognize(reading)
        self.progress.templates = len([one for one in self._readings if one.template is not None])
        if self.validates:
            self._validate(template_run)
        for one in self._templates():
            self._add(template_run.check(one), one)

    def _is_alone(self, source: Source) -> bool:
        scope = self.scopes.of(source.path)
        return is_alone(source) and not scope.gives

    def _validate(self, template_run: TemplateRun) -> None:
        """Let cfn-lint check the CloudFormation templates; it reads files only."""
        from awslint_memo.judging.cfn_lint import on_disk, validated

        found = [one.template for one in self._readings if one.template is not None]
        sources = [one.source for one in found if one.language == "cloudformation"]
        paths = on_disk(sources, self.standard_input, self.files, self._notices)
        template_run.validated = validated(paths, self.ignored)
        self._link_errors += template_run.validated.errors

    def _split(self, alone: Sequence[Reading], here: int, reader: FileReader, template_run: TemplateRun) -> None:
        """Look at each template; of those that meet no others, only one is kept in memory at a time.

        here: the bytes of the others. What is found is added in the same order as if all were kept.
        """
        from awslint_memo.judging.isolated_templates import StandIn, isolated_templates

        with isolated_templates(alone, here, self.processes, reader, template_run, self.when_read) as away:
            templates, nests = self._linked()
            joined = [one for one in templates if not isinstance(one, StandIn)]
            self.progress.templates = len(joined) + len(away.here)
            reached: set[str] = set()
            looks: dict[int, TemplateResult] = {}
            for one in self._in_order(joined, nests, reached):
                looks[id(one)] = template_run.check(one)
                reached.update(looks[id(one)].reached)
            away.collect()
        found = [one for one in templates if not isinstance(one, StandIn) or id(one) in away.pieces]
        for one in parents_first(found, nests, self._reached):
            self._add(looks[id(one)] if id(one) in looks else away.counted(one), one)

    def _linked(self) -> tuple[list[Template], Nests]:
        """The templates, each with what belongs to it, and what each may nest."""
        linker = Linker(self.files, self.given, self._link_errors, self.var_files, self.plan_source, self.links_stacks)
        linker.near = lambda folder: self.scopes.of(os.path.join(folder, "_")).var_files
        found = linker.linked([one.template for one in self._readings if one.template is not None])
        if self.when_read is not None:
            self.when_read()
        return found

    def _templates(self) -> Iterator[Template]:
        """The templates to check: nested ones are checked with their parents.

        A nested one that is in no deployment of its parents follows them, to be checked by itself.
        """
        return self._in_order(*self._linked(), self._reached)

    def _in_order(self, templates: Sequence[Template], nests: Nests, reached: set[str]) -> Iterator[Template]:
        """Templates in the order of their looks; if something looks over several, all are met first."""
        every = {id(one): self.scopes.of(one.source.path).check_options for one in templates}
        landscape = next((one.landscape for one in every.values() if one.landscape is not None), None)
        if landscape is None:
            return parents_first(templates, nests, reached)
        return iter(landscape.filled(templates, nests, lambda one: every[id(one)].deployments(one), self._look_errors))

    def _add(self, result: TemplateResult, template: Template) -> None:
        self._keep(result.findings, self.scopes.of(template.source.path))
        self._look_errors += result.errors
        self._notices += result.notices
        self._incomplete += result.incomplete
        self._remote_modules.update(dict.fromkeys(result.remote_modules))
        self._reached.update(result.reached)
        self._hidden += result.hidden
        if result.seen is not None:
            self.seen.add(result.seen)

    def _covered(self) -> Coverage | None:
        """What was judged, with what the run left out."""
        if self.coverage is not None:
            self.coverage.leave_out(self._passed_over, self._every_error, self._incomplete)
            self.coverage.suppressed = len(self._hidden)
        return self.coverage

    def _paths(self, wanted: Callable[[Reading], bool]) -> list[str]:
        return [one.source.path for one in self._readings if one.source is not None and wanted(one)]

    @property
    def _passed_over(self) -> list[str]:
        return self._paths(lambda one: one.is_passed_over)

    @property
    def _every_error(self) -> list[Problem]:
        """Those of files in their order, then those of what files are joined to."""
        of_files = (error for one in self._readings for error in one.errors)
        return [*of_files, *self._link_errors, *self._look_errors]

    @property
    def errors(self) -> list[Problem]:
        """The errors of files so far, each once, even if the file is reached by different paths."""
        found: dict[tuple[object, ...], Problem] = {}
        for one in self._every_error:
            one.tell(without_secrets(one.message))
            found.setdefault((os.path.abspath(one.path), one.line, one.column, one.message), one)
        return list(found.values())

    def survey(self, paths: Sequence[str], look: Callable[[Template, Deployments, CheckOptions], None]) -> None:
        """Let somebody look at each template and its deployments, with the settings that count for it."""
        reader, template_run = self._reader(), self._template_run()
        for reading in reader.read(paths):
            self._readings.append(reading)
            reader.recognize(reading)
        for one in self._templates():
            result = TemplateResult()
            with isolated(one.source.path, result.errors), within_budget([one], result.errors):
                look(one, template_run.deployments(one, result), template_run.options(one))
            self._add(result, one)

    def _lines(self, path: str) -> Sequence[str]:
        try:
            return self.files.read(path).lines
        except Problem:
            return ()
