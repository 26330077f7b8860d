"""The documentation page of a rule, with the actual output for its examples."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docs.generate import write_rules
from tests.cases import each_case

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.manual.page import GENERATED, Block, Listing, Page, pages
from awslint_memo.model.deployment import Resource
from awslint_memo.model.finding import Finding
from awslint_memo.readers.recognition import template
from awslint_memo.reporters.characters import width
from awslint_memo.reporters.page_text import Screen, example_output, page_text


def check(queue: Resource, *, least: int = 20) -> Iterator[Finding]:
    wait = queue.get("ReceiveMessageWaitTimeSeconds", default=0)
    if wait.number is not None and wait.number < least:
        yield queue.finding(wait, f"waits {wait.number:.0f} s; let it wait {least} s")


RULE = Rule(
    "sqs-wait",
    "warning",
    resource=("AWS::SQS::Queue",),
    aliases=("sqs-poll",),
    checks=((("AWS::SQS::Queue",), check),),
    memo="ロングポーリングを有効にする",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
    options={"least": 20},
    title="Queues should wait | for messages.",
    reason="Empty answers are billed like full ones.\n\nA wait asks all servers.",
    advice="Set ReceiveMessageWaitTimeSeconds to 20.",
    bad="\nResources:\n  Orders:\n    Type: AWS::SQS::Queue\n",
    good="""
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      ReceiveMessageWaitTimeSeconds: 20
""",
    service="sqs",
)

TEXT = """\
sqs-wait (warning)
Queues should wait | for messages.

  Empty answers are billed like full ones.

  A wait asks all servers.

THE MEMO SAYS

  Enable long polling: fewer empty answers, less cost and traffic.

WHAT TO DO

  Set ReceiveMessageWaitTimeSeconds to 20.

CONFIDENCE

  Not measured: none of its findings was read in public repositories.

FOUND

    Resources:
      Orders:
        Type: AWS::SQS::Queue

    template.yaml:2:3: warning[sqs-wait] Orders waits 0 s; let it wait 20 s
      2 |   Orders:
        |   ^^^^^^

NOT FOUND

    Resources:
      Orders:
        Type: AWS::SQS::Queue
        Properties:
          ReceiveMessageWaitTimeSeconds: 20

OPTIONS

  With their defaults, in the configuration:

    rules:
      sqs-wait: {least: 20}

TO SUPPRESS IT

  Say why, in a comment at the line or above it, or at the resource's name for all of
  the resource:

    # awslint-memo: ignore[sqs-wait] the reason

  Or in the Metadata of the resource:

    Metadata: {awslint-memo: {ignore: {sqs-wait: the reason}}}

  In Terraform, and in its JSON:

    resource "aws_sqs_queue" "example" { # awslint-memo: ignore[sqs-wait] the reason
    }

    {"//": "awslint-memo: ignore[sqs-wait] the reason"}

MORE

  Checks AWS::SQS::Queue.

  Formerly sqs-poll.

  https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
"""


def test_the_page_for_a_terminal() -> None:
    assert page_text(Page(RULE, example_output)) == TEXT


def test_the_page_in_markdown() -> None:
    page = Page(RULE, example_output).markdown
    assert page.startswith("# sqs-wait\n\n**Queues should wait | for messages.** Level: warning.\n\nEmpty answers")
    assert "\n## The memo says\n\n> ロングポーリングを有効にする\n" in page
    assert "\n```yaml\nResources:\n  Orders:\n    Type: AWS::SQS::Queue\n```\n" in page
    assert "\n```text\ntemplate.yaml:2:3: warning[sqs-wait] Orders waits 0 s; let it wait 20 s\n" in page
    assert f"\n<{RULE.url}>\n" in page


def test_a_page_shows_what_the_rule_says_now() -> None:
    def quiet(queue: Resource) -> Iterator[Finding]:
        yield queue.finding(queue, "is something else")

    changed = RULE.changed(checks=((("AWS::SQS::Queue",), quiet),))
    assert "Orders is something else" in page_text(Page(changed, example_output))


def test_the_page_of_a_rule_about_suppressions_has_no_quotation_and_no_examples() -> None:
    page = page_text(Page(Rule("suppression-unused", "warning", title="T.", reason="r.", advice="do.")))
    assert page == "suppression-unused (warning)\nT.\n\n  R.\n\nWHAT TO DO\n\n  Do.\n"


@pytest.mark.parametrize("way", ["comment", "native comment", "metadata", "//"])
def test_the_ways_to_suppress_that_a_page_shows_are_understood(way: str) -> None:
    listings = [block.text for block in Page(RULE, example_output).blocks if isinstance(block, Listing)]
    starts = ("# aws", "Metadata:", 'resource "', '{"//"')
    first = {start: next(one for one in listings if one.startswith(start)) for start in starts}
    comment, metadata, block, json_comment = first.values()
    if way == "//":
        queue = {**json.loads(json_comment), "receive_wait_time_seconds": 0}
        content = json.dumps({"resource": {"aws_sqs_queue": {"orders": queue}}})
    elif way == "native comment":
        content = f"{block}\n"
    else:
        above, below = (comment, "") if way == "comment" else ("", metadata)
        content = f"Resources:\n  {above}\n  Orders:\n    {below}\n    Type: AWS::SQS::Queue\n"
    path = {"//": "main.tf.json", "native comment": "main.tf"}.get(way, "t.yaml")
    made = template(Source(path, content.encode()))
    assert made is not None
    check_options = CheckOptions([RULE])
    findings, _ = check_template(made, check_options)
    assert [one.rule for one in findings] == ["sqs-wait"]
    suppressions = Suppressions(check_options, {RULE.id: RULE}, date(2026, 1, 1))
    assert suppressions.apply(made, made.deployments(None), findings) == []
    assert [one.finding.rule for one in suppressions.hidden] == ["sqs-wait"]


def test_long_paragraphs_are_filled() -> None:
    text = page_text(Page(RULE.changed(reason="word " * 100), example_output))
    assert max(len(line) for line in text.splitlines() if "word" in line) <= 88


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("Resources:\n  Orders: nothing\n", "template.yaml:1:1: this example is not a template"),
        ("{no JSON\n", "main.tf.json:1:2: a name in double quotes is expected here"),
    ],
)
def test_an_example_of_ones_own_that_is_no_template_does_not_stop_the_page(bad: str, said: str) -> None:
    assert said in page_text(Page(RULE.changed(bad=bad), example_output))


@each_case(
    ("bad", "language"),
    [
        ('resource "aws_sqs_queue" "orders" {}\n', "hcl"),
        ('{"resource": {"aws_sqs_queue": {"orders": {}}}}\n', "json"),
        ('{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}\n', "json"),
        ("Resources: {Orders: {Type: AWS::SQS::Queue}}\n", "yaml"),
    ],
)
def test_an_example_is_shown_as_written_in_its_own_language(bad: str, language: str) -> None:
    page = Page(RULE.changed(bad=bad), example_output)
    assert f"\n```{language}\n{bad}```\n\n```text\n" in page.markdown
    assert "waits 0 s; let it wait 20 s" in page.markdown


def test_the_index_names_every_rule() -> None:
    index = pages([RULE, RULE.changed(id="rds-x", service="rds", level="error")], example_output)["index.md"]
    assert "| [sqs-wait](sqs-wait.md) | warning |  |  | Queues should wait \\| for messages. |" in index
    assert "## rds\n\n| rule |" in index


def test_the_index_shows_a_message_of_each_rule_that_has_examples() -> None:
    def piped(queue: Resource) -> Iterator[Finding]:
        yield queue.finding(queue, "has a | in its name")

    without = Rule("suppression-unused", "warning", title="T.", reason="r.", advice="do.")
    changed = RULE.changed(id="rds-x", service="rds", checks=((("AWS::SQS::Queue",), piped),))
    index = pages([RULE, changed, without], example_output)["index.md"]
    assert "| Queues should wait \\| for messages. | Orders waits 0 s; let it wait 20 s |\n" in index
    assert "| Orders has a \\| in its name |\n" in index
    assert "| [suppression-unused](suppression-unused.md) | warning |  |  | T. |  |\n" in index


def test_writing_takes_away_pages_of_rules_that_are_no_more_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "rules"
    write_rules(folder, [RULE, RULE.changed(id="sqs-old")])
    (folder / "own.md").write_text("# My own notes\n")
    write_rules(folder, [RULE])
    assert sorted(file.name for file in folder.iterdir()) == ["index.md", "own.md", "sqs-wait.md"]
    assert (folder / "sqs-wait.md").read_text(encoding="utf-8").startswith(GENERATED)


def test_a_page_has_the_english_of_its_quotation() -> None:
    page = Page(RULE.changed(memo="ロングポーリングを有効にする"), example_output)
    assert "THE MEMO SAYS\n\n  Enable long polling: fewer" in page_text(page)
    original = page_text(page, Screen(shows_original=True))
    assert "  「ロングポーリングを有効にする」\n  Enable long polling: fewer" in original
    assert "> ロングポーリングを有効にする\n>\n> Enable long polling: fewer" in page.markdown


def test_a_page_fits_a_narrow_terminal_and_copies_examples_whole() -> None:
    rule = RULE.changed(memo="ロ" * 60)
    text = page_text(Page(rule, example_output), Screen(50))
    examples = {line for block in Page(rule, example_output).blocks for line in _source(block)}
    wide = [line for line in text.splitlines() if width(line) > 50 and "https://" not in line]
    assert wide == [line for line in wide if line.strip() in examples]
    assert text.count("ロ") == 60
    assert "let it wait 20 s" in text.replace("\n      ", " ")


def _source(block: Block) -> Iterator[str]:
    if isinstance(block, Listing) and block.language != "text":
        yield from map(str.strip, block.text.splitlines())


def test_colours_come_only_where_they_are_wanted() -> None:
    rule = RULE.changed(title="A \x1b[31m title")
    assert "\x1b" not in page_text(Page(rule, example_output))
    colored = page_text(Page(rule, example_output), Screen(80, is_colored=True))
    assert "\x1b[31m" not in colored
    assert "\x1b[1mTHE MEMO SAYS\x1b[0m" in colored
    assert "\x1b[33mwarning\x1b[0m[sqs-wait]" in colored
