"""What the assembly of an app of the CDK tells about its templates, as a user of the command sees it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests import command
from tests.readers.cdk.app import change, copied, made

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"ReceiveMessageWaitTimeSeconds": 0}}
SHIPPING = "ShippingNestedStackShippingNestedStackResource65589395"
ORDERS = "cdk.out/assembly-Test/TestOrdersC225794E"


def linted(path: Path, *options: str) -> dict[str, Any]:
    return command.report(str(path), "--ignore", "sqs-dead-letter-queue", *options)


def when(name: str, value: str) -> dict[str, Any]:
    """A template with a queue only where a pseudo parameter has a value."""
    return {
        "Conditions": {"Here": {"Fn::Equals": [{"Ref": name}, value]}},
        "Resources": {"Orders": {**QUEUE, "Condition": "Here"}, "Other": {"Type": "AWS::SNS::Topic"}},
    }


def deployments(report: dict[str, Any], rule: str = "sqs-long-polling") -> list[str | None]:
    return [one["deployment"] for one in report["findings"] if one["rule"] == rule]


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("AWS::Region", "cn-north-1", "us-east-1"),
        ("AWS::AccountId", "111111111111", "222222222222"),
        ("AWS::StackName", "shop-orders", "Orders"),
        ("AWS::Partition", "aws-cn", "aws"),
        ("AWS::URLSuffix", "amazonaws.com.cn", "amazonaws.com"),
    ],
)
def test_the_manifest_decides_pseudo_parameters(tmp_path: Path, name: str, value: str, other: str) -> None:
    known = {"environment": "aws://111111111111/cn-north-1", "properties": {"stackName": "shop-orders"}}
    assert deployments(linted(made(tmp_path / "1", {"Orders": when(name, value)}, **known))) == [None]
    assert deployments(linted(made(tmp_path / "2", {"Orders": when(name, other)}, **known))) == []


@pytest.mark.parametrize("environment", ["aws://unknown-account/unknown-region", "", 7, None])
def test_what_the_app_leaves_open_is_not_known(tmp_path: Path, environment: Any) -> None:
    out = made(tmp_path, {"Orders": when("AWS::Region", "eu-west-1")}, environment=environment)
    assert deployments(linted(out, "--advice")) == ["in eu-west-1"]


def test_a_stack_without_a_name_has_that_of_its_artifact(tmp_path: Path) -> None:
    assert deployments(linted(made(tmp_path, {"Orders": when("AWS::StackName", "Orders")}))) == [None]


def test_a_parameter_from_the_user_counts_more_than_the_manifest(tmp_path: Path) -> None:
    out = made(tmp_path, {"Orders": when("AWS::Region", "eu-west-1")}, environment="aws://1/us-east-1")
    assert deployments(linted(out)) == []
    assert deployments(linted(out, "--parameters", "AWS::Region=eu-west-1")) == [None]


def test_a_nested_stack_is_in_the_region_of_its_parent_and_has_its_own_name(tmp_path: Path) -> None:
    root = copied(tmp_path)
    nested = root / "cdk.out" / "assembly-Test" / "TestOrdersShipping006296DD.nested.template.json"
    change(root / f"{ORDERS}.template.json", without_parameters)
    unknown = "when AWS::StackName is Test-Orders"
    for name, value, found in (("AWS::Region", "eu-west-1", [None]), ("AWS::StackName", "Test-Orders", [unknown])):
        nested.write_text(json.dumps(when(name, value)), encoding="utf-8")
        for path in (root / f"{ORDERS}.template.json", nested):
            here = [one for one in linted(path)["findings"] if one["path"] == str(nested)]
            words = [one and one.replace(f"{SHIPPING}.", "") for one in deployments({"findings": here})]
            assert words == found


def without_parameters(template: Any) -> None:
    template["Resources"][SHIPPING]["Properties"].pop("Parameters", None)


def test_stacks_of_other_accounts_may_export_the_same_name(tmp_path: Path) -> None:
    export = {"Value": {"Fn::GetAtt": ["Failed", "Arn"]}, "Export": {"Name": "shop:failed"}}
    failed = {"Resources": {"Failed": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"Failed": export}}
    policy = {"deadLetterTargetArn": {"Fn::ImportValue": "shop:failed"}, "maxReceiveCount": 5}
    orders = {"Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": policy}}}}
    folders = []
    for stage, account in (("a", "1"), ("b", "2")):
        stacks = {"Failed": failed, "Orders": orders}
        folders.append(str(made(tmp_path / stage, stacks, environment=f"aws://{account}/eu-west-1")))
    found = command.report(*folders, "--select", "sqs-dead-letter-alarm", "--advice")["findings"]
    near = [[os.path.dirname(place["path"]) for place in (one, *one["related"])] for one in found]
    assert near == [[folder, folder] for folder in folders]


@pytest.mark.parametrize("has_paths", [True, False])
def test_nested_stacks_are_found_with_and_without_metadata_in_the_template(tmp_path: Path, has_paths: bool) -> None:
    root = copied(tmp_path)
    if not has_paths:
        for path in root.rglob("*.template.json"):
            change(path, without_metadata)
    report = command.report(str(root))
    found = {one["resource"]: one["construct"] for one in command.singles(report) if "/assembly-Prod/" in one["path"]}
    assert found == {
        f"{SHIPPING}/Parcels318F3676": "Prod/Orders/Shipping/Parcels/Resource",
        "TableCD117FA1": "Prod/Orders/Table/Resource",
    }
    assert report["summary"]["notices"] == []
    assert len(command.singles(report, "suppressed")) == 2


def without_metadata(template: Any) -> None:
    for resource in template["Resources"].values():
        resource.pop("Metadata", None)


def test_a_finding_names_the_construct_and_the_line_of_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    monkeypatch.chdir(root)
    [finding] = [one for one in command.report("cdk.out")["findings"] if "Tools" in one["path"]][:1]
    assert (finding["resource"], finding["construct"]) == ("EventsD32975C2", "Tools/Events/Resource")
    place = finding["related"][0]
    assert place["message"] == "the app makes Tools/Events/Resource here"
    assert place["path"] == os.path.join("lib", "tools-stack.js")
    assert "new sqs.Queue" in (root / "lib" / "tools-stack.js").read_text().splitlines()[place["line"] - 1]


def test_lines_of_older_apps_stand_with_the_logical_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    monkeypatch.chdir(root)
    old = [{"type": "aws:cdk:logicalId", "data": "EventsD32975C2", "trace": TRACE}]
    change(root / "cdk.out" / "Tools.metadata.json", lambda said: said.update({"/Tools/Events/Resource": old}))
    lines = command.printed("lint", "cdk.out/Tools.template.json", exits=1)
    assert "lib/tools-stack.js:9:5: the app makes Tools/Events/Resource here" in lines


TRACE = [
    "new Queue (/home/dev/shop/node_modules/aws-cdk-lib/aws-sqs/lib/queue.js:1:1)",
    "at node:internal/main:1:1",
    "at /home/dev/shop/lib/tools-stack.js:9:5",
    "new App (/home/dev/shop/bin/shop.js:16:1)",
]


@pytest.mark.parametrize(
    "frame",
    [
        "new Shop (/../../../../../etc/passwd:1:1)",
        "new Shop (/home/dev/other/none.js:1:1)",
        "new Shop (/home/dev/shop/lib/tools-stack.js)",
        "new Shop (:1:1)",
        "new Shop (/home/dev/shop/lib/tools-stack.js:1:x)",
        7,
    ],
)
def test_a_line_that_is_not_in_the_app_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: Any) -> None:
    root = copied(tmp_path)
    monkeypatch.chdir(root)
    entry = [{"type": "aws:cdk:creationStack", "data": [frame]}]
    change(root / "cdk.out" / "Tools.metadata.json", lambda said: said.update({"/Tools/Events/Resource": entry}))
    printed = command.printed("lint", str(root / "cdk.out" / "Tools.template.json"), exits=1)
    assert "construct Tools/Events/Resource" in printed
    assert "the app makes Tools/Events" not in printed


def test_what_stages_repeat_is_one_finding(tmp_path: Path) -> None:
    root = copied(tmp_path)
    printed = command.printed("lint", str(root), exits=1)
    assert printed.count("[sqs-visibility-below-processing-time]") == 1
    assert "set it to at least 18 (in the stages Prod and Test)" in printed
    assert "set it to true (in the stages Prod and Test; the values are those of Prod)" in printed
    assert len(command.singles(command.report(str(root)))) == 6


def test_a_construct_that_is_called_like_another_of_its_stage_is_the_same_in_each(tmp_path: Path) -> None:
    """The CDK calls the source of events of a function SqsEventSource:ProdOrdersShippingParcels8B518C1B."""
    printed = command.printed("lint", "--advice", str(copied(tmp_path)), exits=1)
    assert printed.count("[sqs-partial-batch-response]") == 1


def test_two_constructs_of_one_stage_are_two_findings(tmp_path: Path) -> None:
    root = copied(tmp_path)
    stage = root / "cdk.out" / "assembly-Prod"
    path = {"aws:cdk:path": "Prod/Orders/Same/Resource"}
    resources = {name: {**QUEUE, "Metadata": path} for name in ("One", "Two")}
    (stage / "ProdOrders525171E2.template.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
    printed = command.printed("lint", str(stage), "--select", "sqs-long-polling", exits=1)
    assert printed.count("[sqs-long-polling]") == 2
    assert "in the stages" not in printed


def test_every_format_names_the_construct(tmp_path: Path) -> None:
    root = copied(tmp_path)
    _, outputs = command.in_every_format(str(root / "cdk.out" / "Tools.template.json"))
    without = [name for name, said in outputs.items() if "Tools/Events/Resource" not in said.replace("&#47;", "/")]
    assert without == []


def test_a_stage_that_differs_is_named_by_itself(tmp_path: Path) -> None:
    root = copied(tmp_path)
    nested = next((root / "cdk.out" / "assembly-Prod").glob("*.nested.template.json"))
    change(nested, lambda said: said["Resources"]["Parcels318F3676"]["Properties"].update(VisibilityTimeout=18))
    printed = command.printed("lint", str(root), exits=1)
    assert printed.count("[sqs-visibility-below-processing-time]") == 1
    assert "set it to at least 18\n" in printed


def test_what_the_cdk_makes_for_itself_is_advice_at_most(tmp_path: Path) -> None:
    root = copied(tmp_path)
    settings = tmp_path / "settings.yaml"
    own = "sqs-dead-letter-queue"  # Of what is written in the app itself.
    rules = ", ".join(f"{name}: {{level: error}}" for name in ("xray-stepfunctions-tracing", own))
    settings.write_text(f"rules: {{{rules}}}")
    report = command.report(str(root / "cdk.out" / "Tools.template.json"), "--config", str(settings), "--advice")
    levels = {one["construct"]: (one["level"], "the CDK makes" in one["message"]) for one in report["findings"]}
    assert levels["Tools/Events/Resource"] == ("warning", False)  # Nobody receives from it, which makes it one less.
    assert levels["Tools/Provider/waiter-state-machine/Resource"] == ("advice", True)


def test_what_the_cdk_makes_for_itself_keeps_the_level_that_a_policy_locks(tmp_path: Path) -> None:
    root = copied(tmp_path)
    settings = tmp_path / "settings.yaml"
    settings.write_text(
        "rules: {xray-stepfunctions-tracing: warning}\npolicy: {locked: [xray-stepfunctions-tracing]}\n"
    )
    report = command.report(str(root / "cdk.out" / "Tools.template.json"), "--config", str(settings))
    levels = {one["construct"]: (one["level"], "the CDK makes" in one["message"]) for one in report["findings"]}
    assert levels["Tools/Provider/waiter-state-machine/Resource"] == ("warning", False)


FRAMEWORK = "Provider/waiter-state-machine/Resource"
MADE_ID = f"Providerwaiterstatemachine{hashlib.md5(FRAMEWORK.encode()).hexdigest()[:8].upper()}"


def state_machine(name: str = MADE_ID, path: str = FRAMEWORK) -> dict[str, Any]:
    properties = {"RoleArn": "arn:aws:iam::111111111111:role/x", "DefinitionString": "{}"}
    metadata = {"aws:cdk:path": f"Shop/{path}"}
    return {name: {"Type": "AWS::StepFunctions::StateMachine", "Metadata": metadata, "Properties": properties}}


def levels(path: Path) -> list[str]:
    """The levels of what a rule finds in a file, as a warning."""
    settings = path.parent / "settings.yaml"
    settings.write_text("rules: {xray-stepfunctions-tracing: {level: warning}}")
    report = command.report(str(path), "--advice", "--select", "xray-*", "--config", str(settings))
    return [one["level"] for one in report["findings"]]


def test_only_an_app_says_what_the_cdk_makes_for_itself(tmp_path: Path) -> None:
    """Anybody may write its metadata in a template by hand, also beside a manifest that does not name it."""
    out = made(tmp_path, {"Shop": {"Resources": state_machine()}})
    for path in (out / "Other.template.json", tmp_path / "orders.json"):
        path.write_text((out / "Shop.template.json").read_text())
        assert levels(path) == ["warning"]
    assert levels(out / "Shop.template.json") == ["advice"]
    settings = str(out / "settings.yaml")
    said = "1 warning is advice, as the manifest of an app says that the CDK makes what it is about"
    assert said in command.printed("lint", str(out / "Shop.template.json"), "--select", "xray-*", "--config", settings)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Orders", FRAMEWORK),
        ("Orders", "OrdersCustomResourceProvider/Orders"),
        ("Orders", "@aws-cdk--aws-eks.KubectlProvider/Orders"),
        ("OrdersC225794E", "Orders/framework-onEvent/Resource"),
    ],
)
def test_a_path_by_which_the_cdk_makes_another_logical_id_is_none_of_its_own(
    tmp_path: Path, name: str, path: str
) -> None:
    out = made(tmp_path, {"Shop": {"Resources": state_machine(name, path)}})
    assert levels(out / "Shop.template.json") == ["warning"]


def test_what_keeps_data_is_never_made_by_the_cdk_for_itself(tmp_path: Path) -> None:
    said = {"Type": "AWS::SQS::Queue", "Metadata": {"aws:cdk:path": f"Shop/{FRAMEWORK}"}}
    out = made(tmp_path, {"Shop": {"Resources": {MADE_ID: said}}})
    assert "warning[sqs-long-polling]" in command.printed("lint", str(out), exits=1)


def test_no_fix_is_counted_where_the_next_synthesis_would_undo_it(tmp_path: Path) -> None:
    assert "--fix" not in command.printed("lint", str(copied(tmp_path)), exits=1)


def test_why_takes_the_path_of_a_construct(tmp_path: Path) -> None:
    root = copied(tmp_path)
    for name in ("Prod/Orders/Shipping/Parcels", "Prod/Orders/Shipping/Parcels/Resource", "Prod/*/Parcels"):
        said = command.printed("why", "sqs-visibility-below-processing-time", name, str(root))
        assert said.startswith("sqs-visibility-below-processing-time on Shipping/Parcels")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ('{"version": "1', "closing quote"),
        ("[]", "artifacts is missing in this manifest of an assembly"),
        ('{"version": "1", "artifacts": [1]}', "artifacts is a list in this manifest of an assembly"),
        ('{"name": "Shop", "icons": []}', "artifacts is missing in this manifest of an assembly"),
    ],
)
def test_a_broken_manifest_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    root = copied(tmp_path)
    (root / "cdk.out" / "manifest.json").write_text(content)
    report = command.report(str(root))
    [error] = report["errors"]
    assert words in error["message"]
    assert error["message"].endswith("without what it says of stacks, accounts and Regions; make it again: cdk synth")
    assert len(command.singles(report)) == 6


def test_the_manifest_of_another_program_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "Shop", "icons": []}')
    (tmp_path / "orders.json").write_text(json.dumps({"Resources": {"Orders": QUEUE}}))
    assert linted(tmp_path)["errors"] == []


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        (lambda root: (root / "Tools.metadata.json").unlink(), "Tools.metadata.json", "no such file"),
        (lambda root: (root / "Tools.metadata.json").write_text("{"), "Tools.metadata.json", "not closed"),
        (lambda root: change(root / "manifest.json", outside), "manifest.json", "this names ../../secret.json"),
    ],
)
def test_metadata_that_can_not_be_read_is_told(
    tmp_path: Path, edit: Callable[[Path], object], place: str, words: str
) -> None:
    root = copied(tmp_path)
    (tmp_path / "secret.json").write_text('{"/Tools/Events/Resource": []}')
    edit(root / "cdk.out")
    report = command.report(str(root / "cdk.out" / "Tools.template.json"))
    [error] = report["errors"]
    assert Path(error["path"]).name == place
    assert words in error["message"]
    assert "without what it says of constructs and what they acknowledge" in error["message"]
    assert len(report["findings"]) == 2


def outside(manifest: Any) -> None:
    manifest["artifacts"]["Tools"]["additionalMetadataFile"] = "../../secret.json"


def test_odd_artifacts_and_entries_are_passed_over(tmp_path: Path) -> None:
    root = copied(tmp_path)
    odd = {"a": 1, "b": None, "c": {"type": "aws:cloudformation:stack"}, "d": {"type": ["x"], "properties": 1}}
    change(root / "cdk.out" / "manifest.json", lambda said: said["artifacts"].update(odd))
    entries: dict[str, Any] = {"/x": 1, "/y": [1, None, {"type": 1}], "/Tools/Events/Resource": [{"type": "x"}]}
    change(root / "cdk.out" / "Tools.metadata.json", lambda said: said.update(entries))
    report = command.report(str(root))
    assert report["errors"] == []
    assert len(command.singles(report)) == 6
