"""Where several resources or parts became one, where keys moved to the call of a module, and where a module's folder
and its call changed together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

SELECT = (
    "--advice",
    "--select",
    "sqs-dead-letter-queue,sqs-partial-batch-response,policy-object-action-idle,policy-bucket-action-idle",
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


QUEUES = """\
Resources:
  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
"""
KEPT = "KmsMasterKeyId: alias/aws/sqs, ReceiveMessageWaitTimeSeconds: 20, VisibilityTimeout: 400"
BATCHES = "FunctionResponseTypes: [ReportBatchItemFailures]"
REDRIVE = ", RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}"


def queue(name: str, more: str = "") -> str:
    return f"""\
  {name}: {{Type: AWS::SQS::Queue, Properties: {{{KEPT}{more}}}}}
  {name}Reader:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{FunctionName: f, {BATCHES}, EventSourceArn: !GetAtt {name}.Arn}}
"""


def test_what_one_of_two_resources_lacked_that_became_one_is_gone(repository: Repository) -> None:
    """The one that is left may as well be the other one, which lacked nothing."""
    before = {"t.yaml": QUEUES + queue("OrdersIn") + queue("OrdersOut", REDRIVE)}
    after = {"t.yaml": QUEUES + queue("Orders", REDRIVE)}
    assert changed(repository, before, after, *SELECT) == {"gone": ["sqs-dead-letter-queue OrdersIn resource"]}


def test_what_both_of_two_resources_lacked_that_became_one_is_mended_once(repository: Repository) -> None:
    before = {"t.yaml": QUEUES + queue("OrdersIn") + queue("OrdersOut")}
    after = {"t.yaml": QUEUES + queue("Orders", REDRIVE)}
    told = changed(repository, before, after, *SELECT)
    assert {kind: len(some) for kind, some in told.items()} == {"mended": 1, "gone": 1}


def test_what_a_resource_lacked_that_is_called_otherwise_now_is_mended(repository: Repository) -> None:
    """The one that is gone besides is called quite otherwise."""
    before = {"t.yaml": QUEUES + queue("OrdersIn") + queue("Refunds", REDRIVE)}
    after = {"t.yaml": QUEUES + queue("OrdersInwards", REDRIVE)}
    assert changed(repository, before, after, *SELECT) == {"mended": ["sqs-dead-letter-queue OrdersIn"]}


OBJECT = '{Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::orders"}'
BUCKET = '{Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::orders/*"}'
BOTH = (
    '{Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], '
    'Resource: ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"]}'
)
ROLE = """\
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
"""
DOCUMENT = """\
resource "aws_iam_policy" "reader" {
  name   = "reader"
  policy = data.aws_iam_policy_document.reader.json
}
data "aws_iam_policy_document" "reader" {
"""


def statement(actions: str, resources: str) -> str:
    return f"  statement {{\n    actions   = [{actions}]\n    resources = [{resources}]\n  }}\n"


OBJECTS, LIST = '"s3:GetObject", "s3:PutObject"', '"s3:ListBucket"'
ORDERS, ALL = '"arn:aws:s3:::orders"', '"arn:aws:s3:::orders/*"'
STATEMENTS: dict[str, tuple[Mapping[str, str], Mapping[str, str], str]] = {
    "of CloudFormation": (
        {"t.yaml": f"{ROLE}          - {OBJECT}\n          - {BUCKET}\n"},
        {"t.yaml": f"{ROLE}          - {BOTH}\n"},
        "Reader",
    ),
    "of a data source": (
        {"main.tf": f"{DOCUMENT}{statement(OBJECTS, ORDERS)}{statement(LIST, ALL)}}}\n"},
        {"main.tf": f"{DOCUMENT}{statement(f'{OBJECTS}, {LIST}', f'{ORDERS}, {ALL}')}}}\n"},
        "aws_iam_policy.reader",
    ),
}


@pytest.mark.parametrize("way", STATEMENTS)
def test_the_part_that_was_put_into_another_one_is_gone(repository: Repository, way: str) -> None:
    before, after, name = STATEMENTS[way]
    assert changed(repository, before, after, *SELECT) == {
        "mended": [f"policy-object-action-idle {name}"],
        "gone": [f"policy-bucket-action-idle {name} part"],
    }


MODULE = """\
{variable}
resource "aws_sqs_queue" "orders" {{
{loop}  name = {name}
}}

resource "aws_lambda_event_source_mapping" "reader" {{
{loop}  function_name    = "f"
  event_source_arn = aws_sqs_queue.orders{key}.arn
}}
"""
CALL = 'module "shop" {{\n{more}  source = "./shop"\n}}\n'
COUNT = "  count = 2\n"
KEYS = '  for_each = toset(["a", "b"])\n'
NAMED = 'variable "name" {}\n'
WAYS: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "count": (
        {
            "main.tf": CALL.format(more=""),
            "shop/main.tf": MODULE.format(variable="", loop=COUNT, name='"orders-${count.index}"', key="[count.index]"),
        },
        {
            "main.tf": CALL.format(more=f"{COUNT}  name  = count.index\n"),
            "shop/main.tf": MODULE.format(variable=NAMED, loop="", name='"orders-${var.name}"', key=""),
        },
    ),
    "for_each": (
        {
            "main.tf": CALL.format(more=""),
            "shop/main.tf": MODULE.format(variable="", loop=KEYS, name="each.value", key="[each.value]"),
        },
        {
            "main.tf": CALL.format(more=f"{KEYS}  name     = each.value\n"),
            "shop/main.tf": MODULE.format(variable=NAMED, loop="", name="var.name", key=""),
        },
    ),
}


@pytest.mark.parametrize("is_back", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_keys_may_move_to_the_call_of_the_module(repository: Repository, way: str, is_back: bool) -> None:
    before, after = reversed(WAYS[way]) if is_back else WAYS[way]
    assert {*changed(repository, before, after, *SELECT)} == {"followed", "unchanged"}


SHOP = MODULE.format(variable="", loop="", name='"orders"', key="")
OTHER_FOLDER = {"shop/main.tf": None, "store/main.tf": SHOP}
READ = CALL.format(more="")


@pytest.mark.parametrize("source", ["./stores", "git::https://git.example.com/shop.git"])
def test_a_module_whose_folder_and_call_changed_together_is_followed(repository: Repository, source: str) -> None:
    """Its call can't be read now, and what is in the folder is called by nobody."""
    after = {"main.tf": READ.replace("./shop", source), **OTHER_FOLDER}
    assert {*changed(repository, {"main.tf": READ, "shop/main.tf": SHOP}, after, *SELECT)} == {"followed", "unchanged"}


def test_a_module_whose_folder_and_call_were_mended_together_is_followed(repository: Repository) -> None:
    before = {"main.tf": READ.replace("./shop", "./stores"), "store/main.tf": SHOP}
    after = {"main.tf": READ, "shop/main.tf": SHOP, "store/main.tf": None}
    assert {*changed(repository, before, after, *SELECT)} == {"followed", "unchanged"}


def test_what_a_call_made_that_is_not_read_any_more_is_not_comparable(repository: Repository) -> None:
    after = {"main.tf": READ.replace("./shop", "git::https://git.example.com/shop.git"), "shop/main.tf": None}
    assert changed(repository, {"main.tf": READ, "shop/main.tf": SHOP}, after, *SELECT) == {
        "not_comparable": [
            "sqs-dead-letter-queue module.shop.aws_sqs_queue.orders module shop is not read now",
            "sqs-partial-batch-response module.shop.aws_lambda_event_source_mapping.reader module shop is not read now",
        ]
    }
