"""What could not be told at a revision since a file could not be read then, or not wholly: what a fault hid."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from awslint_memo.comparing.faults import Fault, bare, fault_of, text_of
from awslint_memo.comparing.likeness import local, names_in, naming
from awslint_memo.comparing.otherwise import Otherwise, otherwise
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.judging.comparison import Graver, unread_key
from awslint_memo.judging.inventory import MODULES, in_module
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.sections import DuplicateError

_NAMED = 3
_UNREAD = "{} could not be read at {}"
_FAULTY = "{} had an error at {}: {}"


@record
class UnreadThen:
    """What there is to ask. words: the revision, as a person named it. past, files: the files of then and of now.

    then, report: the reports of both times. judged: gives the report of other files with the settings of now.
    """

    words: str
    past: Files
    files: Files
    then: Report
    report: Report
    successors: Successors
    judged: Callable[[Files], Report]

    def is_of_new_resource(self, finding: Finding) -> bool:
        """Whether the resource of a finding surely was not there then."""
        name = local(without_instance_keys(finding.resource))
        if not name:
            return False
        home = os.path.abspath(finding.home_path)
        text = self._unread.get(home)
        if text is not None:
            return name not in names_in(text) and not self._may_be_renamed(finding, text)
        if self.successors.then_of_finding(finding) is not None:
            return False
        return not any(self._may_be_in(fault, finding) for fault in self._faults)

    def why(self, finding: Finding) -> str:
        """Why nobody could tell a new finding at the revision; empty if no file that could not be read is a reason."""
        if self._unread and self._without_unread.lacks(finding):
            return self._unread_words
        fault = self._fault(finding)
        return self._words_of(fault) if fault is not None and self._without_faulty.lacks(finding) else ""

    def why_graver(self, graver: Graver) -> str:
        """Why nobody can tell whether a finding grew graver; empty if it did."""
        if self._unread and self._without_unread.has(graver):
            return self._unread_words
        fault = self._fault(graver.finding)
        return self._words_of(fault) if fault is not None and self._without_faulty.has(graver) else ""

    def why_open(self, finding: Finding) -> str:
        """Which fault may be why a check was given what was not known, beside the file of a finding; empty if none."""
        folder = os.path.dirname(os.path.abspath(finding.home_path))
        faults = (each for each in self._faults if not each.is_key and os.path.dirname(each.path) == folder)
        fault = next(faults, None)
        return "" if fault is None else self._words_of(fault)

    @property
    def _unread_words(self) -> str:
        return _UNREAD.format(listed(sorted(map(os.path.relpath, self._unread)), _NAMED), self.words)

    def _words_of(self, fault: Fault) -> str:
        problem = fault.problem
        said = problem.message.partition("; ")[0]
        return _FAULTY.format(f"{os.path.relpath(problem.path)}:{problem.line}", self.words, said)

    # What a fault hid

    def _fault(self, finding: Finding) -> Fault | None:
        """The fault that may have hidden a finding: what was read beside it is comparable."""
        then = self.successors.then_of_finding(finding)
        if then is None:
            return next((each for each in self._faults if self._may_be_in(each, finding)), None)
        return next((each for each in self._faults if each.is_whole or self._is_about(each, then)), None)

    def _may_be_in(self, fault: Fault, finding: Finding) -> bool:
        """Whether what a fault hid may be a resource of now that was not there then."""
        text = text_of(self.past, fault.path)
        if fault.is_whole:
            is_named = local(without_instance_keys(finding.resource)) in names_in(text)
            is_there = fault.path == os.path.abspath(finding.home_path)
            return is_there and (is_named or self._may_be_renamed(finding, text))
        return any(_type_word(finding) in part.text for part in fault.parts) and self._may_be_renamed(finding, text)

    def _is_about(self, fault: Fault, then: Key) -> bool:
        """Whether a fault was in what is written of a resource of then, or hid what names it or what it names."""
        trait = self.successors.traits_then[then]
        if fault.is_key:
            return False  # The last value counts, as it is deployed.
        if any(part.has(trait.span) for part in fault.parts):
            return True
        named = self.successors.named_then[then]
        if naming(then[1]) not in fault.names and all(part.name not in named for part in fault.parts):
            return False
        now = self.successors.now_of(then)
        text = "" if now is None else self.successors.text_now(self.successors.traits_now[now])
        return bare(self.successors.text_then(trait)) == bare(text)

    def _may_be_renamed(self, finding: Finding, then: str) -> bool:
        """Whether a file that could not be read had as many resources of a type as it has now: one may be called
        otherwise now, as where two blocks had one name. then: its text."""
        word = _type_word(finding)
        return then.count(word) >= text_of(self.files, os.path.abspath(finding.home_path)).count(word)

    @cached_property
    def _ended(self) -> Sequence[Problem]:
        """What could not be read then, and can be now."""
        now = set(map(unread_key, self.report.errors))
        return [each for each in self.then.errors if unread_key(each) not in now]

    @cached_property
    def _unread(self) -> Mapping[str, str]:
        """The texts of the files that could not be read then and can be now, by absolute path."""
        return self._texts(problem.path for problem in self._ended if not problem.is_partial)

    @cached_property
    def _faults(self) -> Sequence[Fault]:
        """What was wrong with parts of files then, and hid something."""
        written = {os.path.abspath(trait.span.path) for trait in self.successors.traits_then.values()}
        return [
            fault_of(problem, self.past, is_whole=os.path.abspath(problem.path) not in written)
            for problem in self._ended
            if problem.is_partial and problem.hides and self._was_file(os.path.abspath(problem.path))
        ]

    @cached_property
    def _without_unread(self) -> Otherwise:
        return self._without(self._unread)

    @cached_property
    def _without_faulty(self) -> Otherwise:
        return self._without(self._texts(path for fault in self._faults for path in _paths(fault.problem)))

    def _texts(self, paths: Iterable[str]) -> Mapping[str, str]:
        """What files had then, by absolute path."""
        return {path: text_of(self.past, path) for path in {*map(os.path.abspath, paths)} if self._was_file(path)}

    def _was_file(self, path: str) -> bool:
        return self.past.is_file(path_from(path))

    def _without(self, texts: Mapping[str, str]) -> Otherwise:
        return otherwise(self.judged(Files(dict(texts), self.files.bounds)))


def _type_word(finding: Finding) -> str:
    """How the type of a finding's resource stands in its file."""
    type_, dot, _ = in_module(finding.resource).partition(".")
    return f'"{type_}"' if dot and finding.home_path.endswith(MODULES) else finding.type


def _paths(problem: Problem) -> Collection[str]:
    """The files whose texts make a problem: both of those that name a block alike."""
    return problem.paths if isinstance(problem, DuplicateError) else (problem.path,)
