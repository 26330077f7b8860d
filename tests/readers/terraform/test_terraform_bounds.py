"""Terraform that makes very much of little text, or that has very many mistakes: it is bounded, and a sentence says so.

No test measures time. Limits are lowered where the number itself does not matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import report, singles

from awslint_memo import api
from awslint_memo.files.source import Source
from awslint_memo.model import budget
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform import expressions, loops, root_module, tree
from awslint_memo.readers.terraform.blocks import misspelled
from awslint_memo.readers.terraform.hcl_nodes import parse
from awslint_memo.syntax.hcl import document, parser
from awslint_memo.syntax.hcl.expressions import MAX_STEPS
from awslint_memo.syntax.hcl.layout import Fault
from awslint_memo.syntax.node import MAX_FLAWS, Flaws

pytestmark = pytest.mark.usefixtures("polled_queues")

RULE = "sqs-long-polling"


def queue(name: str, written: str = "") -> str:
    return f'resource "aws_sqs_queue" "{name}" {{\n{written}}}\n'


def linted(folder: Path, rule: str = RULE, **files: str) -> dict[str, Any]:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_tf", ".tf").replace("_tfvars", ".tfvars")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return report("--advice", "--select", rule, str(folder / "main.tf"))


def errors(made: dict[str, Any]) -> list[str]:
    return [one["message"] for one in made["errors"]]


def test_expressions_are_parsed_where_they_are_asked_for() -> None:
    """Not even a heredoc or a text of other arguments moves what an argument says."""
    text = 'a = <<E\n} "\nE\nb {\n  c = "${d}é" /* = */\n  e = [1,\n    f(2)]\n}\n'
    made = document.document(text)
    assert isinstance(made, document.Document)
    block = made.items[1]
    assert isinstance(block, document.Block)
    for one in (made.items[0], *block.items):
        assert isinstance(one, document.Argument)
        # Those asked first, last or again are the same.
        assert text[one.expression.start : one.expression.end] == text[one.start : one.end].rstrip("\n")
        assert one.expression is one.expression


@pytest.fixture
def short_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "_LOGGED", 50)
    monkeypatch.setattr(parser, "_CHUNK", 8)


@pytest.mark.usefixtures("short_log")
@pytest.mark.parametrize("broken", ["x = 1 2\n", "x {\n  y = )\n}\n", 'x "y {\n}\n', "b {\n  c = [\n}\n"])
def test_the_log_of_the_parser_begins_at_what_is_not_sound(broken: str) -> None:
    sound = 'a = "1"\n\nb {\n  c = 1 # d\n}\n'
    alone, behind = document.document(broken), document.document(f"{sound * 9}{broken}")
    assert isinstance(alone, Fault)
    assert isinstance(behind, Fault)
    assert (behind.at - len(sound) * 9, behind.kind) == (alone.at, alone.kind)


@pytest.mark.usefixtures("short_log")
def test_a_long_block_that_is_not_closed() -> None:
    text = "b {\n" + "  a = 1\n" * 40
    assert document.document(text) == Fault(len(text), "syntax")


@pytest.mark.usefixtures("short_log")
def test_a_block_of_which_the_parser_makes_nothing_has_its_first_error() -> None:
    made = document.document("}\n" * 60)
    assert isinstance(made, Fault)
    assert made.at < 50


def test_heredocs_that_are_closed_do_not_close_another_one() -> None:
    closed = "".join(f"a{n} = <<E{n}\nx\nE{n}\n" for n in range(50))
    made = document.document(f"{closed}z = <<E7\nx\n")
    assert made == Fault(len(f"{closed}z = "), "heredoc")


def test_very_many_duplicate_arguments_are_told_of_once(tmp_path: Path) -> None:
    made = errors(linted(tmp_path, main_tf=queue("q", "  name = 1\n" * 300)))
    assert len(made) == MAX_FLAWS + 1
    assert made[0].startswith("duplicate key name")
    assert made[-1].startswith(f"from here on, there are more errors than the {MAX_FLAWS}")


def test_very_many_duplicate_blocks_are_told_of_once(tmp_path: Path) -> None:
    made = linted(tmp_path, main_tf=queue("q") * 300)
    assert len(made["errors"]) == MAX_FLAWS + 1
    assert {one["resource"] for one in made["findings"]} == {"aws_sqs_queue.q"}


def test_mistakes_of_one_file_do_not_use_up_those_of_another() -> None:
    flaws = Flaws()
    for _ in range(MAX_FLAWS + 9):
        flaws.add("x", "a.tf", (1, 1))
    flaws.add("y", "b.tf", (1, 1))
    assert [(one.path, one.message) for one in flaws.problems[-2:]] == [
        (
            "a.tf",
            f"from here on, there are more errors than the {MAX_FLAWS} that are listed; mend these and run again",
        ),
        ("b.tf", "y"),
    ]


def test_very_many_types_of_blocks_are_not_compared_with_those_of_terraform() -> None:
    root = parse(Source("main.tf", "".join(f"resourc{n} {{}}\n" for n in range(900)).encode()))
    found = list(misspelled(root.content))
    assert len(found) < 300
    assert "and 899 others" in found[-1].message


def test_very_many_values_without_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root_module, "_MOST_SAID", 3)
    values = "".join(f"v{n} = {n}\n" for n in range(9))
    linted(tmp_path, main_tf=queue("q"), terraform_tfvars=values)
    notices = api.lint([str(tmp_path)]).notices
    assert len(notices) == 4
    assert "from here on were not compared" in notices[-1]


def test_more_steps_than_are_followed(tmp_path: Path) -> None:
    written = f"  receive_wait_time_seconds = local.a{'[0]' * (MAX_STEPS + 500)}\n"
    made = linted(tmp_path, main_tf=f"{queue('q', written)}locals {{\n  a = []\n}}\n")
    assert not made["findings"]
    [error] = errors(made)
    assert "more steps such as .b or [0] than are followed" in error


def test_loops_in_loops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 2_000)
    loop = "[for a in range(50) : [for b in range(50) : a]]"
    made = linted(tmp_path, main_tf=queue("q", f"  receive_wait_time_seconds = {loop}\n"))
    assert not made["findings"]
    [error] = errors(made)
    assert "more iterations than are followed" in error


def test_no_loop_is_begun_once_the_limit_is_used_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 2_000)
    asked: list[int] = []
    spend = tree.Tree.spend

    def counted(self: tree.Tree, rounds: int) -> bool:
        asked.append(rounds)
        return spend(self, rounds)

    monkeypatch.setattr(tree.Tree, "spend", counted)
    loop = "[for a in range(50) : [for b in range(50) : [for c in range(50) : [a, b, c]]]]"
    linted(tmp_path, main_tf=queue("q", f"  receive_wait_time_seconds = {loop}\n"))
    assert 2_000 < sum(asked) <= 2_000 + 4 * 50


@pytest.mark.parametrize(
    "repeated",
    [
        'length(formatlist("%s", local.all))',
        "length(setsubtract(local.all, local.all))",
        "length(keys({ for each in local.all : each => each }))",
        'join("", local.all)',
        "local.all == local.all",
        "a == 1 ? local.all : local.some",
        "var.is_live ? local.all : local.some",
        "local.all[*]",
        "length(range(300))",
        "length(setproduct(local.all, [a]))",
        'lookup({ for each in local.all : "k${each}" => each }, "k1", 0)',
        'title(join(" ", local.all))',
    ],
)
def test_a_loop_that_looks_at_a_whole_list_each_time(
    repeated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 2_000)
    lists = "  all = range(300)\n  some = range(200)\n"
    loop = f"locals {{\n{lists}  made = [for a in range(MANY) : {repeated}]\n}}\n" + 'variable "is_live" {}\n'
    read = queue("q", "  receive_wait_time_seconds = length(local.made)\n")
    assert not errors(linted(tmp_path, main_tf=loop.replace("MANY", "2") + read))
    [error] = errors(linted(tmp_path, main_tf=loop.replace("MANY", "300") + read))
    assert "more iterations than are followed" in error


@pytest.mark.parametrize("function", ["title", "urlencode", "chomp"])
def test_a_loop_over_a_function_that_takes_long_for_a_text(
    function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 2_000)
    written = f'locals {{\n  text = "{"a, " * 2_000}"\n  made = [for a in range(MANY) : CALLED(local.text)]\n}}\n'
    written += queue("q", "  receive_wait_time_seconds = length(local.made)\n")
    assert not errors(linted(tmp_path, main_tf=written.replace("MANY", "300").replace("CALLED", "upper")))
    assert not errors(linted(tmp_path, main_tf=written.replace("MANY", "2").replace("CALLED", function)))
    [error] = errors(linted(tmp_path, main_tf=written.replace("MANY", "300").replace("CALLED", function)))
    assert "more iterations than are followed" in error


@pytest.mark.parametrize(
    "large",
    [
        "+".join(["a"] * 100),
        f'"{"${a}" * 100}"',
        f"{{ {', '.join(f'k{n} = a' for n in range(100))} }}",
        f"{'a == 5000 ? 1 : ' * 100}a",
        f"{'!' * 99}true",
        f"local.all{'[0]' * 100}",
        f'"%{{ for b in [1] }}{"${b}" * 100}%{{ endfor }}"',
    ],
)
def test_a_loop_whose_body_is_large(large: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An iteration takes as long as what is worked out in it, however short the list is."""
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 2_000)
    written = "locals {\n  all = [0]\n  made = [for a in range(MANY) : LARGE]\n}\n"
    written += queue("q", "  receive_wait_time_seconds = length(local.made)\n")
    assert not errors(linted(tmp_path, main_tf=written.replace("MANY", "9").replace("LARGE", large)))
    [error] = errors(linted(tmp_path, main_tf=written.replace("MANY", "99").replace("LARGE", large)))
    assert "more iterations than are followed" in error
    assert not errors(linted(tmp_path, main_tf=written.replace("MANY", "99").replace("LARGE", "a")))


def test_a_dynamic_block_whose_content_is_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 2_000)
    mode = "+".join(["tracing_config.value"] * 100)
    block = (
        f'  dynamic "tracing_config" {{\n    for_each = range(99)\n    content {{\n      mode = {mode}\n    }}\n  }}\n'
    )
    made = linted(tmp_path, "xray-lambda-tracing", main_tf=f'resource "aws_lambda_function" "f" {{\n{block}}}\n')
    assert "more iterations than are followed" in errors(made)[0]


def test_what_comes_behind_the_limit_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of loops over one list would each go through it once more, only to leave it out."""
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 200)
    met: list[int] = []
    elements = loops.elements

    def counted(value: Value, place: Place) -> list[tuple[Value, Value]] | None:
        met.append(len(value.items))
        return elements(value, place)

    monkeypatch.setattr(expressions, "elements", counted)
    wait = "  receive_wait_time_seconds = length([for a in local.all : a])\n"
    linted(tmp_path, main_tf="locals {\n  all = range(90)\n}\n" + "".join(queue(f"q{n}", wait) for n in range(40)))
    assert sum(met) <= 300


def test_a_dynamic_block_beyond_the_limit_is_not_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_MAX_ROUNDS", 0)
    made = linted(
        tmp_path,
        "xray-lambda-tracing",
        main_tf='resource "aws_lambda_function" "f" {\n  dynamic "tracing_config" {\n    for_each = [1]\n'
        '    content {\n      mode = "Active"\n    }\n  }\n}\n',
    )
    assert not made["findings"]
    assert "more iterations than are followed" in errors(made)[0]


def test_more_instances_than_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_REPEATED", 5)
    made = linted(tmp_path, main_tf=queue("a", "  count = 5\n") + queue("b", "  count = 5\n"))
    found = [one["resource"] for one in singles(made)]
    assert found == [*(f"aws_sqs_queue.a[{n}]" for n in range(5)), "aws_sqs_queue.b"]
    [error] = errors(made)
    assert "more instances than are looked at" in error


def test_modules_with_more_instances_than_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_REPEATED", 5)
    calls = "".join(f'module "{name}" {{\n  source = "./m"\n  count = 2\n}}\n' for name in ("a", "b"))
    made = linted(tmp_path, main_tf=calls, m__main_tf=queue("x") + queue("y"))
    assert len(singles(made)) == 4
    assert errors(made) == [
        "count, for_each and modules make more instances than are looked at, so some modules were not checked and one "
        "instance stands for several; lower count or for_each"
    ]
    assert any("not checked: module b (./m)" in one for one in api.lint([str(tmp_path)]).notices)


def test_more_resources_than_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not looked at may be the target of a queue, so none is surely without one."""
    monkeypatch.setitem(budget._LIMITS, "resources", (3, 0))
    text = "".join(queue(f"q{n}") for n in range(5))
    made = linted(tmp_path, main_tf=text)
    assert [one["resource"] for one in made["findings"]] == [f"aws_sqs_queue.q{n}" for n in range(3)]
    [error] = errors(made)
    assert "only the first ones were checked; split it" in error
    assert not linted(tmp_path, "sqs-dead-letter-queue", main_tf=text)["findings"]


def test_each_file_of_a_root_and_its_modules_allows_more_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which file is the first is by chance: a root with 32 regions of one module began with a small one."""
    monkeypatch.setitem(budget._LIMITS, "resources", (1, 0.03))
    call = 'module "m" {\n  source = "./m"\n}\n'
    made = linted(tmp_path, main_tf=call, queues_tf=queue("a") + queue("b"), m__main_tf=queue("c") + queue("d"))
    assert len(singles(made)) == 2
    assert not errors(made)


def test_checks_in_more_deployments_than_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(
        f'variable "v{n}" {{\n  type = bool\n}}\n' + queue(f"q{n}", f"  count = var.v{n} ? 1 : 0\n") for n in range(6)
    )
    whole = linted(tmp_path, main_tf=text)
    assert not whole["errors"]
    monkeypatch.setitem(budget._LIMITS, "looks", (2, 0))
    made = linted(tmp_path, main_tf=text)
    assert [one["resource"] for one in made["findings"]] == [one["resource"] for one in whole["findings"]]
    assert not made["errors"]
    [notice] = made["summary"]["notices"]
    assert " of its possible deployments were looked at" in notice
    monkeypatch.setattr(budget, "ORDINARY_CHOICES", 5)
    [error] = errors(linted(tmp_path, main_tf=text))
    assert "so some were not checked; name yours with --parameters" in error


def test_texts_for_modules_that_are_not_read_are_looked_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[Any] = []
    named = Deployment.named

    def noted(self: Deployment, text: Any, *types: str) -> Any:
        texts.append(text)
        return named(self, text, *types)

    monkeypatch.setattr(Deployment, "named", noted)
    queues = "".join(queue(f"q{n}", f'  name = "n{n}"\n') for n in range(40))
    calls = "".join(f'module "m{n}" {{\n  source = "x/y/z"\n  a = ["n{n}"]\n}}\n' for n in range(20))
    made = linted(tmp_path, "sqs-dead-letter-queue", main_tf=queues + calls)
    # A module that is given the name of a queue may add a policy to it.
    levels = {one["resource"]: (one["level"], one["deployment"]) for one in made["findings"]}
    given = {f"aws_sqs_queue.q{n}": ("advice", f"unless module.m{n} adds one") for n in range(20)}
    assert levels == {**given, **{f"aws_sqs_queue.q{n}": ("warning", None) for n in range(20, 40)}}
    assert len(texts) < 200


FUNCTION_ARGUMENTS = """
variable "stage" {}
resource "aws_sqs_queue" "failed" {}
resource "aws_lambda_function" "polled" {
  function_name = "polled-${var.stage}"
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}
resource "aws_lambda_event_source_mapping" "polled" {
  function_name    = aws_lambda_function.polled.arn
  event_source_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
}
resource "aws_lambda_function" "aliased" {
  function_name = "aliased-${var.stage}"
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.aliased.function_name
  function_version = "7"
  routing_config {
    additional_version_weights = { "8" = 0.1 }
  }
}
resource "aws_lambda_permission" "aliased" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.aliased.function_name
  principal     = "s3.amazonaws.com"
}
module "app" {
  source = "x/y/z"
  %s
}
"""

UNUSED, NOT_INVOKED = "lambda-dead-letter-unused", "lambda-alias-not-invoked"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", {(UNUSED, "warning", None), (NOT_INVOKED, "warning", None)}),
        ("target = aws_lambda_function.polled.arn", {(UNUSED, "advice", "unless module.app adds one")}),
        ("environment = { NAME = aws_lambda_function.polled.function_name }", set()),
        ("target = aws_lambda_function.aliased.arn", {(NOT_INVOKED, "advice", None)}),
        ("target = aws_lambda_alias.live.arn", set()),
    ],
)
def test_a_module_that_knows_a_function_may_invoke_it(
    tmp_path: Path, arguments: str, expected: set[tuple[str, str, str | None]]
) -> None:
    made = linted(tmp_path, f"{UNUSED},{NOT_INVOKED}", main_tf=FUNCTION_ARGUMENTS % arguments)
    found = {(one["rule"], one["level"], one["deployment"]) for one in made["findings"]}
    about = {
        rule
        for rule, name in ((UNUSED, "polled"), (NOT_INVOKED, "aliased"), (NOT_INVOKED, "live"))
        if name in arguments
    }
    assert {one for one in found if not about or one[0] in about} == expected
