"""The target of OSS-Fuzz: the first byte says as which file the rest is linted, by all rules.

An exception, and a rule that fails, end the run. What the tool refuses with a sentence is an answer.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pkgutil import walk_packages

import atheris

with atheris.instrument_imports(include=["awslint_memo"]):
    import awslint_memo
    from awslint_memo import api
    from awslint_memo.judging.checks import INTERNAL_ERROR

    # What a run imports late is followed only if it is imported here.
    for module in walk_packages(awslint_memo.__path__, "awslint_memo."):
        if not module.name.endswith("__main__") and "cfn_lint" not in module.name and ".server" not in module.name:
            import_module(module.name)

NAMES = ("template.yaml", "template.json", "main.tf", "main.tf.json", "plan.json", "samconfig.toml")
BESIDE = {"template.yaml": b"Resources: {Q: {Type: AWS::SQS::Queue}}\n"}
"""What lies beside a file that is no template itself."""


def lint(data: bytes) -> None:
    """Lints one input in the working folder."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    files = {**BESIDE, name: data[1:]} if name == "samconfig.toml" else {name: data[1:]}
    report = api.lint(list(files), advice=True, profile="all", unsaved=files, reports_unknown=False)
    failed = [one.message for one in report.findings if one.rule == INTERNAL_ERROR]
    failed += [one.message for one in report.errors if "internal error" in one.message]
    if failed:
        raise RuntimeError(failed[0])


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())
    atheris.Setup(sys.argv, lint)
    atheris.Fuzz()
