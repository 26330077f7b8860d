"""Measure the hooks in a large repository: print the processor time of each after the edit of one file.

usage: python -m bench.hooks [--files N] [--runs N] [--folder FOLDER]
N: how many files the repository has that is made, half of them templates, the others settings in JSON and YAML, sources
and texts; FOLDER: where it is made, instead of a folder that is gone at the end.

Edited are a template that nothing meets, one that imports, one that exports, and a module of Terraform. For each, the
hook of agents, the hook of pre-commit (`lint --staged`, after `git add`) and `lint --dependants` (medians of the runs).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.inputs import in_yaml
from bench.processes import cost

FILES = 14_000
_IN_FOLDER = 20
_KINDS = ("template.yaml", "settings.json", "queue.yaml", "main.py", "topic.yml", "readme.md", "package.json")

_EXPORT = "Outputs:\n  Arn: {Value: !GetAtt Queue0.Arn, Export: {Name: orders-arn}}\n"
_IMPORT = """\
  Importing:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !ImportValue orders-arn, FunctionName: !Ref Function0}
"""
_MODULE = 'resource "aws_sqs_queue" "orders" {\n  visibility_timeout_seconds = 30\n}\n'

EDITED = {
    "plain": "services/s0/f0/0-template.yaml",
    "importing": "live/reader.yaml",
    "exporting": "live/orders.yaml",
    "module": "modules/queue/main.tf",
}
"""The files that are edited, by what they are."""


_PRE_COMMIT = ("--quiet-unknown", "--force-exclude", "--dependants", "--staged", "--gate-by-policy", "--")
"""How pre-commit starts the hook."""


def repository(top: Path, files: int) -> None:
    """Make a repository with about so many files, committed."""
    for number in range(files):
        folder = top / "services" / f"s{number // (_IN_FOLDER * 10)}" / f"f{number // _IN_FOLDER % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        name = _KINDS[number % len(_KINDS)]
        (folder / f"{number}-{name}").write_text(_text(name, number), encoding="utf-8")
    own = {
        EDITED["importing"]: in_yaml(4) + _IMPORT,
        EDITED["exporting"]: in_yaml(4) + _EXPORT,
        EDITED["module"]: _MODULE,
        "live/main.tf": 'module "queue" {\n  source = "../modules/queue"\n}\n',
        ".gitignore": "*.log\nbuild/\n__pycache__/\n",
    }
    for path, text in own.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, encoding="utf-8")
    _git(top, "init", "-q")
    _commit(top)


def _text(name: str, number: int) -> str:
    if name.endswith((".yaml", ".yml")):
        return in_yaml(4 + number % 3 * 8)
    if name.endswith(".json"):
        return json.dumps({"name": f"service-{number}", "stages": {str(one): one * 1.5 for one in range(60)}}, indent=1)
    return f"{name} {number}: this is a line that nobody reads.\n" * 40


def measured(top: Path, runs: int) -> Iterator[str]:
    """A line for each file and hook."""
    for kind, path in EDITED.items():
        edited = top / path
        edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        _git(top, "add", ".")
        said = json.dumps({"cwd": str(top), "tool_input": {"file_path": path}})
        ours = [sys.executable, "-m", "awslint_memo"]
        commands = {
            "hook": ["sh", "-c", 'printf %s "$1" | "$2" -m awslint_memo hook', "sh", said, sys.executable],
            "lint --staged": [*ours, "lint", *_PRE_COMMIT, path],
            "lint --dependants": [*ours, "lint", "--quiet-unknown", "--dependants", path],
        }
        for name, command in commands.items():
            costs = [cost(command, folder=str(top)) for _ in range(runs + 1)][1:]  # The first one fills caches.
            cpu, wall = (statistics.median(getattr(one, part) for one in costs) for part in ("cpu", "wall"))
            yield f"{kind:10} {name:18} {cpu:.2f} s of processor time, {wall:.2f} s in all"
        _commit(top)


def _commit(top: Path) -> None:
    _git(top, "add", ".")
    _git(top, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", "x")


def _git(top: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=top, check=True)


def main(words: Sequence[str] | None = None) -> None:
    """Make the repository, and print the lines."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--folder")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as made:
        top = Path(os.path.abspath(options.folder or made))
        if not (top / ".git").exists():
            repository(top, options.files)
        for line in measured(top, options.runs):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
