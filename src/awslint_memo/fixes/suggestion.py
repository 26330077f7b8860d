"""The edits of a finding's fix, and what a reporter or an editor is told about it: words, and edits at places."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.files.files import Files
from awslint_memo.fixes.edit import Edit, Refused, joined
from awslint_memo.fixes.editor import Editor
from awslint_memo.fixes.naming import added_names
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Addition, Change, Fix, Removal, Safety, Setting
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span


def edits_of(finding: Finding, editor: Editor) -> dict[str, list[Edit]]:
    """The edits by file. Raises Refused; a resource is added, and a property removed, only for all that have it."""
    fix = finding.fix or Fix(())
    kinds = {type(change) for change in fix.changes} if finding.chosen else set()
    for kind, by_hand in ((Addition, "add what is missing"), (Removal, "leave it out there alone")):
        if kind in kinds and not (kind is Removal and finding.is_of_all):
            raise Refused(f"it holds {finding.deployment or 'in some deployments only'}; {by_hand} by hand")
    return editor.edits(fix)


@record(frozen=True, slots=True)
class TextEdit:
    """A stretch of a file, empty to insert, and the text that takes its place."""

    span: Span
    text: str


@record(frozen=True, slots=True)
class Suggestion:
    """A fix: what it does, as an imperative, and its edits. They have not been proved: `api.fix` does that.

    unsafe: why a person should decide about it; empty if nobody needs to. refused: why it can't be made here, and where
    to act instead; it then has no edits.
    """

    title: str
    safety: Safety
    edits: Sequence[TextEdit] = ()
    unsafe: str = ""
    refused: str = ""


_MOST = 1_000_000
"""The characters that are parsed again for one report."""

_MOST_OF_A_FILE = 4_000
"""How many fixes of one file are worked out for reports, which takes longer than to find what they mend."""


class Suggestions:
    """Works out the suggestions of one run, each file parsed once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._editor = Editor(files)
        self._editor.most = _MOST
        self._asked: dict[str, dict[int, Fix]] = {}
        """The fixes of each file that are worked out, by their identities: several formats ask for the same ones."""

    def __call__(self, finding: Finding) -> Suggestion | None:
        """The suggestion for a finding; None if it has no fix."""
        fix = finding.fix
        if fix is None:
            return None
        title = title_of(fix)
        try:
            self._count(finding.path, fix)
            edits = [
                TextEdit(self._span(path, edit), edit.text)
                for path, made in edits_of(finding, self._editor).items()
                for edit in joined(made)
            ]
        except (Refused, Problem) as refused:
            return Suggestion(title, fix.safety, (), fix.unsafe, str(refused))
        return Suggestion(title, fix.safety, edits, fix.unsafe)

    def _count(self, path: str, fix: Fix) -> None:
        known = self._asked.setdefault(path, {})
        if len(known) < _MOST_OF_A_FILE:
            known[id(fix)] = fix
        elif id(fix) not in known:
            raise Refused(f"the file has more than {_MOST_OF_A_FILE} fixes; --fix makes them")

    def _span(self, path: str, edit: Edit) -> Span:
        source = self._files.read(path)
        return Span(path, *source.position(edit.start), *source.position(edit.end))


def title_of(fix: Fix) -> str:
    """What a fix does, as an imperative: "set VisibilityTimeout of Orders to 180 and …"."""
    names = iter(added_names(fix))
    words = [f"add {next(names)}" if isinstance(change, Addition) else _words(change) for change in fix.changes]
    return " and ".join(dict.fromkeys(words))


def _words(change: Change) -> str:
    if isinstance(change, Addition):
        return ""
    what = f"{change.way.removeprefix('@')} of {change.target.written}"
    if not isinstance(change, Setting):
        return f"remove {what}"
    if change.is_appended:
        return f"add to {what}"
    value = change.value
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return f"set {what} to {written}" if isinstance(value, (str, int, float)) else f"set {what}"
