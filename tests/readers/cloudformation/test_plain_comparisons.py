"""Conditions that compare a parameter with a text are answered at once, as if they were worked out like any other."""

from __future__ import annotations

import json

import pytest

from awslint_memo.files.source import Source
from awslint_memo.model.deployment_words import Assignment, Other
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.parameters import parameters
from awslint_memo.syntax import json_nodes
from awslint_memo.syntax.node import Node, fields

ENCRYPTED = "ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]"
TEXTS = ["a", "b", "true", "True", "1", "1.0", ENCRYPTED, "", "{{resolve:ssm:x}}"]


def node(content: object) -> Node:
    return json_nodes.parse(Source("template.json", json.dumps(content).encode()))


@pytest.mark.parametrize("kind", ["String", "Number", "CommaDelimitedList", "AWS::SSM::Parameter::Value<String>"])
@pytest.mark.parametrize("text", [*TEXTS, True, 1, 1.0])
def test_the_answer_is_that_of_the_whole_evaluation(kind: str, text: object) -> None:
    declared = parameters(node({"P": {"Type": kind, "Default": "a"}, "Q": {"Type": kind, "NoEcho": True}}))
    equals = {"Fn::Equals": [{"Ref": "P"}, text]}
    written = {
        "plain": equals,
        "turned": {"Fn::Equals": [text, {"Ref": "Q"}]},
        "not": {"Fn::Not": [equals]},
        "sub": {"Fn::Equals": [{"Fn::Sub": "${P}"}, text]},
    }
    at_once, whole = (Conditions(fields(node(written)), declared) for _ in range(2))
    vars(whole)["_plain"] = {}
    for name in written:
        for choice in (*TEXTS, Other("P"), Other("R"), None):
            chosen: Assignment = {} if choice is None else {"P": choice, "Q": choice}
            assert at_once.answer(name, chosen) is whole.answer(name, chosen)
    assert bool(at_once._plain) is (kind == "String" and isinstance(text, str) and text not in (ENCRYPTED, TEXTS[-1]))
