"""Tests for files from which templates are rendered: they are told in one notice, and not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

pytestmark = pytest.mark.usefixtures("polled_queues")

TEMPLATE = "{% if x %}\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n{% endif %}\n"
SNAPSHOT = 'exports[`stack 1`] = `\nObject {\n  "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}\n}\n`;\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


WHY = ", from which another program renders templates, so the resources in there were not read"


def notices(**files: str) -> list[str]:
    for name, text in files.items():
        Path(name.replace("_", ".")).write_text(text)
    made = report()
    assert made["errors"] == []
    return list(made["summary"]["notices"])


def test_one_file() -> None:
    said = f"not checked: a.yml.j2{WHY}; render it and run awslint-memo lint on what comes out"
    assert notices(a_yml_j2=TEMPLATE) == [said]


GAPS = '{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": ${delay}, "Tags": [${tags}]}}}}'


def test_json_that_is_filled_in_is_one_too() -> None:
    said = f"not checked: a.template{WHY}; render it and run awslint-memo lint on what comes out"
    assert notices(a_template=GAPS) == [said]


def test_json_that_is_wrong_otherwise_is_an_error() -> None:
    Path("a.template").write_text(GAPS.replace("${tags}", "${tags"))
    assert len(report()["errors"]) == 1


def test_a_named_file_is_not_passed_over() -> None:
    Path("a.template").write_text(GAPS)
    assert len(report("a.template")["errors"]) == 1


def test_many_and_snapshots_are_one_notice() -> None:
    files = {f"{name}_yaml_j2": TEMPLATE for name in "abcd"}
    [notice] = notices(**files, stack_test_ts_snap=SNAPSHOT)
    assert notice.startswith(f"not checked: a.yaml.j2, b.yaml.j2 and 3 others{WHY}")


def test_what_has_no_resources_is_not_told() -> None:
    assert notices(policy_json_tpl='{"Statement": {"Principal": {"AWS": "*"}}}', page_html_j2="<p>", a_snap="x") == []


@pytest.mark.parametrize(
    ("location", "source"),
    [
        ("./child/packaged.yaml", "child/template.yml"),
        ("child/packaged-queue.yaml", "child/queue.yaml"),
        ("child/queue.packaged.yml", "child/queue.yaml"),
    ],
)
def test_a_packaged_template_is_read_from_its_source(location: str, source: str) -> None:
    Path("child").mkdir()
    Path(source).write_text("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n")
    stack = f"{{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {location}}}}}"
    Path("main.yaml").write_text(f"Resources:\n  Child: {stack}\n")
    made = report("--select", "sqs-dead-letter-queue")
    assert [one["resource"] for one in made["findings"]] == ["Child/Q"]
    assert made["summary"]["notices"] == [f"main.yaml: the nested stack Child ({location}) is taken as {source}"]
    assert (made["summary"]["modules"], made["summary"]["modules_read"]) == (1, 1)
