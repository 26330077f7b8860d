"""Generates the plan that Terraform would print for a small configuration that has not been applied yet.

Supports what the rules' examples use: resources, data sources that are read after apply, the Region of the provider,
literal counts, resources for each key that is known, blocks for each of something, variables with defaults, local
values, outputs, references, text, and the functions of FUNCTIONS. Anything else is an error, so that no example is
skipped by accident. A variable without a value represents an unknown value; in the plan it is replaced by an output of
another stack.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from awslint_memo.files.source import Source
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.syntax.node import plain

COMPUTED = {
    "data.aws_iam_policy_document": ("json", "minified_json"),
    "aws_api_gateway_rest_api": ("endpoint_configuration", "policy"),
    "aws_autoscaling_group": (
        *("availability_zones", "desired_capacity", "health_check_type", "load_balancers", "name"),
        *("target_group_arns", "vpc_zone_identifier"),
    ),
    "aws_autoscaling_schedule": ("desired_capacity", "max_size", "min_size", "recurrence"),
    "aws_cloudwatch_event_rule": ("name",),
    "aws_cloudwatch_event_target": ("target_id",),
    "aws_db_instance": (
        "allocated_storage",
        "availability_zone",
        "backup_retention_period",
        "backup_window",
        "engine",
        "identifier",
        "maintenance_window",
        "multi_az",
        "parameter_group_name",
        "snapshot_identifier",
        "storage_type",
    ),
    "aws_docdb_cluster": ("cluster_identifier", "master_username"),
    "aws_docdb_cluster_instance": ("availability_zone", "identifier"),
    "aws_dynamodb_table": ("point_in_time_recovery", "read_capacity", "stream_view_type", "write_capacity"),
    "aws_efs_file_system": ("availability_zone_name",),
    "aws_elasticache_cluster": (
        *("az_mode", "engine", "maintenance_window", "node_type", "num_cache_nodes"),
        *("replication_group_id", "snapshot_window"),
    ),
    "aws_elasticache_replication_group": (
        "cluster_mode",
        "engine",
        "global_replication_group_id",
        "maintenance_window",
        "node_group_configuration",
        "node_type",
        "num_cache_clusters",
        "num_node_groups",
        "parameter_group_name",
        "replicas_per_node_group",
        "snapshot_window",
    ),
    "aws_fsx_lustre_file_system": ("automatic_backup_retention_days",),
    "aws_kinesis_stream": ("stream_mode_details",),
    "aws_kinesisanalyticsv2_application": ("application_configuration",),
    "aws_ecs_task_definition": ("network_mode",),
    "aws_iam_policy": ("name",),
    "aws_iam_role": ("inline_policy", "managed_policy_arns", "name"),
    "aws_iam_role_policy": ("name",),
    "aws_lambda_function": ("tracing_config",),
    "aws_lambda_event_source_mapping": ("maximum_record_age_in_seconds", "maximum_retry_attempts"),
    "aws_lb": ("name", "security_groups", "subnets"),
    "aws_memorydb_cluster": ("name", "snapshot_retention_limit"),
    "aws_neptune_cluster": ("cluster_identifier",),
    "aws_neptune_cluster_instance": ("availability_zone", "identifier"),
    "aws_opensearch_domain": ("engine_version",),
    "aws_rds_cluster": (
        *("cluster_identifier", "cluster_scalability_type", "db_cluster_parameter_group_name", "master_username"),
        *("preferred_backup_window", "preferred_maintenance_window"),
    ),
    "aws_rds_cluster_instance": (
        *("availability_zone", "db_parameter_group_name", "identifier", "preferred_backup_window"),
        "preferred_maintenance_window",
    ),
    "aws_rds_global_cluster": ("source_db_cluster_identifier",),
    "aws_route53_record": ("allow_overwrite",),
    "aws_s3_bucket": ("bucket",),
    "aws_sfn_state_machine": ("name", "tracing_configuration"),
    "aws_sns_topic": ("name",),
    "aws_sns_topic_subscription": ("filter_policy_scope",),
    "aws_sqs_queue": (
        *("deduplication_scope", "fifo_throughput_limit", "name"),
        *("redrive_allow_policy", "redrive_policy"),
    ),
    "aws_subnet": ("availability_zone", "availability_zone_id"),
    "aws_vpc_endpoint": ("policy", "route_table_ids", "security_group_ids", "subnet_ids"),
    "aws_xray_group": ("insights_configuration",),
}
"""Arguments used by rules that are known only after apply if they are not configured."""

DEFAULTS: dict[str, dict[str, Any]] = {
    "aws_autoscaling_policy": {"enabled": True, "policy_type": "SimpleScaling"},
    "aws_cloudwatch_composite_alarm": {"actions_enabled": True},
    "aws_cloudwatch_event_rule": {"event_bus_name": "default"},
    "aws_cloudwatch_metric_alarm": {"actions_enabled": True, "treat_missing_data": "missing"},
    "aws_db_instance": {"delete_automated_backups": True, "skip_final_snapshot": False},
    "aws_dlm_lifecycle_policy": {"state": "ENABLED"},
    "aws_docdb_cluster": {"backup_retention_period": 1},
    "aws_dynamodb_table": {"billing_mode": "PROVISIONED"},
    "aws_elasticache_replication_group": {"automatic_failover_enabled": False, "multi_az_enabled": False},
    "aws_kinesis_stream": {"retention_period": 24},
    "aws_lambda_event_source_mapping": {"enabled": True},
    "aws_lambda_function": {"memory_size": 128, "package_type": "Zip", "publish": False, "timeout": 3},
    "aws_memorydb_cluster": {"num_replicas_per_shard": 1},
    "aws_neptune_cluster": {"backup_retention_period": 1},
    "aws_rds_cluster": {
        "backup_retention_period": 1,
        "delete_automated_backups": True,
        "engine_mode": "provisioned",
        "skip_final_snapshot": False,
    },
    "aws_rds_cluster_instance": {"promotion_tier": 0},
    "aws_redshift_cluster": {"automated_snapshot_retention_period": 1},
    "aws_sns_topic": {"content_based_deduplication": False, "fifo_topic": False},
    "aws_sns_topic_subscription": {"raw_message_delivery": False},
    "aws_sqs_queue": {
        "content_based_deduplication": False,
        "delay_seconds": 0,
        "fifo_queue": False,
        "max_message_size": 262144,
        "message_retention_seconds": 345600,
        "receive_wait_time_seconds": 0,
        "visibility_timeout_seconds": 30,
    },
    "aws_vpc_endpoint": {"vpc_endpoint_type": "Gateway"},
}
"""Arguments for which the provider sets a value during planning."""

MAPS = (
    *(
        "additional_version_weights",
        "configuration",
        "db_instance_arn_map",
        "dimensions",
        "for_each",
        "request_parameters",
        "tag_map",
        "tags",
    ),
    *("target_tags", "triggers", "variables"),
)
"""Arguments that are maps; every other object is a block."""

META = ("//", "count", "depends_on", "for_each", "lifecycle", "provider")
"""Meta-arguments of resources; in nested blocks these names are ordinary arguments."""

UNKNOWN = object()

REGION = "eu-west-1"
"""The Region of the provider."""

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "base64encode": lambda text: base64.b64encode(text.encode()).decode(),
    "cidrsubnet": lambda prefix, bits, i: str(list(ipaddress.ip_network(prefix).subnets(bits))[i]),
    "jsonencode": lambda value: json.dumps(value, separators=(",", ":")),
    "toset": lambda items: sorted(set(items)),
    "yamlencode": lambda value: yaml.safe_dump(value, sort_keys=True),
}
"""What functions of Terraform return of values that are known."""


def _balanced(depth: int) -> str:
    """A pattern for text with balanced braces that are nested up to `depth` levels."""
    return rf"[^{{}}]*(?:\{{{_balanced(depth - 1)}\}}[^{{}}]*)*" if depth else "[^{}]*"


_CODE = re.compile(rf"\$\{{({_balanced(6)})\}}")
_CONSTANT = re.compile(r'\$\{("(?:[^"\\]|\\.)*"|-\d+(?:\.\d+)?)\}')
"""Constants that the reader of native syntax gives as `${…}`: quoted text, and negative numbers."""
_QUOTED = re.compile(r'(?<![\w\]]\[)"(?:[^"\\]|\\.)*"')
"""Quoted text, apart from keys of instances."""
_REFERENCE = re.compile(r'(?<![\w."])([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[(?:\d+|"[^"]*")\])+)')


class NotPlannableError(Exception):
    """The configuration uses something that is not supported here."""


def plan(configuration: str, *, is_native: bool = False) -> str:
    """The plan of a configuration, as JSON text. Raises NotPlannableError for unsupported configurations.

    is_native: make the plan as for native syntax, with the references of expressions only; otherwise as for JSON, with
    the expressions too. The actual syntax of `configuration` does not matter.
    """
    written = _document(configuration)
    unknown = set(written) - {"//", "data", "locals", "output", "provider", "resource", "terraform", "variable"}
    if unknown:
        raise NotPlannableError(f"blocks of the kind {', '.join(sorted(unknown))}")
    kinds = ("resource", "data", "variable", "locals")
    maker = _Maker(*(_blocks(written.get(kind)) for kind in kinds), is_native=is_native)
    changes = list(maker.changes())
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.15.5",
            "variables": {name: {"value": value} for name, value in maker.variables.items()},
            "planned_values": {"root_module": {}},
            "resource_changes": changes,
            "configuration": {
                **(
                    {"provider_config": dict(maker.providers(_blocks(written["provider"])))}
                    if "provider" in written
                    else {}
                ),
                "root_module": {
                    **({"outputs": dict(maker.outputs(_blocks(written["output"])))} if "output" in written else {}),
                    "resources": list(maker.configuration()),
                },
            },
        }
    )


def _document(configuration: str) -> dict[str, Any]:
    """The configuration converted to JSON syntax."""
    path = "main.tf.json" if configuration.lstrip().startswith("{") else "main.tf"
    made = template(Source(path, configuration.encode()))
    assert isinstance(made, TerraformConfiguration)
    return {kind: _constants(section) for kind, section in plain(made.root).items()}


def _constants(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _constants(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_constants(child) for child in value]
    match = _CONSTANT.fullmatch(value) if isinstance(value, str) else None
    return json.loads(match[1]) if match else value


def _blocks(section: Any) -> list[dict[str, Any]]:
    return section if isinstance(section, list) else [section or {}]


@dataclass(frozen=True)
class _Instance:
    """A resource with a key, as the value of `each` of another that is made for each of its instances."""

    type: str
    name: str
    key: str


@dataclass
class _Argument:
    """An argument or block: its values in `after`, `after_unknown` and `after_sensitive`, and its expression."""

    after: Any
    unknown: Any
    sensitive: Any
    expression: Any


class _Maker:
    def __init__(
        self,
        resources: list[dict[str, Any]],
        sources: list[dict[str, Any]],
        variables: list[dict[str, Any]],
        locals_: list[dict[str, Any]],
        *,
        is_native: bool,
    ) -> None:
        self.is_native = is_native
        self.index = 0
        self.each: dict[str, tuple[Any, Any]] = {}
        """By the name of an iterator (`each` for resources), its key and value now."""
        self.resources, self.sources = dict(_named(resources)), dict(_named(sources))
        self.variables = {
            name: body["default"] for block in variables for name, body in block.items() if "default" in body
        }
        self.locals = {name: value for block in locals_ for name, value in block.items()}

    def providers(self, blocks: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The providers by their keys, each with its region."""
        for block in blocks:
            for name, bodies in block.items():
                for body in bodies if isinstance(bodies, list) else [bodies]:
                    key = f"{name}.{body['alias']}" if "alias" in body else name
                    region = {"region": self._argument("region", body["region"]).expression} if "region" in body else {}
                    yield key, {"name": name, "expressions": region}

    def outputs(self, blocks: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The outputs by their names, each with its expression."""
        for block in blocks:
            for name, body in block.items():
                yield name, {"expression": self._argument(name, body["value"]).expression}

    def changes(self) -> Iterator[dict[str, Any]]:
        for (type_, name), body in self.sources.items():
            if type_ == "aws_region":
                continue
            yield {
                "address": f"data.{type_}.{name}",
                "mode": "data",
                "type": type_,
                "name": name,
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {**self._change(f"data.{type_}", body), "actions": ["read"]},
                "action_reason": "read_because_config_unknown",
            }
        for (type_, name), body in self.resources.items():
            for index in self._indices(body):
                yield {
                    "address": f"{type_}.{name}" + ("" if index is None else f"[{json.dumps(index)}]"),
                    "mode": "managed",
                    "type": type_,
                    "name": name,
                    **({} if index is None else {"index": index}),
                    "provider_name": "registry.terraform.io/hashicorp/aws",
                    "change": self._change(type_, body),
                }

    def _indices(self, body: dict[str, Any]) -> Iterator[int | str | None]:
        """The indices or keys of a resource's instances, while `count.index` or `each` is that of each one."""
        if "for_each" in body:
            for key, value in self._keyed(body["for_each"]).items():
                with self._iterating("each", key, value):
                    yield key
            return
        count = body.get("count")
        if count is not None and not isinstance(count, int):
            raise NotPlannableError(f"the count {count}")
        for index in [None] if count is None else range(count):
            self.index = index or 0
            yield index

    @contextmanager
    def _iterating(self, name: str, key: Any, value: Any) -> Iterator[None]:
        before = self.each
        self.each = {**before, name: (key, value)}
        yield
        self.each = before

    def _keyed(self, over: Any) -> dict[str, Any]:
        """The keys and values that `for_each` of a resource goes over, in order. Raises NotPlannableError."""
        code = _bare(over) if isinstance(over, str) else ""
        type_, _, name = code.partition(".")
        if (type_, name) in self.resources:
            body = self.resources[type_, name]
            if "for_each" not in body:
                raise NotPlannableError(f"for_each over {code}, which has no keys")
            return {key: _Instance(type_, name, key) for key in self._keyed(body["for_each"])}
        values = UNKNOWN if code.startswith("var.") else self._value(over)
        if not isinstance(values, (dict, list)):
            raise NotPlannableError(f"for_each over {over}")
        return dict(sorted(values.items() if isinstance(values, dict) else zip(values, values, strict=True)))

    def _change(self, type_: str, body: dict[str, Any]) -> dict[str, Any]:
        after: dict[str, Any] = dict(DEFAULTS.get(type_, {}))
        always = ("id",) if type_.startswith("data.") else ("arn", "id")
        unknown: dict[str, Any] = dict.fromkeys((*always, *COMPUTED.get(type_, ())), True)
        sensitive: dict[str, Any] = {}
        for name, argument in self._arguments(body).items():
            if argument.after is None and not argument.unknown and name in unknown:
                continue
            unknown.pop(name, None)
            _put(name, argument, after, unknown, sensitive)
        change = {"actions": ["create"], "before": None, "after": after, "after_unknown": unknown}
        return {**change, "before_sensitive": False, "after_sensitive": sensitive}

    def configuration(self) -> Iterator[dict[str, Any]]:
        yield from (self._block_of("managed", "", *key, body) for key, body in self.resources.items())
        yield from (self._block_of("data", "data.", *key, body) for key, body in self.sources.items())

    def _block_of(self, mode: str, prefix: str, type_: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        # Each instance has the same.
        [expressions, *_] = [_expressions(self._arguments(body)) for _ in self._indices(body)] or [{}]
        return {
            "address": f"{prefix}{type_}.{name}",
            "mode": mode,
            "type": type_,
            "name": name,
            **({"expressions": expressions} if expressions else {}),
            "schema_version": 0,
            **({"depends_on": [_bare(one) for one in body["depends_on"]]} if "depends_on" in body else {}),
            "provider_config_key": _bare(body["provider"]) if "provider" in body else "aws",
            **({"count_expression": {"constant_value": body["count"]}} if "count" in body else {}),
            **(
                {"for_each_expression": self._argument("for_each", body["for_each"]).expression}
                if "for_each" in body
                else {}
            ),
        }

    def _arguments(self, body: dict[str, Any], without: tuple[str, ...] = META) -> dict[str, _Argument]:
        written = (item for item in body.items() if item[0] not in (*without, "dynamic"))
        arguments = {key: self._argument(key, value) for key, value in written}
        for blocks in _blocks(body.get("dynamic")):
            for name, block in blocks.items():
                arguments[name] = self._dynamic(name, block, arguments.get(name))
        return arguments

    def _dynamic(self, name: str, block: Any, literal: _Argument | None) -> _Argument:
        """The blocks of a name, if some are made for each of something. Where that is not known, nothing of all of
        them is. The plan shows how those are written that are not made so."""
        written = _object(block, "dynamic blocks of a name")
        over, expression = self._value(written["for_each"]), literal.expression if literal is not None else None
        if over is UNKNOWN:
            return _Argument(None, True, [], expression)
        blocks = []
        for key, value in over.items() if isinstance(over, dict) else zip(over, over, strict=True):
            with self._iterating(written.get("iterator", name), key, value):
                blocks += [self._block(content) for content in _blocks(written["content"])]
        made = _Argument(*([getattr(one, part) for one in blocks] for part in _Argument.__annotations__))
        if literal is None:
            return _Argument(made.after, made.unknown, made.sensitive, None)
        parts = (literal.after + made.after, literal.unknown + made.unknown, literal.sensitive + made.sensitive)
        return _Argument(*parts, expression)

    def _argument(self, key: str, value: Any) -> _Argument:
        blocks = value if isinstance(value, list) else [value]
        if key not in MAPS and blocks and all(isinstance(block, dict) for block in blocks):
            made = [self._block(block) for block in blocks]
            return _Argument(*([getattr(one, part) for one in made] for part in _Argument.__annotations__))
        expression = {"constant_value": self._rewritten(value)}
        references = [
            form for code in _codes(value) for name in _references(self._given(code)) for form in _forms(name)
        ]
        if references:
            expression = {"references": references} if self.is_native else {**expression, "references": references}
        known = self._value(value)
        is_list = isinstance(value, list) or (isinstance(value, str) and "[*]" in value)
        empty: Any = [] if is_list else {} if isinstance(value, dict) else None
        return _Argument(None if known is UNKNOWN else known, known is UNKNOWN, empty, expression)

    def _block(self, block: dict[str, Any]) -> _Argument:
        after: dict[str, Any] = {}
        unknown: dict[str, Any] = {}
        sensitive: dict[str, Any] = {}
        arguments = self._arguments(block, ("//",))
        for name, argument in arguments.items():
            _put(name, argument, after, unknown, sensitive)
        return _Argument(after, unknown, sensitive, _expressions(arguments))

    def _value(self, value: Any) -> Any:
        """The value before apply; UNKNOWN if a part of it is unknown."""
        if isinstance(value, (list, dict)):
            children = {key: self._value(child) for key, child in _pairs(value)}
            if UNKNOWN in children.values():
                return UNKNOWN
            return children if isinstance(value, dict) else list(children.values())
        if not isinstance(value, str) or not _codes(value):
            return value
        resource_ref = _CODE.fullmatch(value)
        if resource_ref:
            return self._code(resource_ref[1])
        pieces = [self._code(code) for code in _codes(value)]
        if UNKNOWN in pieces:
            return UNKNOWN
        known = iter(pieces)
        return _CODE.sub(lambda _: str(next(known)), value)

    def _code(self, code: str) -> Any:
        references = _references(self._given(code))
        if references != [self._given(code).strip()]:
            if any(self._attribute(one) is UNKNOWN for one in references):
                return UNKNOWN
            return self._called(code)
        return self._attribute(references[0])

    def _called(self, code: str) -> Any:
        """The result of a call of one of FUNCTIONS, such as `jsonencode({kind = ["order"]})`."""
        call = re.fullmatch(r"\s*(\w+)\((.*)\)\s*", code, re.DOTALL)
        if call is None or call[1] not in FUNCTIONS:
            raise NotPlannableError(f"the expression {code}")
        [block] = _document(f"locals {{\n  data = [{call[2]}]\n}}\n")["locals"]
        # Without references, what looks like one is escaped text.
        values = self._value(block["data"]) if _references(code) else block["data"]
        return UNKNOWN if values is UNKNOWN else FUNCTIONS[call[1]](*values)

    def _attribute(self, reference: str) -> Any:
        key = re.search(r'\["([^"]*)"\]', reference)
        first, second, *rest = re.sub(r'\[(?:\d+|"[^"]*")\]', "", reference).split(".")
        if first in self.each:
            return self._iterated(self.each[first][second == "value"], rest)
        if first == "var":
            return self.variables[second]
        if first == "local":
            return self._value(self.locals[second])
        if (first, second) == ("count", "index"):
            return self.index
        if first == "data":
            return self._looked_up(reference, second, rest[0])
        if (first, second) not in self.resources:
            raise NotPlannableError(f"a reference to {first}.{second}, which is not in the configuration")
        body = self.resources[first, second]
        if "for_each" in body:
            return UNKNOWN if key is None else self._iterated(_Instance(first, second, key[1]), rest)
        if not rest or rest[0] not in body:
            return UNKNOWN
        with self._counting(re.match(r"[\w-]+\.[\w-]+\[(\d+)\]", reference)):
            return self._value(body[rest[0]])

    def _looked_up(self, reference: str, type_: str, name: str) -> Any:
        """The value of an attribute of a data source before apply. Raises NotPlannableError."""
        if type_ == "aws_region":
            # The provider knows its own, without AWS.
            return REGION
        source = self.sources.get((type_, name))
        if source is not None and not _has_unknown(self._arguments(source)):
            raise NotPlannableError(f"{reference}, which is read before the plan is made")
        return UNKNOWN

    @contextmanager
    def _counting(self, index: re.Match[str] | None) -> Iterator[None]:
        """While `count.index` is that of another resource's instance: the index of a reference to it."""
        before = self.index
        self.index = int(index[1]) if index is not None else before
        yield
        self.index = before

    def _iterated(self, value: Any, rest: list[str]) -> Any:
        """What attributes select in a value of an iterator, or in an instance of a resource."""
        if not isinstance(value, _Instance):
            for name in rest:
                value = value[name]
            return value
        body = self.resources[value.type, value.name]
        if not rest or rest[0] not in body:
            return UNKNOWN
        with self._iterating("each", value.key, self._keyed(body["for_each"])[value.key]):
            return self._value(body[rest[0]])

    def _rewritten(self, value: Any) -> Any:
        """A value with all code in its texts as `_given` has it."""
        if isinstance(value, (list, dict)):
            children = {key: self._rewritten(child) for key, child in _pairs(value)}
            return children if isinstance(value, dict) else list(children.values())
        is_text = isinstance(value, str) and "${" in value
        return _CODE.sub(lambda match: f"${{{self._given(match[1])}}}", value) if is_text else value

    def _given(self, code: str) -> str:
        """The code with variables without a value replaced by what a program gives."""

        def given(match: re.Match[str]) -> str:
            return match[0] if match[1] in self.variables else f"data.external.elsewhere.result.{match[1]}"

        return re.sub(r"(?<![\w.])var\.([\w-]+)", given, code)


def _has_unknown(arguments: dict[str, _Argument]) -> bool:
    """Whether anything of arguments and blocks is known only after apply."""
    waiting = [argument.unknown for argument in arguments.values()]
    while waiting:
        pending = waiting.pop()
        if pending is True:
            return True
        waiting += pending.values() if isinstance(pending, dict) else pending if isinstance(pending, list) else []
    return False


def _expressions(arguments: dict[str, _Argument]) -> dict[str, Any]:
    return {name: argument.expression for name, argument in arguments.items() if argument.expression is not None}


def _named(blocks: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """The resources or data sources by their types and names."""
    for block in blocks:
        for type_, named in block.items():
            yield from (((type_, name), body) for name, body in _object(named, type_).items())


def _put(name: str, argument: _Argument, after: Any, unknown: Any, sensitive: Any) -> None:
    if argument.unknown is True:
        unknown[name] = True
        after.pop(name, None)
    else:
        after[name] = argument.after
        if argument.unknown:
            unknown[name] = argument.unknown
    if argument.sensitive is not None:
        sensitive[name] = argument.sensitive


def _references(code: str) -> list[str]:
    """The references of an expression: what stands in quoted text is one only within `${…}`."""
    inside = (match[1] for text in _QUOTED.findall(code) for match in _CODE.finditer(text))
    parts = (_QUOTED.sub('""', code), *inside)
    return [name for part in parts for name in _REFERENCE.findall(part)]


def _bare(reference: str) -> str:
    """A reference without `${…}`."""
    resource_ref = _CODE.fullmatch(reference)
    return resource_ref[1] if resource_ref else reference


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotPlannableError(f"{what} as a list of blocks")
    return value


def _pairs(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items() if isinstance(value, dict) else enumerate(value))


def _codes(value: Any) -> list[str]:
    """The code in all texts of a value."""
    if isinstance(value, (list, dict)):
        return [code for _, child in _pairs(value) for code in _codes(child)]
    if isinstance(value, str) and "%{" in value:
        raise NotPlannableError("text with a directive")
    return _CODE.findall(value) if isinstance(value, str) else []


def _forms(reference: str) -> Iterator[str]:
    """A reference and its prefixes, as a plan lists them."""
    least = {"var": 2, "data": 3}.get(reference.partition(".")[0], 2)
    steps = re.findall(r'\[(?:\d+|"[^"]*")\]|\.?[\w-]+', reference)
    for length in range(len(steps), least - 1, -1):
        yield "".join(steps[:length])


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "plan.json").write_text(plan((folder / "main.tf.json").read_text()) + "\n")
