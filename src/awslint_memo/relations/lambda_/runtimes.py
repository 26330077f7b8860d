"""The runtimes of Lambda's functions that AWS has retired."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import fact

_PAGE = "lambda/latest/dg/lambda-runtimes.html"

NOT_UPDATED: Mapping[str, str] = fact(
    {
        "dotnetcore1.0": "2019-07-30",
        "dotnetcore2.0": "2019-05-30",
        "dotnetcore2.1": "2022-04-13",
        "dotnetcore3.1": "2023-05-03",
        "nodejs": "2016-10-31",
        "nodejs10.x": "2022-02-14",
        "nodejs12.x": "2023-04-30",
        "nodejs4.3": "2020-03-05",
        "nodejs4.3-edge": "2019-04-30",
        "nodejs6.10": "2019-08-12",
        "nodejs8.10": "2020-03-06",
        "python2.7": "2022-05-30",
        "python3.6": "2022-08-29",
        "ruby2.5": "2022-03-31",
    },
    page=_PAGE,
    read="2026-11-30",
)
"""Runtimes with which Lambda neither creates nor updates a function, each with the day since when."""

NOT_CREATED: Mapping[str, str] = fact(
    {
        "go1.x": "2024-02-08",
        "java8": "2024-02-08",
        "nodejs14.x": "2024-01-09",
        "provided": "2024-02-08",
        "python3.7": "2024-01-09",
        "ruby2.7": "2024-01-09",
    },
    page=_PAGE,
    read="2026-11-30",
)
"""Runtimes with which Lambda creates no function and still updates those there are, each with the day since when."""

_NEWEST: Mapping[str, str] = fact(
    {
        "dotnet": "dotnet10",
        "go": "provided.al2023",
        "java": "java25",
        "nodejs": "nodejs24.x",
        "provided": "provided.al2023",
        "python": "python3.14",
        "ruby": "ruby4.0",
    },
    page=_PAGE,
    read="2026-11-30",
)
"""How the names of runtimes begin, each with the newest of its language."""


_CHANGED: Mapping[str, str] = fact(
    {
        "go": "build an executable that is called bootstrap",
        "nodejs": "write handlers without callbacks (async), and with version 3 of the AWS SDK",
        "python2": "write the program in Python 3",
    },
    page="lambda/latest/dg/nodejs-handler.html",
    read="2026-11-30",
)
"""How the names of runtimes begin whose programs the newest one does not run as they are, each with what to do. Of Go:
lambda/latest/dg/golang-package.html."""


def remedy(runtime: str, setting: str) -> str:
    """What to do about a retired runtime: to what its setting is to be set, and what has to change besides."""
    newest = next(name for begin, name in _NEWEST.items() if runtime.startswith(begin))
    changed = next((change for begin, change in _CHANGED.items() if runtime.startswith(begin)), None)
    return f"set {setting} to {newest}{f', and {changed}' if changed else ''}"
