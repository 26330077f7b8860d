"""Helpers for tests of plans: read one from the fixtures, or build a small one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from awslint_memo.files.source import Source, read
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.finding import Finding
from awslint_memo.model.value import Value
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.recognition import template

PLANS = Path(__file__).parents[2] / "fixtures" / "plans"
QUEUE, FUNCTION = "AWS::SQS::Queue", "AWS::Lambda::Function"


def deployed(source: Source, *, is_whole: bool = True) -> Deployment:
    """The deployment of a plan. is_whole: whether all of its changes have Terraform's form."""
    made = template(source)
    assert isinstance(made, TerraformPlan)
    deployments = made.deployments(None)
    assert deployments.is_complete
    (deployment,) = deployments.deployments
    assert deployment.is_open is not is_whole
    return deployment


def fixture(name: str) -> Deployment:
    return deployed(read(str(PLANS / name / "plan.json")))


def deployment(*changes: dict[str, Any], is_whole: bool = True, **more: Any) -> Deployment:
    resource_ref = {"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": changes, **more}
    return deployed(Source("plan.json", json.dumps(resource_ref).encode()), is_whole=is_whole)


def change(address: str, after: Any, unknown: Any = None, **more: Any) -> dict[str, Any]:
    type_, name = address.split(".")[-2:]
    actions = more.pop("actions", ["create"])
    made = {"actions": actions, "before": None, "after": after, "after_unknown": unknown or {}}
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name.partition("[")[0],
        "change": {**made, **more.pop("change", {})},
        **more,
    }


def configured(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"root_module": {"resources": [{"mode": "managed", **one} for one in resources], **more}}


def target(deployment: Deployment, name: str, path: str, *types: str) -> str | None:
    found = deployment.resources[name].follow(path, *types)
    return found.name if found is not None else None


def mentioned(value: Value) -> set[str]:
    return {link.resource for link in value.mentions()}


def findings(name: str) -> list[Finding]:
    made = template(read(str(PLANS / name / "plan.json")))
    assert made is not None
    found, _ = check_template(made, CheckOptions(list(rules().values())))
    return found
