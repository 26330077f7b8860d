"""Writes what is known of public Terraform modules: which resources a version makes, and what each input decides.

python -m bench.module_facts terraform-aws-modules/sqs/aws    one module, which the list has from then on
python -m bench.module_facts                                  all modules of the list again

The versions of a module are the tags of its repository. It is cloned from GitHub, or read from a mirror:

python -m bench.module_facts --mirrors '/srv/git/{owner}/{name}.git'
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.mirrors import Mirror, Version
from bench.module_facts.arguments import kept_of_all
from bench.module_facts.folders import Folder, Reading
from bench.module_facts.needs import Needs
from bench.module_facts.wishes import Wish, latest_majors, named
from bench.module_facts.writing import TOLD, Module

from awslint_memo.model.span import Problem

LIST = Path(__file__).with_name("modules.txt")


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", metavar="NAMESPACE/NAME/PROVIDER")
    parser.add_argument("--mirrors", default="https://github.com/{owner}/{name}", help="where the repositories are")
    options = parser.parse_args()
    listed = {wish.source: wish for wish in map(Wish.of, named(LIST.read_text(encoding="utf-8").splitlines()))}
    for source in options.sources or listed:
        wish = listed.get(source, Wish(source))
        with TemporaryDirectory() as folder:
            write(wish, options.mirrors, Path(folder))
        if source not in listed:
            with LIST.open("a", encoding="utf-8") as lines:
                lines.write(f"{source}\n")
    if not options.sources:
        # What only some files have is not told of all.
        TOLD.write_text(json.dumps(kept_of_all(), separators=(",", ":"), sort_keys=True), encoding="utf-8")


def write(wish: Wish, mirrors: str, temporary: Path) -> None:
    """Write the file of one module."""
    where = mirrors.format(owner=wish.owner, name=wish.repository)
    path = Path(where)
    if not path.is_dir():
        path = temporary / "repository.git"
        subprocess.run(["git", "clone", "--quiet", "--bare", where, path], check=True)
    module = read(Mirror(path), wish)
    module.path.parent.mkdir(parents=True, exist_ok=True)
    module.path.write_text(module.text(), encoding="utf-8")
    print(f"{wish.source}: {len(module.versions)} versions, {module.path.stat().st_size:,} bytes")


def read(repository: Mirror, wish: Wish) -> Module:
    """What is known of a module."""
    reading = Reading(repository)
    commits, facts = {}, []
    for version in latest_majors(repository.versions, wish.majors):
        try:
            folders = _folders(repository, reading, version, wish)
        except Problem as problem:
            print(f"{wish.source} {version.number} is left out: {problem}", file=sys.stderr)
            continue
        commits[version.number] = version.commit
        facts.append({(path, key): of for path, key, of in Needs(folders).facts()})
    address = f"github.com/{wish.owner}/{wish.repository}"
    return Module(wish.source, address, date.today().isoformat(), commits, facts)


def _folders(repository: Mirror, reading: Reading, version: Version, wish: Wish) -> dict[str, Folder]:
    files = repository.files(version.commit)
    paths = {path.rpartition("/")[0] for path in files if path.endswith((".tf", ".tf.json"))}
    folders = ((path, reading.folder(files, path)) for path in sorted(filter(wish.has, paths)))
    return {path: folder for path, folder in folders if folder is not None}


if __name__ == "__main__":
    main()
