"""The report of `show-settings`: the settings that count for a file, each with the line that says it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from awslint_memo.settings.listing import values_of
from awslint_memo.settings.settings import Settings

_WIDEST = 60


def _text(settings: Settings) -> str:
    rows = [(f"{one.key}: {_value(one.value)}", one.place or "default") for one in values_of(settings)]
    width = min(_WIDEST, max(len(written) for written, _ in rows))
    listed = "".join(f"{written:<{width}}  {place}\n" for written, place in rows)
    paths = [one.path for one in settings.documents]
    extended = f", which extends {', '.join(paths[1:])}" if len(paths) > 1 else ""
    return f"configuration: {paths[0]}{extended}\n{listed}" if paths else f"configuration: none\n{listed}"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json(settings: Settings) -> str:
    values = [{"setting": one.key, "value": one.value, "place": one.place or None} for one in values_of(settings)]
    paths = [one.path for one in settings.documents]
    return json.dumps({"version": 1, "configurations": paths, "settings": values}, indent=2) + "\n"


FORMS: Mapping[str, Callable[[Settings], str]] = {"text": _text, "json": _json}
"""The function that formats the list, by the name of the format."""
