"""Whose repository this is: one name, which stands in pyproject.toml and is written wherever an address needs it.

Usage: python -m bench.owner NAME             write the name of an account or organisation everywhere (`make owner`)
       python -m bench.owner --check [REPO]   exit with 1 if there is none yet, or if REPO is not the repository's name
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

NOBODY = "OWNER"
"""What stands for the name as long as there is none."""

_SETTING = re.compile(r'^Repository = "https://github\.com/([^/"]+)/awslint-memo"$', re.M)
_NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_LONGEST = 39
"""Characters of a name at GitHub."""

_ADDRESSED = (
    r"(?:/(?:awslint-memo|homebrew-tap|tap)\b|\.github\.io/|\.awslint-memo\b| # awslint-memo\b|@users\.noreply\.)"
)
"""What follows the name where it is part of an address."""

_TREE = ("src", "rules", "tests", "docs", "bench", "action", "packaging", "editors", ".github", ".ci")
"""The folders of the project, where git doesn't tell: in the source distribution."""


_EXAMPLES = "tests/test_owner.py"
"""The file whose addresses are examples, and stay."""


def owner(root: Path = ROOT) -> str:
    """The name that is set."""
    settings = _SETTING.findall((root / "pyproject.toml").read_text(encoding="utf-8"))
    if len(settings) != 1:
        raise SystemExit('pyproject.toml must have one Repository = "https://github.com/NAME/awslint-memo"')
    return str(settings[0])


def files(root: Path = ROOT) -> Iterator[Path]:
    """The text files of the project that git knows or would take."""
    if (root / ".git").exists():
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(words, cwd=root, check=True, capture_output=True).stdout
        paths = [root / name for name in listed.decode("utf-8").split("\0") if name]
    else:
        paths = [*root.glob("*"), *(path for folder in _TREE for path in (root / folder).rglob("*"))]
    for path in sorted(set(paths)):
        if path.is_file() and not path.is_symlink() and b"\0" not in path.read_bytes()[:1000]:
            yield path


def replaced(text: str, before: str, after: str) -> str:
    """A text with another name wherever it is part of an address. Registries of images know small letters only."""
    names = re.escape(before) if before == NOBODY else f"(?i:{re.escape(before)})"
    pattern = rf"(?<![\w.-])(ghcr\.io/)?{names}(?={_ADDRESSED})|(?<=\"publisher\": \"){names}(?=\")"
    return re.sub(pattern, lambda match: f"ghcr.io/{after.lower()}" if match[1] else after, text)


def write(name: str, root: Path = ROOT) -> list[Path]:
    """Write the name everywhere; gives the files that changed."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST or name == NOBODY:
        raise SystemExit(f"{name} is no name of an account: letters, digits and single hyphens, {_LONGEST} at most")
    before, changed = owner(root), []
    for path in files(root):
        if path == root / _EXAMPLES:
            continue
        data = path.read_bytes()
        text = replaced(data.decode("utf-8", "surrogateescape"), before, name).encode("utf-8", "surrogateescape")
        if text != data:
            path.write_bytes(text)
            changed.append(path)
    return changed


def problem(repository: str | None = None, root: Path = ROOT) -> str | None:
    """Why this can't be released; None if it can. repository: the name of the one that would release it."""
    name = owner(root)
    if name == NOBODY:
        return f"{NOBODY} stands for the name of the account: make {NOBODY.lower()} {NOBODY}=NAME, and commit that"
    if repository is not None and repository.lower() != f"{name}/awslint-memo".lower():
        return f"this is {repository}, but all addresses are those of {name}/awslint-memo: make owner OWNER=NAME"
    return None


def main(words: Sequence[str]) -> int:
    """Write the name or check it; gives the exit code."""
    if words[:1] == ["--check"] and len(words) <= 2:
        refused = problem(words[1] if len(words) == 2 else None)
        print(refused or f"the repository is {owner()}/awslint-memo")
        return 1 if refused else 0
    if len(words) != 1 or words[0].startswith("-"):
        print(__doc__)
        return 2
    changed = write(words[0])
    print(*(path.relative_to(ROOT) for path in changed), f"{len(changed)} files name {words[0]}", sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
