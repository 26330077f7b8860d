"""A short run of the fuzzing in `bench/fuzz.py`: always the same inputs, none of which may escape."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from bench.fuzz import BLOCK, block
from bench.fuzz_canary import add
from bench.fuzz_inputs import Input, seeds
from bench.fuzz_lint import escapes, prepared
from bench.fuzz_losses import PERHAPS, losses
from bench.fuzz_mutations import plain
from bench.fuzz_sweep import renamed, size, swept
from tests.command import report

from awslint_memo import api


def escaped(made: Input, chance: random.Random) -> list[str]:
    """What escapes of an input. How much it takes depends on the machine and on other tests of this process."""
    return [why for why in escapes(made, chance) if not why.startswith(("slow", "memory", PERHAPS))]


@pytest.mark.parametrize("number", range(2))
def test_nothing_escapes(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = {}
    for index, made in enumerate(block(seeds([]), 1, number), number * BLOCK):
        prepared(made, tmp_path)
        found[index] = escaped(made, random.Random(f"1/{index}/lint"))
    assert {index: why for index, why in found.items() if why} == {}


def test_nothing_escapes_where_a_part_of_an_example_has_another_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = {}
    for index, made in enumerate(swept(1, 0, 60)):
        prepared(made, tmp_path)
        found[index] = escaped(made, random.Random(index))
    assert {index: why for index, why in found.items() if why} == {}
    assert size(1) > 100_000
    assert list(swept(1, 58, 2)) == list(swept(1, 0, 60))[58:]


CANARY = "Resources:\n  Canary:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: mysql, MultiAZ: %s}\n"


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (CANARY % "false", []),
        (CANARY % "true", ["lost: rds-multi-az on Canary"]),
        (CANARY % "true" + "  Other: text\n", []),
    ],
)
def test_a_finding_that_is_gone_without_a_word_escapes(
    text: str, lost: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = Input("yaml", {"t.yaml": text.encode()}, ["t.yaml"], kept=add({"Resources": {"A": {"Type": "A::B::C"}}}))
    prepared(made, tmp_path)
    assert escaped(made, random.Random(1)) == lost


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.yaml", CANARY % "false" + "    Metadata: {Also: .inf}\n"),
        ("t.yaml", CANARY % "false" + "    Metadata: {Also: .nan}\n"),
        ("t.json", r'{"Resources": {"A": {"Type": "AWS::RDS::DBInstance", "Metadata": {"Also": "\uD800"}}}}'),
    ],
)
def test_what_other_forms_have_no_word_for_is_not_compared(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = Input(name.partition(".")[2], {name: text.encode()}, [name])
    prepared(made, tmp_path)
    assert escaped(made, random.Random(1)) == []


def test_a_finding_on_a_copy_that_is_gone_is_perhaps_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    alone = (CANARY % "false").encode()
    made = Input("yaml", {"t.yaml": (CANARY % "true").encode()}, ["t.yaml"], original=(alone, alone))
    prepared(made, tmp_path)
    report = api.lint(["t.yaml"], advice=True, profile="all", coverage=True)
    assert list(losses(report, made)) == [f"{PERHAPS}: rds-multi-az on Canary"]


def test_a_resource_that_is_passed_over_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.yaml").write_text(CANARY % "true")
    report = api.lint(["t.yaml"], coverage=True)
    other = Input("yaml", {"t.yaml": (CANARY % "true").replace("Canary", "Other").encode()}, ["t.yaml"])
    assert [why.partition(": {")[0] for why in losses(report, other)] == ["passed over: Other"]


def test_a_macro_may_change_what_is_put_beside() -> None:
    resources = {"A": {"Type": "AWS::SQS::Queue"}}
    assert not add({"Transform": "Other", "Resources": dict(resources)})
    assert add({"Transform": "AWS::Serverless-2016-10-31", "Resources": dict(resources)})


def test_a_copy_refers_to_itself() -> None:
    data = {"Resources": {"A": {"Type": "T", "Properties": {"A": {"Fn::GetAtt": ["B", "Arn"]}}}, "B": {"Type": "B"}}}
    made = renamed(data)["Resources"]
    assert made == {
        "ATwo": {"Type": "T", "Properties": {"A": {"Fn::GetAtt": ["BTwo", "Arn"]}}},
        "BTwo": {"Type": "B"},
    }


def test_aliases_that_multiply_are_no_data() -> None:
    assert plain("a: &a [1]\nb: [*a, *a]\n") == {"a": [1], "b": [[1], [1]]}
    lines = "".join(f"a{number}: &a{number} [*a{number - 1}, *a{number - 1}]\n" for number in range(1, 30))
    assert plain(f"a0: &a0 [1]\n{lines}") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"Resources:\n  Q: {Type: AWS::SQS::Queue}\n", []),
        (b"Resources: [\n", []),
        (b"\0", []),
    ],
)
def test_what_is_judged_or_refused_does_not_escape(
    text: bytes, why: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = Input("yaml", {"t.yaml": text}, ["t.yaml"])
    prepared(made, tmp_path)
    assert escaped(made, random.Random(1)) == why


def test_an_exception_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "lint", broken)
    [why] = escapes(Input("yaml", {}, ["t.yaml"]), random.Random(1))
    assert why.startswith("KeyError")


def test_half_a_character_in_unsaved_text_is_an_error_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "main.tf").touch()
    path = str(tmp_path / "main.tf")
    [error] = api.lint([path], unsaved={path: 'resource "aws_sqs_queue" "q" { name = "\ud800" }'}).errors
    assert "UTF-8" in error.message


@pytest.mark.parametrize("name", ["other", "project", ""])
def test_an_output_that_exports_what_it_imports(name: str, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "Resources:\n  Run: {Type: AWS::CodeBuild::Project}\n"
        f'Outputs:\n  Project: {{Value: !ImportValue "{name}", Export: {{Name: project}}}}\n'
    )
    assert report(str(path))["errors"] == []
    assert "internal-error" not in {one["rule"] for one in report(str(path))["findings"]}


@pytest.mark.parametrize(
    "resource",
    [
        {"Type": "AWS::EC2::Instance", "Properties": {"UserData": {"Fn::Base64": "\ud800"}}},
        {"Type": "AWS::Serverless::Api", "Properties": {"Domain": {"DomainName": "\ud800", "CertificateArn": "x"}}},
    ],
)
def test_half_a_character_where_bytes_are_needed(resource: object, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    traced = {"Type": "AWS::Lambda::Function", "Properties": {"TracingConfig": {"Mode": "Active"}}}
    path.write_text(json.dumps({"Transform": "AWS::Serverless-2016-10-31", "Resources": {"R": resource, "F": traced}}))
    made = report(str(path))
    assert made["errors"] == []
    assert "internal-error" not in {one["rule"] for one in made["findings"]}
