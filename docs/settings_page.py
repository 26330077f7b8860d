"""The keys of the configuration as the schema has them, for docs/configuration.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from awslint_memo.files.rule_files import packaged
from awslint_memo.settings.listing import example as example_of
from awslint_memo.settings.validation import SCHEMA

_PART = re.compile(r"<!-- settings -->\n.*?<!-- end -->", re.S)


def settings_page(page: str) -> str:
    """The page with a chapter for each key."""
    schema = json.loads(packaged(SCHEMA).text)
    chapters = "\n".join(_chapter(key, setting, schema) for key, setting in schema["properties"].items())
    return _PART.sub(lambda _: f"<!-- settings -->\n{chapters}<!-- end -->", page)


def _chapter(key: str, setting: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    example = f"{key}:{example_of(key)}"
    example = re.sub(r"^# {1}", "", example, flags=re.M)
    about = f"{setting['description']} Its value is {_kind(setting, schema)}."
    return f"### `{key}`\n\n{about}\n\n```yaml\n{example}\n```\n"


def _kind(setting: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Which values a setting takes, and the one that it has if nobody sets it."""
    default = setting.get("default")
    said = (
        "" if default is None else f"; the default is `{json.dumps(default) if default != str(default) else default}`"
    )
    return str(_resolved(setting, schema).get("title", "a text")) + said


def _resolved(setting: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A setting with what it refers to."""
    name = str(setting.get("$ref", "")).rpartition("/")[2]
    return {**schema["$defs"][name], **setting} if name else setting
