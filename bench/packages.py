"""What other package managers get of a release: the files of packaging/ that name its files, with their hashes.

Usage: python -m bench.packages RELEASE TO   RELEASE is a folder with the files of a release; writes to the folder TO
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMING = ("homebrew/awslint-memo.rb", "conda/recipe.yaml")
"""The files that name hashes, in packaging/."""

_HASH = re.compile(r"@SHA256:([^@]+)@")


def completed(text: str, release: Path) -> str:
    """A text with the hashes of the files that it names. Raises SystemExit for a file that the release has not."""

    def hashed(match: re.Match[str]) -> str:
        path = release / match[1]
        if not path.is_file():
            raise SystemExit(f"{release} has no {match[1]}")
        return hashlib.sha256(path.read_bytes()).hexdigest()

    return _HASH.sub(hashed, text)


def main(words: Sequence[str]) -> int:
    """Write the files; gives the exit code."""
    if len(words) != 2:
        print(__doc__)
        return 2
    release, to = map(Path, words)
    to.mkdir(parents=True, exist_ok=True)
    for name in NAMING:
        path = ROOT / "packaging" / name
        (to / path.name).write_text(completed(path.read_text(encoding="utf-8"), release), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
