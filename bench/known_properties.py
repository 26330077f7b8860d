"""The properties of CloudFormation's types that somebody has looked at, as tables, and the types as cfn-lint has them.

tests/known_properties/SERVICE.txt has the types of one service:

    AWS::SQS::Queue
      FifoQueue: sqs-fifo-settings, sqs/fifo
        = true, false
      (tags) Tags

A property has the rules and relations that read it, or stands behind a word that says why none does. Below what is read
are its properties, if a rule reads one of them, and after "=" the values that AWS takes. `AWS::DSQL::Cluster
(presence)` is a type of which rules only ask whether it is there.

`python -m bench.property_reads` writes who reads what.
"""

from __future__ import annotations

import importlib.util
import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parents[1] / "tests" / "known_properties"
WHY = {
    "backup": "copies and restores that no statement tells right from wrong",
    "content": "what the programs of the user put in",
    "cost": "price alone",
    "encryption": "keys and certificates",
    "engine": "versions, parameters and options of engines",
    "identity": "names, descriptions, and what others refer to it by",
    "logging": "logs and notices for people",
    "network": "subnets, security groups, addresses, ports",
    "not of the memo": "no statement of the memo is about it",
    "open": "a statement of the memo may apply, and no rule judges it yet",
    "output": "AWS tells it and nobody sets it",
    "permissions": "roles, policies and accounts, which no rule needs beyond those that it reads",
    "size": "capacity, for which no number is right or wrong",
    "tags": "tags",
    "timing": "windows, delays and dates, for which no number is right or wrong",
}
"""The words in parentheses, and what each stands for."""

UNJUDGED = "?"
"""The word of what nobody has looked at yet."""


@dataclass
class Entry:
    """What a table says of one type. readers and values by dotted path, reasons: why nobody reads a path."""

    is_presence: bool = False
    readers: dict[str, list[str]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)

    @property
    def paths(self) -> set[str]:
        """Every path of the table."""
        return {*self.readers, *self.reasons}


def table(text: str) -> dict[str, Entry]:
    """The types of one table. Raises ValueError for a line that has no meaning."""
    types: dict[str, Entry] = {}
    known, path = Entry(), ""
    for line in text.replace("\n      ", " ").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if not line.startswith(" "):
            known = types[words[0]] = Entry(is_presence=words[1:] == ["(presence)"])
        elif words[0] == "=":
            known.values[path] = listed(line.replace("=", "", 1))
        elif words[0].startswith("("):
            reason, _, paths = line.strip()[1:].partition(") ")
            known.reasons.update(dict.fromkeys(listed(paths), reason))
        elif words[0].endswith(":"):
            path = words[0][:-1]
            known.readers[path] = listed(line.partition(":")[2])
        else:
            raise ValueError(f"what is this line for? {line!r}")
    return types


def listed(text: str) -> list[str]:
    """The words between commas."""
    return [word for word in map(str.strip, text.split(",")) if word]


def tables() -> dict[str, Entry]:
    """All types of all tables."""
    types: dict[str, Entry] = {}
    for path in sorted(TABLES.glob("*.txt")):
        types |= table(path.read_text(encoding="utf-8"))
    return types


def written(types: Mapping[str, Entry]) -> Iterator[str]:
    """The lines of a table."""
    for type_, known in sorted(types.items()):
        yield f"{type_} (presence)" if known.is_presence else type_
        for path, readers in sorted(known.readers.items()):
            yield from wrapped(f"  {path}: {', '.join(readers)}")
            if path in known.values:
                yield from wrapped(f"    = {', '.join(known.values[path])}")
        for reason in sorted(set(known.reasons.values())):
            paths = sorted(path for path, why in known.reasons.items() if why == reason)
            yield from wrapped(f"  ({reason}) {', '.join(paths)}")


def wrapped(line: str) -> list[str]:
    """One entry in lines of 120 characters."""
    text = line.lstrip()
    first, others = line[: len(line) - len(text)], " " * 6
    return textwrap.wrap(
        text, 120, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def write(types: Mapping[str, Entry]) -> None:
    """Writes all tables anew."""
    services: dict[str, dict[str, Entry]] = {}
    for type_, known in types.items():
        services.setdefault(type_.split("::")[1].lower(), {})[type_] = known
    for path in TABLES.glob("*.txt"):
        path.unlink()
    for service, known_types in services.items():
        (TABLES / f"{service}.txt").write_text("\n".join(written(known_types)) + "\n", encoding="utf-8")


def schemas_folder() -> Path | None:
    """Where the installed cfn-lint has its schemas; None if there is none."""
    module = importlib.util.find_spec("cfnlint")
    return Path(module.origin).parent / "data" / "schemas" if module is not None and module.origin else None


@cache
def schema_names() -> Mapping[str, str]:
    """The types of CloudFormation with the names of their schemas."""
    folder = schemas_folder()
    names: dict[str, str] = {}
    for region in ("us-west-2", "us-east-1"):
        names |= json.loads((folder / "providers" / f"{region}.json").read_bytes()) if folder else {}
    return names


@dataclass(frozen=True)
class Schema:
    """The schema of one type. content: as JSON has it."""

    content: Mapping[str, Any]

    def at(self, path: Iterable[str]) -> list[Mapping[str, Any]]:
        """The parts of the schema that say what may stand at a path; none where it says nothing."""
        parts = self._parts(self.content)
        for key in path:
            parts = [
                part
                for above in parts
                if key in above.get("properties", {})
                for part in self._parts(above["properties"][key])
            ]
        return parts

    def below(self, path: Iterable[str]) -> list[str]:
        """The names of the properties at a path."""
        return sorted({name for part in self.at(path) for name in part.get("properties", {})})

    def values(self, path: Iterable[str]) -> list[str]:
        """The only values that a property takes; none where it takes others."""
        return sorted({str(value) for part in self.at(path) for value in part.get("enum", ())})

    def _parts(self, part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        if "$ref" in part:
            whole: Any = self.content
            for key in part["$ref"].removeprefix("#/").split("/"):
                whole = whole[key]
            return self._parts(whole)
        further = [inner for word in ("allOf", "anyOf", "oneOf") for inner in part.get(word, ())]
        if isinstance(part.get("items"), dict):
            further.append(part["items"])
        return [part, *(each for inner in further if isinstance(inner, dict) for each in self._parts(inner))]

    @property
    def outputs(self) -> set[str]:
        """The top-level properties that AWS sets."""
        paths = (path.removeprefix("/properties/") for path in self.content.get("readOnlyProperties", ()))
        return {path for path in paths if "/" not in path}


@cache
def schema(type_: str) -> Schema | None:
    """The schema of a type, as the installed cfn-lint has it; None if it has none."""
    folder, name = schemas_folder(), schema_names().get(type_)
    if folder is None or name is None:
        return None
    return Schema(json.loads((folder / "resources" / f"{name}.json").read_bytes()))


def differences(content: Schema, entry: Entry) -> list[str]:
    """What a type has and the table lacks, or the reverse."""
    above = {"", *(path.rpartition(".")[0] for path in entry.paths)}
    paths = {
        f"{prefix}.{name}".removeprefix(".")
        for prefix in above
        for name in content.below(prefix.split(".") if prefix else ())
    }
    new = [f"{path} is new" for path in sorted(paths - entry.paths)]
    gone = [f"{path} is gone" for path in sorted(entry.paths - paths)]
    for path in sorted(entry.readers.keys() & paths):
        values, known = set(content.values(path.split("."))), set(entry.values.get(path, ()))
        new += [f"{path} takes {value}, which is new" for value in sorted(values - known)]
        gone += [f"{path} no longer takes {value}" for value in sorted(known - values)]
    return new + gone
