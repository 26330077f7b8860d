"""A run: reads files, joins them to templates, checks these, and builds the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging import notices, tracing_advice
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.left_out import closed, each_once, of_files, of_modules, shown
from awslint_memo.judging.linking import Linked, Linker, Nests, parents_first, whole
from awslint_memo.judging.notices import enumerated, isolated, within_budget
from awslint_memo.judging.reading import STANDARD_INPUT, FileReader, Reading, ShownLines, is_alone
from awslint_memo.judging.repeats import Callers, without_repeats
from awslint_memo.judging.report import Report, Seen
from awslint_memo.judging.run_options import RunOptions, Scope, Scopes, swept
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.judging.template_run import TemplateResult, TemplateRun
from awslint_memo.judging.user_inputs import UserInputs
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.secret import hidden_places, without_secrets
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template

_Show: TypeAlias = Callable[[Template, Deployments, CheckOptions], None]

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.git_sync import Synced


@record
class Run:
    """The inputs of a run, and what it has found so far; each run is used once.

    scopes: the settings of each file. inputs: the names that the user gave values for all files. dependants: what
    depends on the files that are named, once the run has searched for it.
    """

    scopes: Scopes
    files: Files = field(default_factory=Files)
    finder: FileFinder = field(default_factory=FileFinder)
    options: RunOptions = field(default_factory=RunOptions)
    inputs: UserInputs = field(default_factory=UserInputs)
    dependants: Dependants | None = None
    synced: Synced = field(default_factory=dict)
    """What deployment files say, by template."""
    _readings: list[Reading] = field(default_factory=list)
    _total: TemplateResult = field(default_factory=TemplateResult)
    """What all templates came to, and what the run has to say of itself."""
    _unshown: list[Finding] = field(default_factory=list)
    _link_errors: list[Problem] = field(default_factory=list)
    _callers: Callers = field(default_factory=Callers)

    def report(self, paths: Sequence[str]) -> Report:
        """Check the files that `paths` name or contain; without paths, those in the working folder."""
        paths = self._with_dependants(paths)
        reader, checks = self._reader(), self._checks()
        self._check(paths, reader, checks)
        shown, unshown, repeated = without_repeats(self._total.findings, self._unshown)
        self._total.findings, self._unshown = map(self._callers.marked, (shown, unshown))
        self._unshown = tracing_advice.left_out(self._total, self._unshown, self.scopes, self.files)
        folders = [path for path in paths or [""] if path != STANDARD_INPUT]
        is_whole = not self.errors
        with isolated(self.scopes.base.path, self._total.errors):
            self._settle_idle()
        for scope in self.scopes:
            self._finish_scope(scope, folders, is_whole=is_whole and not self._total.errors)
        muted = self._notice_left_out(folders, reader, checks)
        self._leave_out()
        rules = {rule.id: rule for scope in self.scopes for rule in scope.check_options.rules}
        return Report(
            findings=sorted(self._total.findings, key=lambda finding: finding.order),
            errors=self.errors,
            notices=list(notices.alike(dict.fromkeys(map(without_secrets, self._total.notices)))),
            files=self._paths(lambda reading: reading.template is not None),
            passed_over=self._passed_over,
            advice_hidden=len(self._unshown),
            unshown=self._unshown,
            suppressed=self._total.hidden,
            rules=[*rules.values(), *ENGINE_RULES.values(), *checks.other_rules],
            fail_on=self.scopes.base.fail_on,
            lines=ShownLines(self.files, self._readings),
            secrets=hidden_places(),
            root=self.files.root,
            coverage=self._covered(),
            looked=self._total.looked,
            seen=replace(self._total.seen or Seen(), muted=frozenset(muted), rules=frozenset(rules), repeated=repeated),
        )

    def survey(self, paths: Sequence[str], show: _Show, choose: Callable[[Linked], Linked] = whole) -> list[str]:
        """Show the templates that are chosen, and their deployments; gives notices of what was not read, or not all."""
        reader, checks = self._reader(), self._checks()
        for reading in reader.read(paths):
            self._readings.append(reading)
            reader.recognize(reading)
        for template in self._in_order(*choose(self._linked()), self._callers.reached):
            result = TemplateResult()
            with isolated(template.source.path, result.errors), within_budget([template], result.errors):
                deployments = checks.deployments(template, result)
                show(template, deployments, checks.check_options(template))
                result.incomplete += enumerated(template.source.path, deployments)
            self._add(result, template)
        return [*reader.told(), *notices.not_enumerated(self._total.incomplete)]

    @property
    def errors(self) -> list[Problem]:
        """The errors of files so far, each once."""
        return each_once(self._every_error)

    def _with_dependants(self, paths: Sequence[str]) -> Sequence[str]:
        """The paths to check, with those of what depends on them if that is asked for."""
        self.dependants = self.options.dependants
        if self.dependants is None and self.options.value_files is not None:
            from awslint_memo.judging.dependants import dependants

            self.dependants = dependants(paths, self.options.value_files, self.files, self.options.staged)
            self._total.add(TemplateResult(notices=self.dependants.notices, errors=self.dependants.errors))
        return paths if self.dependants is None else self.dependants.with_paths(paths)

    def _reader(self) -> FileReader:
        options = self.options
        return FileReader(self.files, self.finder, options.reports_unknown, options.standard_input, self.synced)

    def _linked(self) -> tuple[list[Template], Nests]:
        """The templates, each with what belongs to it, and what each may nest."""
        linker = Linker(self.files, self.inputs, self._link_errors, self.options, self.scopes.at)
        linked = linker.linked([reading.template for reading in self._readings if reading.template is not None])
        if self.options.when_read is not None:
            self.options.when_read()
        return linked

    def _in_order(self, templates: Sequence[Template], nests: Nests, reached: set[str]) -> Iterator[Template]:
        """Templates in the order in which they are checked; nested ones are checked with their parents.

        A nested one that is in no deployment of its parents follows them, to be checked by itself. If something looks
        over several templates, all of them are met first.
        """
        options = {id(template): self.scopes.of(template.source.path).check_options for template in templates}
        landscape = next((each.landscape for each in options.values() if each.landscape is not None), None)
        in_order = partial(parents_first, templates, nests)
        if landscape is None:
            return in_order(reached)
        return iter(landscape.filled(in_order, lambda one: options[id(one)].deployments(one), self._total.errors))

    def _checks(self) -> TemplateRun:
        return TemplateRun(
            self.scopes, self.files, self.inputs, self.options, self.options.coverage, synced=self.synced
        )

    def _check(self, paths: Sequence[str], reader: FileReader, checks: TemplateRun) -> None:
        """Check each template; those that meet no others one by one, in other processes too if there are many."""
        options, progress = self.options, self.options.progress
        is_split = options.memory is None and not (self.inputs.values or options.var_files or options.validates)
        alone: list[Reading] = []
        here = 0
        for reading in reader.read(paths):
            self._readings.append(reading)
            progress.read += 1
            if is_split and reading.source is not None and self._is_alone(reading.source):
                alone.append(reading)
            else:
                progress.pulse()
                reader.recognize(reading)
                here += 0 if reading.source is None or reading.template is None else len(reading.source.data)
        if len(alone) > 1:
            self._check_isolated(alone, here, reader, checks)
            return
        for reading in alone:
            reader.recognize(reading)
        progress.templates = len(self._paths(lambda reading: reading.template is not None))
        if options.validates:
            self._validate(checks)
        for template in self._in_order(*checks.met(*self._linked()), self._callers.reached):
            self._add(swept(checks.check(template), progress.templates), template)

    def _is_alone(self, source: Source) -> bool:
        return not self.scopes.of(source.path).gives and is_alone(source)

    def _validate(self, checks: TemplateRun) -> None:
        """Let cfn-lint check the CloudFormation templates; it reads files only."""
        from awslint_memo.judging.cfn_lint import validated
        from awslint_memo.judging.cfn_lint_inputs import inputs

        every = [reading.template for reading in self._readings if reading.template is not None]
        templates = [template for template in every if template.language == "cloudformation"]
        given = inputs(templates, self.options.standard_input, self.files, self._total.notices)
        configuration = self.options.validates if isinstance(self.options.validates, str) else None
        checks.validated = validated(given, self.options.ignored, configuration, self._total.notices)
        self._link_errors += checks.validated.errors

    def _check_isolated(self, alone: Sequence[Reading], here: int, reader: FileReader, checks: TemplateRun) -> None:
        """Check each template; of those that meet no others, only one is kept in memory at a time.

        here: the bytes of the others. What is found is added in the same order as if all were kept.
        """
        from awslint_memo.judging.isolated_templates import StandIn, isolated_templates

        with isolated_templates(alone, here, reader, checks) as away:
            templates, nests = self._linked()
            joined = [template for template in templates if not isinstance(template, StandIn)]
            self.options.progress.templates = len(joined) + len(away.here)
            reached: set[str] = set()
            results: dict[int, TemplateResult] = {}
            for template in self._in_order(joined, nests, reached):
                results[id(template)] = swept(checks.check(template))
                reached.update(results[id(template)].reached)
            away.collect()
        existing = [
            template for template in templates if not isinstance(template, StandIn) or id(template) in away.pieces
        ]
        for one in parents_first(existing, nests, self._callers.reached):
            self._add(results[id(one)] if id(one) in results else away.counted(one), one)

    def _add(self, result: TemplateResult, template: Template) -> None:
        """Add what a template came to."""
        self._keep(result.findings, self.scopes.of(template.source.path))
        self._total.add(result)
        self._callers.see(template, result.reached)

    def _keep(self, findings: Sequence[Finding], scope: Scope) -> None:
        is_base = scope.fail_on == self.scopes.base.fail_on
        for finding in findings:
            kept = self._total.findings if scope.shows(finding) else self._unshown
            kept.append(finding if is_base else replace(finding, fail_on=scope.fail_on))

    def _settle_idle(self) -> None:
        """Leave out what is said about suppressions that another template with the same file needs."""
        every = [scope.suppressions for scope in self.scopes if scope.suppressions.idle]
        if every:
            from awslint_memo.judging.idle_suppressions import settled

            self._total.findings = settled(self._total.findings, every)

    def _finish_scope(self, scope: Scope, folders: Sequence[str], *, is_whole: bool) -> None:
        """Tell of the suppressions and the values in a configuration that had no effect."""
        errors, is_hook = self._total.errors, not self.options.reports_unknown
        self._keep(scope.refused, scope)
        with isolated(scope.path, errors):
            self._keep(scope.suppressions.left_over(folders, is_whole=is_whole), scope)
        with isolated(scope.path, errors):
            self._total.notices += scope.check_options.notices()
            self._total.notices += scope.inputs.notices(folders, is_hook=is_hook, is_whole=is_whole)

    def _notice_left_out(self, folders: Sequence[str], reader: FileReader, checks: TemplateRun) -> Sequence[str]:
        """Note what the run left out; returns the ids of the rules that this keeps silent somewhere."""
        total = self._total
        with isolated(self.scopes.base.path, total.errors):
            is_hook = not self.options.reports_unknown
            total.notices += self.inputs.notices(folders, is_hook=is_hook, is_whole=not self.errors)
        total.notices += reader.told()
        total.notices += notices.not_enumerated(total.incomplete)
        shows_advice = any(scope.shows_advice for scope in self.scopes)
        if total.of_no_production:
            from awslint_memo.judging import nonproduction_notices

            total.notices += nonproduction_notices.told(total.of_no_production, shows_advice=shows_advice)
        total.notices += notices.valued(total.taken_values, total.other_values)
        total.notices += of_modules(total, shows_advice=shows_advice)
        muted = counted.muted() if (counted := checks.coverage or checks.partly) is not None else {}
        total.notices += [*notices.can_not_tell(muted), *self.files.notices]
        total.notices += of_files(self.finder, self._readings, self._callers.reached, self.files, total.errors)
        total.notices += closed(reader, folders, total.errors)
        return list(muted)

    def _leave_out(self) -> None:
        """Take out what concerns only files that are read for others, and what is excluded but for locked rules."""
        total, beside = self._total, self.dependants
        show = partial(shown, beside=beside, guarded=self.finder.guarded, scopes=self.scopes)
        total.findings, self._unshown = show(total.findings), show(self._unshown)
        if beside is not None:
            total.hidden = [hidden for hidden in total.hidden if not beside.is_beside(hidden.finding)]

    def _covered(self) -> Coverage | None:
        """What was checked, with what the run left out."""
        coverage = self.options.coverage
        if coverage is not None:
            coverage.leave_out(self._passed_over, self._every_error, [one.path for one in self._total.incomplete])
            coverage.suppressed = len(self._total.hidden)
            coverage.looked = self._total.looked
        return coverage

    def _paths(self, is_meant: Callable[[Reading], bool]) -> list[str]:
        return [reading.source.path for reading in self._readings if reading.source is not None and is_meant(reading)]

    @property
    def _passed_over(self) -> list[str]:
        return self._paths(lambda reading: reading.is_passed_over)

    @property
    def _every_error(self) -> list[Problem]:
        """Those of files in their order, then those of what files are joined to."""
        of_files = (error for reading in self._readings for error in reading.errors)
        return [*of_files, *self._link_errors, *self._total.errors]
