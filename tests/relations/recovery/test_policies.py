"""Policies of Resilience Hub: what they ask for, and of which stores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.command import printed
from tests.linting import Found, found, messages, resource, resources, stack, terraform

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.registry import rules
from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import Application, Layer, Objectives, Recovery
from awslint_memo.relations.recovery import store_objectives

HOUR = 3600.0
BOTH = {"RpoInSecs": 60, "RtoInSecs": 7200}

FIRST = resource(
    "ResilienceHub::ResiliencyPolicy",
    PolicyName="tier",
    Tier="Critical",
    Policy={"Software": BOTH, "Hardware": BOTH, "AZ": BOTH, "Region": {"RpoInSecs": 3600, "RtoInSecs": 0}},
)
FIRST_TERRAFORM = {
    name: {"rpo": "1m", "rto": "2h0m0s"} if name != "region" else {"rpo": "1h", "rto": "0s"}
    for name in ("software", "hardware", "az", "region")
}
SECOND = resource(
    "ResilienceHubV2::Policy",
    Name="tier",
    MultiAz={"RpoInMinutes": 1, "RtoInMinutes": 120, "DisasterRecoveryApproach": "WARM_STANDBY"},
    MultiRegion={"RpoInMinutes": 60, "RtoInMinutes": 0, "DisasterRecoveryApproach": "ACTIVE_ACTIVE"},
    DataRecovery={"TimeBetweenBackupsInMinutes": 30},
)
SECOND_TERRAFORM = {
    "name": "tier",
    "multi_az": {"disaster_recovery_approach": "WARM_STANDBY", "rpo_in_minutes": 1, "rto_in_minutes": 120},
    "multi_region": {"disaster_recovery_approach": "ACTIVE_ACTIVE", "rpo_in_minutes": 60, "rto_in_minutes": 0},
    "data_recovery": {"time_between_backups_in_minutes": 30},
}
TABLE = resource("DynamoDB::Table", TableName="a", Tags=[{"Key": "app", "Value": "shop"}])
TABLE_TERRAFORM = {"name": "a", "tags": {"app": "shop"}}

OF_FIRST = {"software": (60, 7200), "hardware": (60, 7200), "az": (60, 7200), "region": (3600, 0)}
OF_SECOND = {"software": (1800, None), "hardware": (None, None), "az": (60, 7200), "region": (3600, 0)}


def asked(template: Any, name: str = "Table", declared: Declared | None = None) -> Objectives:
    store = resources(template)[name]
    store.deployment.declared = declared or Declared()
    return store_objectives.objectives(store)


def figures(said: Objectives) -> dict[str, tuple[float | None, float | None]]:
    return {name: (said.rpo(name), said.rto(name)) for name in OF_FIRST}


@each_case(
    ("template", "name", "expected", "strategy"),
    [
        (stack(Tier=FIRST, Table=TABLE), "Table", OF_FIRST, None),
        (stack(Tier=SECOND, Table=TABLE), "Table", OF_SECOND, "multi-site"),
        (
            terraform(
                aws_resiliencehub_resiliency_policy={"t": {"name": "t", "tier": "Critical", "policy": FIRST_TERRAFORM}},
                aws_dynamodb_table={"a": TABLE_TERRAFORM},
            ),
            "aws_dynamodb_table.a",
            OF_FIRST,
            None,
        ),
        (
            terraform(aws_resiliencehubv2_policy={"t": SECOND_TERRAFORM}, aws_dynamodb_table={"a": TABLE_TERRAFORM}),
            "aws_dynamodb_table.a",
            OF_SECOND,
            "multi-site",
        ),
    ],
    ids=["first", "second", "first in Terraform", "second in Terraform"],
)
def test_the_only_policy_is_taken_to_be_meant(template: Any, name: str, expected: Any, strategy: str | None) -> None:
    said = asked(template, name)
    assert figures(said) == expected
    assert said.strategy == strategy
    assert said.is_assumed("az.rpo")
    assert said.place("az.rpo").endswith(", if it is meant for this")


def test_what_misses_it_is_advice_and_says_so() -> None:
    template = stack(Tier=FIRST, Node=resource("ElastiCache::ReplicationGroup", Engine="valkey", NumCacheClusters=1))
    assert [one.level for one in found("recovery-rpo-unmet", template)] == ["advice"]
    assert "(by Tier, if it is meant for this)" in messages("recovery-rpo-unmet", template)[0]


@pytest.mark.parametrize(
    "policy",
    [
        resource("ResilienceHubV2::Policy", Name="a", MultiAz={}),
        resource("ResilienceHub::ResiliencyPolicy", Policy={"AZ": {"RpoInSecs": {"Ref": "P"}}}),
        resource("ResilienceHubV2::Policy", MultiRegion={"DisasterRecoveryApproach": "SOMETHING"}),
    ],
    ids=["empty", "parameter", "no approach"],
)
def test_what_a_policy_does_not_tell_is_no_objective(policy: Any) -> None:
    template = stack({"Parameters": {"P": {"Type": "Number"}}}, Tier=policy, Table=TABLE)
    said = asked(template)
    assert set(figures(said).values()) == {(None, None)}
    assert said.strategy is None


def app(*mappings: Any) -> Any:
    return resource(
        "ResilienceHub::App",
        Name="shop",
        AppTemplateBody="{}",
        ResiliencyPolicyArn={"Fn::GetAtt": ["Tier", "PolicyArn"]},
        ResourceMappings=list(mappings),
    )


def service(**configuration: Any) -> Any:
    return resource(
        "ResilienceHubV2::Service",
        Name="shop",
        Regions=["eu-west-1"],
        PolicyArn={"Fn::GetAtt": ["Tier", "PolicyArn"]},
        InputSources=[{"ResourceConfiguration": configuration}],
    )


def mapped(kind: str, identifier: Any, **more: Any) -> Any:
    return {"MappingType": kind, "PhysicalResourceId": {"Identifier": identifier, "Type": "Arn"}, **more}


ANOTHER = "arn:aws:cloudformation:eu-west-1:123456789012:stack/other/1"
OWN = {"Fn::Sub": "arn:aws:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/${AWS::StackName}/*"}


@each_case(
    ("policy", "user", "is_meant"),
    [
        (FIRST, app(mapped("CfnStack", {"Ref": "AWS::StackId"})), True),
        (FIRST, app(mapped("CfnStack", OWN)), True),
        (FIRST, app(mapped("CfnStack", ANOTHER)), False),
        (FIRST, app(mapped("CfnStack", ANOTHER, LogicalStackName={"Ref": "AWS::StackName"})), True),
        (FIRST, app(mapped("Resource", {"Fn::GetAtt": ["Table", "Arn"]})), True),
        (FIRST, app(mapped("Resource", {"Fn::GetAtt": ["Other", "Arn"]})), False),
        (FIRST, app(mapped("Terraform", "s3://b/state", TerraformSourceName="a")), False),
        (FIRST, app(), False),
        (SECOND, service(CfnStackArn={"Ref": "AWS::StackId"}), True),
        (SECOND, service(CfnStackArn=ANOTHER), False),
        (SECOND, service(ResourceTags=[{"Key": "app", "Values": ["shop", "x"]}]), True),
        (SECOND, service(ResourceTags=[{"Key": "app", "Values": ["other"]}]), False),
        (SECOND, service(ResourceTags=[{"Key": "unseen", "Values": ["x"]}]), False),
        (SECOND, service(TfStateFileUrl="https://b/state"), False),
    ],
)
def test_an_attached_policy_is_meant_for_what_it_surely_names(policy: Any, user: Any, is_meant: bool) -> None:
    said = asked(stack(Tier=policy, User=user, Table=TABLE, Other=resource("DynamoDB::Table", TableName="b")))
    assert (said.rpo("az") == 60) == is_meant
    assert not said.is_assumed("az.rpo")
    assert said.is_empty != is_meant


@pytest.mark.parametrize(("named", "is_meant"), [("shop", True), ("other", False)])
def test_a_stack_is_known_by_the_name_of_its_deployment(named: str, is_meant: bool) -> None:
    from awslint_memo.files.source import Source
    from awslint_memo.readers.recognition import template

    arn = f"arn:aws:cloudformation:eu-west-1:123456789012:stack/{named}/1"
    for user in (app(mapped("CfnStack", arn)), app({"MappingType": "CfnStack", "LogicalStackName": named})):
        text = json.dumps(stack(Tier=FIRST, User=user, Table=TABLE))
        made = template(Source("a.json", text.encode()))
        assert made is not None
        [deployment] = CheckOptions([], named={"shop": {}}).deployments(made).deployments
        said = store_objectives.objectives(deployment.resources["Table"])
        assert (said.rpo("az") == 60) == is_meant


def test_a_nested_stack_is_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an App of the parent names is the parent's stack, and so is what its resources are meant for."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    child = stack(Inner=TABLE)
    parent = stack(
        Tier=FIRST,
        User=app(mapped("CfnStack", {"Ref": "AWS::StackId"})),
        Table=TABLE,
        Child=resource("CloudFormation::Stack", TemplateURL="child.json"),
    )
    Path("child.json").write_text(json.dumps(child), encoding="utf-8")
    Path("parent.json").write_text(json.dumps(parent), encoding="utf-8")
    made = json.loads(printed("recovery", "--format", "json", "parent.json"))
    wants = {
        one["resource"]: one["disruptions"]["az"]["wanted_rpo_in_secs"]
        for family in made["families"]
        for one in family["stores"]
    }
    assert wants == {"Table": 60, "Child/Inner": None}


@pytest.mark.parametrize(("value", "is_meant"), [("shop", True), ("other", False)])
def test_terraform_attaches_by_tags(value: str, is_meant: bool) -> None:
    template = terraform(
        aws_resiliencehubv2_policy={"t": SECOND_TERRAFORM},
        aws_resiliencehubv2_service={
            "s": {"name": "s", "regions": ["eu-west-1"], "policy_arn": "${aws_resiliencehubv2_policy.t.arn}"}
        },
        aws_resiliencehubv2_input_source={
            "i": {
                "service_arn": "${aws_resiliencehubv2_service.s.arn}",
                "resource_configuration": {"resource_tag": [{"key": "app", "values": [value]}]},
            }
        },
        aws_dynamodb_table={"a": TABLE_TERRAFORM},
    )
    assert (asked(template, "aws_dynamodb_table.a").rpo("az") == 60) == is_meant


def test_a_policy_of_an_application_stands_below_what_the_application_says() -> None:
    shop = Application("shop", Layer({"az.rpo": 5.0}, "conf:4"), resources=("Table",), policy="Tier")
    declared = Declared(recovery=Recovery(Layer({"rpo": HOUR}, "conf:1"), applications=(shop,)))
    template = stack(Tier=FIRST, Table=TABLE, Other=resource("DynamoDB::Table"))
    said = asked(template, declared=declared)
    assert (said.rpo("az"), said.rpo("software"), said.rto("az")) == (5, 60, 7200)
    assert said.place("software.rpo") == "Tier, template:3"
    # It is meant for the application, so for nothing else.
    other = asked(template, "Other", declared)
    assert (other.rpo("az"), other.rto("az")) == (HOUR, None)


def test_a_policy_stands_below_the_configuration() -> None:
    declared = Declared(recovery=Recovery(Layer({"rpo": HOUR}, "conf:1")))
    said = asked(stack(Tier=FIRST, Table=TABLE), declared=declared)
    assert (said.rpo("az"), said.rto("az"), said.is_assumed("az.rpo", "rpo")) == (HOUR, 7200, False)


def test_two_policies_that_nothing_attaches_ask_for_nothing() -> None:
    template = stack(Tier=FIRST, Two=SECOND, Table=TABLE)
    assert asked(template).is_empty
    assert found("recovery-objective-missing", template) == []
    assert found("recovery-rpo-unmet", template) == []


def test_a_template_with_a_policy_is_judged_by_the_rules_of_recovery() -> None:
    from awslint_memo.files.source import Source
    from awslint_memo.readers.recognition import template

    text = (
        "Resources:\n  Tier: {Type: AWS::ResilienceHubV2::Policy, Properties: {Name: a, "
        "DataRecovery: {TimeBetweenBackupsInMinutes: 5}}}\n"
        "  App: {Type: AWS::ResilienceHubV2::Service, Properties: {Name: a, Regions: [a], PolicyArn: !GetAtt "
        "Tier.PolicyArn, InputSources: [{ResourceConfiguration: {CfnStackArn: !Ref AWS::StackId}}]}}\n"
        "  Node: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 1}}\n"
    )
    made = template(Source("a.yaml", text.encode()))
    assert made is not None
    chosen = [one for one in rules().values() if one.service == "recovery"]
    assert [(one.rule, one.level) for one in check_template(made, CheckOptions(chosen))[0]] == [
        ("recovery-rpo-unmet", "warning")
    ]
    assert found("recovery-rpo-unmet", text) == [Found("warning", "Node", "Node")]


CASES = {
    "attached to nothing in this run; what misses it is advice": "",
    "attached to nothing in this run": "  Two: {Type: AWS::ResilienceHubV2::Policy, Properties: {Name: b}}\n",
    "attached by User, for Table": (
        "  User: {Type: AWS::ResilienceHubV2::Service, Properties: {Name: a, Regions: [a], PolicyArn: !GetAtt "
        "Tier.PolicyArn, InputSources: [{ResourceConfiguration: {CfnStackArn: !Ref AWS::StackId}}]}}\n"
    ),
    "attached by User, for what no template tells": (
        "  User: {Type: AWS::ResilienceHubV2::Service, Properties: {Name: a, Regions: [a], PolicyArn: !GetAtt "
        "Tier.PolicyArn, InputSources: [{ResourceConfiguration: {TfStateFileUrl: x}}]}}\n"
    ),
}


@pytest.mark.parametrize(("said", "more"), CASES.items())
def test_the_command_says_what_a_policy_is_meant_for(
    said: str, more: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(
        "Resources:\n  Tier: {Type: AWS::ResilienceHubV2::Policy, Properties: {Name: a, MultiAz: {RpoInMinutes: 5, "
        "DisasterRecoveryApproach: WARM_STANDBY}}}\n  Table: {Type: AWS::DynamoDB::Table}\n" + more,
        encoding="utf-8",
    )
    text = printed("recovery", "a.yaml")
    assert f"policy Tier (a.yaml:2): {said}" in text
    assert "its approach for several zones, WARM_STANDBY, is not judged" in text
    assert f"Policy Tier (a.yaml:2): {said}" in printed("recovery", "--format", "markdown", "a.yaml")
    assert f'"meant_for": "{said}' in printed("recovery", "--format", "json", "a.yaml")


def test_a_policy_that_is_not_here_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.command import invoke

    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("Resources: {Table: {Type: AWS::DynamoDB::Table}}\n", encoding="utf-8")
    conf = "recovery:\n  applications:\n    shop: {resources: [Table], policy: Tier}\n"
    Path(".awslint-memo.yaml").write_text(conf, encoding="utf-8")
    assert "the policy Tier of the application shop is not in this run" in invoke("recovery", "a.yaml").stderr
