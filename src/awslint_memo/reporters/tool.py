"""The program itself, as reports name it."""

from __future__ import annotations

from functools import cache


@cache
def tool() -> dict[str, str]:
    """Its name, and its version if it is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"name": "awslint-memo", "version": version("awslint-memo")}
    except PackageNotFoundError:  # run from a checkout that is not installed
        return {"name": "awslint-memo"}
