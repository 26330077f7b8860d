"""A run: finds and reads files, checks the templates in them, and builds the report."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Literal

from awslint_memo.files.file_finder import FileFinder, Found, Unfollowed
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.causes import split
from awslint_memo.judging.coverage import NOT_A_TEMPLATE, UNREAD, Coverage
from awslint_memo.judging.given import Given, GivenNames
from awslint_memo.judging.judge import LintOptions, judge
from awslint_memo.judging.notices import can_not_tell, internal_error, not_enumerated, not_followed, not_installed
from awslint_memo.judging.order import parents_first
from awslint_memo.judging.report import Report
from awslint_memo.judging.roots import root_beside, root_of
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppressions import ENGINE_RULES, Suppressions
from awslint_memo.judging.together import together
from awslint_memo.model.budget import budget
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.secret import without_secrets
from awslint_memo.model.similar import closest
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template, unread
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.why import Verdict

STANDARD_INPUT = "-"

KINDS = "a CloudFormation or SAM template, Terraform configuration or a Terraform plan in JSON"


@record
class Run:
    """The inputs of a run, and its intermediate results.

    standard_input: the file for the path `-`. says_unknown: whether a named file that is not a template is an error (a
    hook passes every YAML file, so there only a file that looks like a template is). links_stacks: whether templates
    are linked by their exports and imports. var_files: files with values of Terraform variables. plan_source: the
    folder with the configuration of the plans, if they are in another one. given: the names that the user gave values.
    coverage: receives what was judged, if somebody wants to know. settings_path: the configuration, empty if none.
    when_read: called once all files are read, before they are judged.
    """

    lint_options: LintOptions
    suppressions: Suppressions
    files: Files = field(default_factory=Files)
    finder: FileFinder = field(default_factory=FileFinder)
    shows_advice: bool = False
    says_unknown: bool = True
    links_stacks: bool = True
    var_files: Sequence[str] = ()
    plan_source: str | None = None
    given: GivenNames = field(default_factory=GivenNames)
    coverage: Coverage | None = None
    when_read: Callable[[], None] | None = None
    standard_input: Source | None = None
    settings_path: str = ""
    fail_on: Level | Literal["never"] = "warning"
    _findings: list[Finding] = field(default_factory=list)
    _errors: list[Problem] = field(default_factory=list)
    _notices: list[str] = field(default_factory=list)
    _linted: list[str] = field(default_factory=list)
    _passed_over: list[str] = field(default_factory=list)
    _incomplete: list[str] = field(default_factory=list)
    _remote_modules: dict[str, None] = field(default_factory=dict)
    _partly: Coverage = field(default_factory=Coverage)
    """What was judged of the templates of which a part was not read, if nobody wants to know of all."""
    _links: list[str] = field(default_factory=list)
    _odd: list[str] = field(default_factory=list)
    """Symbolic links out of the root, and files that are not regular, which a walk met."""
    _reached: set[str] = field(default_factory=set)
    """The absolute paths of the files that were checked as a part of a deployment so far."""

    def report(self, paths: Sequence[str]) -> Report:
        """Check the files that `paths` name or contain; without paths, those in the working folder."""
        for one in self._templates(paths):
            with self._isolate(one.source.path), self._within_budget([one]):
                self._look_at(one)
        folders = [path for path in paths or [""] if path != STANDARD_INPUT]
        with self._isolate(self.settings_path):
            self._findings += self.suppressions.left_over(folders)
        with self._isolate(self.settings_path):
            is_hook = not self.says_unknown
            self._notices += self.given.notices(folders, is_hook=is_hook, is_whole=not self._errors)
        self._notices += not_enumerated(self._incomplete)
        self._notices += not_installed(list(self._remote_modules))
        self._notices += can_not_tell((self.coverage or self._partly).muted())
        self._notices += [*self.files.notices, *not_followed([*self._links, *self.files.left_links], self._odd)]
        unshown = [one for one in self._findings if one.level == "advice" and not self.shows_advice]
        shown = [one for one in self._findings if one.level != "advice" or self.shows_advice]
        return Report(
            findings=sorted(shown, key=lambda one: one.order),
            errors=self.errors,
            notices=list(dict.fromkeys(map(without_secrets, self._notices))),
            files=self._linted,
            passed_over=self._passed_over,
            advice_hidden=len(unshown),
            unshown=unshown,
            suppressed=self.suppressions.hidden,
            rules=[*self.lint_options.rules, *ENGINE_RULES.values()],
            fail_on=self.fail_on,
            lines=self._lines,
            root=self.files.root,
            coverage=self._covered(),
        )

    def _covered(self) -> Coverage | None:
        """What was judged, with what the run left out."""
        if self.coverage is not None:
            unread = (one.path for one in self._errors if not one.is_partial)
            self.coverage.skipped |= {
                **dict.fromkeys(self._passed_over, NOT_A_TEMPLATE),
                **dict.fromkeys(unread, UNREAD),
            }
            self.coverage.incomplete += self._incomplete
            self.coverage.suppressed = len(self.suppressions.hidden)
        return self.coverage

    @property
    def errors(self) -> list[Problem]:
        """The errors of files so far, each once, even if the file is reached by different paths."""
        found: dict[tuple[object, ...], Problem] = {}
        for one in self._errors:
            one.message = without_secrets(one.message)
            found.setdefault((os.path.abspath(one.path), one.line, one.column, one.message), one)
        return list(found.values())

    def verdicts(self, rule: Rule, pattern: str, paths: Sequence[str]) -> list[Verdict]:
        """What a rule says of the resources that a pattern names. Raises Problem, or LookupError with a sentence."""
        from awslint_memo.judging.why import verdicts

        found: list[Verdict] = []
        names: dict[str, None] = {}

        def look(_: Template, deployments: Deployments) -> None:
            names.update({name: None for each in deployments.deployments for name in each.own})
            found.extend(verdicts(rule, pattern, deployments, self.lint_options))

        self.survey(paths, look)
        if not found and self._errors:
            raise self._errors[0]
        if not found:
            where = " and ".join(paths) or "the working folder"
            # A nested stack or module stands before the name that a person knows.
            inner = next((name for name in names if name.endswith((f"/{pattern}", f".{pattern}"))), None)
            hint = f"; did you mean {inner}?" if inner is not None else closest(pattern, names)
            raise LookupError(f"there is no resource {pattern} in {where}{hint}")
        return found

    def survey(self, paths: Sequence[str], look: Callable[[Template, Deployments], None]) -> None:
        """Let somebody look at each template and its deployments."""
        for one in self._templates(paths):
            with self._isolate(one.source.path), self._within_budget([one]):
                look(one, self._deployments(one))

    def _templates(self, paths: Sequence[str]) -> Iterator[Template]:
        """The templates to check, each with what belongs to it: nested ones are checked with their parents.

        A nested one that is in no deployment of its parents follows them, to be checked by itself.
        """
        templates: list[Template] = []
        for source, named in self._read(paths):
            with self._isolate(source.path):
                found = template(source, self.files)
                if found is None:
                    self._pass_over(source, named)
                else:
                    templates.append(found)
        self._linted += [one.source.path for one in templates]
        nests: dict[int, set[str]] = {}
        with self._within_budget(templates):
            templates = self._modules(templates)
            self._link_stacks(templates)
            for one in templates if len(templates) > 1 else ():
                with self._isolate(one.source.path):
                    nests[id(one)] = {os.path.abspath(path) for path in one.nests}
        if self.when_read is not None:
            self.when_read()
        return parents_first(templates, nests, self._reached)

    @contextmanager
    def _isolate(self, path: str) -> Iterator[None]:
        """Record an exception as an error of this file, so that the run continues with the other files."""
        try:
            yield
        except Exception as error:
            self._errors.append(error if isinstance(error, Problem) else internal_error(error, path))

    def _isolate_source(self, source: Source) -> AbstractContextManager[None]:
        return self._isolate(source.path)

    @contextmanager
    def _within_budget(self, templates: Sequence[Template]) -> Iterator[None]:
        """Give templates a budget, and say as an error of the first one's file what it was not enough for."""
        with budget(sum(len(one.source.data) for one in templates)) as spent:
            yield
        self._errors += [Problem(one, templates[0].source.path, is_partial=True) for one in spent.sentences]

    def _modules(self, templates: list[Template]) -> list[Template]:
        """The templates, after merging the files of each Terraform directory into one template."""
        if not self.var_files and not self.plan_source and all(one.language != "terraform" for one in templates):
            return templates
        from awslint_memo.readers.terraform.workspace import Workspace

        workspace = Workspace(self.files, self.var_files, self.plan_source)
        if self.var_files:
            spans = {name: value.place.span for name, value in workspace.named.items()}
            places = {name: f"{span.path}:{span.line}" for name, span in spans.items()}
            self.given.given.append(Given(dict.fromkeys(places), places.__getitem__))
        return workspace.merge_directories(templates, self._isolate_source)

    def _link_stacks(self, templates: Sequence[Template]) -> None:
        if len(templates) > 1 and self.links_stacks:
            from awslint_memo.readers.cloudformation import linked_stacks

            linked_stacks.connect(templates, self._isolate_source)

    def _read(self, paths: Sequence[str]) -> Iterator[tuple[Source, bool]]:
        if STANDARD_INPUT in paths and self.standard_input is not None:
            self.files.add(self.standard_input)
            yield self.standard_input, True
        files = [path for path in paths if path != STANDARD_INPUT]
        for found in self.finder.find(files) if files or not paths else ():
            if isinstance(found, Found):
                try:
                    yield self.files.read(found.path), found.named
                except Problem as problem:
                    self._errors.append(problem)
            elif isinstance(found, Unfollowed):
                (self._links if found.is_link else self._odd).append(found.path)
            else:
                self._errors.append(found)

    def _pass_over(self, source: Source, named: bool) -> None:
        self._passed_over.append(source.path)
        self.files.forget(source.path)
        if named:
            problem = unread(source, self.says_unknown)
            if problem is None and self.says_unknown:
                problem = Problem(f"this is not {KINDS}; name one of these", source.path)
            self._errors += [] if problem is None else [problem]

    def _deployments(self, found: Template) -> Deployments:
        deployments = self.lint_options.deployments(found)
        self._errors += deployments.problems
        self._reached.update(os.path.abspath(path) for path in deployments.reached)
        return deployments

    def _look_at(self, found: Template) -> None:
        self.given.see(found)
        deployments = self._deployments(found)
        self.given.see_queues(deployments.deployments, is_whole=deployments.is_complete and not deployments.unseen)
        root = root_of(found, self.files.root_above(found.source.path))
        coverage = self.coverage or (self._partly if deployments.unseen else None)
        if coverage is not None:
            coverage.see(found, deployments, self.lint_options.rules)
        judged, silent = split(judge(deployments, self.lint_options, coverage), self.lint_options.rules)
        findings = [replace(one, root=root) for one in judged if one.home_path not in deployments.context_files]
        if deployments.derived_from:
            findings = self._new(findings, deployments.derived_from)
        kept = together(self.suppressions.apply(found, deployments, findings, silent))
        # A suppression in a plan's configuration may be unused for this plan and used for other deployments.
        self._findings += [
            one for one in kept if one.rule not in ENGINE_RULES or one.home_path not in deployments.derived_from
        ]
        path = found.source.path
        self._notices += deployments.ineffective
        self._notices += [f"{path}: {what}" for what in deployments.taken]
        remote = deployments.remote_modules
        self._notices += [f"{path}: not checked: {what}" for what in deployments.unseen if what not in remote]
        self._remote_modules.update(dict.fromkeys(remote.values()))
        if not deployments.is_complete:
            self._incomplete.append(path)

    def _new(self, findings: Sequence[Finding], derived_from: Collection[str]) -> list[Finding]:
        """The findings of a plan, without those that were already reported for its configuration."""
        roots = {root_beside(path, self.files.root_above(path)) for path in derived_from}
        said = {
            (one.rule, one.name, one.route, one.home)
            for first in self._findings
            if first.root in roots
            for one in (first, *first.others)
        }
        return [one for one in findings if (one.rule, one.name, one.route, one.home) not in said]

    def _lines(self, path: str) -> Sequence[str]:
        try:
            return self.files.read(path).lines
        except Problem:
            return ()
