"""Blocks that Terraform makes of what is not known, each of which may be there any number of times, and not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

LISTENED = """
variable "more" { type = any }
resource "aws_lb_listener_rule" "web" {
  listener_arn = "l"
  priority     = 1
  action {
    type             = "forward"
    target_group_arn = "a"
  }
%s
}
"""

MADE = """
  dynamic "condition" {
    for_each = [for rule in var.more : rule if length(lookup(rule, "%ss", [])) > 0]
    content {
      %s { values = condition.value["%ss"] }
    }
  }
"""

HOSTS, PATHS = (MADE % (name, name, name) for name in ("host_header", "path_pattern"))

GROUPS = """
  action {
    type = "forward"
    forward {
%s      dynamic "target_group" {
        for_each = var.more
        content { arn = target_group.value }
      }
    }
  }
"""

GROUP = '      target_group { arn = "g%s" }\n'

DEPLOYED = """
variable "simple" { type = any }
variable "sets" { type = any }
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"
  dynamic "ec2_tag_filter" {
    for_each = var.simple
    content {
      key   = "Name"
      type  = "KEY_AND_VALUE"
      value = "web"
    }
  }
  dynamic "ec2_tag_set" {
    for_each = var.sets
    content {
      ec2_tag_filter {
        key   = "Role"
        type  = "KEY_AND_VALUE"
        value = "web"
      }
    }
  }
}
"""

ENCRYPTED = """
variable "encryption" { type = any }
resource "aws_kms_key" "orders" {
  enable_key_rotation = true
}
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  dynamic "server_side_encryption" {
    for_each = var.encryption
    content {
      enabled     = true
      kms_key_arn = aws_kms_key.orders.arn
    }
  }
  replica { region_name = "eu-west-1" }
}
"""

CHALLENGED = """
variable "triggers" { type = any }
resource "aws_cognito_user_pool" "pool" {
  name = "pool"
  dynamic "lambda_config" {
    for_each = var.triggers
    content { define_auth_challenge = lookup(lambda_config.value, "challenge", null) }
  }
}
resource "aws_cognito_user_pool_client" "app" {
  name                = "app"
  user_pool_id        = aws_cognito_user_pool.pool.id
  explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]
}
"""

AT_EDGE = """
provider "aws" { region = "us-east-1" }
variable "queues" { type = any }
resource "aws_lambda_function" "token" {
  function_name = "token"
  runtime       = "python3.13"
  publish       = true
  dynamic "dead_letter_config" {
    for_each = var.queues
    content { target_arn = dead_letter_config.value }
  }
}
resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "origin-request"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }
  }
}
"""

CONNECTED = """
variable "more" { type = any }
resource "aws_codeartifact_repository" "public" {
  domain     = "d"
  repository = "public"
  external_connections { external_connection_name = "public:npmjs" }
  dynamic "external_connections" {
    for_each = var.more
    content { external_connection_name = external_connections.value }
  }
}
"""


def told(tmp_path: Path, rule: str, text: str) -> list[str]:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    made = report(str(tmp_path), "--advice", "--select", rule)
    return [finding["message"] for finding in made["findings"]]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("elb-rule-values", LISTENED % (HOSTS + PATHS)),
        ("elb-rule-values", LISTENED % (HOSTS + PATHS + '  condition {\n    host_header { values = ["a"] }\n  }')),
        ("elb-rule-values", LISTENED % (GROUPS % "".join(GROUP % number for number in range(5)))),
        ("deploy-group-settings", DEPLOYED),
        ("dynamodb-replica-key", ENCRYPTED),
        ("cognito-challenge-uncalled", CHALLENGED),
        ("lambda-edge-refused", AT_EDGE),
    ],
)
def test_such_a_block_is_not_surely_there(tmp_path: Path, rule: str, text: str) -> None:
    assert told(tmp_path, rule, text) == []


@pytest.mark.parametrize(
    ("rule", "text", "says"),
    [
        ("elb-rule-values", LISTENED % (GROUPS % "".join(GROUP % number for number in range(6))), "6 target groups"),
        (
            "elb-rule-values",
            LISTENED
            % (HOSTS + '  condition {\n    path_pattern { values = ["/1", "/2", "/3", "/4", "/5", "/6"] }\n  }'),
            "has 6 values",
        ),
        ("codeartifact-public-upstream", CONNECTED, "is public:npmjs"),
    ],
)
def test_what_stands_beside_it_is(tmp_path: Path, rule: str, text: str, says: str) -> None:
    [message] = told(tmp_path, rule, text)
    assert says in message
