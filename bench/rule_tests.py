"""Runs tests with a folder of changed rules instead of the package's own, in a new process without the cost of one.

Each process is a fork of one that has imported what the tests need, and has loaded no rule: nothing of a mutant stays
for the next one.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

from awslint_memo import judging, readers, relations
from awslint_memo.files import rule_files

ROOT = Path(__file__).resolve().parents[1]
FORKS = multiprocessing.get_context("forkserver")


def fails(rule_id: str, tests: Sequence[str], folder: Path, seconds: float) -> bool:
    """Whether one of the tests fails with the rules of a folder, or they take longer than this.

    One of them is always that of what the rule's fixes make of its examples.
    """
    process = FORKS.Process(target=_run, args=(rule_id, list(tests), str(folder)))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode != 0


def _run(rule_id: str, tests: list[str], folder: str) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(quiet, stream)
    os.chdir(ROOT)
    # Python's cache of compiled files can't distinguish mutants with the same length and the same second of writing.
    sys.dont_write_bytecode = True
    rule_files.FOLDER = folder
    sys.exit(1 if _makes_others(rule_id) else _pytest(tests) if tests else 0)


def _makes_others(rule_id: str) -> bool:
    """What the test of fixes of tests/test_rules.py tests; that file loads the examples of every rule."""
    from tests.fixed_examples import outcome

    from awslint_memo.judging.examples import fixed_text
    from awslint_memo.judging.registry import rules

    rule = rules()[rule_id]
    return outcome(rule) != (fixed_text(rule), rule.fix)


def _pytest(tests: list[str]) -> int:
    import pytest

    # The tests of rules need no plugin, and importing them takes longer than the tests.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])


def _modules(*packages: ModuleType) -> Iterator[str]:
    return (module.name for one in packages for module in walk_packages(one.__path__, f"{one.__name__}."))


IMPORTED = ["hypothesis", "pytest", "tests.command", "tests.linting", "tests.fixed_examples"]
FORKS.set_forkserver_preload([*IMPORTED, *_modules(judging, readers, relations)])
