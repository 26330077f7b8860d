"""The plugins for the CDK's policy validation, with the assembly among the fixtures.

aws-cdk-lib is not installed for tests; what stands in for it keeps what it is given, as the library does.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.readers.cdk.app import copied

from awslint_memo.hosts import cdk

pytestmark = pytest.mark.usefixtures("polled_queues")

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

    def run(*paths: str, app: Any = None, **options: Any) -> Any:
        stacks = {TOOLS: "Tools", PROD: "Prod/Orders", TEST: "Test/Orders"}
        context = SimpleNamespace(
            template_paths=[str(root / path) for path in paths],
            stack_templates=[SimpleNamespace(stack_construct_path=stacks[path]) for path in paths],
            app_construct=app or scope(),
        )
        return cdk.plugin(**options).validate(context)

    return run


def scope(*acknowledged: str, **children: Any) -> Any:
    """A construct of the app, with what it acknowledges."""
    entry = SimpleNamespace(type="aws:cdk:acknowledged-rules", data=dict.fromkeys(acknowledged, "because"))
    other = SimpleNamespace(type="aws:cdk:path-metadata", data=None)
    return SimpleNamespace(node=SimpleNamespace(metadata=[entry, other], try_find_child=children.get))


def told(report: Any) -> list[tuple[str, str]]:
    return [(one.rule_name, one.severity) for one in report.violations]


def test_findings_are_violations(validate: Any, root: Path) -> None:
    report = validate(TOOLS)
    assert report.success
    assert told(report) == [("sqs-dead-letter-queue", "warning"), ("sqs-long-polling", "warning")]
    polling = report.violations[1]
    assert polling.description.startswith("ReceiveMessageWaitTimeSeconds of EventsD32975C2 is 0 s (default)")
    remedy, place, page = polling.fix.split("\n")
    assert remedy not in polling.description
    assert re.fullmatch(r"lib/tools-stack\.js:\d+:\d+", place)
    assert page == "awslint-memo explain sqs-long-polling"
    [resource] = polling.violating_resources
    assert resource.resource_logical_id == "EventsD32975C2"
    assert resource.template_path == str(root / TOOLS)
    assert resource.locations == ["Properties.ReceiveMessageWaitTimeSeconds"]


def test_an_app_without_templates_lints_nothing_else(validate: Any, root: Path) -> None:
    (root / "other.yaml").write_text("Resources: {Q: {Type: AWS::SQS::Queue}}\n", encoding="utf-8")
    report = validate(fail_on="warning")
    assert (report.success, told(report)) == (True, [])
    assert report.metadata == {"note 1": "the app has no templates, so nothing was checked"}


def test_what_stages_repeat_is_told_once_and_whatever_stacks_are_asked_for(validate: Any, root: Path) -> None:
    report = validate(PROD, TEST)
    assert not report.success
    [below] = [one for one in report.violations if one.rule_name == "sqs-visibility-below-processing-time"]
    assert below.severity == "error"
    assert below.description.endswith("may run for 3 s (default) (in the stages Prod and Test)")
    [resource] = below.violating_resources
    # The CDK finds no construct by this name, and so leaves nothing out for its stack.
    assert resource.resource_logical_id == "Prod/Orders/Shipping/Parcels/Resource"
    assert os.path.basename(resource.template_path) == "ProdOrdersShippingC90C45BE.nested.template.json"
    assert resource.locations == ["Properties.VisibilityTimeout"]
    names = "(Prod/Orders/Shipping/Parcels/Resource, Test/Orders/Shipping/Parcels/Resource)"
    assert below.fix.split("\n")[:2] == ["set it to at least 18", f"lib/orders-stack.js:23:21 {names}"]


def test_what_an_app_or_a_stage_acknowledges_is_not_told(validate: Any) -> None:
    rule = "sqs-visibility-below-processing-time"

    def below(**of: Any) -> list[Any]:
        report = validate(PROD, TEST, **of)
        return [one for one in report.violations if one.rule_name == rule]

    assert not below(app=scope(f"awslint-memo::{rule}"))
    [left] = below(app=scope(Test=scope(f"awslint-memo::{rule}"), Prod=scope()))
    assert left.fix.split("\n")[1] == "lib/orders-stack.js:23:21 (Prod/Orders/Shipping/Parcels/Resource)"
    assert "stages" not in left.description
    # What a stack acknowledges is in the assembly.
    assert len(below(app=scope(Prod=scope(Orders=scope(f"awslint-memo::{rule}"))))) == 1


def test_an_error_is_told_whatever_stacks_are_asked_for(validate: Any) -> None:
    def name(*paths: str, **options: Any) -> str:
        report = validate(*paths, select=["sqs-long-polling"], **options)
        [one] = [each for each in report.violations if "EventsD32975C2" in each.description]
        return str(one.violating_resources[0].resource_logical_id)

    assert name(TOOLS, fail_on="warning") == "EventsD32975C2"
    assert name(TOOLS, PROD) == "EventsD32975C2"
    assert name(TOOLS, PROD, fail_on="warning") == "Tools/Events/Resource"


def test_a_finding_at_a_line_of_the_app_is_of_its_template(validate: Any, root: Path) -> None:
    metadata = root / PROD.replace(".template.", ".metadata.")
    metadata.write_text(metadata.read_text().replace("awslint-memo::sqs-long-polling", "awslint-memo::sqs-long-poling"))
    [unknown] = [one for one in validate(PROD).violations if one.rule_name.startswith("suppression-")]
    assert unknown.violating_resources[0].template_path == str(root / PROD)
    assert re.search(r"^lib/orders-stack\.js:\d+:\d+ ", unknown.fix, re.M)


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
