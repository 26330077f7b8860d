"""The JSON schema of files with rules that are data, by which editors complete them: docs/rules.schema.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from awslint_memo.judging.data_rules.keys import CONDITION, EXAMPLES, FIX, LEVELS_BY_ENVIRONMENT, RULE
from awslint_memo.judging.data_rules.operators import OPERANDS, OPERATORS, Operand
from awslint_memo.judging.data_rules.reading import COMBINED, OF, SUBJECTS
from awslint_memo.model.finding import LEVELS
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

_SCALAR = {"type": ["string", "number", "boolean"]}
_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "minItems": 1, "items": _TEXT}]}
_CONDITION = {"$ref": "#/$defs/condition"}
_TYPE = {"$ref": "#/$defs/type"}

_OPERANDS: Mapping[Operand, Mapping[str, Any]] = {
    "flag": {"type": "boolean"},
    "scalar": _SCALAR,
    "scalars": {"type": "array", "minItems": 1, "items": _SCALAR},
    "text": _TEXT,
    "pattern": {**_TEXT, "format": "regex"},
    "number": {"type": "number"},
    "count": {"type": "integer", "minimum": 0},
}

_OF_RULE: Mapping[str, Mapping[str, Any]] = {
    "level": {"enum": list(LEVELS)},
    "resource": {"anyOf": [_TYPE, {"type": "array", "minItems": 1, "items": _TYPE}]},
    "when": _CONDITION,
    "must": _CONDITION,
    "language": {"enum": ["cloudformation", "terraform"]},
    "aliases": _TEXTS,
    "yields-to": _TEXTS,
    "terraform": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _TEXT}},
}
_OF_CONDITION: Mapping[str, Mapping[str, Any]] = {
    "default": _SCALAR,
    "referred-by": _TYPE,
    "refers-to": _TYPE,
    "has": _CONDITION,
    "not": _CONDITION,
    **{name: {"type": "array", "minItems": 1, "items": _CONDITION} for name in ("all", "any")},
    **{name: _OPERANDS[operator.takes] for name, operator in OPERATORS.items()},
}
_OF_FIX: Mapping[str, Mapping[str, Any]] = {"set": {"type": "object", "minProperties": 1}, "unset": _TEXTS}
_OF_LEVELS: Mapping[str, Mapping[str, Any]] = {"production": {"enum": list(LEVELS)}, "others": {"enum": ["advice"]}}


def rules_schema() -> str:
    """The schema as JSON."""
    rule = _object(
        {name: key.about for name, key in RULE.items()},
        {
            **_OF_RULE,
            "levels": _object(LEVELS_BY_ENVIRONMENT, _OF_LEVELS, list(LEVELS_BY_ENVIRONMENT)),
            "fix": {**_object(FIX, _OF_FIX), "anyOf": [{"required": ["set"]}, {"required": ["unset"]}]},
            "examples": _object(EXAMPLES, dict.fromkeys(EXAMPLES, _TEXTS), ["bad", "good"]),
        },
        [name for name, key in RULE.items() if key.is_needed],
    )
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://raw.githubusercontent.com/OWNER/awslint-memo/main/docs/rules.schema.json",
        "description": "A file with one rule for awslint-memo, or with several under rules; see docs/own-rules.md.",
        "if": {"required": ["rules"]},
        "then": {
            "type": "object",
            "properties": {"rules": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/rule"}}},
            "additionalProperties": False,
        },
        "else": {"$ref": "#/$defs/rule"},
        "$defs": {
            "rule": {**rule, "oneOf": [{"required": ["level"]}, {"required": ["levels"]}]},
            "condition": _condition(),
            "type": {
                "description": OPERANDS["type"],
                "anyOf": [{"enum": sorted(TYPE_MAPS.types() | COMPANIONS.types())}, {"pattern": "^\\w+(::\\w+){1,3}$"}],
            },
        },
    }
    return json.dumps(schema, indent=1) + "\n"


def _condition() -> dict[str, Any]:
    about = {**CONDITION, **{name: operator.about for name, operator in OPERATORS.items()}}
    kinds: list[dict[str, Any]] = []
    for kind in SUBJECTS:
        needed = ["through"] if kind == "referred-by" else []
        asking = [{"required": [name]} for name in OF[kind] if name in (*OPERATORS, "refers-to", "has")]
        kinds.append({"required": [kind, *needed], "propertyNames": {"enum": list(OF[kind])}})
        kinds[-1] |= {} if needed else {"anyOf": asking}
    kinds += [{"required": [kind], "propertyNames": {"const": kind}} for kind in COMBINED]
    return {**_object(about, _OF_CONDITION), "oneOf": kinds}


def _object(
    about: Mapping[str, str], kinds: Mapping[str, Mapping[str, Any]], needed: Sequence[str] = ()
) -> dict[str, Any]:
    """A mapping with keys. about: what each says. kinds: the schemas of what is no text. needed: which it has."""
    properties = {name: {"description": words, **kinds.get(name, _TEXT)} for name, words in about.items()}
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}
