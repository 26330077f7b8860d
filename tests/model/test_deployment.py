"""Messages have the property names of the file's language; what stands beside the properties has documented names."""

import ast
import inspect
from itertools import pairwise

import pytest

from awslint_memo.model import properties
from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.origin import Origin, Step
from awslint_memo.model.properties import ATTRIBUTES
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known
from awslint_memo.readers.property_maps import PropertyMap, TypeMap

PLACE = Span("main.tf", 1, 1, 1, 1)
PROPERTY_NAMES = {
    "MultiAZ": "multi_az",
    "TracingConfig.Mode": "tracing_config.mode",
    "AZMode": "az_mode",
    "Engine": "engine",
}


def queue(language: str) -> Resource:
    property_names = PROPERTY_NAMES if language == "terraform" else {}
    return Resource("it", "AWS::X::Y", PLACE, lambda _: Absent(PLACE), language=language, property_names=property_names)


def test_a_message_names_properties_as_the_file_does() -> None:
    message = "wants MultiAZ, AZMode and TracingConfig.Mode, not SQS; Engine starts a sentence and Multi is a word"
    spelled = "wants multi_az, az_mode and tracing_config.mode, not SQS; Engine starts a sentence and Multi is a word"
    assert queue("cloudformation").finding(PLACE, message).message == f"it {message}"
    assert queue("terraform").finding(PLACE, message).message == f"it {spelled}"
    related = queue("terraform").finding(PLACE, "x", related=[(PLACE, "its MultiAZ")]).related
    assert [one.message for one in related] == ["its multi_az"]


def test_the_property_before_the_name_is_translated_also_if_it_is_an_ordinary_word() -> None:
    for name, word in (("Engine", "engine"), ("MultiAZ", "multi_az"), ("TracingConfig.Mode", "tracing_config.mode")):
        assert queue("cloudformation").finding(PLACE, "is old", of=name).message == f"{name} of it is old"
        assert queue("terraform").finding(PLACE, "is old", of=name).message == f"{word} of it is old"
    assert queue("terraform").finding(PLACE, "is old", of="Other").message == "Other of it is old"


def test_a_message_says_what_is_a_parameters_default() -> None:
    value = Known("1", PLACE, Origin((Step("default of Wait", PLACE, default_of="Wait"),)))
    assert queue("terraform").finding(value, "waits").message == "it waits (default of Wait)"
    assert queue("terraform").finding(PLACE, "waits", related=[(value, "x")]).message == "it waits (default of Wait)"


def test_a_name_that_stands_in_two_blocks_is_spelled_by_its_path_only() -> None:
    within = {"Enabled": PropertyMap("enabled")}
    properties = {
        "One": PropertyMap("one", within=within),
        "Two": PropertyMap("two", within=within),
        "MultiAZ": PropertyMap("multi_az"),
    }
    property_names = TypeMap("AWS::X::Y", properties).property_names()
    assert property_names == {
        "One": "one",
        "One.Enabled": "one.enabled",
        "Two": "two",
        "Two.Enabled": "two.enabled",
        "MultiAZ": "multi_az",
    }


def test_only_cloudformations_attributes_can_be_asked_for() -> None:
    policy = Known("Retain", PLACE)
    made = Resource("it", "AWS::X::Y", PLACE, lambda _: Absent(PLACE), attributes={"DeletionPolicy": policy})
    assert made.attribute("DeletionPolicy") is policy
    others = [name for name in ATTRIBUTES if name != "DeletionPolicy"]
    assert [name for name in ATTRIBUTES if made.attribute(name).is_absent] == others
    with pytest.raises(LookupError, match="Publish is no attribute of CloudFormation"):
        made.attribute("Publish")  # type: ignore[arg-type]


def test_a_setting_of_terraform_is_absent_where_it_is_not_set() -> None:
    off = Known(False, PLACE)
    made = Resource("it", "AWS::X::Y", PLACE, lambda _: Absent(PLACE), terraform={"publish": off})
    assert made.terraform.publish is off
    assert made.terraform.enabled.is_absent
    assert made.terraform.enabled.place is PLACE
    assert queue("cloudformation").terraform.publish.is_absent
    assert not hasattr(made.terraform, "published")


def test_every_setting_is_documented() -> None:
    tree = ast.parse(inspect.getsource(properties.TerraformSettings))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    pairs = pairwise(body)
    documented = {
        one.targets[0].id
        for one, after in pairs
        if isinstance(one, ast.Assign)
        and isinstance(one.targets[0], ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
    }
    assert documented == properties.SETTINGS


def test_what_a_relation_reads_is_noted_also_if_it_was_worked_out_before() -> None:
    def named(deployment: Deployment) -> list[Resource]:
        return list(deployment.of_type("AWS::X::Y"))

    deployment = Deployment([queue("cloudformation")])
    first = deployment.once(named)
    with noted() as reads:
        again = deployment.once(named)
    assert again is first
    assert reads.singles["once", named].singles == {("type", ("AWS::X::Y",)): ("it",)}
    with noted() as others:
        deployment.once(named)
    assert others.questions == reads.questions
