"""Measures a root module that calls public modules two hundred times."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.mirrors import Mirrors
from bench.module_layers import lay, unlay

HERE = Path(__file__).parents[1]

CALLS = (
    'module "queue_{n}" {{\n  source  = "terraform-aws-modules/sqs/aws"\n  version = "~> 4.0"\n\n'
    '  name = "orders-{n}"\n  create_dlq = true\n  visibility_timeout_seconds = 30\n}}\n',
    'module "db_{n}" {{\n  source  = "terraform-aws-modules/rds/aws"\n  version = "~> 6.0"\n\n'
    '  identifier = "orders-{n}"\n  engine = "postgres"\n  engine_version = "16"\n  family = "postgres16"\n'
    '  instance_class = "db.t4g.large"\n  allocated_storage = 20\n  multi_az = false\n}}\n',
    'module "function_{n}" {{\n  source  = "terraform-aws-modules/lambda/aws"\n  version = "~> 7.0"\n\n'
    '  function_name = "orders-{n}"\n  handler = "index.handler"\n  runtime = "python3.13"\n  timeout = 60\n}}\n',
    'module "table_{n}" {{\n  source  = "terraform-aws-modules/dynamodb-table/aws"\n  version = "~> 4.0"\n\n'
    '  name = "orders-{n}"\n  hash_key = "id"\n  attributes = [{{ name = "id", type = "S" }}]\n}}\n',
    'module "topic_{n}" {{\n  source  = "terraform-aws-modules/sns/aws"\n  version = "~> 6.0"\n\n'
    '  name = "orders-{n}"\n}}\n',
)
"""Calls of five modules, as people write them."""

NUMBER = 200
RUNS = 5


def root(folder: Path) -> None:
    """Write the root module."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    calls = "".join(CALLS[number % len(CALLS)].format(n=number) for number in range(NUMBER))
    (folder / "main.tf").write_text('provider "aws" {\n  region = "eu-west-1"\n}\n' + calls)


def user_time(folder: Path, sources: Path | None) -> float:
    """The user time of the fastest of some runs, in seconds. sources: a checkout; None: this one."""
    environment = {**os.environ, "PYTHONPATH": str((sources or HERE) / "src")}
    best = float("inf")
    for _ in range(RUNS):
        command = [sys.executable, "-m", "awslint_memo", "lint", "--advice", "."]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        best = min(best, used.ru_utime)
    return best


def times(mirrors: Mirrors, work: Path, before: Path | None) -> Iterator[str]:
    """The rows of a table: the calls without their modules, and with them in place."""
    folder = work / "times"
    root(folder)
    yield "| | without the modules, user time, s | with them in place |"
    yield "| --- | --- | --- |"
    sources = {"before": before, "now": None} if before is not None else {"now": None}
    apart = {name: user_time(folder, source) for name, source in sources.items()}
    lay(folder, mirrors)
    for name, source in sources.items():
        yield f"| {name} | {apart[name]:.2f} | {user_time(folder, source):.2f} |"
    unlay(folder)
