"""Measures the time of a whole process, compared with cfn-lint and with parsing the file alone.

usage: python bench/speed.py [TEMPLATE] [--runs N]

Prints the median CPU time of each command and its ratio to awslint-memo's. Ratios are comparable between machines,
seconds are not. The commands run in turn, so that other load affects all of them. `cfn-lint` must be installed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOOR = "import sys, yaml; yaml.compose(open(sys.argv[1]), Loader=yaml.CSafeLoader)"


def commands(template: str) -> dict[str, list[str]]:
    """The commands to compare, by name."""
    here = Path(sys.executable).parent
    return {
        "awslint-memo": [str(here / "awslint-memo"), "lint", template],
        "cfn-lint": [str(here / "cfn-lint"), "--", template],
        "python, yaml and the parse alone": [sys.executable, "-c", FLOOR, template],
    }


def seconds(command: Sequence[str]) -> float:
    """The CPU time (user and system) of one run of a command, in seconds."""
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


def main() -> None:
    """Measure the commands and print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("template", nargs="?", default=str(ROOT / "fixtures/orders/template.yaml"))
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    compared = commands(arguments.template)
    for command in compared.values():
        seconds(command)
    taken: dict[str, list[float]] = {name: [] for name in compared}
    for _ in range(arguments.runs):
        for name, command in compared.items():
            taken[name].append(seconds(command))
    ours = statistics.median(taken["awslint-memo"])
    for name, times in taken.items():
        print(f"{name:34} {statistics.median(times):6.3f} s   {statistics.median(times) / ours:5.2f} x")


if __name__ == "__main__":
    main()
