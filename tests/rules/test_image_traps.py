"""Packages, profiles and images: what misleads."""

from __future__ import annotations

import pytest
from tests.linting import Found, Written, found, messages, resource, second_places, stack

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


def test_a_fixed_ami_is_graver_beside_an_image_pipeline() -> None:
    launch = {"Web": resource("EC2::LaunchTemplate", LaunchTemplateData={"ImageId": "ami-1"})}
    pipeline = resource("ImageBuilder::ImagePipeline", Name="web")
    containers = resource("ImageBuilder::ImagePipeline", Name="web", ContainerRecipeArn="arn")
    for others, level in (({}, "advice"), ({"Images": pipeline}, "warning"), ({"Images": containers}, "advice")):
        template = stack(**launch, **others)
        assert found(FIXED, template) == [Found(level, "Web", "ImageId: ami-1")]
        assert ("Images" in second_places(FIXED, template)) is (level == "warning")


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
