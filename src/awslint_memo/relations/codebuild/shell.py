"""Shell text taken apart into the commands that it runs: no comment, no quoted text, no body of a here-document.

This is a reader of ordinary scripts, not a shell: variables stay as they are written, and what can't be told is one
word more of the command around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record

Argv = tuple[str, ...]

_KEYWORDS = frozenset(("!", "do", "elif", "else", "if", "then", "time", "until", "while", "{"))
_ASSIGNMENT = regex(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_HERE_DOCUMENT = regex(r"(?<!<)<<-?\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\1")
_REDIRECTION = regex(_HERE_DOCUMENT.pattern + r"|[0-9]*(?:>>?|<)(?:&[0-9-])?|&>>?")
_SEPARATORS = frozenset(";&|()\n`")

_WRAPPERS: dict[str, int] = {"command": 0, "env": 0, "exec": 0, "nice": 0, "nohup": 0, "sudo": 0, "timeout": 1}
"""Programs that run the command that follows their options, and how many words stand before it."""

_SHELLS = frozenset(("bash", "dash", "sh", "zsh"))

_MAX_NESTING = 8
"""How deep `bash -c`, `$(...)` and their like are followed."""

_MAX_LENGTH = 100_000
"""Characters of a script that is read; no build says so much in its template, and quotes in quotes double each time."""


def commands(script: str, depth: int = 0) -> Iterator[Argv]:
    """The simple commands of a script in their order, each as its words without quotes; a program's path is dropped.

    What a command substitution runs comes before the command that holds it. Assignments before a command, keywords
    and wrappers such as `sudo` are left out; `bash -c` gives the commands of its text.
    """
    if depth > _MAX_NESTING or len(script) > _MAX_LENGTH:
        return
    for words, inner in _Scanner(_without_here_documents(script)).simple_commands():
        for substituted in inner:
            yield from commands(substituted, depth + 1)
        yield from _run(words, depth)


def _run(words: list[str], depth: int) -> Iterator[Argv]:
    while words and (words[0] in _KEYWORDS or _ASSIGNMENT.match(words[0])):
        words = words[1:]
    if not words:
        return
    program = words[0].rpartition("/")[2]
    rest = words[1:]
    if program in _WRAPPERS and not (program == "command" and rest[:1] in (["-v"], ["-V"])):
        while rest and rest[0].startswith("-"):
            rest = rest[2:] if program in ("nice", "sudo") and rest[0] in ("-n", "-u", "-g") else rest[1:]
        yield from _run(rest[_WRAPPERS[program] :], depth)
    elif program in _SHELLS and len(rest) > 1 and re.fullmatch(r"-[a-z]*c", rest[0]):
        yield from commands(rest[1], depth + 1)
    elif program == "eval":
        yield from commands(" ".join(rest), depth + 1)
    else:
        yield (program, *rest)


def _without_here_documents(script: str) -> str:
    """The script without the text that it feeds to commands."""
    kept: list[str] = []
    ends: list[str] = []
    for line in script.replace("\r\n", "\n").split("\n"):
        if ends:
            if line.strip() == ends[0]:
                ends.pop(0)
            continue
        kept.append(line)
        ends += [] if line.lstrip().startswith("#") else [match[2] for match in _HERE_DOCUMENT.finditer(line)]
    return "\n".join(kept)


@record
class _Scanner:
    """One pass over a script, character by character."""

    text: str
    at: int = 0
    words: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    word: str | None = None

    def simple_commands(self) -> Iterator[tuple[list[str], list[str]]]:
        """Each command's words, and the scripts of the command substitutions in it."""
        while self.at < len(self.text):
            character = self.text[self.at]
            redirection = _REDIRECTION.match(self.text, self.at) if self.word is None else None
            if character == "#" and self.word is None:
                self.at = self._until("\n", self.at)
            elif self.text.startswith("$(", self.at):
                self._add(self._substitution())
            elif redirection:
                self.at = redirection.end()
            elif character in _SEPARATORS:
                self.at += 1
                yield self._finish()
            elif character in " \t":
                self.at += 1
                self._end_word()
            else:
                self._add(self._piece(character))
        yield self._finish()

    def _piece(self, character: str) -> str:
        self.at += 1
        if character == "\\":
            self.at += 1
            escaped = self.text[self.at - 1 : self.at]
            return "" if escaped == "\n" else escaped
        if character == "'":
            start, self.at = self.at, self._until("'", self.at) + 1
            return self.text[start : self.at - 1]
        return self._double_quoted() if character == '"' else character

    def _double_quoted(self) -> str:
        text = ""
        while self.at < len(self.text) and self.text[self.at] != '"':
            if self.text.startswith("$(", self.at):
                text += self._substitution()
            elif self.text[self.at] == "\\":
                escaped = self.text[self.at + 1 : self.at + 2]
                text += escaped if escaped in '"\\$`' else "" if escaped == "\n" else "\\" + escaped
                self.at += 2
            else:
                text += self.text[self.at]
                self.at += 1
        self.at += 1
        return text

    def _substitution(self) -> str:
        """Steps over `$(...)`, notes the script in it and gives it as it is written."""
        start, depth = self.at, 0
        while self.at < len(self.text):
            depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
            self.at += 1
            if depth == 0 and self.text[self.at - 1] == ")":
                break
        written = self.text[start : self.at]
        if not written.startswith("$(("):
            self.inner.append(written[2:].removesuffix(")"))
        return written

    def _until(self, end: str, start: int) -> int:
        found = self.text.find(end, start)
        return len(self.text) if found < 0 else found

    def _add(self, piece: str) -> None:
        if piece or self.word is not None or self.text[self.at - 1 : self.at] in ("'", '"'):
            self.word = (self.word or "") + piece

    def _end_word(self) -> None:
        if self.word is not None:
            self.words.append(self.word)
        self.word = None

    def _finish(self) -> tuple[list[str], list[str]]:
        self._end_word()
        words, inner = self.words, self.inner
        self.words, self.inner = [], []
        return words, inner
