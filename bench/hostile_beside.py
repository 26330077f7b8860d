"""Constructions of `bench.hostile` in Terraform's JSON, files of values and files beside a module."""

from __future__ import annotations

import json

from bench.hostile_parts import HCL_QUEUE, add, nested

add("tf.json objects deep", lambda: {"main.tf.json": '{"resource": {"aws_sqs_queue": {"q": ' + '{"a":' * 90_000})
add(
    "tf.json text deep",
    lambda: {"main.tf.json": json.dumps({"resource": {"aws_sqs_queue": {"q": {"name": "${" * 100_000}}}})},
)
add(
    "tf.json parentheses",
    lambda: {
        "main.tf.json": json.dumps(
            {"resource": {"aws_sqs_queue": {"q": {"name": "${" + "(" * 100_000 + "1" + ")" * 100_000 + "}"}}}}
        )
    },
)
add(
    "tf.json lists",
    lambda: {
        "main.tf.json": json.dumps(
            {"resource": {"aws_sqs_queue": {"q": nested([{"name": "x"}], 40, lambda one: [one])}}}
        )
    },
)
add(
    "tf.json list of resources",
    lambda: {"main.tf.json": json.dumps({"resource": [{"aws_sqs_queue": {"q": {}}}] * 20_000})},
)
add(
    "tfvars deep",
    lambda: {"main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n', "terraform.tfvars": "v = " + "[" * 200_000},
)
add(
    "tfvars deep closed",
    lambda: {
        "main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n',
        "terraform.tfvars": "v = " + "[" * 3_000 + "]" * 3_000,
    },
)
add(
    "tfvars.json deep",
    lambda: {"main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n', "x.auto.tfvars.json": '{"v": ' + "[" * 200_000},
)
add(
    "tfvars many",
    lambda: {
        "main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n',
        "terraform.tfvars": "".join(f"v{n} = {n}\n" for n in range(60_000)),
    },
)
add(
    "terragrunt deep",
    lambda: {"terragrunt.hcl": "inputs = " + "{ a = " * 3_000 + "1" + "}" * 3_000, "main.tf": HCL_QUEUE % "1"},
)
add(
    "terragrunt include itself",
    lambda: {
        "terragrunt.hcl": 'include "a" {\n  path = "./terragrunt.hcl"\n}\nterraform {\n  source = "./"\n}\n',
        "main.tf": HCL_QUEUE % "1",
    },
)
add(
    "lock deep",
    lambda: {
        "main.tf": HCL_QUEUE % "1",
        ".terraform.lock.hcl": "a {\n" * 3_000 + "}\n" * 3_000,
        ".terraform/modules/modules.json": "[" * 100_000,
    },
)
add(
    "installed modules itself",
    lambda: {
        "main.tf": 'module "a" {\n  source = "x/y/z"\n}\n' + HCL_QUEUE % "1",
        ".terraform/modules/modules.json": json.dumps(
            {"Modules": [{"Key": "a" + ".a" * n, "Source": "x", "Dir": "."} for n in range(300)]}
        ),
    },
)
