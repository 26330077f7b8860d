"""Files from which other programs render templates: what stands in place of values is filled in later."""

from __future__ import annotations

import os
from collections.abc import Iterable

from awslint_memo.files.files import Files
from awslint_memo.files.left_out import MOST_BYTES
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex

_GAP = regex(r"(?<=[:,\[])\s*\$\{[^{}\"]*\}")
_TYPE = regex(rb"""\bType["']?\s*:\s*["']?AWS::[A-Za-z0-9]+::""")


def is_filled_in(source: Source) -> bool:
    """Whether a file is JSON as soon as what stands in place of values is filled in, as Terraform's functions do:
    `"VpcZoneIdentifier": ${subnets}`."""
    import json  # Few runs ask.

    filled, count = _GAP.subn(" null", source.text)
    try:
        json.loads(filled)
    except (ValueError, RecursionError):
        return False
    return count > 0


def rendered_templates(paths: Iterable[str], files: Files) -> list[str]:
    """Those of some files in other template languages, and snapshots, that have resources of CloudFormation."""
    found = []
    for path in paths:
        data = files.glance(path, os.path.abspath(path), MOST_BYTES)
        if data and _TYPE.search(data):
            found.append(path)
    return found
