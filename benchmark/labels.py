"""The cases and their labels, as they stand in `cases/NAME/labels.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "cases"

LANGUAGES = ("cloudformation", "sam", "cdk", "terraform")
KINDS = ("practice", "refused", "never-works", "no-op", "environment", "over-files", "recovery")
LEVELS = ("error", "warning", "advice")
TEMPLATES = (".yaml", ".yml", ".json", ".template")

_MEMBERS = ("id", "is", "judgement", "kind", "topic", "level", "file", "line", "quote", "resource", "why", "page", "by")


@dataclass(frozen=True)
class Place:
    """A resource at which a tool may report what a label says. file: relative to the case."""

    file: str
    resource: str


@dataclass(frozen=True)
class Label:
    """What is so at a place. is_good: a place where that would be wrong to say; else it is a departure.

    judgement: the name of what is judged. kind, topic, level: of the departure. quote: what stands in the line, from 1.
    places: the resource first, then others at which it may be reported. why: the fact; page: where AWS says so.
    by: who wrote it. second: what the second reader said: "agrees", or a reason. otherwise: the value of a parameter
    ("P is x") for which the judgement does hold at a good twin, if two further readers would tell it; else empty.
    """

    case: str
    id: int
    is_good: bool
    judgement: str
    kind: str
    topic: str
    level: str
    line: int
    quote: str
    places: tuple[Place, ...]
    why: str
    page: str
    by: str
    second: str
    otherwise: str

    @property
    def key(self) -> str:
        """Its name among all labels."""
        return f"{self.case}#{self.id}"

    @property
    def at(self) -> tuple[str, int]:
        """Its file, relative to the cases, and its line."""
        return f"{self.case}/{self.places[0].file}", self.line


@dataclass(frozen=True)
class Case:
    """A template or a root with its files. labels: all of it, agreed or not."""

    name: str
    folder: Path
    language: str
    title: str
    labels: tuple[Label, ...]


class LabelError(Exception):
    """A label that can't be used; says which and why."""


def cases(folder: Path = CASES) -> Iterator[Case]:
    """All cases by name. Raises LabelError for the first broken one."""
    for path in sorted(folder.glob("*/labels.yaml")):
        yield _case(path)


def _case(path: Path) -> Case:
    name, data = path.parent.name, yaml.safe_load(path.read_text(encoding="utf-8"))
    if data.get("language") not in LANGUAGES:
        raise LabelError(f"{name}: language is {data.get('language')!r}, none of {', '.join(LANGUAGES)}")
    labels = tuple(_label(name, {"by": data.get("by"), **one}) for one in data["labels"])
    if len({one.id for one in labels}) < len(labels):
        raise LabelError(f"{name}: two labels have the same id")
    return Case(name, path.parent, data["language"], data["title"], labels)


def _label(case: str, data: Mapping[str, Any]) -> Label:
    missing = [name for name in _MEMBERS if data.get(name) in (None, "")]
    if missing:
        raise LabelError(f"{case}#{data.get('id')}: no {', '.join(missing)}")
    for name, known in (("is", ("departure", "good")), ("kind", KINDS), ("level", LEVELS)):
        if data[name] not in known:
            raise LabelError(f"{case}#{data['id']}: {name} is {data[name]!r}, none of {', '.join(known)}")
    places = [Place(one["file"], one["resource"]) for one in (data, *(data.get("also") or ()))]
    texts = {name: str(data[name]) for name in ("judgement", "kind", "topic", "level", "quote", "why", "page", "by")}
    texts |= {name: str(data.get(name) or "") for name in ("second", "otherwise")}
    is_good = data["is"] == "good"
    return Label(case, data["id"], is_good, line=data["line"], places=tuple(places), **texts)


def agreed(case: Case) -> list[Label]:
    """The labels of a case on which writer and second reader agree: those that count."""
    return [one for one in case.labels if one.second == "agrees"]
