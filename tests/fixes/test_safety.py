"""What is mended without asking replaces no resource, by the schemas of CloudFormation's resource types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from tests.fixed_examples import fixed

from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.fix import Addition, Change, Setable, Setting

SAFE = [rule for rule in rules().values() if rule.fix in ("safe", "both")]

NO_REPLACEMENT = {
    "/properties/BackupRetentionPeriod": "replaces a database only together with the properties of a read replica",
}
"""Properties whose schema says that a change may replace the resource, and why that of a fix does not."""


@pytest.mark.parametrize("rule", SAFE, ids=lambda rule: rule.id)
def test_a_safe_fix_changes_nothing_that_replaces_a_resource(rule: Rule) -> None:
    made = [one for example in examples(rule, rule.bad) for one in fixed(example, unsafe=False).made]
    assert made
    # What AWS refuses was never created.
    fixes = [one.fix for one in made if one.fix is not None and one.level != "error"]
    assert [path for fix in fixes for change in fix.changes for path in replacing(change)] == []


def test_a_change_of_a_name_replaces() -> None:
    (example, *_) = examples(rules()["sqs-fifo-settings"], rules()["sqs-fifo-settings"].bad.split("---")[5])
    (finding,) = fixed(example).made
    assert finding.fix is not None
    assert [path for change in finding.fix.changes for path in replacing(change)] == ["/properties/QueueName"]


def replacing(change: Change) -> list[str]:
    """The properties that a change touches and that replace the resource."""
    assert not isinstance(change, Addition)
    if change.path.startswith("@"):
        return []
    top = "/properties/" + re.sub(r"\[\d+\]", "/*", change.path).replace(".", "/")
    paths = list(leaves(top, change.value if isinstance(change, Setting) else None))
    known = replacing_by_schema(change.target.type)
    return [one for one in known if any(f"{path}/".startswith(f"{one}/") for path in paths)]


@cache
def replacing_by_schema(type_: str) -> list[str]:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_).schema
    found = [*schema.get("createOnlyProperties", ()), *schema.get("conditionalCreateOnlyProperties", ())]
    return [one for one in found if one not in NO_REPLACEMENT]


def leaves(path: str, value: Setable | None) -> Iterator[str]:
    """The paths that setting a value changes."""
    if isinstance(value, Mapping) and value:
        for name, one in value.items():
            yield from leaves(f"{path}/{name}", one)
    else:
        yield path
