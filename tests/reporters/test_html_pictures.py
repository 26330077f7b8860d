"""The pictures of the format html: what is drawn together, where, and what is said instead of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from tests.command import invoke
from tests.reporters.pages import SHOP, by_id, linted, tree, with_class, words
from tests.reporters.syntax import page_tree

from awslint_memo.judging.report import Report
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node, Note
from awslint_memo.reporters import REPORTERS, Look
from awslint_memo.reporters.html.boxes import parted, shortened, wrapped
from awslint_memo.reporters.html.families import Drawn
from awslint_memo.reporters.html.layout import MOST_BEYOND, MOST_TANGLED

pytestmark = pytest.mark.usefixtures("polled_queues")

ROOT = Group("g1", "a.yaml", "root", "a.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def node(number: int, group: str = "g1", **more: Any) -> Node:
    span = Span("a.yaml", number + 1, 3, number + 1, 9)
    return Node(f"n{number}", f"R{number}", "AWS::SQS::Queue", "SQS", "queue", span, group, **more)


def edge(source: int, target: int, label: str = "sends messages to", **more: Any) -> Edge:
    return Edge(f"n{source}", f"n{target}", label, Span("a.yaml", 1, 1, 1, 2), **more)


def graph(nodes: int, edges: Sequence[Edge] = (), groups: Sequence[Group] = (ROOT,)) -> Graph:
    return Graph([node(number) for number in range(nodes)], edges, groups)


def page(made: Graph) -> Element:
    return page_tree(REPORTERS["html"](Report(graph=made), Look()))


def drawn(made: Graph) -> list[list[list[str]]]:
    """The nodes of the pictures of each family."""
    return [[[one.id for one in each.nodes] for each in family.pictures] for family in Drawn(made).families]


class TestFindings:
    def test_a_resource_has_badges_and_its_findings_in_words(self) -> None:
        report = linted()
        page = tree(report)
        (orders,) = [one for one in with_class(page, "node") if "Orders" in one.get("aria-label", "")]
        assert orders.get("aria-label", "").startswith("SQS queue Orders: 1 error")
        assert "error" in orders.get("class", "")
        assert len(orders.get("data-f", "").split()) == len(
            [one for one in report.findings if one.resource == "Orders"]
        )
        row = by_id(page, orders.get("href", "")[1:])
        assert "sends failed messages to Failed is read by Ship (OrdersToShip)" in words(row)
        assert "sqs-visibility-below-processing-time" in words(row)

    def test_what_is_drawn_as_a_line_has_its_findings_there(self) -> None:
        report = linted()
        (line,) = with_class(tree(report), "on-line")
        mine = [one for one in report.findings if one.resource == "OrdersToShip"]
        assert mine
        assert line.get("data-f", "").split() == [f"f-{one.fingerprint}" for one in mine]
        assert line.get("aria-label", "").startswith("OrdersToShip, Orders is read by Ship: ")

    def test_a_resource_without_connections_stands_below_the_picture(self) -> None:
        (chip,) = with_class(tree(linted()), "chip")
        assert words(chip).startswith("Alone SQS queue")
        assert "2 warnings" in words(chip)

    def test_two_templates_with_the_same_names_keep_their_findings(self) -> None:
        linted(SHOP.replace("{Timeout: 60}", "{Timeout: 5}"), "other.yaml")
        page = tree(linted())
        boxes = [one for one in with_class(page, "node") if "SQS queue Orders" in one.get("aria-label", "")]
        found = sorted(one.get("aria-label", "").partition(": ")[2] for one in boxes)
        assert len(found) == 2
        assert [one.startswith("1 error") for one in found] == [True, False]

    def test_every_finding_on_a_resource_is_counted_at_its_template(self) -> None:
        report = linted()
        figures = report.summary()
        facts = words(with_class(tree(report), "facts")[0])
        assert facts.startswith("4 resources")
        assert f"{figures.advice} pieces of advice" in facts


class TestTogether:
    def test_what_hangs_together_is_one_picture(self) -> None:
        made = graph(6, [edge(0, 1), edge(2, 1), edge(3, 4)])
        assert drawn(made) == [[["n0", "n1", "n2"], ["n3", "n4"]]]
        assert [one.id for one in Drawn(made).families[0].alone] == ["n5"]

    def test_what_only_names_another_is_no_line(self) -> None:
        assert drawn(graph(2, [edge(0, 1, is_plain=True), edge(1, 1)])) == [[]]

    def test_stages_of_a_pipeline_are_together_without_lines(self) -> None:
        groups = (
            ROOT,
            Group("g2", "pipeline P", "pipeline", "a.yaml", "g1"),
            Group("g3", "1", "stage", "a.yaml", "g2"),
        )
        nodes = [node(0, "g2"), node(1, "g3"), node(2)]
        assert drawn(Graph(nodes, [], groups)) == [[["n0", "n1"]]]
        assert [words(one) for one in with_class(page(Graph(nodes, [], groups)), "frame")] == [
            "pipeline P pipeline P",
            "1 1",
        ]

    def test_templates_that_hang_together_share_a_picture(self) -> None:
        other = Group("g2", "b.yaml", "root", "b.yaml")
        made = Graph([node(0), node(1, "g2")], [edge(0, 1, "is replicated to")], (ROOT, other))
        assert drawn(made) == [[["n0", "n1"]]]
        assert [words(one) for one in with_class(page(made), "frame")] == ["a.yaml a.yaml", "b.yaml b.yaml"]

    def test_a_module_is_a_frame_and_its_names_are_short(self) -> None:
        inner = Group("g2", "module.m", "root", "m/main.tf", "g1")
        first, second = (node(at, "g2") for at in range(2))
        named = [
            Node(one.id, f"module.m.aws_sqs_queue.{one.id}", *("aws_sqs_queue", "SQS", "queue", one.place, "g2"))
            for one in (first, second)
        ]
        made = page(Graph(named, [edge(0, 1)], (ROOT, inner)))
        assert [words(one) for one in with_class(made, "frame")] == ["module.m module.m"]
        assert [words(one) for one in with_class(made, "name")] == ["aws_sqs_queue.n0", "aws_sqs_queue.n1"]

    def test_what_is_not_sure_is_broken_and_said(self) -> None:
        made = page(graph(2, [edge(0, 1, "is read by", is_sure=False)]))
        (line,) = with_class(made, "line")
        assert "open" in line.get("class", "").split()
        assert words(line) == "R0 is read by R1 (depends on what is left open) is read by"


def in_files(number: int, edges: Sequence[Edge]) -> Element:
    """The page of a root of Terraform with so many resources in each of three files."""
    nodes = []
    for at in range(3 * number):
        path = f"root/{'abc'[at // number]}.tf"
        nodes.append(replace(node(at), place=Span(path, at + 1, 1, at + 1, 9)))
    return page(Graph(nodes, edges, [Group("g1", "root", "root", "root")]))


class TestLarge:
    """What is too large for one picture is drawn by groups."""

    def test_files_are_boxes_with_a_picture_of_each(self) -> None:
        made = in_files(70, [edge(at, at + 1) for at in range(209)])
        assert with_class(made, "undrawn") == []
        overview, *_ = with_class(made, "picture")
        boxes = {words(with_class(one, "name")[0]): one for one in with_class(overview, "node")}
        assert list(boxes) == ["a.tf", "b.tf", "c.tf"]
        assert boxes["a.tf"].get("aria-label") == ("70 resources a.tf: no findings; a group, whose picture this opens")
        assert [words(one) for one in with_class(overview, "line")] == [
            "a.tf sends messages to b.tf sends messages to",
            "b.tf sends messages to c.tf sends messages to",
        ]
        inside = by_id(made, boxes["b.tf"].get("href", "")[1:])
        assert inside.tag == "details"
        assert words(inside.find("summary")) == "b.tf 70 resources"
        shown = {one.get("id") for one in with_class(inside, "node")}
        assert {f"n-n{at}" for at in range(70, 140)} <= shown
        beside = with_class(inside, "elsewhere")
        assert [one.get("aria-label") for one in beside] == [
            f"70 resources {name}: in another picture, which this opens" for name in ("a.tf", "c.tf")
        ]
        assert [one.get("href") for one in beside] == [f"#{boxes[name].get('id')}" for name in ("a.tf", "c.tf")]

    def test_each_resource_is_there_once_and_links_lead_somewhere(self) -> None:
        made = in_files(70, [edge(at, at + 1) for at in range(209)])
        ids = [one.get("id", "") for one in made.iter() if one.get("id")]
        assert len(ids) == len(set(ids))
        assert {f"n-n{at}" for at in range(210)} <= set(ids)
        links = {one.get("href", "")[1:] for one in made.iter() if one.get("href", "").startswith("#")}
        assert links <= set(ids)

    def test_lines_from_one_group_to_another_are_one_that_counts_them(self) -> None:
        lines = [edge(at, at + 1) for at in range(209)]
        lines += [edge(at, at + 70, "is read by", is_sure=False) for at in range(20)]
        (line, *_) = with_class(with_class(in_files(70, lines), "picture")[0], "line")
        assert words(line).startswith("a.tf is read by ×20, sends messages to b.tf ")
        assert "open" not in line.get("class", "").split(), "one of them is sure"

    def test_what_nothing_tells_apart_is_parted_by_its_order(self) -> None:
        made = page(graph(180, [edge(at, at + 1) for at in range(179)]))
        assert with_class(made, "undrawn") == []
        overview, *parts = with_class(made, "picture")
        titles = [words(with_class(one, "name")[0]) for one in with_class(overview, "group")]
        assert titles
        assert set(titles) <= {"R0 … R49", "R50 … R99", "R100 … R149", "R150 … R179"}
        assert len(parts) == len(titles)

    def test_findings_are_counted_at_the_box_of_their_group(self) -> None:
        queues = "".join(
            f"  Q{at}:\n    Type: AWS::SQS::Queue\n    Properties:\n"
            f"      RedrivePolicy: {{maxReceiveCount: 1, deadLetterTargetArn: !GetAtt D.Arn}}\n"
            for at in range(200)
        )
        report = linted(f"Resources:\n  D:\n    Type: AWS::SQS::Queue\n{queues}")
        made = tree(report)
        groups = with_class(with_class(made, "picture")[0], "group")
        assert groups
        names = {f"f-{one.fingerprint}" for one in report.findings}
        for group in groups:
            inside = by_id(made, group.get("href", "")[1:])
            mine = {
                name for one in with_class(inside, "node") if one.get("id") for name in one.get("data-f", "").split()
            }
            assert mine <= set(group.get("data-f", "").split()) <= names
            assert mine


class TestBounds:
    def test_many_lines_have_their_words_where_one_points(self) -> None:
        lines = [edge(at, (at + step) % 40) for step in range(1, 5) for at in range(40)]
        assert len(lines) - 40 + 1 > MOST_BEYOND
        (picture,) = with_class(page(graph(40, lines)), "picture")
        assert "dense" in picture.get("class", "").split()
        assert len(with_class(picture, "line")) == len(lines)

    def test_too_many_lines_are_said(self) -> None:
        lines = [edge(at, (at + step) % 40) for step in range(1, 10) for at in range(40)]
        assert len(lines) - 40 + 1 > MOST_TANGLED
        made = page(graph(40, lines))
        assert with_class(made, "picture") == []
        assert words(with_class(made, "undrawn")[0]) == (
            "Not drawn, as it would be too large for one picture: 40 resources with 360 connections that hang "
            "together. The list below has them."
        ), "a page of fewer files would have it neither"
        assert by_id(made, "r-n39") is not None

    def test_all_pictures_together_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("awslint_memo.reporters.html.grouping.MOST_BOXES", 5)
        made = graph(8, [edge(0, 1), edge(2, 3), edge(4, 5), edge(6, 7)])
        assert [one.is_drawn for one in Drawn(made).families[0].pictures] == [True, True, False, False]

    @pytest.mark.parametrize("most", [2, 75])
    def test_of_what_is_not_drawn_resources_are_counted_and_links_lead_to_the_list(
        self, monkeypatch: pytest.MonkeyPatch, most: int
    ) -> None:
        monkeypatch.setattr("awslint_memo.reporters.html.grouping.MOST_BOXES", most)
        made = in_files(70, [edge(at, at + 1) for at in range(209)])
        (told, *_) = map(words, with_class(made, "undrawn"))
        sizes = "210 resources with 2 connections" if most == 2 else "70 resources with 71 connections"
        assert told.startswith(f"Not drawn, as the page would be too large: {sizes} that hang together. ")
        ids = {one.get("id", "") for one in made.iter()}
        assert {one.get("href", "")[1:] for one in made.iter() if one.get("href", "").startswith("#")} <= ids

    def test_a_finding_about_what_is_not_drawn_leads_to_the_list(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("awslint_memo.reporters.html.grouping.MOST_BOXES", 0)
        made = tree(linted())
        links = [one.get("href", "")[1:] for one in with_class(made, "resource")]
        assert links
        assert all(by_id(made, link) is not None for link in links)

    def test_many_templates_and_pictures_are_folded(self) -> None:
        groups = [Group(f"g{at}", f"{at}.yaml", "root", f"{at}.yaml") for at in range(20)]
        nodes = [node(at, f"g{at}") for at in range(20)]
        made = page(Graph(nodes, [], groups))
        assert [one.get("open") for one in with_class(made, "family")] == ["open"] * 3 + [None] * 17
        assert "8 more templates" in words(by_id(made, "resources"))
        pairs = page(graph(40, [edge(at, at + 1) for at in range(0, 40, 2)]))
        assert "14 more pictures" in words(by_id(pairs, "resources"))


def test_what_fails_in_drawing_is_told_and_ends_the_run_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no picture")

    Path("shop.yaml").write_text(SHOP)
    monkeypatch.setattr("awslint_memo.judging.graphing.Drawing.add", fail)
    result = invoke("lint", "--format", "html")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "shop.yaml:1:1: internal error: ValueError" in words(by_id(page_tree(result.stdout), "unseen"))


def test_long_names_keep_their_end() -> None:
    assert shortened("short", 10) == "short"
    assert shortened("module.a.aws_sqs_queue.orders", 16) == "module…ue.orders"
    assert shortened("日本語の名前です", 9) == "日…です"


def test_a_long_name_goes_on_between_its_words() -> None:
    assert parted("Orders", 12) == ["Orders"]
    assert parted("OrdersDeadLetters", 12) == ["OrdersDead", "Letters"]
    assert parted("aws_sqs_queue.orders", 14) == ["aws_sqs_", "queue.orders"]
    assert parted("x" * 40, 10) == ["xxx…xxxxxx"]


def test_what_is_known_stands_in_lines() -> None:
    assert wrapped(["zones 2", "engine mysql", "x" * 30], 24) == ["zones 2 · engine mysql", f"{'x' * 9}…{'x' * 14}"]


def test_what_is_known_is_in_the_box() -> None:
    made = page(Graph([node(0, notes=[Note("zones", "2")]), node(1)], [edge(0, 1)], [ROOT]))
    assert [words(one) for one in with_class(made, "note")] == ["zones 2"]
