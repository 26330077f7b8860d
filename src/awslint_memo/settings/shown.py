"""Lists the settings that count for a file, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from awslint_memo.model.facts import Declared
from awslint_memo.model.record import record
from awslint_memo.settings.configuration_file import At, Document
from awslint_memo.settings.settings import Settings

_ADDED = ("ignore", "suppress", "exclude", "include", "var-file")
"""The lists of which those of all files count."""

_MERGED = ("rules", "deployments", "processing-time")
"""The maps of which each entry is that of the nearest file."""

DEFAULTS: Mapping[str, Any] = {
    "profile": "memo",
    "fail-on": "warning",
    "gitignore": True,
    "production": list(Declared().production),
    "development": list(Declared().development),
}


@record(frozen=True)
class Said:
    """A setting: its key with dots, its value, and where it stands; place is empty for a default."""

    key: str
    value: Any
    place: str = ""


def said(settings: Settings) -> Iterator[Said]:
    """The settings, in the order of the documentation; those that nobody sets and that have no default are left out."""
    from awslint_memo.settings.messages import setting_names

    for key in setting_names():
        if key in _ADDED:
            for document in reversed(settings.documents):
                yield from _items(document, key)
        elif key in _MERGED:
            yield from _entries(settings, key)
        elif key in ("extends", "policy"):
            yield from (_one(document, (key,)) for document in settings.documents if document.has((key,)))
        else:
            nearest = next((one for one in settings.documents if one.has((key,))), None)
            if nearest is not None:
                yield _one(nearest, (key,))
            elif key in DEFAULTS:
                yield Said(key, DEFAULTS[key])


def _items(document: Document, key: str) -> Iterator[Said]:
    written = document.data.get(key, ()) if isinstance(document.data, Mapping) else ()
    if isinstance(written, str):
        yield _one(document, (key,))
    else:
        yield from (_one(document, (key, number)) for number in range(len(written)))


def _entries(settings: Settings, key: str) -> Iterator[Said]:
    names = dict.fromkeys(name for one in reversed(settings.documents) for name in one.data.get(key, {}))
    for name in names:
        having = [one for one in settings.documents if one.has((key, name))]
        maps = [one for one in having if key == "rules" and isinstance(one.data[key][name], Mapping)]
        if having[0] not in maps:
            yield _one(having[0], (key, name))
            continue
        options = dict.fromkeys(option for one in reversed(maps) for option in one.data[key][name])
        for option in options:
            yield _one(next(one for one in maps if one.has((key, name, option))), (key, name, option))


def _one(document: Document, at: At) -> Said:
    value = document.data
    for key in at:
        value = value[key]
    if at[0] == "deployments" and isinstance(value, Mapping):
        # The value of a parameter may be a secret.
        value = f"values of {', '.join(value)}"
    names = [str(key) for key in at if isinstance(key, str)]
    return Said(".".join(names), value, f"{document.path}:{document.place(at).line}")
