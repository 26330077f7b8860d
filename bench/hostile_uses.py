"""Constructions of `bench.hostile` in which one file is used often, resources lead to each other, or files are many."""

from __future__ import annotations

import json
from collections.abc import Callable

from bench.hostile_parts import QUEUE, Files, add, queue, template

MAKERS: dict[str, tuple[Callable[[int], Files], int]] = {}
"""What makes a construction of a size, by name, and the size that is measured."""


def sized(name: str, size: int) -> Callable[[Callable[[int], Files]], Callable[[int], Files]]:
    """Add a construction that can be made in any size."""

    def added(make: Callable[[int], Files]) -> Callable[[int], Files]:
        MAKERS[name] = make, size
        add(name, lambda: make(size))
        return make

    return added


@sized("one include in many", 150)
def _one_include(count: int) -> Files:
    include = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "./part.yaml"}}}
    part = "".join(f"P{number}: {{A: [1, 2, 3]}}\n" for number in range(10 * count))
    return {
        "part.yaml": part,
        "t.json": template({f"Q{number}": {**QUEUE, "Metadata": include} for number in range(count)}),
    }


def _of_queues(count: int, value: str, **files: str) -> Files:
    head = 'resource "aws_sqs_queue" "q%s" {\n  visibility_timeout_seconds = %s\n}\n'
    return {"main.tf": "".join(head % (number, value) for number in range(count)), **files}


@sized("one template in many", 400)
def _one_template(count: int) -> Files:
    value = 'length(templatefile("${path.module}/a.tpl", { a = 1 }))'
    return _of_queues(count, value, **{"a.tpl": "x${a}" * 100 * count})


@sized("one json in many", 400)
def _one_json(count: int) -> Files:
    value = 'jsondecode(file("${path.module}/a.json")).k0'
    data = json.dumps({f"k{number}": number for number in range(50 * count)})
    return _of_queues(count, value, **{"a.json": data})


@sized("one text in many", 400)
def _one_text(count: int) -> Files:
    return _of_queues(count, 'length(file("${path.module}/a.txt"))', **{"a.txt": "x" * 1_000 * count})


def _dead_letters(count: int, targets: Callable[[int], int]) -> Files:
    def policy(number: int) -> object:
        return {"deadLetterTargetArn": {"Fn::GetAtt": [f"Q{targets(number)}", "Arn"]}, "maxReceiveCount": 3}

    queues = {f"Q{number}": queue(RedrivePolicy=policy(number)) for number in range(count)}
    return {"t.json": template({**queues, f"Q{count}": QUEUE})}


@sized("ring of dead letters", 800)
def _ring(count: int) -> Files:
    return _dead_letters(count, lambda number: (number + 1) % count)


@sized("chain of dead letters", 800)
def _chain(count: int) -> Files:
    return _dead_letters(count, lambda number: number + 1)


@sized("many importers", 400)
def _importers(count: int) -> Files:
    outputs = {f"O{number}": {"Value": {"Ref": "Queue"}, "Export": {"Name": f"e{number}"}} for number in range(count)}
    importers = {
        f"i{number}.json": template({"Q": queue(QueueName={"Fn::ImportValue": f"e{number}"})})
        for number in range(count)
    }
    return {"e.json": template(Outputs=outputs), **importers}


@sized("exports and imports", 5_000)
def _exports_and_imports(count: int) -> Files:
    """Each output may name each queue."""
    outputs = {f"O{number}": {"Value": "x", "Export": {"Name": f"e{number}"}} for number in range(count)}
    queues = {f"Q{number}": queue(QueueName={"Fn::ImportValue": f"e{number}"}) for number in range(count)}
    return {"t.json": template(queues, Outputs=outputs)}


@sized("many small files", 1_500)
def _small_files(count: int) -> Files:
    return {f"d{number % 50}/t{number}.json": template() for number in range(count)}


@sized("empty lines of terraform", 500_000)
def _empty_lines(count: int) -> Files:
    return {"main.tf": f'resource "aws_sqs_queue" "q" {{}}\n{chr(10) * count}resource "aws_sqs_queue" "r" {{}}\n'}


@sized("chain of conditions", 900)
def _conditions(count: int) -> Files:
    """Each condition holds where that before it does, and a parameter has a value."""
    own = [{"Fn::Equals": [{"Ref": f"P{number}"}, "x"]} for number in range(count)]
    chained = [{"Fn::And": [{"Condition": f"C{number}"}, one]} for number, one in enumerate(own[1:])]
    return {
        "t.json": template(
            {f"Q{number}": {**QUEUE, "Condition": f"C{number}"} for number in range(count)},
            Parameters={f"P{number}": {"Type": "String"} for number in range(count)},
            Conditions={f"C{number}": one for number, one in enumerate([*own[:1], *chained])},
        )
    }


@sized("choices of terraform", 900)
def _choices(count: int) -> Files:
    queue = 'resource "aws_sqs_queue" "q%s" {\n  count = var.v%s == "x" ? 1 : 0\n}\n'
    variables = "".join(f'variable "v{number}" {{}}\n' for number in range(count))
    return {"main.tf": variables + "".join(queue % (number, number) for number in range(count))}


_COUNTED = """
variable "make" {}
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 30
}
resource "aws_lambda_function" "worker" {
  timeout = 20
}
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
}
resource "aws_sqs_queue_redrive_policy" "orders" {
  count          = var.make
  queue_url      = aws_sqs_queue.orders.id
  redrive_policy = "{}"
}
"""


@sized("modules that a default counts", 300)
def _counted(count: int) -> Files:
    """A default of the root decides whether each module that it calls has what ends the findings there."""
    call = 'module "m%s" {\n  source = "./m%s"\n  make   = var.make\n}\n'
    calls = "".join(call % (number, number) for number in range(count))
    return {
        "main.tf": 'variable "make" {\n  default = 0\n}\n' + calls,
        **{f"m{number}/main.tf": _COUNTED for number in range(count)},
    }


@sized("suppressed queues", 7_500)
def _suppressed(count: int) -> Files:
    ignored = {"awslint-memo": {"ignore": {"sqs-dead-letter-queue": "x"}}}
    return {"t.json": template({f"Q{number}": {**QUEUE, "Metadata": ignored} for number in range(count)})}


@sized("nested configurations", 3_000)
def _configurations(count: int) -> Files:
    """Each folder has a configuration of its own."""
    folders = range(count)
    settings = {f"d{number}/.awslint-memo.yaml": "ignore: [sqs-long-polling]\n" for number in folders}
    return {**settings, **{f"d{number}/t.json": template() for number in folders}}
