"""Which version of the AWS provider a configuration asks for, and which arguments that one surely lacks."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.files import Files
from awslint_memo.fixes.edit import Refused
from awslint_memo.fixes.old_terraform import age_of, configurations, folders, items
from awslint_memo.fixes.writing_hcl import text_of_key
from awslint_memo.model.record import record
from awslint_memo.readers.terraform.version_constraints import ends_before
from awslint_memo.syntax.hcl.document import Argument, Block
from awslint_memo.syntax.hcl.expressions import Expression, Object, Template

_SINCE = {
    ("aws_api_gateway_stage", "xray_tracing_enabled"): "1.36.0",
    ("aws_cloudwatch_event_target", "dead_letter_config"): "3.29.0",
    ("aws_db_instance", "max_allocated_storage"): "2.17.0",
    ("aws_dynamodb_table", "point_in_time_recovery"): "1.17.0",
    ("aws_ecs_service", "deployment_circuit_breaker"): "3.33.0",
    ("aws_elasticache_replication_group", "multi_az_enabled"): "3.26.0",
    ("aws_lambda_event_source_mapping", "function_response_types"): "3.33.0",
    ("aws_lambda_event_source_mapping", "scaling_config"): "4.51.0",
    ("aws_rds_cluster", "serverlessv2_scaling_configuration"): "4.12.0",
    ("aws_sfn_state_machine", "tracing_configuration"): "3.39.0",
    ("aws_sns_topic_subscription", "redrive_policy"): "3.28.0",
    ("aws_sqs_queue", "sqs_managed_sse_enabled"): "3.69.0",
}
"""Arguments that fixes add, and versions of which all earlier ones lack them: no change up to there names them.

https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md, and those of release/3.x, release/2.x and
release/1.x (read on 2026-12-01)
"""

_LAST_OLD = "2.70.0"
"""No later version runs with Terraform 0.11; see 3.0.0 in the same place."""

_LOCK = ".terraform.lock.hcl"


@record(frozen=True)
class _Pin:
    """A constraint on the version of the provider, and the file that has it."""

    constraint: str
    path: str


def refuse_lacking(type_: str, argument: str, path: str, files: Files) -> None:
    """Raise Refused for an argument that the provider of a file at a path surely lacks."""
    since = _SINCE.get((type_, argument))
    if since is None:
        return
    if ends_before(_LAST_OLD, since) and age_of(path, files)():
        raise Refused(f"the file is written for Terraform 0.11, whose providers have no {argument}; upgrade first")
    for folder in folders(path, files):
        pins = files.once(_Pins(folder))
        old = next((pin for pin in pins if ends_before(pin.constraint, since)), None)
        if old is not None:
            needed = f"{argument} needs version {since} of the AWS provider or a later one"
            raise Refused(f"{needed}, and {old.path} asks for {old.constraint}; upgrade first")
        if pins:
            return


@record(frozen=True)
class _Pins:
    """Finds those of a folder, for `Files.once`."""

    folder: str

    def __call__(self, files: Files) -> list[_Pin]:
        paths = configurations(self.folder, files)
        lock = os.path.join(self.folder, _LOCK)
        if files.is_file(lock):
            paths.append(lock)
        return [
            _Pin(text, path)
            for path in paths
            for item in items(path, files)
            if isinstance(item, Block)
            for text in filter(None, map(_text, _versions(item)))
        ]


def _versions(block: Block) -> Iterator[Expression | None]:
    """What a block at the top of a file says of the provider's version."""
    labels = [label.text for label in block.labels]
    if block.name.text == "provider" and labels in (["aws"], ["registry.terraform.io/hashicorp/aws"]):
        yield _argument(block, "version")
    if block.name.text != "terraform":
        return
    for inner in block.items:
        if isinstance(inner, Block) and inner.name.text == "required_providers":
            required = _argument(inner, "aws")
            entries = required.items if isinstance(required, Object) else ()
            yield from (value for key, value in entries if text_of_key(key) == "version")
            yield required


def _argument(block: Block, name: str) -> Expression | None:
    found = (item for item in block.items if isinstance(item, Argument) and item.name.text == name)
    return next((item.expression for item in found), None)


def _text(value: Expression | None) -> str | None:
    return value.text if isinstance(value, Template) else None
