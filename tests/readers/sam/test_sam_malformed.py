"""Malformed SAM templates never cause an exception other than Problem; generated property names exist in AWS."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import each_case

from awslint_memo import Deployment, Value
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template
from awslint_memo.readers.sam import template as sam
from awslint_memo.syntax import yaml_nodes
from awslint_memo.syntax.node import Node, fields, text

WORDS = st.sampled_from(
    ["SQS", "S3", "live", "true", "prod", "B", "Fn", "AWS::NoValue", "AWS::Serverless::Function", ""]
)
KEYS = st.sampled_from(["Type", "Ref", "Fn::If", "Fn::GetAtt", "Fn::Transform", "Fn::Sub", "QueueArn", "Bucket", "A"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=5,
)
WHOLE = sorted(Path(__file__).parent.glob("*.yaml"))


def plain(node: Node) -> Any:
    """The contents of a file as plain data."""
    content = node.content
    if isinstance(content, Mapping):
        return {key: plain(value) for key, value in content.items()}
    return [plain(item) for item in content] if isinstance(content, list) else content


def containers(data: Any) -> list[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    here = [data] if isinstance(data, (dict, list)) and data else []
    return here + [found for value in inner for found in containers(value)]


@st.composite
def malformed(draw: st.DrawFn) -> str:
    """A SAM template with a few random changes of values."""
    file = draw(st.sampled_from(WHOLE))
    data = plain(yaml_nodes.parse(Source(file.name, file.read_bytes())))
    for _ in range(draw(st.integers(1, 4))):
        within = draw(st.sampled_from(containers(data)))
        at = draw(st.sampled_from(list(within) if isinstance(within, dict) else list(range(len(within)))))
        within[at] = draw(JUNK)
    return json.dumps(data)


@each_case("file", WHOLE, ids=lambda file: file.stem)
def test_every_property_is_cloudformations(file: Path) -> None:
    said = yaml_nodes.parse(Source(file.name, file.read_bytes())).content
    assert isinstance(said, Mapping)
    made = sam.translate(said["Resources"], said.get("Globals"), said.get("Parameters")).made
    for _, node in made.values():
        type_, properties = text(fields(node).get("Type")), fields(fields(node).get("Properties"))
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_ or "").schema
        # The SAM properties that are kept: there is no other place for them.
        kept = {"Auth", "Cors", "DeploymentPreference"}
        assert properties.keys() - schema["properties"].keys() - kept == set(), type_


def everything(deployment: Deployment) -> Iterator[Value]:
    for resource in deployment.resources.values():
        for name in ("Timeout", "Tags", "TracingConfig", "Targets", "NotificationConfiguration", "Body", "Policies"):
            value = resource.get(name)
            assert resource.place.span.line >= 1
            assert value.place.span.line >= 1
            yield value


@settings(max_examples=300)
@given(malformed())
def test_malformed_sam_raises_only_problem(text: str) -> None:
    try:
        read = template(Source("template.json", text.encode()))
        deployments = read.deployments(None).deployments if read is not None else ()
    except Problem:
        return
    for deployment in deployments:
        for value in everything(deployment):
            list(value.mentions())
