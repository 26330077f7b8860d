"""Edit: a stretch of a text and what takes its place; Refused: why it can't be edited, and where to act instead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.fixes.generated_files import is_of_assembly, written_anew
from awslint_memo.model.fix import Removal, Setting, Target
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.readers.state.kinds import may_be_state
from awslint_memo.readers.terraform.file_names import SUFFIXES

_SPACES = regex(r"\s*")


@record(frozen=True, slots=True)
class Edit:
    """Replaces the characters from `start` up to `end`. Both are offsets; if they are equal, it inserts."""

    start: int
    end: int
    text: str


class Refused(Exception):
    """A change that is not made. Its text says why, and where to make it instead, as the end of a sentence."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap."""
    parts: list[str] = []
    at = 0
    # Edits at one point stay in their order: a property comes before the resource that is put behind it.
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:]))


def joined(edits: Sequence[Edit]) -> list[Edit]:
    """The edits in the order of the text, those that insert at one point as one."""
    if len(edits) == 1:
        return [*edits]
    made: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if made and made[-1].start == made[-1].end == edit.start == edit.end:
            edit = Edit(edit.start, edit.end, made.pop().text + edit.text)
        made.append(edit)
    return made


class Revised:
    """A text that is edited again and again, and the edits of the first text that come to the same.

    They hold nothing of what stands between the changes, which may be a secret.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._length = len(text)
        self._parts: list[tuple[int, int] | str] = [(0, len(text))]
        """What the text consists of: stretches of the first one, and what was inserted."""

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make edits of the text as it is now, which do not overlap."""
        parts: list[tuple[int, int] | str] = []
        at = 0
        edits = sorted(edits, key=lambda one: (one.start, one.end))
        for edit in edits:
            parts += [*self._between(at, edit.start), edit.text]
            at = edit.end
        parts += self._between(at, len(self.text))
        self._parts = [part for part in parts if part]
        self.text = applied(self.text, edits)

    def _between(self, start: int, end: int) -> Iterator[tuple[int, int] | str]:
        """The parts between two offsets of the text as it is now."""
        at = 0
        for part in self._parts:
            length = len(part) if isinstance(part, str) else part[1] - part[0]
            first, last = max(start - at, 0), min(end - at, length)
            if first < last:
                yield part[first:last] if isinstance(part, str) else (part[0] + first, part[0] + last)
            at += length

    @property
    def edits(self) -> list[Edit]:
        """The edits of the first text, in its order."""
        edits = []
        inserted, at = "", 0
        for part in (*self._parts, (self._length, self._length)):
            if isinstance(part, str):
                inserted += part
                continue
            if inserted or part[0] > at:
                edits.append(Edit(at, part[0], inserted))
            inserted, at = "", part[1]
        return edits


def clash(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """Whether two sets of edits touch the same stretch or the same point of a text."""
    return any(edit.start <= other.end and other.start <= edit.end for edit in some for other in others)


class Touched:
    """The stretches of a text that edits touch, of which there may be thousands; finds those that clash at once."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        """Of stretches that share no point, in the order of the text."""

    def clash(self, edits: Iterable[Edit]) -> bool:
        """Whether one of some edits touches the same stretch or the same point as one that was added."""
        return any(self._before(edit.end) > self._after(edit.start) for edit in edits)

    def add(self, edits: Iterable[Edit]) -> None:
        """Add edits, which may touch each other."""
        for edit in edits:
            first, last = self._after(edit.start), self._before(edit.end)
            start, end = min([edit.start, *self._starts[first:last]]), max([edit.end, *self._ends[first:last]])
            self._starts[first:last], self._ends[first:last] = [start], [end]

    def _after(self, offset: int) -> int:
        """The number of stretches that end before an offset."""
        return bisect_left(self._ends, offset)

    def _before(self, offset: int) -> int:
        """The number of stretches that begin at an offset at the latest."""
        return bisect_right(self._starts, offset)


def follows(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """Whether edits only insert at or behind what others insert, so that all of them can be made in order."""
    return all(edit.start == edit.end and edit.start >= other.end for edit in some for other in others)


def differ(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """Whether edits insert other keys than others do, each by itself."""
    keys = {other.text.partition(":")[0] for other in others}
    return all(edit.text.partition(":")[0] not in keys for edit in some)


def line_end(text: str) -> str:
    """The line end that a text uses, by its first."""
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def line_start(text: str, at: int) -> int:
    """The offset at which the line of an offset begins."""
    return text.rfind("\n", 0, at) + 1


def end_of_line(text: str, at: int) -> int:
    """The offset at which the line of an offset ends, before its line end."""
    found = text.find("\n", at)
    if found < 0:
        return len(text)
    return found - 1 if found > 0 and text[found - 1] == "\r" else found


def indent_of(text: str, at: int) -> str:
    """The white space that puts a new line below what stands at an offset: what is before it, as spaces if need be."""
    spaces = leading(text, at)
    return spaces + " " * (column(text, at) - len(spaces))


def leading(text: str, at: int) -> str:
    """The white space with which the line of an offset begins, at most up to there."""
    # Without a copy of the line, which may be the whole file.
    match = _SPACES.match(text, line_start(text, at), at)
    return match[0] if match else ""


def column(text: str, at: int) -> int:
    """The number of characters before an offset in its line."""
    return at - line_start(text, at)


def refuse_generated(target: Target, files: Files) -> None:
    """Raise Refused for a file that no person writes."""
    path = target.home.path
    if target.call is not None:
        where = f"{target.call.path}:{target.call.line}"
        what = "made by a module" if target.call == target.home else "in a downloaded module"
        raise Refused(f"{target.written} is {what}; set the module's argument at {where}")
    if is_of_assembly(path, files):
        raise Refused(f"{path} is made by the CDK; change the app")
    reason = written_anew(path, files)
    if reason:
        raise Refused(reason)
    if target.language == "terraform" and not path.endswith(SUFFIXES) and may_be_state(files.read(path).words):
        raise Refused("this is a state, which tells what exists; change the configuration and apply it")


def where(change: Setting | Removal, reason: str) -> Refused:
    """Why a change is refused, with the place where the value is decided if that is another one."""
    if change.decided is None:
        return Refused(reason)
    words, span = change.decided
    return Refused(f"it comes from {words}; change it at {span.path}:{span.line}")


def refuse_elsewhere(change: Setting) -> None:
    """Raise Refused for a property that is written elsewhere, for example in Globals."""
    if change.present is not None:
        span = change.present
        raise Refused(f"it is set at {span.path}:{span.line}; change it there")
