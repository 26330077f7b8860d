"""What is wrong with the names of types and properties in rules that are data, where a known one is nearly the same.

Of many types and properties nothing is known here, and new ones come. So only slips of the pen are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

SAM = "AWS::Serverless::"
"""How the names of SAM's own types begin, of which rules see what SAM makes."""

_FEW = 2
"""The letters in which a slip of the pen may differ from a name, if that is not short."""
_SHORT = 6

Known = Mapping[str, "Sequence[PropertyMap]"]


def meant_type(type_: str) -> str | None:
    """The type that somebody surely meant who wrote a name that no known type has; None if there is none."""
    known = TYPE_MAPS.types() | COMPANIONS.types()
    if type_ in known:
        return None
    if type_ in TYPE_MAPS or type_ in COMPANIONS:  # Terraform's name of a type.
        return TYPE_MAPS[type_].type if type_ in TYPE_MAPS else COMPANIONS[type_].type
    return slip_of(type_, sorted(known))


def wrong_property(types: Sequence[str], names: Sequence[tuple[str, bool]]) -> str | None:
    """What is wrong with the names of a path, each with whether it is taken for a list; None if nothing is."""
    if len(names) > 1 and names[0] == ("Tags", False):
        return f"there is no property Tags.{names[1][0]}; write tag: {names[1][0]}"
    wrong = [_wrong(properties_of(type_), names) for type_ in types]
    return wrong[0] if wrong and None not in wrong else None


def _wrong(known: Known, names: Sequence[tuple[str, bool]]) -> str | None:
    before = ""
    for number, (name, is_listed) in enumerate(names):
        if not known:
            return None
        if name not in known:
            near = slip_of(name, known) or _in_words_of_terraform(name, known)
            return None if near is None else f"there is no property {before}{name}; did you mean {before}{near}?"
        maps = known[name]
        is_list = all(map_.many for map_ in maps) and all(map_.within for map_ in maps)
        if is_list and not is_listed and number + 1 < len(names):
            rest = ".".join(one for one, _ in names[number + 1 :])
            return f"{before}{name} is a list; write {before}{name}[all].{rest} or {before}{name}[any].{rest}"
        before, known = f"{before}{name}.", _below(maps)
    return None


def _in_words_of_terraform(name: str, known: Known) -> str | None:
    return next((one for one, maps in known.items() if any(map_.attribute == name for map_ in maps)), None)


def _below(maps: Iterable[PropertyMap]) -> Known:
    found: dict[str, list[PropertyMap]] = {}
    for map_ in maps:
        for name, inner in (map_.within or {}).items():
            found.setdefault(name, []).append(inner)
    return found


@cache
def properties_of(type_: str) -> Known:
    """The properties of a type that have a word in Terraform, as each of its types there has them."""
    found: dict[str, list[PropertyMap]] = {}
    for name, map_ in _properties(type_):
        found.setdefault(name, []).append(map_)
    return found


def _properties(type_: str) -> Iterator[tuple[str, PropertyMap]]:
    for name in TYPE_MAPS.of((type_,)):
        yield from TYPE_MAPS[name].properties.items()
    for name in COMPANIONS.of((type_,)):
        companion = COMPANIONS[name]
        if not companion.into:
            yield from companion.properties.items()
        else:
            yield companion.into, PropertyMap("", within=companion.properties, many=True)


def slip_of(name: str, among: Iterable[str]) -> str | None:
    """The name of which another one is a slip of the pen: it has other capitals, or differs in a letter or two."""
    known = list(among)
    plain = _plain(name)
    same = next((one for one in known if _plain(one) == plain), None)
    if same is not None:
        return same
    most = _FEW if len(plain) > _SHORT else 1
    near = ((_distance(plain, _plain(one), most), one) for one in known if abs(len(one) - len(name)) <= most)
    distance, best = min(near, default=(most + 1, ""))
    return best if distance <= most else None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _distance(one: str, other: str, most: int) -> int:
    """In how many letters two names differ (added, missing or other ones), or more than `most`."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, its in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != its))
        if min(row) > most:
            return most + 1
    return row[-1]
