"""Writes the generated pages: docs/rules/ and docs/memo.md. usage: python docs/generate.py [FOLDER]"""

from __future__ import annotations

import sys
from pathlib import Path

from awslint_memo.judging.registry import rules
from awslint_memo.manual import memo, page
from awslint_memo.reporters.text import example_output


def main(folder: Path) -> None:
    """Write every generated page into a folder laid out as docs/ is."""
    page.write(folder / "rules", page.every_rule(), example_output)
    (folder / "memo.md").write_text(memo.table(list(rules().values())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
