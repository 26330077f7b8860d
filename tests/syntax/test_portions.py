"""A file that is parsed in portions means what it means as a whole, and an edit leaves most portions as they are."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.random_edits import edits

from awslint_memo.fixes import hcl_edits
from awslint_memo.fixes.writing_hcl import HclStep
from awslint_memo.model.record import values
from awslint_memo.syntax.hcl.document import Argument, Block, Item, Word, document, moved
from awslint_memo.syntax.hcl.expressions import Expression, Step
from awslint_memo.syntax.hcl.layout import Fault
from awslint_memo.syntax.hcl.portions import Portion, _cuts, portions

TEXT = """\
# The queues.
variable "role" {}

resource "aws_sqs_queue" "first" {
  delay_seconds = 60
  policy        = <<EOF
{
  "a": "${var.role}"
}

EOF
}

/* }
}
*/
resource "aws_sqs_queue" "second" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.first.arn
  })
  tags = {
    (var.role) = "b"
    c          = [for one in [1, 2] : "${one}"]
  }
}
locals { a = 1 }
output "last" {
  value = aws_sqs_queue.second.id
}
"""

PIECES = st.sampled_from(
    [
        *("}\n", "\n}\n", "}\r\n", "} \n", "}", "{\n", "{", "]\n", ")\n", "\n", "\r\n", "\r", "  "),
        *("# a }\n", "// b", "/*", "*/", "a = <<EOF\n", "EOF\n", "<<-EOF \n", "  EOF\n", '"', '"${', "a =", "=", "b"),
        *("a = 1\n", "a = [\n", "a = f(\n", "a = x\n(y)\n", "::", "{ a = 1 }\n", "  c = {\n", "x {}\n", "locals {\n"),
        'resource "a" "b" {\n',
    ]
)


def of_whole(text: str) -> Any:
    """What a text means, parsed as a whole: its items and comments with their offsets; None if it is invalid."""
    found = document(text)
    if isinstance(found, Fault):
        return None
    return [shown(item, 0) for item in found.items], [*found.comments], [*found.blanks]


def of_portions(text: str) -> Any:
    """The same, parsed in portions."""
    found = portions(text)
    if isinstance(found, Fault):
        return None
    for one in found:
        before = text[: one.start].replace("\r\n", "\n").replace("\r", "\n")
        assert (one.line, one.end) == (before.count("\n") + 1, one.start + len(one.passage.text))
    return (
        [shown(item, one.start) for one in found for item in one.passage.document.items],
        [(start + one.start, end + one.start) for one in found for start, end in one.passage.document.comments],
        [at + one.start for one in found for at in one.passage.document.blanks],
    )


def shown(one: Any, by: int) -> Any:
    """A part of a document with its offsets moved."""
    if isinstance(one, (tuple, list)):
        return [shown(part, by) for part in one]
    if isinstance(one, Argument):
        return shown(one.name, by), one.start + by, one.end + by, shown(one.expression, by)
    if isinstance(one, (Block, Expression, Step, Word)):
        places = ("start", "end")
        parts = [value + by if name in places else shown(value, by) for name, value in values(one).items()]
        return type(one).__name__, parts
    return one


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_in_portions_means_what_it_means_as_a_whole(text: str) -> None:
    assert of_portions(text) == of_whole(text)


@given(st.randoms(use_true_random=False))
def test_an_edited_text_in_portions_means_what_it_means_as_a_whole(dice: random.Random) -> None:
    for text in edits(TEXT, dice, 5, are_of_terraform=True):
        assert of_portions(text) == of_whole(text)


@given(st.randoms(use_true_random=False))
def test_a_moved_item_is_that_of_the_whole_text(dice: random.Random) -> None:
    text = next(edits(TEXT, dice, 1, are_of_terraform=True))
    found, whole = portions(text), of_whole(text)
    if isinstance(found, Fault):
        return
    items = [moved(item, one.start, text) for one in found for item in one.passage.document.items]
    assert [shown(item, 0) for item in items] == whole[0]


def cut(text: str) -> list[Portion]:
    found = portions(text)
    assert not isinstance(found, Fault), found
    return list(found)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("= 60", "= 600", 2),
        ("delay_seconds = 60\n", "", 2),
        ("# The queues.\n", "# The queues.\n\n", 2),
        ("}\n\n/* }", "}\n# a\n}\n/* }", None),
        ("jsonencode({\n", 'jsonencode({ a = "}",\n', 2),
        ("EOF\n}\n\n", "EOF\n", None),
        ("locals { a = 1 }\n", "locals { a = 2 }\n", 2),
    ],
)
def test_after_an_edit_the_other_portions_are_the_same_objects(old: str, new: str, kept: int | None, end: str) -> None:
    before = cut(TEXT.replace("\n", end))
    assert len(before) == 3
    edited = TEXT.replace(old, new, 1).replace("\n", end)
    after = portions(edited)
    if kept is None:
        assert isinstance(after, Fault)
        return
    assert not isinstance(after, Fault)
    known = {id(one.passage) for one in before}
    assert len([one for one in after if id(one.passage) in known]) == kept


@pytest.mark.parametrize("opening", ["c = <<E\n", "/*\n"])
def test_what_nothing_ends_is_cut_no_more(opening: str) -> None:
    """To look for the end of each took a minute where a file has thousands of them."""
    blocks = "a {\n}\nb {\n}\n"
    assert [*_cuts(blocks)] == [6, 12]
    assert [*_cuts(f"{blocks}{opening}{blocks}")] == [6, 12]
    ended = f"{blocks}{opening}{'*/' if opening[0] == '/' else 'E'}\n"
    assert [*_cuts(f"{ended}{blocks}")] == [6, 12, len(ended) + 6, len(ended) + 12]


def test_the_block_that_fixes_change_is_moved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(item: Item, by: int, text: str) -> Item:
        asked.append(by)
        return moved(item, by, text)

    monkeypatch.setattr("awslint_memo.syntax.hcl.document.moved", noted)
    file = hcl_edits.HclFile('variable "a" {\n}\nresource "aws_sqs_queue" "q" {\n}\n')
    for _ in range(3):
        file.set("aws_sqs_queue", "q", [HclStep("delay_seconds")], 1)
    assert asked == [17]
