"""Rewrites a plan so that it says what there was before it: the resources of its prior state, unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from awslint_memo.files.source import Source

_OF_CHANGES = ("deferred_changes", "action_invocations", "deferred_action_invocations", "output_changes", "errored")
_NAMES = ("address", "type", "name", "index", "provider_name")


def prior(source: Source) -> Source:
    """The plan in a file as if nothing were to change. The file must be one that the reader has read.

    https://developer.hashicorp.com/terraform/internals/json-format (read on 2026-11-27)
    """
    plan = json.loads(source.text, strict=False)
    values = _object(_object(plan.get("prior_state")).get("values"))
    kept = {name: value for name, value in plan.items() if name not in _OF_CHANGES}
    resources = list(_resources(values.get("root_module")))
    changes = [_unchanged(one) for one in resources]
    planned = {**values, "root_module": {"resources": resources}}
    # What a part of the resources was planned for does not matter to the state, which has all.
    before = {**kept, "planned_values": planned, "resource_changes": changes, "complete": True}
    return Source(source.path, json.dumps(before).encode())


def _resources(module: Any) -> Iterator[dict[str, Any]]:
    """The managed resources of a module of a state and of those below it; no deposed ones, which are to be deleted."""
    waiting = [module]
    while waiting:
        one = _object(waiting.pop())
        listed, below = one.get("resources"), one.get("child_modules")
        for resource in listed if isinstance(listed, list) else ():
            said = _object(resource)
            if said.get("mode") == "managed" and "deposed_key" not in said:
                yield said
        waiting += below if isinstance(below, list) else []


def _unchanged(resource: dict[str, Any]) -> dict[str, Any]:
    values, marks = resource.get("values"), resource.get("sensitive_values", {})
    change = {
        "actions": ["no-op"],
        "before": values,
        "after": values,
        "after_unknown": {},
        "before_sensitive": marks,
        "after_sensitive": marks,
    }
    names = {name: resource[name] for name in _NAMES if name in resource}
    return {**names, "mode": "managed", "change": change}


def _object(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
