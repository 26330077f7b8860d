"""Findings of what is no production: in folders and files of tests, samples and other environments, or by a choice.

What is a warning in production is advice there, and what is advice in production is not told, but counted.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from itertools import pairwise
from types import ModuleType

from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.roots import has_readme, is_described
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding, Lessening, Level
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.record import field, record, replace

_SAMPLE_VALUES = regex(r"(?:^|[/._-])(?:sample|example)[/._-]")

_NAME = regex(r"\[[^\]]*\][./]?|[./]")
"""What stands between the parts of a name."""

_STACKS = (".yaml", ".yml", ".json", ".template")

_STAGE = "assembly-"
"""How the folders of the CDK's stages begin, which are told apart where their findings are joined."""

_OF_ENVIRONMENTS = frozenset(("environment", "environments", "env", "envs", "deploy", "stages", "workspaces", "live"))
"""Names of folders that hold one for each environment, also where there is but one."""

_EMULATOR = "localstack"
"""What stands in names of folders and files of what is deployed to an emulator of AWS on somebody's machine."""

_TESTS = ("test", "tests", "__tests__", "unittest", "unittests")
"""Folders in which values may be made up."""


@record(frozen=True)
class Reason:
    """Why something is of no production: the name of a folder, a file, a module or a resource, and words for it.

    is_run: whether it is an environment that people work with, and nothing for tests or to be shown."""

    name: str
    words: str
    is_run: bool = False


@record(frozen=True)
class Place:
    """Where a template is. path: of the file. top: the folder from which names of folders count. declared: the words of
    environments. files: has the folders. values: the files of variables that are its deployments. whole: why all of it
    is of no production. is_emulated: whether it is deployed to an emulator, which refuses other things than AWS. names:
    those of all its resources."""

    path: str
    top: str
    declared: Declared
    files: Files
    values: Sequence[str] = ()
    whole: Reason | None = None
    is_emulated: bool = False
    names: Collection[str] = ()

    @cached_property
    def environment(self) -> str | None:
        """The folder or file that is named as another environment; None if there is none."""
        return _environment(self.path, self.top, self.declared, self.files) if self.declared.environments else None

    @cached_property
    def sample(self) -> str | None:
        """The folder of tests or samples that it is in, or the README that puts its own aside; None if neither is."""
        return self._shown(self.path) if self.declared.environments else None

    def _shown(self, path: str) -> str | None:
        if not self._is_told_of(path):
            return None
        from awslint_memo.judging.environment_folders import shown_folder

        return shown_folder(path, self.top, self.declared, self.files)

    def _is_told_of(self, path: str) -> bool:
        """Whether a folder below the top, a README there, or the file may say what it is for: a small run has none."""
        return "/" in relative(path, self.top) or has_readme(self.top, self.files) or is_described(path, self.files)

    @cached_property
    def samples(self) -> Sequence[str]:
        """The files of values that are samples, where there are no others."""
        return self.values if all(map(_SAMPLE_VALUES.search, self.values)) else ()

    def is_called_by_test(self, finding: Finding, *, or_sample: bool = False) -> bool:
        """Whether a finding is in a module of which a test, or a sample, is the root: it may give what is not so."""
        folder = (self.sample or "").rstrip("/").lower()
        is_of_one = folder in _TESTS or (or_sample and folder != "")
        return is_of_one and self._shown(finding.home_path) is None

    def is_retired(self, finding: Finding) -> bool:
        """Whether a finding is in a folder that nobody deploys: of what was put aside, or of others' examples."""
        if not (self.declared.environments and self._is_told_of(finding.home_path)):
            return False
        from awslint_memo.judging.environment_folders import is_retired

        return is_retired(finding.home_path, self.top, self.files)

    def reason(self, finding: Finding) -> Reason | None:
        """Why a finding is of no production; None if it may be.

        In a folder of samples only what stands in one too is such: what a template uses from elsewhere, as the module
        of which it is the example, is no sample, but for what default values decide.
        """
        if not self.declared.environments:
            return None
        if self.whole is not None:
            return self.whole
        folder = self.environment or (self.sample and self._shown(finding.path))
        if folder is not None:
            from awslint_memo.judging.environment_folders import words_of

            return Reason(folder, words_of(folder), folder == self.environment and _EMULATOR not in folder.lower())
        # What a sample leaves to a default value, others that call the module may give.
        if self.is_called_by_test(finding, or_sample=bool(finding.defaults)):
            caller = f"{os.path.dirname(self.sample or '')}/"
            return Reason(caller, f"as {caller} calls it, which may give what nobody deploys")
        if finding.path in self.samples:
            return Reason(name := os.path.basename(finding.path), f"by {name}, which deploys nothing")
        if finding.tagged:
            return Reason(finding.tagged, f"as its tag {finding.tagged} is of no production", is_run=True)
        named = _named(finding.name, tuple(self.declared.development), tuple(self.declared.production))
        is_run = named is not None and not is_named_like(named, _DEMONSTRATIONS)
        named = named or (finding.name if self._is_of_tests(finding.name) else None)
        return None if named is None else Reason(named, f"as {named} is no name of production", is_run)

    def _is_of_tests(self, name: str) -> bool:
        """Whether "test" in a resource's name tells it from one of the same name without it, or from production."""
        around, _, own = name.rpartition(".")
        match = _OF_TEST.fullmatch(own)
        if match is None:
            return False
        is_twin = (f"{around}." if around else "") + (match[1] or match[2]) in self.names
        owns = (other.removeprefix(f"{around}.") for other in self.names if other.startswith(around))
        return is_twin or any(is_named_like(other, self.declared.production) for other in owns)


@record
class OfNoProduction:
    """What was lowered or left out since it is no production. lowered: of each warning or error that is advice, its
    level, and the folder, file or default value for which it is. left_out: how many findings that would be advice are
    not told; graver: how many others; blank: how many errors by empty values, beside one of the same rule and values.
    replaced: how many hold by default values that files replace. combined: how many only choices bring that hardly
    anybody makes. lessened: of each warning or error that is advice for what `Finding.lessened` says, its level, that
    reason, and which it is."""

    lowered: list[tuple[Level, str]] = field(default_factory=list)
    left_out: int = 0
    graver: int = 0
    blank: int = 0
    replaced: int = 0
    combined: int = 0
    lessened: list[tuple[Level, Lessening, str]] = field(default_factory=list)

    def add(self, other: OfNoProduction) -> None:
        """Add what of another template was lowered or left out."""
        self.lowered += other.lowered
        self.left_out += other.left_out
        self.graver += other.graver
        self.blank += other.blank
        self.replaced += other.replaced
        self.combined += other.combined
        self.lessened += other.lessened

    def judged(self, findings: Sequence[Finding], options: CheckOptions, place: Place) -> list[Finding]:
        """The findings of a template, one level lower where the template or a finding is of no production.

        An error stays one if it is none of practice, unless nobody deploys what is in its folder, and what a policy
        locks keeps its level. place: where the template is.
        """
        kept = []
        costly, blank = set[str](), set[tuple[str, str | None]]()
        if any(finding.is_less for finding in findings):
            # Only those rules are asked: what a rule is a matter of is known once its file is loaded.
            less = {finding.rule for finding in findings if finding.is_less}
            costly = {rule.id for rule in options.rules if rule.id in less and rule.taste == "costs"}
        for finding in findings:
            is_free = finding.rule not in options.locked and options.declared.environments
            if is_free and self._is_left_out(finding, place, costly):
                continue
            if finding.lessened is not None:
                self.lessened.append((*finding.lessened, f"{finding.path}: {finding.rule} on {finding.resource}"))
            if finding.lowered is not None and finding.rule in options.locked:
                kept.append(replace(finding, level=finding.lowered[0], lowered=None, no_production=""))
                continue
            is_error = finding.level == "error"
            is_of_test = finding.level != "advice" and place.is_called_by_test(finding)
            may_be_advice = finding.is_of_practice or is_of_test or (is_error and place.is_retired(finding))
            is_kept = finding.rule in options.locked or (is_error and not may_be_advice)
            because = None if is_kept else place.reason(finding)
            if may_be_advice and because is not None:
                self.lowered.append((finding.level or "warning", because.name))
                lower = replace(finding.as_advice(because.words), is_less=True, no_production=because.name)
                from awslint_memo.judging.nonproduction_fixes import without_fix

                kept.append(without_fix(lower, is_run=because.is_run))
            elif finding.lowered is not None:
                self.lowered.append(finding.lowered)
                cause = finding.rule, finding.deployment
                is_repeat = not finding.lowered[1] and cause in blank and not options.tells_all
                self.blank += is_repeat
                kept += [] if is_repeat else [finding]
                blank.add(cause)
            elif is_kept or may_be_advice or not (because or finding.is_of_no_production):
                kept.append(finding)
            else:
                self.left_out += finding.resource_count
        return kept

    def _is_left_out(self, finding: Finding, place: Place, costly: Collection[str]) -> bool:
        """Whether a finding is left out whatever its level; counts it then. costly: rules about costs alone."""
        if finding.is_given:
            self.replaced += finding.resource_count
        elif place.is_emulated or (finding.is_less and finding.rule in costly):
            if finding.level == "advice":
                self.left_out += finding.resource_count
            else:
                self.graver += finding.resource_count
        elif finding.is_of_odd_choices and finding.lowered is None:
            self.combined += finding.resource_count
        else:
            return False
        return True

    def __bool__(self) -> bool:
        """Whether anything was lowered or left out."""
        return bool(self.lowered or self.lessened or self.left_out or self.graver or self.replaced or self.combined)


_DEMONSTRATIONS = ("demo", "dummy", "mock", "stub")
"""Words in names of what is shown only or stands for something else, and is no environment."""

_OF_PRODUCTION_TOO = ("test", "testing", "latest", "local", "stage", "acceptance")
"""Words of `development` that stand in names of production too: TestResults, latest-prices, ApiStage."""

_OF_TEST = regex(r"(?:[Tt]est_(?=.)|Test(?=[A-Z]))(.+)|(.+?)(?:_[Tt]est|Test)")
"""A name of a resource of tests, with the rest of it."""

_OF_RESOURCES_TOO = ("dev", "development", "staging")
"""Words that stand in names of resources of production too, unless they are the whole name: StagingTable."""


def _named(name: str, development: tuple[str, ...], production: tuple[str, ...]) -> str | None:
    """The part of a resource's name that says of which other environment it is: a module or nested stack around it, or
    its own name; None if none does."""
    *outer, own = _NAME.split(name)
    around = outer if "/" in name else [part for before, part in pairwise(outer) if before == "module"]
    words = [*(word for word in development if word not in _OF_PRODUCTION_TOO), *_DEMONSTRATIONS]
    unmistakable = [word for word in words if word not in _OF_RESOURCES_TOO]
    found = next((part for part in around if is_named_like(part, words)), None)
    if found is None and (own.lower() in words or is_named_like(own, unmistakable)):
        found = own
    return None if found is None or is_named_like(found, production) else found


def _environment(path: str, top: str, declared: Declared, files: Files) -> str | None:
    """The first folder on a path, or its file, that is named as another environment than production is.

    It counts beside one that is named as production. So it does if it is named as the environment and nothing else, in
    a folder of environments, or beside a folder of none that has files of the same names, as the roots of environments
    have; and a file does beside one of the same name without the environment. A folder that has another name counts
    beside production and another environment, if its files say of themselves what production's say.
    """
    *folders, file = relative(path, top).split("/")
    for number, name in enumerate(folders):
        above = os.path.join(top, *folders[:number])
        if _EMULATOR in name.lower():
            return f"{name}/"
        if is_named_like(name, declared.development) and not name.startswith(_STAGE):
            is_one = name.lower() in declared.development and not _OF_ENVIRONMENTS.isdisjoint(folders[:number][-1:])
            if is_one or _folders().is_beside_others(name, above, declared, files):
                return f"{name}/"
        elif _folders().is_another(name, above, declared, files):
            return f"{name}/"
    if file.endswith(_STACKS) and _EMULATOR in file.lower():
        return file
    if not (file.endswith(_STACKS) and is_named_like(file, declared.development)):
        return None
    folder = os.path.join(top, *folders)
    return file if _folders().is_of_environment(file, folder, declared, files, _OF_PRODUCTION_TOO) else None


def _folders() -> ModuleType:
    """What few runs need."""
    from awslint_memo.judging import environment_folders

    return environment_folders
