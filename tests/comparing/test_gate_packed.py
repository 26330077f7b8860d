"""A template that is packed, or hidden in a large file, is not gone: a script may deploy it from there."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

QUEUE = b"Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    repository.commit({"q.yaml": QUEUE.decode()})
    return repository


def gate(repository: Repository, name: str, data: bytes) -> tuple[int, str]:
    (repository.path / "q.yaml").unlink()
    (repository.path / name).write_bytes(data)
    repository.git("add", "-A")
    result = invoke("lint", "--against", "HEAD", "--gate")
    return result.exit_code, result.output


def tar(data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        info = tarfile.TarInfo("q.yaml")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def zipped(data: bytes, name: str = "q.yaml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


PACKED = {
    "q.yaml.gz": gzip.compress(QUEUE),
    "infra.tgz": tar(QUEUE),
    "q.bz2": bz2.compress(QUEUE),
    "q.xz": lzma.compress(QUEUE),
    "q.zip": zipped(QUEUE),
    "q.old": QUEUE + b"#" * 2_100_000,
}
UNKNOWN = {
    "q.7z": b"7z\xbc\xaf\x27\x1c....",
    "broken.gz": b"\x1f\x8b....",
    "broken.zip": b"PK\x03\x04....",
    "two.gz": gzip.compress(b"hello") + gzip.compress(QUEUE),
    "long.gz": gzip.compress(b"#" * 8_100_000 + QUEUE),
}
OTHERS = {
    "code.zip": zipped(b"AWS::SQS::Queue Orders", "index.js"),
    "log.gz": gzip.compress(b"hello"),
    "photo.png": b"#" * 2_100_000,
    "program": b"\x7fELF" + b"#" * 2_100_000,
    "empty": b"",
}


@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_is_not_gone(repository: Repository, name: str) -> None:
    code, output = gate(repository, name, PACKED[name])
    assert (code, f"it is in {name} now, which is not looked at" in output) == (1, True), output


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_may_be_in_what_cannot_be_searched_is_not_gone(repository: Repository, name: str) -> None:
    code, output = gate(repository, name, UNKNOWN[name])
    assert (code, f"it may be in {name}, which came since and can't be searched as a whole" in output) == (1, True)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_deleted_beside_other_files_is_gone(repository: Repository, name: str) -> None:
    code, output = gate(repository, name, OTHERS[name])
    assert code == 0, output


def test_what_was_packed_before_is_no_doubt(repository: Repository) -> None:
    write(repository.path, {"other.yaml": "Resources:\n  Told: {Type: AWS::SNS::Topic}\n"})
    (repository.path / "old.7z").write_bytes(UNKNOWN["q.7z"])
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "more")
    code, output = gate(repository, "note.txt", b"gone")
    assert code == 0, output
