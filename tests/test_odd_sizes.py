"""What no deployed template has: more resources than a stack can have, or hundreds of choices, is looked at less.

What is counted are resources, deployments and calls of functions, never time.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from bench import hostile_conditions, hostile_values
from bench.hostile_parts import queue, template
from bench.hostile_uses import MAKERS
from tests.test_growth import Calls, growth, steps_of

from awslint_memo import api
from awslint_memo.judging import checking, environments
from awslint_memo.judging.report import Report
from awslint_memo.model import budget, outputs, partial
from awslint_memo.model.objectives import Application
from awslint_memo.model.partial import join
from awslint_memo.model.span import Span
from awslint_memo.model.value import Text, Unknown
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.stacks import Results
from awslint_memo.relations import cache_contents

Json: TypeAlias = Any
QUEUE = {"Type": "AWS::SQS::Queue"}
POLLING, DEAD = "sqs-long-polling", "sqs-dead-letter-queue"
HERE = Span("a.json", 1, 1, 1, 1)


def linted(folder: Path, document: Json, *select: str) -> Report:
    path = folder / "template.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return api.lint([str(path)], advice=True, select=select, profile=None if select else "all")


@pytest.fixture
def small_stacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack can have 20 resources, and few checks are many."""
    monkeypatch.setattr(checking, "_OF_CLOUDFORMATION", 20)
    monkeypatch.setitem(budget._LIMITS, "checks", (600, 0))


def queues(count: int) -> Json:
    return {f"Q{n:02}": QUEUE for n in range(count)}


@pytest.mark.usefixtures("small_stacks")
def test_of_a_stack_no_more_resources_are_judged_than_it_can_have(tmp_path: Path) -> None:
    report = linted(tmp_path, {"Resources": queues(30)})
    [error] = report.errors
    assert "so only the first ones were checked" in error.message
    assert error.left_out is not None
    assert (error.left_out.count, error.left_out.names[:2]) == (10, ("Q20", "Q21"))
    assert {one.resource for one in report.findings} == {f"Q{n:02}" for n in range(20)}


@pytest.mark.usefixtures("small_stacks")
def test_each_nested_stack_has_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"Resources": queues(15)}), encoding="utf-8")
    nested = {
        name: {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"./{name}.json"}} for name in "ab"
    }
    assert linted(tmp_path, {"Resources": nested}).errors == []


@pytest.mark.usefixtures("small_stacks")
def test_of_terraform_there_are_as_many_as_before(tmp_path: Path) -> None:
    queues = "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  name = "q{n}"\n}}\n' for n in range(30))
    (tmp_path / "main.tf").write_text(queues, encoding="utf-8")
    assert api.lint([str(tmp_path)], profile="all").errors == []


@pytest.mark.usefixtures("small_stacks")
def test_where_checks_are_few_all_are_judged(tmp_path: Path) -> None:
    assert linted(tmp_path, {"Resources": queues(30)}, POLLING).errors == []


@pytest.mark.usefixtures("small_stacks")
def test_suppressions_of_what_is_not_judged_are_not_said_to_be_unused(tmp_path: Path) -> None:
    ignored = {"awslint-memo": {"ignore": {POLLING: "batches"}}}
    document = {"Resources": {name: {**queue, "Metadata": ignored} for name, queue in queues(30).items()}}
    settings = f"suppress:\n  - rules: [{POLLING}]\n    resources: [Q29]\n    reason: batches\n"
    (tmp_path / ".awslint-memo.yaml").write_text(settings, encoding="utf-8")
    report = linted(tmp_path, document)
    assert len(report.errors) == 1
    assert not {one.rule for one in report.findings} & {POLLING, "suppression-unused"}


def test_few_looks_are_allowed_for_an_odd_size() -> None:
    with budget.budget(0) as here:
        budget.look_less()
        budget.look_more(10_000)
        assert {kind: here.left[kind] for kind in budget._OF_ODD_SIZES} == budget._OF_ODD_SIZES


def deployments(report: Report) -> int:
    [notice] = report.notices
    found = re.search(r"(\d+) of its possible deployments", notice)
    assert found is not None
    return int(found[1])


def test_of_very_many_choices_fewer_deployments_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(hostile_conditions._many_conditions(60, of_parameters=True))
    usual = linted(tmp_path, document)
    monkeypatch.setattr(budget, "VERY_MANY_CHOICES", 40)
    monkeypatch.setitem(budget._OF_ODD_SIZES, "looks", 100)
    report = linted(tmp_path, document)
    assert deployments(report) < deployments(usual)
    assert {one.resource for one in report.findings} == {f"Q{n}" for n in range(60)}
    assert report.errors == []


def test_whether_resources_are_there_is_asked_once_for_their_listings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each listing of some types asked for each resource's condition again, in each of hundreds of deployments."""
    asked: Counter[tuple[int, str]] = Counter()
    met: list[Results] = []
    get = Results.get

    def noted(self: Results, name: str, default: bool | None = None) -> bool | None:
        met.append(self)  # An id counts while its object lives.
        asked[id(self), name] += 1
        return get(self, name, default)

    monkeypatch.setattr(Results, "get", noted)
    linted(tmp_path, json.loads(hostile_conditions._many_conditions(40, of_parameters=False)))
    assert asked.total() < 6 * len(asked)


def test_conditions_that_build_on_one_another_are_worked_out_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each of 3,000 combinations of parameters each was searched for what it depends on."""
    searched: list[str] = []
    work_out = Conditions._work_out

    def noted(self: Conditions, name: str, *others: Any) -> None:
        searched.append(name)
        work_out(self, name, *others)

    monkeypatch.setattr(Conditions, "_work_out", noted)
    linted(tmp_path, json.loads(hostile_conditions._on_one_another(20, 60)), POLLING)
    assert len(searched) < 1_000


def rows(count: int) -> Json:
    """As many lookups as a quarter of a mapping's rows."""
    found = {"Fn::FindInMap": ["M", {"Ref": "P"}, "c"]}
    return {
        "Parameters": {"P": {"Type": "String"}},
        "Mappings": {"M": {f"r{n}": {"c": n} for n in range(4 * count)}},
        "Resources": {f"Q{n}": {**QUEUE, "Properties": {"VisibilityTimeout": found}} for n in range(count)},
    }


def test_calls_of_one_mapping_look_through_its_rows_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few: dict[budget.Kind, tuple[int, float]] = {"looks": (500, 0), "combinations": (500, 0), "values": (500, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    assert growth(lambda count: steps_of(tmp_path, rows(count)), 60) < 1.2


def test_a_piece_that_is_not_known_counts_as_what_it_takes() -> None:
    with budget.budget(0):
        assert isinstance(join([Unknown("a", HERE)] * 60_000, HERE), Text)
        assert join([Unknown("a", HERE)] * 70_000, HERE).is_unknown


def test_texts_of_what_is_not_known_end(tmp_path: Path) -> None:
    """30 calls of Fn::Sub, each with the one inside 20 times, made 17 million pieces."""
    with Calls() as calls:
        report = linted(tmp_path, json.loads(template({"Queue": queue(QueueName=hostile_values._subs(30))})), POLLING)
    assert "functions make texts longer than are followed" in str(report.errors[0])
    assert calls.number < 40 * 1_000_000 / partial._OF_A_PIECE


def tagged(count: int) -> Json:
    tags = [{"Key": f"k{n}", "Value": "v"} for n in range(1_000)]
    body = {"Q${I}": {**QUEUE, "Properties": {"Tags": tags}}}
    return {
        "Transform": "AWS::LanguageExtensions",
        "Resources": {"Fn::ForEach::L": ["I", [f"v{n}" for n in range(count)], body]},
    }


def test_more_tags_than_a_resource_takes_count_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    tags_of = environments._tags

    def noted(resource: Any) -> Any:
        looked.append(len(tags := tags_of(resource)))
        return tags

    monkeypatch.setattr(environments, "_tags", noted)
    linted(tmp_path, tagged(40), POLLING)
    assert looked == [1_000] * 8  # Each takes 20,000 of 150,000.


def schedules(count: int) -> Json:
    target = {"Arn": "arn:aws:sqs:eu-west-1:111122223333:q", "RoleArn": "arn:aws:iam::111122223333:role/r"}
    made = {"Type": "AWS::Scheduler::Schedule", "Properties": {"Target": target, "ScheduleExpression": "rate(1 day)"}}
    return {"Resources": {f"S{n}": made for n in range(count)}}


def test_schedules_are_not_compared_with_all_others(tmp_path: Path) -> None:
    assert growth(lambda count: steps_of(tmp_path, schedules(count)), 40) < 1.05


def test_the_head_of_a_file_is_read_once_for_all_its_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which may stand on one line with thousands of others."""
    heads: list[str] = []

    class Noting:
        def match(self, line: str) -> bool:
            heads.append(line)
            return False

    monkeypatch.setattr(cache_contents, "_SECTION", Noting())
    linted(tmp_path, {"Resources": {f"C{n}": {"Type": cache_contents.GROUP} for n in range(20)}})
    assert len(heads) == 1


def test_applications_are_not_looked_for_in_all_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Application] = []
    equals = Application.__eq__

    def noted(self: Application, other: object) -> bool:
        compared.append(self)
        return equals(self, other)

    monkeypatch.setattr(Application, "__eq__", noted)
    for path, content in MAKERS["stores: applications with objectives"][0](60).items():
        (tmp_path / path).write_text(str(content), encoding="utf-8")
    api.lint([str(tmp_path)], advice=True, profile="all")
    assert len(compared) < 600


def test_what_others_get_is_one_list_for_all_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """5,000 queues and outputs of one name filled 2 GB."""
    found: list[Mapping[str, Sequence[outputs.Given]]] = []
    by_resource = outputs._by_resource

    def noted(*given: Any) -> Mapping[str, Sequence[outputs.Given]]:
        found.append(by_resource(*given))
        return found[-1]

    monkeypatch.setattr(outputs, "_by_resource", noted)
    made = {f"Q{n}": {**QUEUE, "Properties": {"QueueName": "x"}} for n in range(30)}
    linted(tmp_path, {"Resources": made, "Outputs": {f"O{n}": {"Value": "x"} for n in range(20)}})
    lists = next(filter(None, found))
    assert {name: len(several) for name, several in lists.items()} == dict.fromkeys(made, 20)
    assert len(set(map(id, lists.values()))) == 1
