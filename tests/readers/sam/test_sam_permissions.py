"""What connectors and policy templates of SAM allow is what AWS's translator says."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import samtranslator  # type: ignore[import-untyped]
from tests.cases import each_case

from awslint_memo.readers.sam import connectors, roles

DATA = Path(samtranslator.__file__).parent
PROFILES = json.loads((DATA / "model/connector_profiles/profiles.json").read_text())["Permissions"]
TEMPLATES = json.loads((DATA / "policy_templates_data/policy_templates.json").read_text())["Templates"]

ASKED = (
    *("[*]", "sqs:[*]", "sqs:send*", "sqs:receivemessage", "dynamodb:getrecords", "xray:*"),
    *("dynamodb:getitem", "dynamodb:putitem", "lambda:invokefunction", "sns:publish", "states:startexecution"),
)
"""The actions about which rules ask."""


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


def test_a_policy_template_allows_what_the_translator_says() -> None:
    for name, known in roles.ACTIONS.items():
        assert set(known) == actions(TEMPLATES[name]["Definition"]["Statement"]), name


def test_every_policy_template_about_which_rules_ask_is_known() -> None:
    asked = {
        name
        for name, one in TEMPLATES.items()
        for action in actions(one["Definition"]["Statement"])
        if any(fnmatchcase(action.lower(), pattern) for pattern in ASKED)
    }
    assert asked == set(roles.ACTIONS)
