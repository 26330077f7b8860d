"""Looks at pages of the format html in a browser: accessibility, keys, filters, and that nothing overlaps.

It needs Node.js, a Chromium, and the npm packages playwright-core and axe-core in a folder:

    npm install --prefix FOLDER playwright-core axe-core
    python -m bench.picture FOLDER
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from awslint_memo import api
from awslint_memo.reporters import REPORTERS, Look

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ("orders/template.yaml", "databases/bad.template.json", "pipelines/bad.template.json", "recovery", "cdk")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(modules: Path, browser: str | None) -> Iterator[str]:
    """What is not there, each with how to get it."""
    if shutil.which("node") is None:
        yield "there is no program node; install Node.js"
    if browser is None:
        yield f"there is none of the programs {', '.join(BROWSERS)}; install one, or name it with --browser"
    for name in ("playwright-core", "axe-core"):
        if not (modules / name).is_dir():
            yield f"there is no {modules / name}; npm install --prefix {modules.parent} {name}"


def pages(folder: Path, paths: Sequence[str]) -> Iterator[Path]:
    """A page for each path, in a folder."""
    for number, path in enumerate(paths):
        settings = ROOT / "fixtures" / path / "configuration.yaml"
        config = str(settings) if settings.exists() else None
        report = api.lint([str(ROOT / "fixtures" / path)], advice=True, picture=True, config=config)
        page = folder / f"{number}-{Path(path).stem}.html"
        page.write_text(REPORTERS["html"](report, Look()), encoding="utf-8")
        yield page


def main() -> int:
    """Make the pages, look at them, and print what is wrong; 1 if anything is, 2 if it can't be told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder in which the npm packages are")
    parser.add_argument("paths", nargs="*", default=FIXTURES, help="files and folders to make pages of")
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, BROWSERS)), None))
    options = parser.parse_args()
    modules = options.folder.resolve() / "node_modules"
    if lacking := list(missing(modules, options.browser)):
        print("\n".join(lacking), file=sys.stderr)
        return 2
    with TemporaryDirectory() as folder:
        made = [str(one) for one in pages(Path(folder), options.paths)]
        command = ["node", str(Path(__file__).with_suffix(".js")), options.browser, *made]
        done = subprocess.run(
            command, env={**os.environ, "NODE_PATH": str(modules)}, capture_output=True, text=True, check=False
        )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        counts = ", ".join(f"{value} {name}" for name, value in row.items() if isinstance(value, int))
        print(f"{row['page']:<20} {row['check']:<34} {'wrong' if row['wrong'] else 'right'} {counts}")
        for one in row["wrong"]:
            print(f"    {one}")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 2
    return int(any(row["wrong"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
