"""Findings of what is no production: in folders and files of tests, samples and other environments, or by a choice.

What is a warning in production is advice there, and what is advice in production is not told, but counted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.environments import of_defaults
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import is_named_like, name_words
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.model.record import field, record
from awslint_memo.readers.template import Deployments, Template

_SAMPLE_VALUES = regex(r"(?:^|[/._-])(?:sample|example)[/._-]")

_NAME = regex(r"[./]|\[[^\]]*\]")
"""What stands between the parts of a name."""

_NAMED = 3
"""How many folders the notice about them names."""

_STACKS = (".yaml", ".yml", ".json", ".template")

_STAGE = "assembly-"
"""How the folders of the CDK's stages begin, which are told apart where their findings are joined."""


def lowered_by_defaults(findings: Sequence[Finding], judged: Deployments, options: CheckOptions) -> list[Finding]:
    """The findings of a template, as advice the warnings by the default value of a parameter or variable, where the
    default values are those of another environment: who deploys production gives it others than these.

    An error stays one, and what a policy locks keeps its level.
    """
    is_by_name = options.is_exact or any(deployment.name for deployment in judged.deployments)
    is_by_default = any(finding.level == "warning" and finding.defaults for finding in findings)
    environment = of_defaults(judged.defaults(), options.declared) if is_by_default and not is_by_name else None
    if environment is None:
        return list(findings)
    name, value = environment
    return [
        finding.as_advice(f"by default values, with which {name} is {value}")
        if finding.level == "warning" and {*finding.defaults} - {name} and finding.rule not in options.locked
        else finding
        for finding in findings
    ]


@record
class OfNoProduction:
    """What was lowered or left out since it is no production. places: of each warning that is advice, the folder or
    file for which it is. left_out: how many findings that would be advice are not told."""

    places: list[str] = field(default_factory=list)
    left_out: int = 0

    def add(self, other: OfNoProduction) -> None:
        """Add what of another template was lowered or left out."""
        self.places += other.places
        self.left_out += other.left_out

    def judged(
        self,
        findings: Sequence[Finding],
        template: Template,
        options: CheckOptions,
        top: str,
        files: Files,
        values: Sequence[str] = (),
    ) -> list[Finding]:
        """The findings, one level lower where a template or a finding is of no production.

        In a folder of tests or samples only what stands in one too is such: what a template uses from elsewhere, as the
        module of which it is the example, is no sample. An error stays one, and what a policy locks keeps its level.
        top: the folder from which names of folders count. files: has the folders. values: the files of variables that
        are its deployments; those of a sample are none, where there is no other.
        """
        path, declared = template.source.path, options.declared
        environment = _environment(path, top, declared, files) if declared.environments else None
        is_sample = declared.environments and _sample(path, top, declared) is not None
        samples = values if all(_SAMPLE_VALUES.search(path) for path in values) else ()
        kept = []
        for finding in findings:
            name = environment or (_sample(finding.path, top, declared) if is_sample else None)
            because = f"in {name}, which deploys no production"
            if name is None and declared.environments:
                name = os.path.basename(finding.path) if finding.path in samples else _named(finding, declared)
                because = f"{name} is no name of production"
            if finding.rule in options.locked or finding.level == "error":
                kept.append(finding)
            elif finding.level == "warning" and name is not None:
                self.places.append(name)
                kept.append(finding.as_advice(because))
            elif finding.level == "advice" and (finding.is_of_no_production or name is not None):
                self.left_out += finding.resource_count
            else:
                kept.append(finding)
        return kept

    def told(self) -> list[str]:
        """The notices of how many warnings are advice, and how many pieces of advice are not told."""
        notices = []
        if self.places:
            names = listed_in_line(list(dict.fromkeys(self.places)), _NAMED)
            are = "is advice, as it is" if len(self.places) == 1 else "are advice, as they are"
            notices.append(f"{counted(len(self.places), 'warning')} {are} of no production: {names} (environments)")
        if self.left_out:
            what = "1 piece of advice" if self.left_out == 1 else f"{self.left_out} pieces of advice"
            notices.append(f"{what} on what is of no production: left out (`environments: false` tells all)")
        return notices


def nonproduction_place(path: str, top: str, declared: Declared, files: Files) -> str | None:
    """The folder or file of another environment, of tests or samples, as which a template deploys no production; None
    if it is none."""
    if not declared.environments:
        return None
    return _environment(path, top, declared, files) or _sample(path, top, declared)


_DEMONSTRATIONS = ("demo",)
"""Words in names of what is shown only, and is no environment."""

_AMBIGUOUS = ("test", "testing", "latest", "local")
"""Words that stand in names of production too: TestResults, latest-prices."""


def _named(finding: Finding, declared: Declared) -> str | None:
    """The name of a resource, or of a module or nested stack around it, that is of another environment; None if none
    is."""
    words = [*(word for word in declared.development if word not in _AMBIGUOUS), *_DEMONSTRATIONS]
    found = next((name for name in _NAME.split(finding.name) if is_named_like(name, words)), None)
    return None if found is None or is_named_like(found, declared.production) else found


def _sample(path: str, top: str, declared: Declared) -> str | None:
    """The first folder on a path that is named as those of tests and samples are; None if none is."""
    words = {name.lower() for name in declared.folders}
    folders = relative(path, top).split("/")[:-1]
    return next((f"{name}/" for name in folders if name.lower() in words), None)


def _environment(path: str, top: str, declared: Declared, files: Files) -> str | None:
    """The first folder on a path, or its file, that is named as another environment than production is.

    It counts beside one that is named as production. So it does if it is named as the environment and nothing else,
    beside a folder of none that has files of the same names, as the roots of environments have; and a file does beside
    one of the same name without the environment.
    """
    *folders, file = relative(path, top).split("/")
    for number, name in enumerate(folders):
        if is_named_like(name, declared.development) and not name.startswith(_STAGE):
            above = os.path.join(top, *folders[:number])
            own = _templates(files.names(os.path.join(above, name))) if name.lower() in declared.development else set()
            for other in files.listing(above).folders:
                if not is_named_like(other, declared.development) and (
                    is_named_like(other, declared.production)
                    or not own.isdisjoint(files.names(os.path.join(above, other)))
                ):
                    return f"{name}/"
    if file.endswith(_STACKS) and is_named_like(file, declared.development):
        names = files.names(os.path.join(top, *folders))
        own = _rest(file, declared.development)
        others = [name for name in _templates(names) if not is_named_like(name, declared.development)]
        if any(is_named_like(name, declared.production) or _rest(name, ("main",)) == own for name in others):
            return file
    return None


def _templates(names: Sequence[str]) -> set[str]:
    """The names of files that may be configuration."""
    return {name for name in names if name.endswith((*_STACKS, ".tf", ".tofu"))}


def _rest(file: str, words: Sequence[str]) -> set[str]:
    """The words of the name of a file, without its ending and some of them."""
    return set(name_words(os.path.splitext(file)[0])).difference(words)
