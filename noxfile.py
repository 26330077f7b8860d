"""Checks in environments of their own, one for each supported Python: `nox`, or `uvx nox` where it is not installed.

`nox -l` lists the sessions, `nox -s tests-3.12 -- tests/test_cli.py` runs a part of one. A Python that is not there is
left out.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from pathlib import Path

import nox

PROJECT = nox.project.load_toml("pyproject.toml")["project"]
PYTHONS = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
OLDEST, NEWEST = PYTHONS[0], PYTHONS[-1]

nox.needs_version = ">=2024.10.9"
nox.options.sessions = ["lint", "tests", "release"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=NEWEST)
def lint(session: nox.Session) -> None:
    """Check style and types."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")


@nox.session(python=NEWEST)
def build(session: nox.Session) -> None:
    """Make the wheel and the source distribution, in dist/."""
    session.install(*nox.project.load_toml("pyproject.toml")["build-system"]["requires"])
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "hatchling", "build")


@nox.session(python=NEWEST)
def release(session: nox.Session) -> None:
    """Build, install and run what is published."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-m", "release", *session.posargs)


@nox.session(python=NEWEST)
def sdist(session: nox.Session) -> None:
    """Run all tests in the unpacked source distribution."""
    session.install("hatchling")
    folder = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder))
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    (tree,) = folder.glob("awslint_memo-*/")
    with session.chdir(tree):
        session.install("-e", ".[dev]")
        session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=OLDEST, venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest versions that the dependencies may have; needs uv."""
    lowest = ("--resolution", "lowest-direct")
    session.install(*lowest, "-e", ".[dev]")
    session.run("pytest", "-n", "auto", *session.posargs)
    # The tests need newer versions of some libraries than a run does.
    session.install(*lowest, "--upgrade", "-e", ".[cfn-lint,html,server]")
    session.run("pytest", "tests/settings", "tests/hosts/server", "tests/reporters", "tests/hosts/test_cfn_lint.py")


@nox.session(python=NEWEST)
def docs(session: nox.Session) -> None:
    """Write the generated pages anew, and build the site of them."""
    session.install("-e", ".[dev]")
    session.run("python", "docs/generate.py")
    session.run("python", "docs/build_site.py")
