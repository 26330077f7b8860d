"""Reads the files of a run, tells which are templates, and searches files for words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.file_finder import FileFinder, Found, Unfollowed
from awslint_memo.files.files import Files
from awslint_memo.files.left_out import MOST_BYTES, SELDOM, STATE
from awslint_memo.files.source import Source
from awslint_memo.judging.notices import isolated
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.name_words import may_have_values
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template, unread
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.file_names import SUFFIXES, WORKSPACES, is_read

if TYPE_CHECKING:
    from awslint_memo.judging.cdk_apps import Apps
    from awslint_memo.judging.git_sync import Synced
    from awslint_memo.judging.other_languages import Language
    from awslint_memo.judging.packages import Packages

STANDARD_INPUT = "-"

KINDS = "a CloudFormation or SAM template, Terraform configuration or a Terraform plan or state in JSON"

_SUFFIXES = (".yaml", ".yml", ".json", ".template")

_SOURCE = "template."
"""How the name of a template begins beside which a packaged one is looked for."""

_OF_CDK = ("cdk.json", "manifest.json", ".template.json")
"""How the names of files end that tell of an app of the CDK, or that it makes."""

_NEEDED = b"Resources"

_MEETING = (
    *(b"ImportValue", b"Export", b"CloudFormation::Stack", b"Serverless::Application", b"Include", b"Fn::ForEach"),
    *(b'"resource"', b'"module"', b'"planned_values"', b'"lineage"', b'"root_module"'),
    *(b"\\u", b"\\x", b"\\U", b"\\\n", b"\\\r", b"\0"),
)
"""What stands in a template that may be deployed with another one, in Terraform, and in words that hide it."""

_ESCAPED = regex(rb"\\(?:x[0-7]|u00[0-7]|U000000[0-7]|\r?\n)")
"""What YAML and JSON may write such words with."""

_OF_GIT_SYNC = b"template-file-path"
_OF_SCEPTRE = regex(rb"(?m)^template(?:_path)?[ \t]*:")
"""What stands in files that say how others are deployed."""

_OURS = b"awslint-memo"
"""What stands in a template that speaks to this program; unknown rules are counted over all of them."""


@record
class Reading:
    """A file of a run, and what came of it.

    source: None if it could not be read. named: whether the user named it, and not just its folder. language: the
    tool that it is a source of, if it is no template.
    """

    source: Source | None
    named: bool = False
    template: Template | None = None
    is_passed_over: bool = False
    language: Language | None = None
    errors: list[Problem] = field(default_factory=list)


@record
class FileReader:
    """Reads files, and recognizes templates. standard_input: the file for the path `-`.

    says_unknown: whether a named file that is not a template is an error. synced: receives what deployment files say.
    """

    files: Files
    finder: FileFinder
    says_unknown: bool = True
    standard_input: Source | None = None
    synced: Synced = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    """Symbolic links out of the root, and files that are not regular, which a walk met."""
    withheld: list[str] = field(default_factory=list)
    """Files that a walk met and whose contents are encrypted, or kept by Git LFS."""

    states: list[str] = field(default_factory=list)
    """States that a walk met beside the configuration of what they are the state of."""

    apps: Apps | None = None
    """The apps of the CDK that a walk met; None if it met no file of one."""
    packages: Packages | None = None
    """What a walk met that is written from templates beside; None if it met nothing that may be."""

    def read(self, paths: Sequence[str]) -> Iterator[Reading]:
        """The files that `paths` name or contain; without paths, those in the working folder."""
        if STANDARD_INPUT in paths and self.standard_input is not None:
            self.files.add(self.standard_input)
            yield Reading(self.standard_input, named=True)
        named = [path for path in paths if path != STANDARD_INPUT]
        for found in self.finder.find(named) if named or not paths else ():
            if isinstance(found, Found):
                if not found.named and self._passes_over(found.path):
                    continue
                try:
                    yield Reading(self.files.read(found.path), found.named)
                except Problem as problem:
                    yield Reading(None, errors=[problem])
            elif isinstance(found, Unfollowed):
                (self.links if found.is_link else self.odd).append(found.path)
            else:
                yield Reading(None, errors=[found])

    def _passes_over(self, path: str) -> bool:
        if path.lower().endswith(STATE) and self._is_configured(path):
            self.states.append(path)
            return True
        return self._is_other(path) or self._is_stale(path) or self._is_packaged(path)

    def _is_packaged(self, path: str) -> bool:
        """Whether a file is written from the template beside it, which is judged instead."""
        folder, name = os.path.split(path)
        is_called_so = "packag" in name.lower()
        if not name.endswith(_SUFFIXES) or (name.startswith(_SOURCE) and not is_called_so):
            return False
        if not (is_called_so or any(each.startswith(_SOURCE) for each in self.files.names(folder or os.curdir))):
            return False
        if self.packages is None:
            from awslint_memo.judging.packages import Packages  # which few runs need

            self.packages = Packages(self.files)
        return self.packages.passes_over(path)

    def _is_stale(self, path: str) -> bool:
        """Whether a file is left from an earlier synthesis of an app of the CDK."""
        if not path.endswith(_OF_CDK):
            return False
        if self.apps is None:
            from awslint_memo.judging.cdk_apps import Apps  # which few runs need

            self.apps = Apps(self.files)
        return self.apps.passes_over(path)

    def _is_configured(self, path: str) -> bool:
        """Whether the configuration of a state stands beside it, or above the folder of workspaces that it is in."""
        folder = os.path.dirname(path)
        above, name = os.path.split(os.path.dirname(folder))
        return any(
            any(map(is_read, self.files.names(each))) for each in (folder, *([above] if name == WORKSPACES else ()))
        )

    def _is_other(self, path: str) -> bool:
        """Whether a file that a walk met is surely no template, where few of its ending are."""
        if not path.lower().endswith(SELDOM):
            return False
        data = self.files.glance(path, os.path.abspath(path), MOST_BYTES)
        letters = None if data is None else data.replace(b"\0", b"")
        return letters is not None and not ((_NEEDED in letters and b"::" in letters) or _ESCAPED.search(letters))

    def told(self) -> Iterator[str]:
        """Sentences about what a walk met and is not judged, or is not what will be deployed."""
        yield from () if self.apps is None else self.apps.told()
        yield from () if self.packages is None else self.packages.told()

    def recognize(self, reading: Reading) -> None:
        """Set the template in a file, or note that it is none."""
        source = reading.source
        if source is None:
            return
        with isolated(source.path, reading.errors):
            if source.withheld and ((reading.named and self.says_unknown) or source.path.lower().endswith(SUFFIXES)):
                raise Problem(source.withheld, source.path)
            if source.withheld:
                self.withheld.append(source.path)
            try:
                reading.template = None if source.withheld else template(source, self.files)
            except Problem:
                from awslint_memo.judging.rendered import is_filled_in  # which few runs need

                if reading.named or not is_filled_in(source):
                    raise
                self.finder.rendered[source.path] = None
                self.files.forget(source.path)
                reading.source = None
                return
            if reading.template is None and self._is_of_deployments(source):
                return
            is_state = reading.template is not None and reading.template.snapshot == "state"
            if is_state and not reading.named and self._is_configured(source.path):
                self.states.append(source.path)
                reading.template = None
                return
            if reading.template is None:
                self._pass_over(reading, source)

    def _pass_over(self, reading: Reading, source: Source) -> None:
        from awslint_memo.judging.other_languages import language_of  # which runs over templates alone don't need

        reading.is_passed_over, reading.language = True, language_of(source)
        reading.errors += self._unread(source, reading.language) if reading.named else []
        self.drop(reading)

    def drop(self, reading: Reading) -> None:
        """Free the memory of a file that is no template, of which only the path is still told."""
        if reading.source is not None:
            self.files.forget(reading.source.path)
            reading.source = Source(reading.source.path, b"")

    def _is_of_deployments(self, source: Source) -> bool:
        """Whether a file says how Git sync or Sceptre deploys a template, which is then noted."""
        if _OF_GIT_SYNC in source.data:
            from awslint_memo.judging.git_sync import take
        elif _OF_SCEPTRE.search(source.data):
            from awslint_memo.judging.sceptre import take
        else:
            return False
        return take(source, self.files, self.synced)

    def _unread(self, source: Source, language: Language | None) -> list[Problem]:
        problem = unread(source, self.says_unknown)
        if problem is None and self.says_unknown and language is not None:
            problem = Problem(f"this is a source of {language.what}; {language.remedy}", source.path)
        if problem is None and self.says_unknown:
            problem = Problem(f"this is not {KINDS}; name one of these", source.path)
        return [] if problem is None else [problem]


@record
class ShownLines:
    """The lines of the files of a run, to be shown; none of a file that can't be read again, or that is a state."""

    files: Files
    readings: Sequence[Reading]

    def __call__(self, path: str) -> Sequence[str]:
        """The lines of a file."""
        if path in self._states:
            return ()  # Anything there may be a secret, as older versions of Terraform mark none.
        try:
            return self.files.read(path).lines
        except Problem:
            return ()

    @cached_property
    def _states(self) -> frozenset[str]:
        templates = (reading.template for reading in self.readings if reading.template is not None)
        return frozenset(template.source.path for template in templates if template.snapshot == "state")


def is_alone(source: Source) -> bool:
    """Whether a file may be a template, and one that surely meets no other, judging by the bytes that it contains."""
    data = source.data
    if not source.path.lower().endswith(_SUFFIXES) or _NEEDED not in data:
        return False
    is_of_others = any(word in data for word in (*_MEETING, _OF_GIT_SYNC)) or _OF_SCEPTRE.search(data)
    return not is_of_others and _OURS not in data.lower()


_TEMPLATES = (".yaml", ".yml", ".json", ".template")


def may_be_template(path: str) -> bool:
    """Whether a file of this name may be a template of CloudFormation, or a part of one."""
    is_ours = path.lower().endswith(_TEMPLATES) and not may_have_values(path)
    return is_ours and not (path.endswith(SUFFIXES) and is_read(path))


def having(
    paths: Mapping[str, str], is_wanted: Callable[[bytes], bool], unread: list[Problem], files: Files
) -> Iterator[Source]:
    """The files of which one wants what they have.

    paths: by absolute path. Those that are too large are not searched. unread: receives why files could not be.
    """
    for whole, path in paths.items():
        data = files.glance(path, whole, MOST_BYTES)
        if data is not None and not is_wanted(data):
            continue
        if files.size(path) > MOST_BYTES:
            continue
        try:
            source = files.read(path)
        except Problem as problem:
            unread.append(problem)
            continue
        files.forget(path)  # Who needs it keeps it.
        if is_wanted(source.data):
            yield source
