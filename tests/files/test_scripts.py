"""The search for scripts ends, however much lies in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from awslint_memo.files import scripts
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root


@pytest.mark.parametrize(("most", "names"), [(2, ["a.sh"]), (4, ["a.sh", "c.sh"])])
def test_so_many_files_are_passed(most: int, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.sh", "b.txt", "c.sh"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(scripts, "MAX_FILES", most)
    paths = scripts.Scripts(str(tmp_path))(Files(bounds=Root([str(tmp_path)])))
    assert [Path(path).name for path in paths] == names
