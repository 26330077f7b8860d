"""The plugins for the CDK's policy validation, with the assembly among the fixtures.

aws-cdk-lib is not installed for tests; what stands in for it keeps what it is given, as the library does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.readers.cdk.app import copied

from awslint_memo.hosts import cdk

pytestmark = pytest.mark.usefixtures("polled_queues")

PLUGIN = Path(cdk.__file__).with_name("plugin.js")
TOOLS = "cdk.out/Tools.template.json"
PROD = "cdk.out/assembly-Prod/ProdOrders525171E2.template.json"
TEST = "cdk.out/assembly-Test/TestOrdersC225794E.template.json"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of an app, which is the working folder."""
    found = copied(tmp_path)
    monkeypatch.chdir(found)
    return found


@pytest.fixture
def validate(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the plugin for Python on templates of the app, by their paths below the root."""
    structs = ("PolicyValidationPluginReport", "PolicyViolatingResource", "PolicyViolation")
    library = SimpleNamespace(IPolicyValidationPlugin=object, **dict.fromkeys(structs, SimpleNamespace))
    monkeypatch.setitem(sys.modules, "aws_cdk", library)
    monkeypatch.setitem(sys.modules, "jsii", SimpleNamespace(implements=lambda _: lambda one: one))
    cdk._plugin.cache_clear()

    def run(*paths: str, **options: Any) -> Any:
        context = SimpleNamespace(template_paths=[str(root / path) for path in paths])
        return cdk.plugin(**options).validate(context)

    return run


def told(report: Any) -> list[tuple[str, str]]:
    return [(one.rule_name, one.severity) for one in report.violations]


def test_findings_are_violations(validate: Any, root: Path) -> None:
    report = validate(TOOLS)
    assert report.success
    assert told(report) == [("sqs-dead-letter-queue", "warning"), ("sqs-long-polling", "warning")]
    polling = report.violations[1]
    assert polling.description.startswith("ReceiveMessageWaitTimeSeconds of EventsD32975C2 is 0 s (default)")
    assert polling.fix == "awslint-memo explain sqs-long-polling"
    [resource] = polling.violating_resources
    assert resource.resource_logical_id == "EventsD32975C2"
    assert resource.template_path == str(root / TOOLS)
    assert resource.locations == ["Properties.ReceiveMessageWaitTimeSeconds"]


def test_what_is_nested_stands_in_its_own_template(validate: Any, root: Path) -> None:
    report = validate(PROD, TEST)
    assert not report.success
    [below] = [one for one in report.violations if one.rule_name == "sqs-visibility-below-processing-time"]
    assert below.severity == "error"
    assert [one.resource_logical_id for one in below.violating_resources] == ["Parcels318F3676"] * 2
    names = [os.path.basename(one.template_path) for one in below.violating_resources]
    assert names == [
        "ProdOrdersShippingC90C45BE.nested.template.json",
        "TestOrdersShipping006296DD.nested.template.json",
    ]


def test_what_fails_the_run_is_an_error_for_the_cdk(validate: Any) -> None:
    assert told(validate(TOOLS, fail_on="warning", select=["sqs-long-polling"])) == [("sqs-long-polling", "error")]
    assert told(validate(TOOLS, fail_on="never", select=["sqs-long-polling"])) == [("sqs-long-polling", "warning")]
    advice = validate(TOOLS, advice=True, select=["xray-*"])
    assert {severity for _, severity in told(advice)} == {"info"}
    assert advice.success


@pytest.mark.parametrize("options", [{"config": "none.yaml"}, {"select": ["no-such-rule"]}, {"root": "none"}])
def test_a_run_that_can_not_be_is_a_violation(validate: Any, options: dict[str, Any]) -> None:
    report = validate(TOOLS, **options)
    assert told(report) == [("not-checked", "fatal")]
    assert not report.success


def test_what_was_not_read_is_a_violation_beside_the_findings(validate: Any, root: Path) -> None:
    (root / "cdk.out" / "Tools.metadata.json").write_text("{")
    report = validate(TOOLS)
    assert told(report)[0] == ("not-checked", "fatal")
    assert report.violations[0].description.startswith("cdk.out/Tools.metadata.json:1:1: ")
    assert len(report.violations) == 3


def test_notices_are_metadata_of_the_report(validate: Any, root: Path) -> None:
    (root / "cdk.out" / "assembly-Prod" / "ProdOrdersShippingC90C45BE.nested.template.json").unlink()
    report = validate(PROD)
    assert "not checked: the nested stack" in report.metadata["note 1"]


@pytest.mark.skipif(shutil.which("node") is None, reason="the plugin for other languages is JavaScript")
def test_the_plugin_for_other_languages(root: Path) -> None:
    script = (
        f"const {{ AwslintMemo }} = require({json.dumps(str(PLUGIN))});"
        "const templatePaths = JSON.parse(process.argv[2]);"
        "const run = (options) => new AwslintMemo(options).validate({ templatePaths });"
        "const command = JSON.parse(process.argv[1]);"
        "console.log(JSON.stringify([run({ command }), run({ command: 'no-such-command' })]));"
    )
    program = os.path.join(os.path.dirname(sys.executable), "awslint-memo")
    paths = [str(root / path) for path in (PROD, TEST)]
    node = shutil.which("node") or ""
    found = subprocess.run(
        [node, "-e", script, json.dumps(program), json.dumps(paths)], capture_output=True, text=True, check=True
    )
    report, without = json.loads(found.stdout)
    [below] = [one for one in report["violations"] if one["severity"] == "error"]
    assert below["ruleName"] == "sqs-visibility-below-processing-time"
    constructs = [one["constructPath"] for one in below["violatingResources"]]
    assert constructs == ["Prod/Orders/Shipping/Parcels/Resource", "Test/Orders/Shipping/Parcels/Resource"]
    assert [one["locations"] for one in below["violatingResources"]] == [["Properties.VisibilityTimeout"]] * 2
    assert report["success"] is False
    [missing] = without["violations"]
    assert (missing["ruleName"], missing["severity"], without["success"]) == ("not-checked", "fatal", False)
    assert missing["description"].startswith("no-such-command can't be run")
