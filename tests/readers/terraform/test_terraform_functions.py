"""No arguments make a function of Terraform's language fail, and all functions of the language are there."""

from __future__ import annotations

import random
import re

import pytest
from tests.terraform_expressions import expected

from awslint_memo.model.origin import HERE as NO_ORIGIN
from awslint_memo.model.partial import OpenFields, kept_secret
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known, Link, Text, Unknown, Value
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.functions import FUNCTIONS
from awslint_memo.readers.terraform.local_functions import LOCAL
from awslint_memo.readers.terraform.values import AtLeast, EvalError, OneOfSeveral, ResourceRef

HERE = Span("main.tf", 1, 1, 1, 1)

NAMES = """abs abspath alltrue anytrue base64decode base64encode base64sha256 base64sha512 basename can ceil chomp
chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains csvdecode dirname
distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset
filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive join jsondecode
jsonencode keys length log lookup lower matchkeys max md5 merge min nonsensitive one parseint pathexpand pow range regex
regexall replace reverse sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort
split startswith strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd
timecmp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix trimspace trimsuffix try upper
urlencode uuidv5 values yamldecode yamlencode zipmap"""
"""The functions of Terraform 1.15 (`terraform metadata functions`) without those whose results nobody can know."""


def test_all_functions_are_there() -> None:
    assert set(FUNCTIONS) | set(LOCAL) == set(NAMES.split())


def test_each_is_compared_with_terraform() -> None:
    compared = "\n".join(expected())
    assert [name for name in FUNCTIONS if not re.search(rf"\b{name}\(", compared)] == []


NUMBERS = (0, 1, -1, 2, 3.5, 1e300, float("inf"), 10**30, True, False)
WORDS = (
    "",
    "a",
    "b",
    "1",
    "-1",
    "true",
    "/a/",
    "[",
    "(a",
    "\0",
    "é\r\n",
    "10.0.0.0/8",
    "%s %d",
    "2026-01-01T00:00:00Z",
)
TEXTS = (
    "1h",
    "2026-01-01T00:00:00Z",
    "aGk=",
    "{",
    '{"a": [1]}',
    "a: 1",
    "x,y\n1,2",
    "1e999",
    "9999999999999999999999d",
    "YYYY",
)


def some(chance: random.Random, depth: int = 0) -> Value:
    link = Link("aws_sqs_queue.q", "Arn", HERE)
    kind = chance.randrange(14 if depth < 3 else 10)
    if kind < 6:
        return Known(chance.choice((*NUMBERS, *WORDS, *TEXTS)), HERE)
    if kind < 10:
        others: list[Value] = [
            Absent(HERE),
            link,
            OneOfSeveral("aws_sqs_queue.q", "Arn", HERE),
            Unknown("not known", HERE, key="k"),
            EvalError("an error", HERE),
            ResourceRef("aws_sqs_queue.q", HERE),
            AtLeast(2, HERE, may_come_from=(), anything=False),
            Text((Known("a-", HERE), link), HERE),
            kept_secret(Known("secret", HERE)),
        ]
        return chance.choice(others)
    items = [some(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind == 10:
        return Encoded(items, HERE, NO_ORIGIN, format_=chance.choice(("json", "yaml")))
    if kind == 11:
        return Known(items, HERE)
    fields = {f"k{number}": item for number, item in enumerate(items)}
    return Known(fields if kind == 12 else OpenFields(fields, Unknown("the rest", HERE)), HERE)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_no_arguments_make_one_fail(name: str) -> None:
    chance = random.Random(name)
    for _ in range(500):
        values = [some(chance) for _ in range(chance.randrange(5))]
        assert isinstance(FUNCTIONS[name](values, HERE), Value)


def test_more_bits_than_an_address_has_end() -> None:
    found = FUNCTIONS["cidrsubnet"]([Known("10.0.0.0/8", HERE), Known(10**30, HERE), Known(1, HERE)], HERE)
    assert isinstance(found, EvalError)


def test_a_logarithm_that_terraform_rounds_or_refuses_is_not_known() -> None:
    for number, base in ((2, 1), (1, 1), (0, 10), (-1, 10), (1000, 10)):
        found = FUNCTIONS["log"]([Known(number, HERE), Known(base, HERE)], HERE)
        assert found.is_unknown
        assert not isinstance(found, EvalError)


def test_many_different_items_of_a_list_are_compared_once() -> None:
    items: list[Value] = [Known(number % 2_000, HERE) for number in range(20_000)]
    assert FUNCTIONS["distinct"]([Known(items, HERE)], HERE).plain == [*range(2_000)]
