"""Writes relations/iam/actions.txt: the services that have actions in IAM policies, and the actions of some of them.

python -m bench.iam_actions

The names are those of the installed cfn-lint, which has them from AWS's policy generator in small letters; botocore's
operations say how most of them are written.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

import botocore.session

from awslint_memo.relations.iam import known_actions

FILE = Path(known_actions.__file__).with_name("actions.txt")

LISTED = """
application-autoscaling arc-region-switch arc-zonal-shift autoscaling backup cloudformation cloudfront cloudwatch
codeartifact codebuild codecommit codeconnections codedeploy codeguru-profiler codepipeline codestar-connections
codestar-notifications dax dynamodb ecr ecs elasticache elasticfilesystem elasticloadbalancing events execute-api
firehose imagebuilder kinesis kinesisanalytics kms lambda logs pipes rds rds-data rds-db route53
route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness s3 scheduler secretsmanager
servicediscovery sns sqs states sts synthetics tag xray
"""
"""The services whose actions are listed: those of the memo, and what programs of these call most."""


def spelled() -> Mapping[str, str]:
    """How actions are written, by their small letters: the operations of AWS, and what their pages name."""
    session = botocore.session.get_session()
    loader = session.get_component("data_loader")
    found: dict[str, str] = {}
    for service in session.get_available_services():
        model = json.dumps(loader.load_service_model(service, "service-2"))
        found.update({name.lower(): name for name in re.findall(r"\b[a-z0-9-]+:([A-Z][A-Za-z]{5,})", model)})
    for service in session.get_available_services():
        found.update({name.lower(): name for name in session.get_service_model(service).operation_names})
    return found


def lines(policies: Mapping[str, Mapping[str, object]], names: Mapping[str, str]) -> Iterator[str]:
    """The lines of the file."""
    yield f"# {known_actions.PAGE}"
    yield f"# {date.today().isoformat()}, by cfn-lint; written by bench/iam_actions.py."
    yield "services: " + " ".join(sorted(policies))
    for service in LISTED.split():
        actions = policies[service]["Actions"]
        assert isinstance(actions, dict)
        yield f"{service}: " + " ".join(sorted(names.get(action, action) for action in actions))


def main() -> None:
    """Write the file anew."""
    text = files("cfnlint.data.AdditionalSpecs").joinpath("Policies.json").read_text(encoding="utf-8")
    wrapped = (
        textwrap.wrap(line, 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        for line in lines(json.loads(text), spelled())
    )
    FILE.write_text("\n".join(line for group in wrapped for line in group) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
