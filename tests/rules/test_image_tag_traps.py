"""What is said of the tag of an image."""

from __future__ import annotations

from tests.cases import each_case
from tests.linting import messages, resource, stack

REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com"


@each_case(
    ("image", "said"),
    [
        (f"{REGISTRY}/shop/web:latest", "has the tag latest"),
        (f"{REGISTRY}/latest-builds/app", "has no tag, which means latest"),
        (f"{REGISTRY}/latest", "has no tag, which means latest"),
    ],
)
def test_latest_in_the_name_of_a_repository_is_no_tag(image: str, said: str) -> None:
    task = resource("ECS::TaskDefinition", ContainerDefinitions=[{"Name": "web", "Image": image}])
    [message] = messages("ecr-moving-tag", stack(Web=task))
    assert said in message
