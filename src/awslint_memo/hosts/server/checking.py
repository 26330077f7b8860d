"""Checks the open documents, again after each change; a check that a newer change overtakes is given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.files.root import bounds_of
from awslint_memo.judging.dependants import Dependants, dependants
from awslint_memo.judging.report import Report
from awslint_memo.judging.run_options import Progress
from awslint_memo.judging.why import Verdict
from awslint_memo.model.span import Problem


class OvertakenError(BaseException):
    """A newer check was asked for. No `Exception`, as a run keeps those of one template from the others."""


class _Watched(Progress):
    """A progress that ends the run, at the next check of a resource, once its result is of no use any more."""

    def __init__(self, is_overtaken: Callable[[], bool]) -> None:
        super().__init__()
        self._is_overtaken = is_overtaken

    def pulse(self) -> None:
        if self._is_overtaken():
            raise OvertakenError


class Checker:
    """Checks documents one after the other, all in one thread. options: those of `api.lint`."""

    def __init__(self, **options: Any) -> None:
        self._options = options
        self._session = api.Session(**options)
        self._newest = 0
        self._beside: tuple[list[str], Dependants] | None = None
        self._checked: Mapping[str, str] | None = None
        """The texts of the last check, unless it failed."""

    def search(self) -> None:
        """Search again for what depends on the documents, at the next check."""
        self._beside = None

    def ask(self) -> int:
        """The number of a new check, which overtakes those before it."""
        self._newest += 1
        return self._newest

    def is_newest(self, number: int) -> bool:
        """Whether no check was asked for after this one, so that its report is about the documents as they are."""
        return number == self._newest

    def check(self, number: int, texts: Mapping[str, str]) -> Report | None:
        """The report of documents: their texts by path. None if a newer check was asked for meanwhile.

        What can't be used, such as a broken configuration, is an error of the report.
        """
        if not texts:  # Without paths, a run looks at the working folder.
            return Report()
        self._checked = None
        try:
            progress = _Watched(lambda: number != self._newest)
            progress.pulse()
            beside = self._dependants(sorted(texts), texts)
            report = self._session.lint(sorted(texts), unsaved=texts, progress=progress, dependants=beside)
            self._checked = texts
            return report
        except OvertakenError:
            return None
        except (Problem, LookupError) as error:
            problem = error if isinstance(error, Problem) else Problem(str(error), next(iter(texts), ""))
            return Report(errors=[problem])

    def _dependants(self, paths: list[str], texts: Mapping[str, str]) -> Dependants:
        """What depends on the documents; searched for where there are others, or something may have changed."""
        if self._beside is None or self._beside[0] != paths:
            files = Files(texts, bounds_of(paths, self._options.get("root"), None, None, ()))
            self._beside = paths, dependants(paths, (), files)
        return self._beside[1]

    def why(self, rule: str, resource: str, path: str, texts: Mapping[str, str]) -> Sequence[Verdict]:
        """What a rule read of a resource; empty if that can't be told."""
        named = ("config", "parameters", "var_files", "rule_folders", "root")
        options = {name: value for name, value in self._options.items() if name in named}
        try:
            verdicts = self._session.why(rule, resource, path) if texts == self._checked else []
            return verdicts or api.why(rule, resource, [path], unsaved=texts, **options)
        except (Problem, LookupError):
            return ()

    def fixed(
        self, path: str, texts: Mapping[str, str], is_cancelled: Callable[[], bool], *, advice: bool = True
    ) -> str | None:
        """The text of a document with all safe fixes; None if there are none, or nobody wants to know any more.

        advice: whether findings of that level are fixed too, where the options show these.
        """
        options = {**self._options, "advice": advice and self._options.get("advice", False)}
        try:
            fixed = api.fix([path], unsaved=texts, progress=_Watched(is_cancelled), **options)
        except (Problem, LookupError, OvertakenError):
            return None
        return fixed.texts.get(path)
