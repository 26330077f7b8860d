"""What connectors and policy templates of SAM allow is what AWS's translator says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import samtranslator
from tests.cases import each_case

from awslint_memo.readers.sam import connectors, policy_templates

DATA = Path(samtranslator.__file__).parent
PROFILES = json.loads((DATA / "model/connector_profiles/profiles.json").read_text())["Permissions"]
TEMPLATES = json.loads((DATA / "policy_templates_data/policy_templates.json").read_text())["Templates"]


def actions(statements: Any) -> set[str]:
    """The actions of statements."""
    found = [one["Action"] for one in (statements if isinstance(statements, list) else [statements])]
    return {action for one in found for action in (one if isinstance(one, list) else [one])}


def ends() -> Iterator[tuple[str, str, Any]]:
    """The source, the destination and the profile of every connector."""
    for source, destinations in PROFILES.items():
        for destination, profile in destinations.items():
            yield source, destination, profile


@each_case(("source", "destination", "profile"), list(ends()))
def test_a_connector_allows_what_the_translator_says(source: str, destination: str, profile: Any) -> None:
    is_role = profile["Type"] == "AWS_IAM_ROLE_MANAGED_POLICY"
    is_readers = is_role and not profile["Properties"]["SourcePolicy"]
    for kind, category in profile["Properties"]["AccessCategories"].items():
        if not is_role:
            principal = connectors.CALLERS[source]
            assert principal in json.dumps(category)
        elif is_readers:
            assert set(connectors.READS[source][kind].split()) <= actions(category["Statement"])
        elif destination in connectors.ACTIONS:
            assert set(connectors.ACTIONS[destination][kind].split()) <= actions(category["Statement"])


def resources(statement: Any) -> list[Any]:
    """The resources of a statement of a policy template, which has lists in lists."""
    named = statement["Resource"]
    return [one for item in named for one in resources({"Resource": item})] if isinstance(named, list) else [named]


def test_every_policy_template_allows_what_the_translator_says() -> None:
    assert set(TEMPLATES) == policy_templates.NAMES
    for name, template in TEMPLATES.items():
        written = template["Definition"]["Statement"]
        split: dict[bool, list[Any]] = {True: [], False: []}
        for statement in written if isinstance(written, list) else [written]:
            # What a parameter names is put in by Fn::Sub with a mapping.
            is_named = all(isinstance(one, dict) and isinstance(one["Fn::Sub"], list) for one in resources(statement))
            split[is_named].append(statement)
            assert statement["Effect"] == "Allow"
            assert "Condition" not in statement or name in policy_templates.CONDITIONAL
        assert set(policy_templates.on_named(name)) == actions(split[True]), name
        assert set(policy_templates.on_all(name)) == actions(split[False]), name
