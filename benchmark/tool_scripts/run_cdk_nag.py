"""Prints in JSON what cdk-nag says of templates. Run by a Python that has cdk-nag, with paths of templates.

usage: python run_cdk_nag.py TEMPLATE ...

Each template is included in an app of its own, as cdk-nag's page tells for templates of CloudFormation; what the CDK
can't include is named on standard error.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any


def main() -> None:
    """Print what is found in the templates that the arguments name."""
    output = os.dup(1)
    os.dup2(2, 1)  # The CDK prints its own reports there.
    found = [{"file": path, **one} for path in sys.argv[1:] for one in told(path)]
    os.write(output, json.dumps(found).encode())


def told(path: str) -> list[dict[str, Any]]:
    """What is found in a template; nothing, and a word on standard error, where it can't be included."""
    try:
        return checked(os.path.abspath(path))
    except Exception as error:
        print(f"{path}: {str(error)[:300]}", file=sys.stderr)
        return []


def checked(path: str) -> list[dict[str, Any]]:
    """What all packs say of a template. Raises whatever the CDK raises where it can't include it."""
    import cdk_nag
    from aws_cdk import App, BootstraplessSynthesizer, Stack, Validations
    from aws_cdk.cloudformation_include import CfnInclude

    with tempfile.TemporaryDirectory() as folder:
        app = App(outdir=folder, analytics_reporting=False)
        # Another synthesizer adds a parameter that templates of the CDK have already.
        CfnInclude(Stack(app, "S", synthesizer=BootstraplessSynthesizer()), "T", template_file=path)
        packs = [getattr(cdk_nag, name) for name in dir(cdk_nag) if name.endswith("Checks")]
        Validations.of(app).add_plugins(*(pack(app) for pack in packs))
        try:
            app.synth()
        except Exception:
            if not os.path.exists(os.path.join(folder, "validation-report.json")):
                raise
        with open(os.path.join(folder, "validation-report.json"), encoding="utf-8") as file:
            return list(named(json.load(file)))


def named(report: Any) -> Any:
    """The findings of cdk-nag in the CDK's report, which has those of the CDK's own validation too."""
    for plugin in report["pluginReports"]:
        for one in plugin["violations"] if plugin["pluginName"] != "CloudFormation Validate" else ():
            for place in one["violatingConstructs"]:
                resource = place["constructPath"].split("/")[-1]
                yield {"rule": one["ruleName"], "resource": resource, "level": one.get("severity", "")}


if __name__ == "__main__":
    main()
