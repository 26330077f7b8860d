"""Why a change is refused by where its resource or its value stands, and where to act instead."""

from __future__ import annotations

import os

from awslint_memo.files.files import Files
from awslint_memo.fixes.edit import Refused
from awslint_memo.model.fix import Removal, Setting, Target


def refuse_generated(target: Target, files: Files) -> None:
    """Raise Refused for a file that no person writes."""
    path = target.home.path
    if target.call is not None:
        where = f"{target.call.path}:{target.call.line}"
        raise Refused(f"{target.written} is in a downloaded module; set the module's argument at {where}")
    if path.endswith(".template.json") and files.is_file(os.path.join(os.path.dirname(path), "manifest.json")):
        raise Refused(f"{path} is made by the CDK; change the app")


def where(change: Setting | Removal, reason: str) -> Refused:
    """Why a change is refused, with the place where the value is decided if that is another one."""
    if change.decided is None:
        return Refused(reason)
    words, span = change.decided
    return Refused(f"it comes from {words}; change it at {span.path}:{span.line}")


def refuse_elsewhere(change: Setting) -> None:
    """Raise Refused for a property that is written elsewhere, for example in Globals."""
    if change.present is not None:
        span = change.present
        raise Refused(f"it is set at {span.path}:{span.line}; change it there")
