"""What tells a resource apart is asked of every resource, in whatever language it is written."""

from __future__ import annotations

from tests.cases import each_case

from awslint_memo.judging.traits import SWITCHES
from awslint_memo.model.identity import NAMES
from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.terraform_names import TYPE_MAPS

_ASKED = {type_: [name] for type_, (_, name) in NAMES.items()}
for _type, (_path, _) in SWITCHES.items():
    _ASKED.setdefault(_type, []).append(_path)


def _has_word(maps: dict[str, PropertyMap], path: str) -> bool:
    first, _, rest = path.partition(".")
    return first in maps and (not rest or _has_word(dict(maps[first].within or {}), rest))


@each_case("type_", [name for name in TYPE_MAPS if TYPE_MAPS[name].type in _ASKED])
def test_names_and_switches_have_words_of_terraform(type_: str) -> None:
    maps = TYPE_MAPS[type_]
    assert [path for path in _ASKED[maps.type] if not _has_word(dict(maps.properties), path)] == []
