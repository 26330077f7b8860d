"""Objectives of recovery: how much may be lost (RPO), how long it may take (RTO), how far back, by what strategy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from awslint_memo.model.durations import compact, length
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.pattern_sets import PatternIndex
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import field, record

DISRUPTIONS = ("software", "hardware", "az", "region")
"""What may happen: data are deleted or spoiled, a machine fails, an Availability Zone, a whole Region."""

STRATEGIES = ("backup-and-restore", "pilot-light", "warm-standby", "hot-standby", "multi-site")
"""The strategies for the loss of a Region, the cheapest first."""

LENGTH = "a length of time such as 15m, 1h, PT1H or 0"

KEYS = ("rpo", "rto", "keep", *DISRUPTIONS, "strategy", "rebuildable")
"""What an objective may be; below a disruption there are rpo and rto."""

ALIASES = {"application": "software", "infrastructure": "hardware", "zone": "az"}
"""The words of the console for two disruptions, and one that is read too."""

_OTHER_STRATEGIES = {"active-active": "multi-site"}

Entry: TypeAlias = "float | str | None"


class ObjectiveError(Exception):
    """An objective is not written rightly. key: which. The message follows "recovery."."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@record(frozen=True)
class Layer:
    """Objectives that are declared in one place. entries: by dotted key; None takes an inherited one away.

    place: the place in words, as "app.yaml:4". is_assumed: whether nobody says that they are meant for the resource.
    """

    entries: Mapping[str, Entry]
    place: str
    is_assumed: bool = False


@record(frozen=True)
class Application:
    """Objectives of a part of the resources: each kind of pattern that is written has to match.

    policy: the name of a policy in the templates whose objectives it has, below its own; empty for none.
    """

    name: str
    layer: Layer
    paths: tuple[str, ...] = ()
    stacks: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    policy: str = ""


@record(frozen=True)
class Elsewhere:
    """Backups that no template of the run shows. copies: the Regions that they are copied to."""

    every: float
    place: str
    keep: float | None = None
    copies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@record(frozen=True)
class Measured:
    """How long a recovery took in a drill."""

    resources: tuple[str, ...]
    disruption: str
    took: float
    on: date
    place: str


@record(frozen=True)
class Recovery:
    """What the configuration says of recovery. complete: no backup exists that neither it nor a template shows.

    root: what the patterns of paths are relative to. tag_names: the tags that hold an RPO and an RTO. opted_in: the
    services that AWS Backup backs up, as the settings of all Regions say; empty if that is not told.
    """

    layer: Layer
    root: str = ""
    regions: tuple[str, ...] = ()
    complete: bool = False
    applications: tuple[Application, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    measured: tuple[Measured, ...] = ()
    tag_names: Mapping[str, str] = field(default_factory=dict)
    opted_in: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> PatternIndex[Application]:
        """The applications by the names of resources."""
        return PatternIndex((each, each.resources) for each in self.applications)

    @cached_property
    def by_type(self) -> PatternIndex[Elsewhere]:
        """The backups that no template shows by the types of stores."""
        return PatternIndex((each, each.types) for each in self.elsewhere)


@record(frozen=True)
class Stated:
    """What templates state: for a whole file by its path, for a resource by its name."""

    files: Mapping[str, Layer] = field(default_factory=dict)
    resources: Mapping[str, Sequence[Layer]] = field(default_factory=dict)


@record(frozen=True)
class Objectives:
    """The objectives of one resource: layers, of which a later one stands over an earlier one."""

    layers: Sequence[Layer] = ()

    def rpo(self, disruption: str) -> float | None:
        """The seconds of data that may be lost; None without an objective."""
        return self._number("rpo", disruption)

    def rto(self, disruption: str) -> float | None:
        """The seconds in which the service is to be back; None without an objective."""
        return self._number("rto", disruption)

    @property
    def keep(self) -> float | None:
        """How far back one must be able to go, in seconds."""
        return self._number("keep", "")

    @property
    def strategy(self) -> str | None:
        """The strategy for the loss of a Region."""
        found = self._found(("strategy",))
        return found if isinstance(found, str) else None

    @property
    def rebuildable(self) -> str | None:
        """Why the data need no recovery, if somebody declares that they can be made again."""
        reason: str | None = None
        for layer in self.layers:
            entry = layer.entries.get("rebuildable")
            if isinstance(entry, str):
                reason = entry
            elif "rebuildable" in layer.entries or any(key.endswith(("rpo", "rto")) for key in layer.entries):
                reason = None
        return reason

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        if self.rebuildable is not None:
            return False
        objectives = (one for name in DISRUPTIONS for one in (self.rpo(name), self.rto(name)))
        return self.keep is None and self.strategy is None and all(objective is None for objective in objectives)

    def place(self, *keys: str) -> str:
        """Where the first of these keys that is declared stands, as far as it is not overridden."""
        found = self._layer(keys)
        return "" if found is None else found.place

    def is_assumed(self, *keys: str) -> bool:
        """Whether the first of these keys that is declared is so where nobody says that it is meant for this."""
        found = self._layer(keys)
        return found is not None and found.is_assumed

    def _number(self, key: str, disruption: str) -> float | None:
        if self.rebuildable is not None:
            return None
        found = self._found((f"{disruption}.{key}", key) if disruption else (key,))
        return found if isinstance(found, (int, float)) else None

    def _found(self, keys: Sequence[str]) -> Entry:
        layer = self._layer(keys)
        return None if layer is None else next(layer.entries[key] for key in keys if key in layer.entries)

    def _layer(self, keys: Sequence[str]) -> Layer | None:
        return next((one for one in reversed(self.layers) if any(key in one.entries for key in keys)), None)


def layer(written: Mapping[str, object], place: str) -> Layer:
    """The objectives in a mapping as people write it. Raises ObjectiveError."""
    entries: dict[str, Entry] = {}
    for key, value in _flat(written):
        name, entry = _entry(key, value)
        entries[name] = entry
    if "rebuildable" in entries and any(key != "rebuildable" for key in entries):
        other = next(key for key in entries if key != "rebuildable")
        raise ObjectiveError("rebuildable", f"rebuildable stands beside {other}; what is made again has no objective")
    return Layer(entries, place)


def directive(comment: str, place: str) -> Layer:
    """The objectives of a comment, `recovery[rpo=15m, region.rpo=1h]`. Raises ObjectiveError."""
    inner = comment.removeprefix("recovery").strip()
    if not (inner.startswith("[") and inner.endswith("]")):
        raise ObjectiveError("", "is not understood; write awslint-memo: recovery[rpo=15m, region.rpo=1h]")
    pairs: dict[str, object] = {}
    # A reason is a sentence, which may have commas.
    text = inner[1:-1].strip()
    for part in [text] if text.startswith("rebuildable") else text.split(","):
        key, is_pair, value = part.partition("=")
        if not is_pair:
            raise ObjectiveError("", f'has "{part.strip()}", which is no objective; write rpo=15m')
        pairs[key.strip()] = value.strip().strip("\"'")
    return layer(pairs, place)


def _flat(written: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in written.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", below) for inner, below in value.items())
        else:
            yield key, value


def _entry(written: str, value: object) -> tuple[str, Entry]:
    head, dot, rest = written.partition(".")
    key = f"{ALIASES.get(head, head)}{dot}{rest}"
    if key in ("rpo", "rto", "keep") or (head_of(key) in DISRUPTIONS and rest in ("rpo", "rto")):
        found = length(value)
        if found is None and value != "none":
            raise ObjectiveError(written, f"{written} must be {LENGTH}, not {shown(value)}")
        return key, found
    if key == "strategy":
        return key, strategy(value)
    if key == "rebuildable":
        if not isinstance(value, str) or not value.strip():
            raise ObjectiveError(written, f"rebuildable must be a text that says why, not {shown(value)}")
        from awslint_memo.model.secret_texts import without_named

        return key, None if value == "none" else without_named(value)
    known = ("rpo", "rto") if head_of(key) in DISRUPTIONS else KEYS
    name = rest if head_of(key) in DISRUPTIONS else head
    hint = closest(name, known) or f"; the objectives are {', '.join(known)}"
    raise ObjectiveError(written, f"{written} is no objective{hint}")


def head_of(key: str) -> str:
    """The disruption of a key such as region.rpo; of another key, the key."""
    return key.partition(".")[0]


def strategy(value: object) -> str | None:
    """A strategy, also in the words of Resilience Hub; None for "none". Raises ObjectiveError."""
    if value == "none":
        return None
    name = value.lower().replace("_", "-") if isinstance(value, str) and value.isupper() else value
    name = _OTHER_STRATEGIES.get(name, name) if isinstance(name, str) else name
    if name not in STRATEGIES or not isinstance(name, str):
        hint = closest(name, STRATEGIES) if isinstance(name, str) else ""
        known = f"{', '.join(STRATEGIES[:-1])} or {STRATEGIES[-1]}"
        raise ObjectiveError("strategy", f"strategy must be {known}, not {shown(value)}{hint}")
    return name


def shown(value: object) -> str:
    """What was written, in a sentence."""
    text = (
        f'"{value}"' if isinstance(value, str) else "a list or a map" if isinstance(value, (list, dict)) else str(value)
    )
    return text if len(text) <= 40 else f"{text[:37]}…"


def in_words(objectives: Objectives) -> str:
    """What is wanted, in one line: rpo 15m, rto 4h, keep 35d; region rpo 1h."""
    general = {key: objectives._number(key, "") for key in ("rpo", "rto", "keep")}
    parts = [", ".join(f"{key} {compact(value)}" for key, value in general.items() if value is not None)]
    for name in DISRUPTIONS:
        own = {"rpo": objectives.rpo(name), "rto": objectives.rto(name)}
        differing = [f"{key} {compact(one)}" for key, one in own.items() if one is not None and one != general[key]]
        parts += [f"{name} {', '.join(differing)}"] if differing else []
    parts += [objectives.strategy] if objectives.strategy else []
    return "; ".join(filter(None, parts))
