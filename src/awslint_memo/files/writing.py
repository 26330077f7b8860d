"""Writes files: as a whole, so that a failure never leaves half of the contents, or behind what is there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from awslint_memo.files.output_paths import target_of
from awslint_memo.files.source import Source, read
from awslint_memo.model.span import Problem

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_FLAGS = _NEW | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))


_REPORT = "the report"


def write_whole(path: str, text: str, what: str = _REPORT) -> None:
    """Write `text` to a file in UTF-8; if the path is a symbolic link, to the file that it leads to.

    Raises Problem if that fails, if there is something else than a file, or if a link of a repository leads out of it;
    what is there is then unchanged.
    what: names it in the sentence.
    """
    if path == os.devnull:
        return
    try:
        target = target_of(path, what)
        found = _found(path)
        if found is not None and not stat.S_ISREG(found.st_mode):
            instead = ", or - for standard output" if what == _REPORT else ""
            raise Problem(f"{what} can't be written: this is no file; name a file{instead}", path)
        if found is not None and not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
        _replace(target, text.encode("utf-8", "replace"), found)
    except OSError as error:
        raise Problem(f"{what} can't be written: {(error.strerror or str(error)).lower()}", path) from error
    except ValueError as error:
        raise Problem(f"{what} can't be written: {error}", path) from error


def write_new(path: str, text: str) -> None:
    """Write a file in UTF-8 where there is none. Raises Problem if there is something, or if it can't be written."""
    try:
        descriptor = os.open(target_of(path, "the file"), _FLAGS, 0o666)
    except FileExistsError as error:
        raise Problem("there is something already; it was not changed", path) from error
    except OSError as error:
        raise Problem(f"the file can't be written: {(error.strerror or str(error)).lower()}", path) from error
    try:
        _write_all(descriptor, text.encode("utf-8"))
    except OSError as error:
        with suppress(OSError):
            os.unlink(path)
        raise Problem(f"the file can't be written: {(error.strerror or str(error)).lower()}", path) from error
    finally:
        os.close(descriptor)


def rewrite(old: Source, text: str) -> None:
    """Replace the contents of a file that was read, in its own encoding and with its permissions.

    Raises Problem if the file is a link, has changed since it was read, or can't be written; it is then as it was.
    """
    path = old.path
    try:
        if os.path.islink(path):
            raise Problem(
                "the file is not changed, as it is a symbolic link; name the file that it leads to",
                path,
                is_partial=True,
            )
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode) or read(path).data != old.data:
            raise Problem(
                "the file is not changed, as somebody else has changed it meanwhile; run this again",
                path,
                is_partial=True,
            )
        if not os.access(path, os.W_OK):
            raise PermissionError(13, "Permission denied")
        _replace(os.path.realpath(path), old.encoded(text), found)
    except OSError as error:
        raise Problem(
            f"the file can't be changed: {(error.strerror or str(error)).lower()}", path, is_partial=True
        ) from error


def append(path: str, made: Callable[[int], str]) -> None:
    """Write behind what is in a file, in UTF-8. made: gives the text for a file of so many bytes; if empty, nothing.

    Raises Problem if that fails, or if there is something else than a file.
    """
    try:
        found = _found(path)
        if found is not None and not stat.S_ISREG(found.st_mode):
            raise Problem("the summary can't be written: this is no file", path)
        size = 0 if found is None else found.st_size
        text = made(size)
        if text:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            try:
                _write_all(descriptor, (("\n" if size else "") + text).encode("utf-8", "replace"))
            finally:
                os.close(descriptor)
    except OSError as error:
        raise Problem(f"the summary can't be written: {(error.strerror or str(error)).lower()}", path) from error
    except ValueError as error:
        raise Problem(f"the summary can't be written: {error}", path) from error


def is_hard_link(path: str) -> bool:
    """Whether a file has other names, which keep its contents when it is replaced."""
    try:
        return os.stat(path).st_nlink > 1
    except (OSError, ValueError):
        return False


def is_same_file(one: str, other: str) -> bool:
    """Whether two paths lead to the same file, or would if they were written."""
    try:
        first, second = (os.path.normcase(os.path.realpath(path)) for path in (one, other))
        is_same = first == second or os.path.samefile(first, second)
        return is_same and first != os.path.normcase(os.path.realpath(os.devnull))
    except (OSError, ValueError):  # One of them does not exist.
        return False


def rewrite_all(sources: Mapping[str, Source], texts: Mapping[str, str]) -> list[Problem]:
    """Replace the contents of files; gives the problems of those that could not be replaced."""

    def problems(path: str) -> Iterator[Problem]:
        try:
            rewrite(sources[path], texts[path])
        except Problem as problem:
            yield problem

    return [problem for path in texts for problem in problems(path)]


def _found(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _replace(target: str, data: bytes, old: os.stat_result | None) -> None:
    # Nobody can foresee this name, and a link that has it would not be followed.
    draft = os.path.join(os.path.dirname(target), f".awslint-memo-{os.urandom(8).hex()}.tmp")
    descriptor = os.open(draft, _FLAGS, 0o666)
    try:
        try:
            _write_all(descriptor, data)
            if old is not None:
                _keep(descriptor, draft, old)
                _keep_attributes(target, draft)
        finally:
            os.close(descriptor)
        os.replace(draft, target)
    except BaseException:  # Ctrl-C too
        with suppress(OSError):
            os.unlink(draft)
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep(descriptor: int, draft: str, old: os.stat_result) -> None:
    """Give the new file the owner, where we may, and the permissions of the old one."""
    mode = stat.S_IMODE(old.st_mode) & 0o777
    if hasattr(os, "fchown"):
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, mode)
    else:
        os.chmod(draft, mode)


def _keep_attributes(target: str, draft: str) -> None:
    """Give the new file the extended attributes of the old one, such as its access list, as far as the system lets us.

    Python has no function for them but on Linux.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # of a file system that has none
            for name in os.listxattr(target):
                with suppress(OSError):  # of the system's own
                    os.setxattr(draft, name, os.getxattr(target, name))
