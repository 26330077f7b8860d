"""What `recovery` claims of stores as estates have them: no more than AWS's pages and the templates say."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from tests.command import printed

WANTED = "recovery: {rpo: 1h, keep: 14d, regions: [eu-west-1, eu-central-1]}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(here: Path, files: dict[str, str], *options: str, configuration: str = WANTED) -> list[str]:
    """The lines of the table for some files, each with single spaces."""
    for name, text in {".awslint-memo.yaml": configuration, **files}.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return [" ".join(line.split()) for line in printed("recovery", *options).splitlines()]


def starting(lines: list[str], start: str) -> str:
    """The one line that begins with some words."""
    [line] = [line for line in lines if line.startswith(start)]
    return line


def test_no_objective_is_met_by_versions_that_expire_before(here: Path) -> None:
    template = """\
    Resources:
      Files:
        Type: AWS::S3::Bucket
        Properties:
          VersioningConfiguration: {Status: Enabled}
          LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpirationInDays: 8}]}
    """
    line = starting(rows(here, {"a.yaml": template}), "Files software")
    assert "nothing, 8d back 1h ✓, keep 14d ?" in line
