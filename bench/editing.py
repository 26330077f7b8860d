"""Edit documents at random through the server, and compare what it says now and then with a whole run.

usage: python -m bench.editing EDITS [--seed N] [--compare EVERY] [--only NAME …] [--folder DIR …]

A client opens the documents of a folder and edits them in turn, as people do and worse (`tests/random_edits.py`): a SAM
template, one that nests another and includes a file, a Terraform root with a module and files of variables; with
`--only`, those whose names begin so (an edit of the small ones takes a third of the time), and with `--folder`, the
templates of folders of one's own. Each edit waits for the diagnostics of its version, but some, as
while somebody types. After every so many edits what the client was told last of each document is compared with what a
run says that remembers nothing.
Printed are, ten times: edits so far, seconds, the median and the 95th percentile from an edit to its diagnostics in
milliseconds, memory in MB, and how many comparisons differed. A server that ends or answers with an error ends it all.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import inputs
from bench.server import Client
from pygls.workspace import PositionCodec
from tests.random_edits import edits

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.files.root import bounds_of
from awslint_memo.hosts.server.diagnostics import diagnostics
from awslint_memo.hosts.server.positions import Positions
from awslint_memo.judging.dependants import dependants

SUFFIXES = (".yaml", ".yml", ".json", ".template", ".tf", ".tfvars")

_ROOT = """\
variable "wait" { default = 0 }
variable "name" {}
module "orders" {
  source = "./modules/queue"
  wait   = var.wait
  name   = var.name
}
resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = module.orders.arn
  function_name    = "work"
  batch_size       = 100000
}
"""
_MODULE = """\
variable "wait" {}
variable "name" {}
resource "aws_sqs_queue" "this" {
  name                       = var.name
  receive_wait_time_seconds  = var.wait
  visibility_timeout_seconds = 5
}
output "arn" { value = aws_sqs_queue.this.arn }
"""
_PARENT = """\
Parameters: {Wait: {Type: Number, Default: 0}}
Resources:
  Orders:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nested.yaml
      Parameters: {Wait: !Ref Wait}
  Work:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Outputs.Arn, FunctionName: work, BatchSize: 100000}
  Extra:
    Type: AWS::SQS::Queue
    Properties:
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}
"""
_NESTED = """\
Parameters: {Wait: {Type: Number}}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait, VisibilityTimeout: 5}
Outputs:
  Arn: {Value: !GetAtt Queue.Arn}
"""
DOCUMENTS: Mapping[str, str] = {
    "sam/template.yaml": inputs.in_sam(260),
    "stacks/parent.yaml": _PARENT,
    "stacks/nested.yaml": _NESTED,
    "stacks/part.yaml": "VisibilityTimeout: 60\nReceiveMessageWaitTimeSeconds: 0\n",
    "terraform/main.tf": _ROOT,
    "terraform/modules/queue/main.tf": _MODULE,
    "terraform/prod.auto.tfvars": 'name = "orders"\nwait = 20\n',
    "terraform/envs/dev.tfvars": 'name = "orders-dev"\nwait = 0\n',
}
"""The documents by their names, whose findings depend on each other."""

_LARGEST = 300_000
"""Bytes: files above are not edited."""


class _Recording(Client):
    """Speaks to a server, and keeps what that said last of each document."""

    def __init__(self, folder: Path) -> None:
        self.found: dict[str, list[Any]] = {}
        super().__init__(folder=folder)

    def _read(self) -> dict[str, Any]:
        message = super()._read()
        if message.get("method") == "textDocument/publishDiagnostics":
            self.found[message["params"]["uri"]] = message["params"]["diagnostics"]
        if "error" in message or message.get("method") == "window/showMessage":
            sys.exit(f"the server says: {message}")
        return message


class Edited:
    """Documents of a folder, edited at random in a server. times: the seconds from edits to their diagnostics."""

    def __init__(self, folder: Path, texts: Mapping[str, str], seed: int) -> None:
        self._dice = random.Random(seed)
        self._first = {str(folder / name): text for name, text in texts.items()}
        self.texts = dict(self._first)
        self.client = _Recording(folder)
        self.times: list[float] = []
        self._versions = dict.fromkeys(self._first, 0)
        self._next: dict[str, Iterator[str]] = {}
        for path, text in self._first.items():
            opened = {"uri": Path(path).as_uri(), "languageId": "", "version": 0, "text": text}
            self.client.send("textDocument/didOpen", {"textDocument": opened})
        self._wait(path)

    def edit(self) -> None:
        """Make an edit; of eight, one is not waited for."""
        path = self._dice.choice(list(self.texts))
        self.texts[path] = self._text(path)
        self._versions[path] += 1
        document = {"uri": Path(path).as_uri(), "version": self._versions[path]}
        start = perf_counter()
        change = {"textDocument": document, "contentChanges": [{"text": self.texts[path]}]}
        self.client.send("textDocument/didChange", change)
        if self._dice.random() > 0.125:
            self._wait(path)
            self.times.append(perf_counter() - start)

    def _text(self, path: str) -> str:
        """The next text of a document, which is as it was at first again after at most thirty edits."""
        text = next(self._next.get(path, iter(())), None)
        if text is not None:
            return text
        number, is_terraform = self._dice.randrange(30), path.endswith((".tf", ".tfvars"))
        self._next[path] = edits(self._first[path], self._dice, number, are_of_terraform=is_terraform)
        return self._first[path]

    def _wait(self, path: str) -> None:
        uri, version = Path(path).as_uri(), self._versions[path]

        def is_of_edit(message: Any) -> bool:
            params = message.get("params", {})
            return bool(params.get("version") == version and params.get("uri") == uri)

        self.client.until(is_of_edit)

    def differences(self) -> list[str]:
        """The documents of which the client was told something else than a run says that remembers nothing."""
        path = next(iter(self.texts))
        at = {key: {"line": 0, "character": 0} for key in ("start", "end")}
        about = {"textDocument": {"uri": Path(path).as_uri()}, "range": at, "context": {"diagnostics": []}}
        self.client.ask("textDocument/codeAction", about)  # Which waits until all is checked.
        found = {one: _texts(self.client.found.get(Path(one).as_uri(), [])) for one in self.texts}
        said, unread = _whole(self.texts)
        wanted = {one: _texts(diagnostics) for one, diagnostics in said.items()}
        compared = [one for one in self.texts if os.path.dirname(one) not in unread]
        return [one for one in compared if found[one] != wanted.get(one, [])]


def _whole(texts: Mapping[str, str]) -> tuple[dict[str, list[Any]], set[str]]:
    """What a run says of documents that remembers nothing, as the server would publish it, by path, and the folders
    with some that can't be read, of which the server shows what was there before."""
    named = sorted(texts)
    beside = dependants(named, (), Files(texts, bounds_of(named, None, None, None, ())))
    report = api.lint(named, unsaved=texts, dependants=beside, advice=True, reports_unknown=False)
    positions = Positions(PositionCodec(), report.lines)
    made = diagnostics(report, positions, lambda path: Path(path).absolute().as_uri(), lambda path: path in texts)
    unread = {os.path.dirname(os.path.abspath(error.path)) for error in report.errors if not error.is_partial}
    return {os.path.abspath(path): [json.loads(one.text) for one in ones] for path, ones in made.items()}, unread


def _texts(diagnostics: list[Any]) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in diagnostics)


def _documents(folders: Sequence[str], only: Sequence[str]) -> dict[str, str]:
    """The documents that are edited, by their names: ours, those that begin with `only`, or those of some folders."""
    found: dict[str, str] = {}
    for number, folder in enumerate(folders):
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file() and path.stat().st_size < _LARGEST:
                found[f"{number}/{path.relative_to(folder)}"] = path.read_text(encoding="utf-8")
    return found or {name: text for name, text in DOCUMENTS.items() if name.startswith(tuple(only))}


def main() -> None:
    """Edit, and print figures ten times."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("edits", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", type=int, default=100, metavar="EVERY")
    parser.add_argument("--only", nargs="+", default=[""])
    parser.add_argument("--folder", nargs="+", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder, texts = Path(made), _documents(options.folder, options.only)
        (folder / ".git").mkdir()
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        edited, start, differing = Edited(folder, texts, options.seed), perf_counter(), 0
        for number in range(1, options.edits + 1):
            edited.edit()
            if number % options.compare == 0:
                differences = edited.differences()
                differing += bool(differences)
                for path in differences:
                    sys.stdout.write(f"differs after {number} edits: {path}\n")
            if number % max(1, options.edits // 10) == 0:
                _print(number, perf_counter() - start, edited, differing)
        edited.client.end()


def _print(number: int, seconds: float, edited: Edited, differing: int) -> None:
    times = sorted(edited.times)
    median, late = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.95))
    figures = (
        f"{number:>7} edits {seconds:>7.0f} s  {median:>5.0f} ms  {late:>5.0f} ms  {edited.client.memory:>5.0f} MB"
    )
    sys.stdout.write(f"{figures}  {differing} differ\n")
    sys.stdout.flush()
    edited.times.clear()


if __name__ == "__main__":
    main()
