"""The only module that runs git: it asks about a repository without anything of the repository's being run or written.

Only commands that read objects, the index and the addresses of remotes are used: they know no hook, filter, text
conversion or external diff. What else a repository's configuration could make git run (a file monitor, programs that
fetch) is turned off, and what the environment says of another repository is left out. Nothing is fetched but by
`fetch`, which the GitHub Action uses, as it does `settings_for_others`.
"""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO

from awslint_memo.files.process import passed_over, program, search_path
from awslint_memo.files.source import MAX_BYTES, too_large
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.span import Problem

SECONDS = 120
"""How long one answer may take; git waits for ever where a repository has a pipe instead of a file."""

_SETTINGS = (
    *("core.fsmonitor=false", "core.untrackedCache=false", "core.hooksPath=/dev/null", "core.pager=cat"),
    *("submodule.recurse=false", "safe.bareRepository=explicit", "gc.auto=0", "maintenance.auto=false"),
    # What says of a commit that it is another one, or has other parents, which refs that anybody pushed may do.
    *("core.useReplaceRefs=false", "core.commitGraph=false"),
)
_OFFLINE = ("protocol.allow=never",)
_ONLINE = (
    *("protocol.allow=never", "remote.origin.uploadpack=git-upload-pack", "fetch.recurseSubmodules=false"),
    *(f"protocol.{name}.allow=always" for name in ("https", "http", "ssh", "file")),
)
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": "/dev/null",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
    "LANGUAGE": "",
}
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
"""What the environment may say of git: where the user's own settings are, such as which repositories are safe."""

_KEPT_TO_FETCH = regex(r"GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_\w+|HTTP_\w+)")
"""What the environment may say besides of how something is fetched."""

NEEDED = (
    *("git", "git-lfs", "ssh"),
    *("sh", "basename", "cat", "cut", "dirname", "env", "envsubst", "expr", "gettext", "grep", "rm", "sed", "tr"),
    *("uname", "wc"),
)
"""The programs that another program finds which fetches with git: git, and what it and its own scripts, such as that
for submodules, start. Those that give git a password, `git-credential-*`, have any name."""

_KEPT_SETTING = regex(r"GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)")


class NoAnswerError(Exception):
    """Git could not answer; the text is what it said, in one line."""


class Git:
    """Git, asked about the repository whose work tree is the folder `top`."""

    def __init__(self, top: str) -> None:
        """Raise LookupError, with a sentence, if git is not installed."""
        self.top = top
        installed = program("git", linted=[top])
        if installed is None:
            other = passed_over("git", [top])
            what = "git is not installed" if other is None else f"{other} is a part of what is linted, which is not run"
            raise LookupError(f"--against: {what}, so no revision can be read; install it")
        self._start = [installed, "--no-pager", "-C", top, f"--work-tree={top}"]
        self._blobs: subprocess.Popen[bytes] | None = None

    @cached_property
    def _command(self) -> list[str]:
        """How each command begins. Raises NoAnswerError if git takes something else than `.git` for the repository.

        That is the folder itself where it has the files of a bare repository, which anybody may have committed with a
        configuration that names programs; git before 2.38 knows no setting against it.
        """
        words = [*self._start, *_options(*_SETTINGS, *_OFFLINE)]
        own = os.path.join(self.top, ".git")
        folder = os.fsdecode(_answer([*words, "rev-parse", "--absolute-git-dir"], self._environment())).rstrip("\n")
        if os.path.isdir(own) and not os.path.samefile(own, folder):
            raise NoAnswerError(f"{own} is not a git repository")
        return words

    def ask(self, *arguments: str) -> bytes:
        """What a command prints. Raises NoAnswerError."""
        return _answer([*self._command, *arguments], self._environment())

    def ask_index(self, index: str, *arguments: str) -> bytes:
        """What a command prints that reads an index other than the usual one, as that of a commit that takes all files
        or some; the usual one if the path is none of the repository's own. Raises NoAnswerError."""
        whole = os.path.realpath(os.path.join(self.top, index))
        command, environment = self._command, self._environment()
        if index and os.path.dirname(whole) == os.path.realpath(self.line("rev-parse", "--absolute-git-dir")):
            environment["GIT_INDEX_FILE"] = whole
        return _answer([*command, *arguments], environment)

    def fetch(self, *arguments: str) -> None:
        """Fetch from `origin`, by the usual protocols only, what the arguments name. Raises NoAnswerError."""
        self.ask("rev-parse")  # Raises for what is no repository of its own.
        options = ("--quiet", "--no-tags", "--no-recurse-submodules")
        words = [*self._start, *_options(*_SETTINGS, *_ONLINE), "fetch", *options, *arguments]
        _answer(words, self._environment(fetches=True), times=5)

    def line(self, *arguments: str) -> str:
        """The one line that a command prints. Raises NoAnswerError."""
        return os.fsdecode(self.ask(*arguments)).rstrip("\n")

    def blob(self, key: str, path: str) -> bytes:
        """The contents of a file by the id of its object. Raises Problem at `path` if there is no such object here."""
        process = self._reader()
        try:
            return self._read(process, key, path)
        except (OSError, ValueError) as error:
            self.close()
            raise Problem(f"git could not read this file at the revision: {error}", path) from error

    def _read(self, process: subprocess.Popen[bytes], key: str, path: str) -> bytes:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (both are pipes)
        process.stdin.write(key.encode() + b"\n")
        answer = _some(process.stdout)
        while b"\n" not in answer:
            answer += _some(process.stdout)
        line, _, data = answer.partition(b"\n")
        head = line.split()
        if head[1:] == [b"missing"]:
            raise Problem(
                "this file of the revision was not fetched (a partial clone), and nothing is fetched here; "
                "fetch it: git fetch --refetch --no-filter",
                path,
            )
        size = int(head[2]) if len(head) > 2 else -1
        if size > MAX_BYTES:
            self.close()  # Instead of reading all of it.
            raise too_large(path)
        parts = [data]
        rest = size + 1 - len(data)
        while rest > 0:
            parts.append(_some(process.stdout))
            rest -= len(parts[-1])
        if rest < 0 or size < 0:
            raise ValueError("its answer has another form than expected")
        return b"".join(parts)[:-1]

    def _reader(self) -> subprocess.Popen[bytes]:
        if self._blobs is None or self._blobs.poll() is not None:
            self._blobs = subprocess.Popen(  # noqa: S603
                [*self._command, "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment(),
                bufsize=0,
            )
        return self._blobs

    def _environment(self, *, fetches: bool = False) -> dict[str, str]:
        return _environment(self.top, fetches=fetches)

    def close(self) -> None:
        """End the process that reads files."""
        process, self._blobs = self._blobs, None
        if process is not None:
            process.kill()
            process.communicate()


def _options(*settings: str) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]


def _answer(words: Sequence[str], environment: Mapping[str, str], times: int = 1) -> bytes:
    seconds = SECONDS * times
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and the program is the one that is installed)
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"git did not answer in {seconds} s") from error
    except (OSError, ValueError) as error:
        raise NoAnswerError(str(error)) from error
    if done.returncode:
        raise NoAnswerError(_said(done.stderr))
    return done.stdout


def _some(stream: IO[bytes]) -> bytes:
    """The next bytes of a stream. Raises ValueError at its end, or if nothing comes."""
    # Windows can't wait for a pipe, nor has it files on which reading waits for ever.
    if os.name != "nt" and not select.select([stream], [], [], SECONDS)[0]:
        raise ValueError(f"it did not answer in {SECONDS} s")
    found = os.read(stream.fileno(), 1 << 20)
    if not found:
        raise ValueError("it ended")
    return found


def settings_for_others(environment: Mapping[str, str]) -> dict[str, str]:
    """What a program finds of git in its environment that fetches what a repository names: HTTPS and SSH alone, no hook
    and no filter for large files. environment: that of this process, whose own settings of fetching are kept."""
    own = {name: value for name, value in environment.items() if _KEPT_TO_FETCH.fullmatch(name)}
    pairs = [setting.partition("=") for setting in _SETTINGS]
    count = environment.get("GIT_CONFIG_COUNT", "")
    number = int(count) if count.isdecimal() else 0
    own |= {name: value for name, value in environment.items() if number and _KEPT_SETTING.fullmatch(name)}
    for place, (key, _, value) in enumerate(pairs, number):
        own |= {f"GIT_CONFIG_KEY_{place}": key, f"GIT_CONFIG_VALUE_{place}": value}
    fixed = {"GIT_ALLOW_PROTOCOL": "https:ssh", "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C"}
    return {**own, "GIT_CONFIG_COUNT": f"{number + len(pairs)}", **fixed}


def _environment(top: str, *, fetches: bool) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_")
        or name in _KEPT
        or _KEPT_SETTING.fullmatch(name)
        or (fetches and _KEPT_TO_FETCH.fullmatch(name))
    }
    # What git starts in turn, such as ssh, is no part of the repository either.
    kept["PATH"] = os.pathsep.join(search_path([top]))
    if fetches:
        return {**kept, **{name: value for name, value in _ENVIRONMENT.items() if name != "GIT_ALLOW_PROTOCOL"}}
    return {**kept, **_ENVIRONMENT}


def _said(errors: bytes) -> str:
    lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    reasons = [line.partition(": ")[2] or line for line in lines if line.startswith(("fatal: ", "error: "))]
    return (reasons or lines or ["it gave no reason"])[0].rstrip(".")
