"""Tests are the same on a developer's machine and on a build server."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from awslint_memo.readers.terraform_modules import tables
from awslint_memo.relations.sqs import receivers

for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):  # They decide what `lint` writes.
    os.environ.pop(name, None)

# Where bytecode may not be written, each process that runs or is started by tests compiles every module and test anew,
# which took a third of the time of all tests. It is written beside the sources, where git ignores it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes, and how long it takes to make one, depends on what else the machine does.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


# Most of what tests make is small and free at once. What stays for the session (modules, syntax trees, reports) is
# looked at in each full search for garbage, and took a sixth of the time of all tests; so there is none on the way.
gc.set_threshold(100_000_000, 100, 1_000)


@pytest.fixture(scope="module", autouse=True)
def _kept() -> None:
    """Keep what earlier modules left out of the search for garbage, which fixing files does and some tests do.

    It is their modules, syntax trees and reports, a million objects in the end: a search among them takes a second.
    What is garbage of the module before is freed first: a process for tests held five gigabytes in the end.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def polled_queues() -> Iterator[None]:
    """For tests that take a queue without settings as a resource with two warnings: a program polls each queue.

    Whether somebody receives from a queue decides the level. A receiver in each of their templates would hide what they
    are about.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(receivers, "is_consumed", lambda _: True)
        patched.setattr(receivers, "has_declared_consumer", lambda _: True)
        yield


@pytest.fixture
def known_modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Facts about acme/queue/aws, a module that nobody has, in place of those about public modules."""
    monkeypatch.setattr(tables, "FOLDER", str(Path(__file__).parent / "readers" / "terraform_modules" / "facts"))
    tables.table.cache_clear()
    yield
    tables.table.cache_clear()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """With `-n`, give each process tests that stand together: what the tests of a file share is then made once."""
    from xdist.scheduler import WorkStealingScheduling  # type: ignore[import-untyped]

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that share what takes seconds to work out, so that with `-n` one process does it for all."""
    sharing = {"tests.judged_examples", "tests.sources"}

    def shares(item: pytest.Item) -> bool:
        module = item.getparent(pytest.Module)
        known = vars(module.obj).values() if module is not None else ()
        return any(getattr(value, "__module__", None) in sharing for value in known)

    among = {item.path: shares(item) for item in reversed(items)}
    items.sort(key=lambda item: not among[item.path])


def pytest_collection_finish() -> None:
    """Keep what was collected out of the search for garbage, which took a fifth of the time of all tests.

    What is garbage by then is little, and stays.
    """
    gc.freeze()


def pytest_unconfigure() -> None:
    """Search once for exceptions in what nothing refers to any more; pytest would look at everything five times."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
