"""Measures how time and memory grow with the input, and how fast a change is judged in a process that is warm.

usage: python -m bench.growth [--most N]

Each row is a process of its own. Prints Markdown tables: time a resource, and memory a resource beyond that of the
smallest input. --most leaves out larger inputs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import inputs
from bench.processes import cost

SIZES = (100, 1_000, 10_000, 100_000)
DEPLOYMENTS = (1, 2, 8, 32, 128)
CHANGES = 20


def growth(most: int) -> Iterator[str]:
    """The rows of the table of sizes."""
    for form, (file, write) in inputs.FORMS.items():
        smallest = 0.0
        for size in SIZES[: 3 if form == "plan" else None]:
            if size > most:
                break
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / file
                _apart(partial(_write, path, write, size))
                kilobytes = path.stat().st_size / 1024
                one = cost([sys.executable, "-m", "awslint_memo", "lint", str(path)])
            smallest = smallest or one.memory
            each = (one.memory - smallest) * 1024 / size
            print_each = f"{each:.1f} KiB" if size > SIZES[0] else ""
            yield (
                f"| {form} | {size:,} | {kilobytes:,.0f} | {one.cpu:.2f} s | {one.cpu / size * 1e6:.0f} µs "
                f"| {one.memory:.0f} MiB | {print_each} |"
            )


def _write(path: Path, write: Callable[[int], str], size: int) -> None:
    path.write_text(write(size))


def _apart(run: Callable[[], None]) -> None:
    """Run something in a process of its own: a process begins with the peak of memory of the one that starts it."""
    child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def deployments() -> Iterator[str]:
    """The rows of the table of deployments."""
    for number in DEPLOYMENTS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.json"
            path.write_text(inputs.deployments(number))
            one = cost([sys.executable, "-m", "awslint_memo", "lint", str(path)])
        yield f"| {number} | {one.cpu:.2f} s | {one.memory:.0f} MiB |"


def warm(resources: int = 500) -> float:
    """The milliseconds in which a change in a template is judged again, in a session that has judged it before."""
    from awslint_memo import api

    text = inputs.in_yaml(resources)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.yaml"
        path.write_text(text)
        taken = []
        session = api.Session()
        for number in range(CHANGES):
            changed = text.replace("BatchSize: 10", f"BatchSize: {number + 1}", 1)
            started = time.perf_counter()
            session.lint([str(path)], unsaved={str(path): changed})
            taken.append(time.perf_counter() - started)
    return 1000 * sorted(taken)[CHANGES // 2]


def main() -> None:
    """Measure everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    show(parser.parse_args().most)


def show(most: int) -> None:
    """Measure everything up to a size and print the tables."""
    print("| language | resources | KB | time | a resource | peak memory | a resource |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for line in growth(most):
        print(line, flush=True)
    print("\n| deployments of 400 resources | time | peak memory |\n| --- | --- | --- |")
    for line in deployments():
        print(line, flush=True)
    print(f"\nA change in a template of 500 resources is judged again in {warm():.0f} ms.")


if __name__ == "__main__":
    main()
