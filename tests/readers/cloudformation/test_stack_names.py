"""A stack's name is known only where the names that are imported surely tell it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cases import each_case

from awslint_memo import api
from awslint_memo.files.source import Source
from awslint_memo.readers.cloudformation import linked_stacks
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.recognition import template


def exporting(*names: str) -> str:
    outputs = "".join(f"  O{at}: {{Value: a, Export: {{Name: !Sub '{name}'}}}}\n" for at, name in enumerate(names))
    return f"Resources:\n  Orders: {{Type: AWS::SQS::Queue}}\nOutputs:\n{outputs}"


def importing(*names: str, parameters: str = "{}") -> str:
    values = "".join(f"        - {{Key: k, Value: !ImportValue {{'Fn::Sub': '{name}'}}}}\n" for name in names)
    queue = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags:\n"
    return f"Parameters: {parameters}\n{queue}{values}"


def called(texts: Mapping[str, str]) -> dict[str, str]:
    """The names of the stacks of templates, by their paths."""
    templates = [template(Source(path, text.encode())) for path, text in texts.items()]
    linked_stacks.connect([one for one in templates if one is not None])
    found = [one for one in templates if isinstance(one, CloudFormationTemplate)]
    return {one.source.path: one.stack_name for one in found if one.stack_name is not None}


CORE = exporting("${AWS::StackName}-Bus", "${AWS::StackName}-Key", "${AWS::StackName}-Team")
EU = exporting("eu:${AWS::StackName}:Bus", "eu:${AWS::StackName}:Key")
DEFAULT = "{Core: {Type: String, Default: shop-core}}"


@each_case(
    ("texts", "expected"),
    [
        (
            {"a.yaml": importing("${Core}-Bus", "${Core}-Key", parameters=DEFAULT), "b.yaml": CORE},
            {"b.yaml": "shop-core"},
        ),
        # The names may be written out, and in several templates.
        ({"a.yaml": importing("x-Bus"), "b.yaml": CORE, "c.yaml": importing("x-Team")}, {"b.yaml": "x"}),
        # One name is enough where the file is called so.
        ({"a.yaml": importing("core-Bus"), "core.yaml": CORE}, {"core.yaml": "core"}),
        ({"a.yaml": importing("shop-core-Bus"), "stacks/core.yaml": CORE}, {"stacks/core.yaml": "shop-core"}),
        ({"a.yaml": importing("shop-score-Bus"), "core.yaml": CORE}, {}),
        ({"a.yaml": importing("x-Bus"), "b.yaml": CORE}, {}),
        # Nobody knows the value of the parameter.
        ({"a.yaml": importing("${Core}-Bus", "${Core}-Key", parameters="{Core: {Type: String}}"), "b.yaml": CORE}, {}),
        # It is deployed as two stacks, or two templates may be meant.
        ({"a.yaml": importing("x-Bus", "x-Key", "y-Bus", "y-Key"), "b.yaml": CORE}, {}),
        ({"a.yaml": importing("x-Bus", "x-Key"), "b.yaml": CORE, "c.yaml": CORE}, {}),
        # What stands before the name counts too, and no stack has such a name.
        (
            {
                "a.yaml": importing("eu:x:Bus", "eu:x:Key"),
                "b.yaml": exporting("eu:${AWS::StackName}:Bus", "eu:${AWS::StackName}:Key"),
            },
            {"b.yaml": "x"},
        ),
        ({"a.yaml": importing("eu:x-Bus", "eu:x-Key"), "b.yaml": CORE}, {}),
        # Where the end of one name is that of others too, neither is sure.
        (
            {
                "a.yaml": importing("x-y-Bus", "x-y-Key"),
                "b.yaml": CORE,
                "c.yaml": exporting("${AWS::StackName}-y-Bus", "${AWS::StackName}-y-Key"),
            },
            {},
        ),
        # What a template exports by its whole name is imported from that one.
        ({"a.yaml": importing("x-Bus", "x-Key"), "b.yaml": CORE, "c.yaml": exporting("x-Bus", "x-Key")}, {}),
    ],
)
def test_the_names_of_stacks(texts: Mapping[str, str], expected: Mapping[str, str]) -> None:
    assert called(texts) == expected


def test_a_notice_tells_what_a_stack_is_taken_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.yaml").write_text(CORE)
    (tmp_path / "a.yaml").write_text(importing("x-Bus", "x-Keys", "x-Key"))
    report = api.lint([], advice=True, select=["stack-import-missing"])
    assert "a.yaml: the stack x is taken as b.yaml" in report.notices
    assert [(one.span.path, one.message) for one in report.findings] == [
        (
            "a.yaml",
            "Tags[1].Value of Orders imports x-Keys, which b.yaml does not export, so the stack is refused; "
            "write x-Key",
        )
    ]
    # Of what it exports under names that are not known, nobody tells that it is not there.
    unknown = exporting("${AWS::StackName}-Bus", "${AWS::StackName}-Key", "${AWS::AccountId}-Keys")
    (tmp_path / "b.yaml").write_text(unknown)
    assert not api.lint([], advice=True, select=["stack-import-missing"]).findings


def shop(*names: str) -> str:
    return exporting(*(f"shop-${{Stage}}-{name}" for name in names)).replace("Resources:", f"{STAGE}\nResources:", 1)


STAGE = "Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}"


@pytest.mark.parametrize(
    ("imports", "others", "near"),
    [
        (("runs", "key", "alerts-topic"), {}, "alert-topic"),
        (("runs", "key", "alert_topic"), {}, "alert-topic"),
        (("runs", "key", "AlertTopic"), {}, "alert-topic"),
        (("runs", "key", "alert-topic", "alerts-topic"), {}, "alert-topic"),
        # What is imported too is not meant by another name, only by another spelling.
        (("runs", "key", "alert-topic", "all-alert-topic"), {}, None),
        (("runs", "key", "alert-topic", "alert-topics-2"), {}, None),
        # One name in common with a template is a chance.
        (("runs", "alerts-topic"), {}, None),
        # Another template has such names too, and other ones may have them that are not here.
        (("runs", "key", "alerts-topic"), {"c.yaml": ("budget",)}, None),
        (("runs", "key", "network"), {}, None),
    ],
)
def test_a_stage_within_a_name(
    imports: tuple[str, ...],
    others: Mapping[str, tuple[str, ...]],
    near: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    written = importing(*(f"shop-${{Stage}}-{name}" for name in imports), parameters=STAGE.removeprefix("Parameters: "))
    texts = {"a.yaml": written, "b.yaml": shop("runs", "key", "alert-topic")}
    for path, text in {**texts, **{path: shop(*names) for path, names in others.items()}}.items():
        (tmp_path / path).write_text(text)
    report = api.lint([], advice=True, select=["stack-import-missing"])
    meant = [one.message.rpartition("write ")[2] for one in report.findings]
    assert meant == ([] if near is None else [f"shop-${{Stage}}-{near}"])
