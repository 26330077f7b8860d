"""A stand-in for Windows, since such a machine can't be had everywhere.

`PROGRAMS=FOLDER python -m tests.windows lint C:\\folder\\template.yaml` runs awslint-memo in this process with what
Windows is like: paths have drives and backslashes and know no case, the root of this machine is `C:\\`, the output
takes the characters of code page 1252 alone and has CR LF, and what only POSIX systems have is missing: fork, signals,
file locks, flags of `open`. Files and programs are those of this machine, FOLDER has git.exe. It is no Windows: the
file system, consoles and the installation are tried by CI alone.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import io
import ntpath
import os
import posixpath
import re
import signal
import subprocess
import sys
import tempfile  # noqa: F401 - what asks for the system when it is loaded is loaded before
from collections.abc import Callable, Iterator
from typing import Any

MISSING_MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "readline", "curses", "syslog", "posix")
"""Modules of the standard library that Windows has not."""

_OF_POSIX = re.compile(
    r"""(?x) fork | forkpty | [fl]?chown | chroot | fchmod | gete?[ug]id | getgroups | getpgid | setsid | killpg
    | mkfifo | mknod | nice | pread | pwrite | sched_\w+ | \w+xattr | statvfs | uname | wait[34]? | W(?!NOHANG)[A-Z]+
    | posix_\w+ | sync | O_(NONBLOCK|NOCTTY|CLOEXEC|DIRECTORY|NOFOLLOW|SYNC|DSYNC) | getloadavg | ctermid | ttyname"""
)
_SIGNALS = ("SIGINT", "SIGTERM", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV")
"""The signals that Windows has."""

_TAKE_A_PATH = (
    *("open", "stat", "lstat", "listdir", "mkdir", "rmdir", "unlink", "remove", "chmod", "access", "chdir", "utime"),
    "truncate",
)
_TAKE_TWO = ("rename", "replace", "link", "symlink")

_POSIX = {name: getattr(os, name) for name in (*_TAKE_A_PATH, *_TAKE_TWO, "scandir", "getcwd", "readlink")}


def here(path: Any) -> Any:
    """The path on this machine for one of Windows, in any letters."""
    text = os.fspath(path) if not isinstance(path, int) else path
    if not isinstance(text, str):
        return text
    if text.lower() == "nul":
        return "/dev/null"
    text = re.sub(r"^(\\\\\?\\)?[A-Za-z]:", "", text).replace("\\", "/")
    return text if not text or _is_there(text) else _in_any_letters(text)


def there(path: str) -> str:
    """The path of Windows for one of this machine."""
    return "C:" + path.replace("/", "\\") if path.startswith("/") else path.replace("/", "\\")


def _is_there(path: str) -> bool:
    try:
        _POSIX["lstat"](path)
    except (OSError, ValueError):
        return False
    return True


def _in_any_letters(path: str) -> str:
    folder, name = posixpath.split(path)
    if not name or not folder:
        return path
    folder = folder if _is_there(folder) else _in_any_letters(folder)
    try:
        names = _POSIX["listdir"](folder)
    except OSError:
        return path
    same = [other for other in names if other.casefold() == name.casefold()]
    return posixpath.join(folder, same[0] if same else name)


class Entry:
    """What a folder has, as `os.scandir` tells it."""

    def __init__(self, entry: os.DirEntry[str], folder: str) -> None:
        self._entry = entry
        self.name = entry.name
        self.path = ntpath.join(folder, entry.name) if folder != "." else entry.name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)

    def __fspath__(self) -> str:
        return self.path


class Entries:
    """The answer of `os.scandir`."""

    def __init__(self, folder: str) -> None:
        self._folder, self._entries = folder, _POSIX["scandir"](here(folder))

    def __iter__(self) -> Iterator[Entry]:
        return (Entry(entry, self._folder) for entry in self._entries)

    def __enter__(self) -> Entries:
        return self

    def __exit__(self, *_: object) -> None:
        self._entries.close()


def _change_files() -> None:
    def taking(function: Callable[..., Any], number: int) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            return function(*map(here, arguments[:number]), *arguments[number:], **more)

        return call

    for name in _TAKE_A_PATH:
        setattr(os, name, taking(_POSIX[name], 1))
    for name in _TAKE_TWO:
        setattr(os, name, taking(_POSIX[name], 2))
    vars(os).update(
        scandir=lambda folder=".": Entries(os.fspath(folder)),
        getcwd=lambda: there(_POSIX["getcwd"]()),
        readlink=lambda path: there(_POSIX["readlink"](here(path))),
    )
    opened = io.open
    builtins.open = io.open = taking(opened, 1)
    loader = importlib.machinery.SourceFileLoader
    for name in ("get_data", "path_stats"):
        setattr(loader, name, _with_its_path(getattr(loader, name)))


def _with_its_path(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, path: function(self, here(path))


def _change_programs() -> None:
    class Popen(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, words: Any, **options: Any) -> None:
            options["cwd"] = here(options["cwd"]) if options.get("cwd") else None
            words = [re.sub(r"[A-Z]:\\[^=]*", lambda match: here(match[0]), str(word)) for word in words]
            super().__init__(words, **options)

        def kill(self) -> None:
            self.send_signal(9)

    vars(subprocess)["Popen"] = Popen


def _change_system() -> None:
    for name in [name for name in vars(os) if _OF_POSIX.fullmatch(name)]:
        delattr(os, name)
    for name in [
        name for name in vars(signal) if re.fullmatch(r"SIG[A-Z0-9]+|ITIMER_\w+|setitimer|alarm|pthread_\w+", name)
    ]:
        if name not in _SIGNALS and not name.startswith("SIG_"):
            delattr(signal, name)
    for name in MISSING_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    sys.platform, os.name = "win32", "nt"
    os.O_BINARY = 0  # type: ignore[attr-defined]
    os.sep, os.altsep, os.pathsep, os.linesep, os.devnull = "\\", "/", ";", "\r\n", "nul"
    os.path = sys.modules["os.path"] = ntpath


def _change_streams() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        setattr(
            sys,
            name,
            io.TextIOWrapper(stream.buffer, encoding="cp1252", errors="strict", newline="\r\n", write_through=True),
        )


def _change_environment(programs: str) -> None:
    for name in ("LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING", "HOME"):
        os.environ.pop(name, None)
    os.environ["PATH"] = there(programs)


def main(programs: str, words: list[str]) -> None:
    """Become Windows, as far as this goes, and run awslint-memo. programs: the folder with git.exe."""
    import pathlib
    import threading  # noqa: F401

    import click  # noqa: F401 - it would ask for the console of Windows

    vars(pathlib)["WindowsPath"] = type("WindowsPath", (pathlib.Path, pathlib.PureWindowsPath), {})
    if hasattr(pathlib, "_windows_flavour"):  # up to 3.11
        pathlib._windows_flavour.is_supported = True
    _change_environment(programs)
    _change_programs()
    _change_files()
    _change_streams()
    _change_system()
    from awslint_memo.__main__ import run

    sys.argv = ["awslint-memo", *words]
    run()


if __name__ == "__main__":
    main(os.environ["PROGRAMS"], sys.argv[1:])
