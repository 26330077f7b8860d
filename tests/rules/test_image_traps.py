"""Packages, profiles and images: what misleads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import (
    IMPORTED,
    Found,
    Written,
    found,
    lint_with,
    messages,
    resource,
    second_places,
    stack,
    terraform,
)

CLOSED = "codeguru-reviewer-closed"
FIXED = "ec2-fixed-ami"
UPSTREAM = "codeartifact-public-upstream"
ORIGIN = "codeartifact-origin-control"
PINNED = "imagebuilder-parent-pinned"


def association(*actions: str) -> Written:
    """A plan that does this to an association."""
    type_ = "aws_codegurureviewer_repository_association"
    change = {"actions": actions, "before": None, "after": {"name": "orders"}, "after_unknown": {}}
    entry = {"address": f"{type_}.orders", "mode": "managed", "type": type_, "name": "orders", "change": change}
    return {"format_version": "1.2", "planned_values": {}, "resource_changes": [entry], "configuration": {}}


def test_an_association_that_a_plan_finds_there_is_left_alone() -> None:
    address = "aws_codegurureviewer_repository_association.orders"
    for actions in (["no-op"], ["update"]):
        assert found(CLOSED, association(*actions)) == []
    for actions in (["create"], ["delete", "create"]):
        assert found(CLOSED, association(*actions)) == [Found("warning", address, f"address: {address}")]


LAUNCHED = {"Web": resource("EC2::LaunchTemplate", LaunchTemplateData={"ImageId": "ami-1"})}
IMAGE = "ImageId: ami-1"


def image_pipeline(**properties: object) -> dict[str, Any]:
    return resource("ImageBuilder::ImagePipeline", Name="web", **properties)


def distribution(template: object) -> dict[str, Any]:
    """A distribution that writes new images to a launch template."""
    to = {"Region": "eu-west-1", "LaunchTemplateConfigurations": [{"LaunchTemplateId": template}]}
    return resource("ImageBuilder::DistributionConfiguration", Name="web", Distributions=[to])


def parent(image: str) -> dict[str, Any]:
    return resource("ImageBuilder::ImageRecipe", Name="web", Version="1.0.0", ParentImage=image)


FROM_RECIPE = {"Images": image_pipeline(ImageRecipeArn={"Ref": "Recipe"})}
WRITING = {"Images": image_pipeline(DistributionConfigurationArn={"Ref": "To"})}


@each_case(
    "others",
    [
        {},
        {"Images": image_pipeline()},
        {"Images": image_pipeline(ContainerRecipeArn="arn")},
        {**FROM_RECIPE, "Recipe": parent("ami-2")},
        {**WRITING, "To": distribution("lt-0123456789abcdef0")},
    ],
)
def test_a_fixed_ami_is_advice_if_nothing_here_builds_newer_images_for_it(others: dict[str, Any]) -> None:
    assert found(FIXED, stack(**LAUNCHED, **others)) == [Found("advice", "Web", IMAGE)]


@pytest.mark.parametrize(
    ("others", "effect"),
    [
        (
            {**FROM_RECIPE, "Recipe": parent("ami-1")},
            "so new instances do not get the images that Images builds from it",
        ),
        (
            {**WRITING, "To": distribution({"Ref": "Web"})},
            "so the next change of it goes back from the newer images that Images writes to it",
        ),
    ],
)
def test_a_fixed_ami_is_graver_if_a_pipeline_builds_newer_images_for_it(others: dict[str, Any], effect: str) -> None:
    template = stack(**LAUNCHED, **others)
    assert found(FIXED, template) == [Found("warning", "Web", IMAGE)]
    assert second_places(FIXED, template) == ["Images"]
    [message] = messages(FIXED, template)
    assert effect in message


def by_region(*arm: str, key: object = "Arm") -> Written:
    """A launch template with an image out of a mapping by Region, one row for each of `arm`."""
    rows = {region: {"Arm": image} for region, image in zip(("eu-west-1", "us-east-1"), arm, strict=True)}
    image = {"Fn::FindInMap": ["Images", {"Ref": "AWS::Region"}, key]}
    sections = {"Parameters": {"Kind": {"Type": "String"}}, "Mappings": {"Images": rows}}
    return stack(sections, Web=resource("EC2::LaunchTemplate", LaunchTemplateData={"ImageId": image}))


@pytest.mark.parametrize("key", ["Arm", {"Ref": "Kind"}, IMPORTED])
def test_a_mapping_of_images_is_said_to_be_fixed_in_every_region(key: object) -> None:
    [message] = messages(FIXED, by_region("ami-1", "ami-2", key=key))
    assert "ImageId of Web is a fixed AMI ID in every Region of mapping Images, so " in message


def test_a_mapping_with_images_for_some_regions_is_not_said_to_be_fixed_in_every_region() -> None:
    template = by_region("ami-1", "NOT_SUPPORTED")
    assert found(FIXED, template) == [Found("advice", "Web", "Arm: ami-1")]
    [message] = messages(FIXED, template)
    assert " is a fixed AMI ID, so " in message
    assert found(FIXED, by_region("NOT_SUPPORTED", "ami-2", key=IMPORTED)) == []


def test_a_mapping_of_parameters_is_not_fixed() -> None:
    assert found(FIXED, by_region("resolve:ssm:/a", "resolve:ssm:/b")) == []
    assert found(FIXED, by_region("resolve:ssm:/a", "ami-2", key=IMPORTED)) == []


def from_map(image: str, **rows: str) -> Written:
    """Terraform with an expression for the image; `rows` are the default of var.amis."""
    variables = {"amis": {"default": rows}, "region": {"type": "string"}, "all": {"type": "map(string)"}}
    template = {"web": {"image_id": f"${{{image}}}"}}
    return terraform({"variable": variables}, aws_launch_template=template)


@pytest.mark.parametrize(
    ("image", "where"),
    [
        ("var.amis[data.aws_region.here.name]", " in every entry of the map"),
        ("lookup(var.amis, data.aws_region.here.name)", " in every entry of the map"),
        ('lookup(var.amis, data.aws_region.here.name, "ami-3")', " in every entry of the map"),
        ("values(var.amis)[var.region]", " in every item of the list"),
        ('data.aws_region.here.name == "a" ? "ami-1" : "ami-2"', " in both branches of the condition"),
        ('lookup(var.amis, var.region, "ami-3")', " (default of amis)"),
        ('var.region == "a" ? "ami-1" : "ami-2"', ""),
    ],
)
def test_an_image_out_of_a_map_is_fixed_whatever_the_key_is(image: str, where: str) -> None:
    [message] = messages(FIXED, from_map(image, a="ami-1", b="ami-2"))
    assert f" is a fixed AMI ID{where}, so " in message


@pytest.mark.parametrize(
    ("image", "when"),
    [
        ("var.amis[var.region]", "when region is a"),
        ('lookup(var.amis, var.region, "resolve:ssm:/c")', "when region is a"),
        ('var.region == "a" ? "resolve:ssm:/c" : "ami-2"', "when region is not a"),
    ],
)
def test_an_image_that_a_variable_chooses_may_be_fixed(image: str, when: str) -> None:
    [found] = lint_with(FIXED, from_map(image, a="ami-1", b="resolve:ssm:/b"))
    assert (found.level, found.deployment) == ("advice", when)


@each_case(
    ("image", "rows"),
    [
        ("var.amis[data.aws_region.here.name]", {"a": "ami-1", "b": "resolve:ssm:/b"}),
        ('lookup(var.amis, data.aws_region.here.name, "resolve:ssm:/c")', {"a": "ami-1"}),
        ("lookup(var.amis, data.aws_region.here.name, var.region)", {"a": "ami-1"}),
        ("merge(var.amis, var.all)[var.region]", {"a": "ami-1"}),
        ('"x-${var.amis[var.region]}"', {"a": "ami-1"}),
        ("lookup(var.amis, var.region)", {}),
    ],
)
def test_an_image_out_of_a_map_is_not_fixed_if_one_may_not_be(image: str, rows: dict[str, str]) -> None:
    assert found(FIXED, from_map(image, **rows)) == []


@pytest.mark.parametrize(("ignored", "is_found"), [("image_id", False), ("all", False), ("user_data", True)])
def test_an_image_that_terraform_ignores_is_set_by_somebody_else(ignored: str, *, is_found: bool) -> None:
    lifecycle = {"ignore_changes": ignored if ignored == "all" else [ignored]}
    template = terraform(aws_launch_template={"web": {"image_id": "ami-1", "lifecycle": lifecycle}})
    assert bool(found(FIXED, template)) is is_found
    native = "all" if ignored == "all" else f"[{ignored}]"
    block = f"lifecycle {{\n    ignore_changes = {native}\n  }}"
    text = f'resource "aws_launch_template" "web" {{\n  image_id = "ami-1"\n\n  {block}\n}}\n'
    assert bool(found(FIXED, text)) is is_found


POOLED = resource("AutoScaling::WarmPool", AutoScalingGroupName={"Ref": "Group"})


def group(**launch: object) -> dict[str, Any]:
    return resource("AutoScaling::AutoScalingGroup", MinSize=1, MaxSize=2, **launch)


def mixed(**override: object) -> dict[str, Any]:
    template = {"LaunchTemplateSpecification": {"LaunchTemplateId": {"Ref": "Web"}}, "Overrides": [override]}
    return group(MixedInstancesPolicy={"LaunchTemplate": template})


PLAIN = group(LaunchTemplate={"LaunchTemplateId": {"Ref": "Web"}, "Version": "1"})
BY_MEMORY = {"memory_mib": {"min": 1024}, "vcpu_count": {"min": 1}}
BY_ATTRIBUTES = {"VCpuCount": {"Min": 1}, "MemoryMiB": {"Min": 1024}}


@each_case(
    ("others", "takes_parameter"),
    [
        ({"Group": PLAIN}, True),
        ({"Group": mixed(InstanceType="t3.micro")}, True),
        ({"Group": PLAIN, "Pool": POOLED}, False),
        ({"Group": mixed(InstanceRequirements=BY_ATTRIBUTES)}, False),
        ({"Group": group(LaunchTemplate={"LaunchTemplateId": "lt-1"}), "Pool": POOLED}, True),
    ],
)
def test_resolve_ssm_is_only_asked_for_where_the_group_takes_it(
    others: dict[str, Any], *, takes_parameter: bool
) -> None:
    [message] = messages(FIXED, stack(**LAUNCHED, **others))
    assert ("; set it to resolve:ssm:NAME" in message) is takes_parameter
    assert ("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, because Group " in message) is not takes_parameter


@each_case(
    ("more", "takes_parameter"),
    [
        ({}, True),
        ({"warm_pool": {"min_size": 1}}, False),
        ({"mixed_instances_policy": {"launch_template": {"override": [{"instance_type": "t3.micro"}]}}}, True),
        (
            {"mixed_instances_policy": {"launch_template": {"override": [{"instance_requirements": BY_MEMORY}]}}},
            False,
        ),
    ],
    ids=str,
)
def test_terraform_takes_the_image_from_a_data_source_where_the_group_does_not_take_resolve_ssm(
    more: dict[str, Any], *, takes_parameter: bool
) -> None:
    web = {"min_size": 1, "max_size": 2, "launch_template": {"id": "${aws_launch_template.web.id}"}, **more}
    template = terraform(aws_launch_template={"web": {"image_id": "ami-1"}}, aws_autoscaling_group={"web": web})
    [message] = messages(FIXED, template)
    assert ("; set it to resolve:ssm:NAME" in message) is takes_parameter
    assert ("; take it from data aws_ssm_parameter, because " in message) is not takes_parameter


def test_a_launch_configuration_is_to_become_a_launch_template() -> None:
    [message] = messages(FIXED, stack(Web=resource("AutoScaling::LaunchConfiguration", ImageId="ami-1")))
    assert "; move to a launch template with ImageId resolve:ssm:NAME" in message


def repository(connection: object, **properties: object) -> Written:
    made = resource("CodeArtifact::Repository", RepositoryName="r", ExternalConnections=connection, **properties)
    parameters = {"From": {"Type": "String"}, "Behind": {"Type": "CommaDelimitedList"}}
    return stack({"Parameters": parameters}, R=made)


CONNECTED = "ExternalConnections"


def test_two_connections_are_refused() -> None:
    two = repository(["public:npmjs", "public:pypi"])
    assert found(UPSTREAM, two) == [Found("error", "R", CONNECTED)]
    [message] = messages(UPSTREAM, two)
    assert " 2 " in message


def test_a_connection_beside_upstreams_is_refused() -> None:
    both = repository(["public:npmjs"], Upstreams=["other"])
    assert found(UPSTREAM, both) == [Found("error", "R", CONNECTED)]
    assert second_places(UPSTREAM, both) == ["Upstreams"]
    [message] = messages(UPSTREAM, both)
    assert "public:npmjs" in message


@pytest.mark.parametrize("upstreams", [{"Ref": "Behind"}, []])
def test_a_connection_beside_upstreams_that_are_not_known_is_not_refused(upstreams: object) -> None:
    template = repository(["public:npmjs"], Upstreams=upstreams)
    assert found(UPSTREAM, template) == [Found("warning", "R", CONNECTED)]


@pytest.mark.parametrize(
    ("connection", "name"), [("public:npmjs", "public:npmjs"), ({"Ref": "From"}, "a public repository")]
)
def test_origins_are_said_of_the_public_repository_by_its_name(connection: object, name: str) -> None:
    template = repository([connection])
    assert found(ORIGIN, template) == [Found("advice", "R", CONNECTED)]
    [message] = messages(ORIGIN, template)
    assert f"ExternalConnections of R is {name}, " in message


EXPOSED = {"Outputs": {"Out": {"Value": {"Fn::GetAtt": ["R", "Name"]}, "Export": {"Name": "r"}}}}


def test_an_exported_repository_may_be_the_upstream_of_another_stack_s() -> None:
    alone = resource("CodeArtifact::Repository", RepositoryName="r", ExternalConnections=["public:npmjs"])
    assert found(UPSTREAM, stack(R=alone)) == [Found("warning", "R", CONNECTED)]
    assert found(UPSTREAM, stack(EXPOSED, R=alone)) == [Found("advice", "R", CONNECTED)]


@each_case(
    ("command", "is_used"),
    [
        ("aws codeartifact login --tool npm --domain d --repository public", True),
        ("aws codeartifact get-repository-endpoint --repository=public --domain d --format npm", True),
        ("aws codeartifact login --tool npm --domain d --repository approved", False),
        ("aws codeartifact login --tool npm --domain d --repository $REPOSITORY", False),
        ("aws codeartifact list-packages --domain d --repository public", False),
        ("echo aws codeartifact login --repository public", False),
    ],
)
def test_an_upstream_that_a_build_uses_itself_is_not_only_an_upstream(command: str, *, is_used: bool) -> None:
    spec = {"version": 0.2, "phases": {"build": {"commands": [command]}}}
    template = stack(
        Public=resource("CodeArtifact::Repository", RepositoryName="public", ExternalConnections=["public:npmjs"]),
        Approved=resource("CodeArtifact::Repository", RepositoryName="approved", Upstreams=["public"]),
        Build=resource("CodeBuild::Project", Source={"Type": "NO_SOURCE", "BuildSpec": json.dumps(spec)}),
    )
    assert found(UPSTREAM, template) == ([Found("warning", "Public", CONNECTED)] if is_used else [])
    assert not is_used or second_places(UPSTREAM, template) == ["Build"]
    assert all(one.startswith("ExternalConnections of Public is") for one in messages(UPSTREAM, template))


SCHEDULE = "imagebuilder-schedule"


DISABLED = image_pipeline(Status="DISABLED", Schedule={"ScheduleExpression": "cron(0 0 * * ? *)"})


@pytest.mark.parametrize("pipeline", [image_pipeline(), DISABLED])
def test_an_exported_image_pipeline_may_be_started_by_another_stack(pipeline: dict[str, Any]) -> None:
    is_off = bool(pipeline["Properties"].get("Status"))
    level, at = ("warning", "Status: DISABLED") if is_off else ("advice", "P")
    assert found(SCHEDULE, stack(P=pipeline)) == [Found(level, "P", at)]
    exposed = {"Outputs": {"Out": {"Value": {"Ref": "P"}}}}
    assert found(SCHEDULE, stack(exposed, P=pipeline)) == []


TARGET = {"Id": "p", "Arn": {"Ref": "P"}}
INPUT = {"Fn::Sub": '{"ImagePipelineArn": "${P}"}'}
CALLED = "arn:aws:scheduler:::aws-sdk:imagebuilder:startImagePipelineExecution"


@each_case(
    ("starter", "is_started"),
    [
        (resource("Events::Rule", EventPattern={"source": ["aws.s3"]}, Targets=[TARGET]), True),
        (resource("Events::Rule", EventPattern={"source": ["aws.s3"]}, Targets=[TARGET], State="DISABLED"), False),
        (resource("Scheduler::Schedule", Target={"Arn": CALLED, "Input": INPUT}), True),
        (resource("Lambda::Function", Environment={"Variables": {"PIPELINE": {"Ref": "P"}}}), True),
        (resource("CloudFormation::CustomResource", ServiceToken="arn", ImagePipelineArn={"Ref": "P"}), True),
        (resource("Lambda::Function", Environment={"Variables": {"PIPELINE": "other"}}), False),
    ],
)
def test_an_image_pipeline_that_something_here_starts_needs_no_schedule(
    starter: dict[str, Any], *, is_started: bool
) -> None:
    expected = [] if is_started else [Found("advice", "P", "P")]
    assert found(SCHEDULE, stack(P=image_pipeline(), Starter=starter)) == expected


ROLLOUT = "imagebuilder-rollout"


@each_case(
    ("told", "is_told"),
    [
        (resource("Events::Rule", EventPattern={"source": ["aws.imagebuilder"]}), True),
        (resource("Events::Rule", EventPattern={"source": [IMPORTED]}), True),
        (resource("Events::Rule", EventPattern={"source": ["aws.s3"]}), False),
        (resource("Events::Rule", ScheduleExpression="rate(1 day)"), False),
        (resource("ImageBuilder::InfrastructureConfiguration", Name="i", SnsTopicArn=IMPORTED), True),
        (resource("ImageBuilder::InfrastructureConfiguration", Name="i"), False),
    ],
)
def test_what_is_told_of_new_images_may_roll_them_out(told: dict[str, Any], *, is_told: bool) -> None:
    pipeline = image_pipeline(InfrastructureConfigurationArn={"Ref": "Told"})
    expected = [] if is_told else [Found("advice", "P", "P")]
    assert found(ROLLOUT, stack(P=pipeline, Told=told)) == expected


@each_case(
    ("part", "is_found"),
    [
        ({"AmiDistributionConfiguration": {"Name": "web"}}, True),
        ({"AmiDistributionConfiguration": {"TargetAccountIds": ["123456789012"]}}, False),
        ({"AmiDistributionConfiguration": {"LaunchPermissionConfiguration": {"UserIds": ["123456789012"]}}}, False),
        ({"AmiDistributionConfiguration": IMPORTED}, False),
        ({"SsmParameterConfigurations": [{"ParameterName": "/web/ami"}]}, False),
        ({"LaunchTemplateConfigurations": []}, True),
    ],
    ids=str,
)
def test_images_for_other_accounts_need_no_rollout_here(part: dict[str, Any], *, is_found: bool) -> None:
    to = resource("ImageBuilder::DistributionConfiguration", Name="web", Distributions=[{"Region": "a", **part}])
    pipeline = image_pipeline(DistributionConfigurationArn={"Ref": "To"})
    assert bool(found(ROLLOUT, stack(P=pipeline, To=to))) is is_found


def recipe(parent: str, *components: str) -> Written:
    schedule = {"ScheduleExpression": "rate(1 day)"}
    given = [{"ComponentArn": component} for component in components]
    return stack(
        P=resource("ImageBuilder::ImagePipeline", Name="p", ImageRecipeArn={"Ref": "R"}, Schedule=schedule),
        R=resource("ImageBuilder::ImageRecipe", ParentImage=parent, Components=given),
    )


ARN = "arn:aws:imagebuilder:eu-west-1:aws"


def test_one_thing_that_moves_is_enough() -> None:
    assert found(PINNED, recipe("ami-1", f"{ARN}:component/update/x.x.x")) == []
    assert found(PINNED, recipe(f"{ARN}:image/al/2024.x.x")) == []
    assert found(PINNED, recipe("ssm:/aws/service/ami")) == []


@pytest.mark.parametrize("version", ["2024.1.2", "2024.1.2/1"])
def test_a_parent_image_of_one_version_does_not_move(version: str) -> None:
    template = recipe(f"{ARN}:image/al/{version}")
    assert found(PINNED, template) == [Found("warning", "P", "Schedule")]
    assert second_places(PINNED, template) == [f"ParentImage: {ARN}:image/al/{version}"]
