"""A finding follows its resource by what others say: instances that became calls, what names it, its whole template."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.comparing.test_against import changes
from tests.comparing.test_following import FAILED, INSIDE, changed, queue
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


EACH = queue("work", "  for_each = toset(" + '["bill_sent", "order_made", "order_paid"])\n  name = each.key\n')
WORK = INSIDE.replace('"orders"', '"work"').replace("{\n", "{\n  name = var.name\n", 1) + 'variable "name" {}\n'


def calls(*names: str) -> str:
    return "".join(
        f'module "{name}_queue" {{\n  source = "./queues"\n  name = "{name}"\n  dead = aws_sqs_queue.failed.arn\n}}\n'
        for name in names
    )


def called(*names: str) -> list[str]:
    return [f"sqs-long-polling module.{name}_queue.aws_sqs_queue.work" for name in names]


def test_instances_that_became_calls_are_each_followed_to_their_own(repository: Repository) -> None:
    names = ("order_paid", "bill_sent", "order_made")
    told = changed(
        repository,
        {"main.tf": FAILED + EACH},
        {"main.tf": FAILED + calls(*names, "order_lost"), "queues/main.tf": WORK},
    )
    assert told == {
        "followed": called("bill_sent", "order_made", "order_paid"),
        "new": called("order_lost"),
        "unchanged": 1,
    }


def test_an_instance_that_nothing_is_now_is_gone_and_not_mended(repository: Repository) -> None:
    told = changed(
        repository,
        {"main.tf": FAILED + EACH},
        {"main.tf": FAILED + calls("order_paid", "order_made"), "queues/main.tf": WORK},
    )
    assert told == {
        "followed": called("order_made", "order_paid"),
        "gone": ['sqs-long-polling aws_sqs_queue.work["bill_sent"] resource'],
        "unchanged": 1,
    }


def test_of_several_that_are_alike_that_counts_whose_module_is_called_alike(repository: Repository) -> None:
    more = "  delay_seconds = 3\n  max_message_size = 1024\n  message_retention_seconds = 345600\n"
    one = queue("order_paid_queue", '  name = "paid"\n' + more)
    inside = WORK.replace("  name = var.name\n", "  name = var.name\n" + more)
    told = changed(
        repository,
        {"main.tf": FAILED + one},
        {"main.tf": FAILED + calls("bill", "order_paid"), "queues/main.tf": inside},
    )
    assert told == {"followed": called("order_paid"), "new": called("bill"), "unchanged": 1}


FUNCTION = """\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: {handler}
      Runtime: python3.13
      InlineCode: x
      Tracing: Active
      MemorySize: 512
      Timeout: 20
      EventInvokeConfig: {{DestinationConfig: {{OnFailure: {{Type: SQS, Destination: !GetAtt {queue}.Arn}}}}}}
"""
HEAD = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
BARE = "  {}: {{Type: AWS::SQS::Queue}}\n"


def test_what_hardly_anything_is_written_of_is_followed_by_what_names_it(repository: Repository) -> None:
    """The name of the queue of another function is more like that of before."""
    before = (
        HEAD
        + FUNCTION.format(name="DeleteDraft", handler="a.b", queue="DeleteDraftDLQ")
        + BARE.format("DeleteDraftDLQ")
    )
    after = (
        HEAD
        + FUNCTION.format(name="DataDeleteDraft", handler="z.z", queue="DataDeleteDraftDLQ").replace("512", "1024")
        + FUNCTION.format(name="RemovedDraftHandler", handler="a.b", queue="RemovedDraftHandlerDLQ")
        + BARE.format("DataDeleteDraftDLQ")
        + BARE.format("RemovedDraftHandlerDLQ")
    )
    told = changed(repository, {"t.yaml": before}, {"t.yaml": after}, "--select", "sqs-dead-letter-alarm", "--advice")
    assert told == {
        "followed": [f"{rule} RemovedDraftHandlerDLQ" for rule in ("sqs-dead-letter-alarm", "sqs-long-polling")],
        "new": [f"{rule} DataDeleteDraftDLQ" for rule in ("sqs-dead-letter-alarm", "sqs-long-polling")],
        "unchanged": 2,
    }


def test_a_template_that_was_moved_and_written_anew_is_followed_by_those_that_are_still_alike(
    repository: Repository,
) -> None:
    resources = [
        f"  Key{number}: {{Type: AWS::KMS::Key, Properties: {{Description: the key of {number}}}}}\n"
        for number in (1, 2)
    ]
    named = (
        "  {}:\n    Type: AWS::SQS::Queue\n"
        "    Properties: {{VisibilityTimeout: {}, KmsMasterKeyId: {}, DelaySeconds: {}}}\n"
    )
    before = "Resources:\n" + "".join(resources) + named.format("AcmeOrdersQueue", 240, "alias/orders", 3)
    text = "Description: Written anew.\nParameters: {Stage: {Type: String}}\nResources:\n" + "".join(resources)
    text += named.format("OrdersQueue", 300, "alias/orders", 3)
    text += "".join(f"  Bucket{number}: {{Type: AWS::S3::Bucket}}\n" for number in range(30))
    told = changed(repository, {"deploy/t.yaml": before}, {"deploy/t.yaml": None, "infra/shop/t.yaml": text})
    assert told == {"followed": ["sqs-long-polling OrdersQueue"], "unchanged": 1}


def test_what_only_looks_a_little_alike_in_another_template_is_new(repository: Repository) -> None:
    """Of the others nothing is known again there."""
    named = "Resources:\n  {}:\n    Type: AWS::SQS::Queue\n    Properties: {{VisibilityTimeout: {}, DelaySeconds: 3}}\n"
    repository.commit({"deploy/t.yaml": named.format("AcmeOrdersQueue", 240)})
    (repository.path / "deploy/t.yaml").unlink()
    (repository.path / "infra").mkdir()
    (repository.path / "infra/t.yaml").write_text(named.format("OrdersQueue", 300))
    assert changes("--select", "sqs-long-polling", "--against", "HEAD") == {
        "new": ["sqs-long-polling OrdersQueue"],
        "gone": ["sqs-long-polling AcmeOrdersQueue template"],
    }


def test_what_is_told_with_others_in_another_root_now_is_not_gone(repository: Repository) -> None:
    def functions(*names: str) -> str:
        return "".join(
            f'resource "aws_lambda_function" "{name}" {{\n  function_name = "{name}"\n  timeout = 5\n}}\n'
            for name in names
        )

    other = 'output "x" {\n  value = 1\n}\n'
    repository.commit(
        {"a/alerts.tf": functions("one", "two"), "a/main.tf": other, "b/main.tf": functions("three") + other}
    )
    (repository.path / "a/alerts.tf").rename(repository.path / "b/alerts.tf")
    assert changes("--select", "xray-lambda-tracing", "--advice", "--against", "HEAD") == {"unchanged": 1}
    (repository.path / "b/alerts.tf").write_text(functions("one"))
    assert changes("--select", "xray-lambda-tracing", "--advice", "--against", "HEAD") == {"unchanged": 1}
