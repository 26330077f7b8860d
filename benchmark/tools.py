"""The tools that are measured: how each is run, as its documentation says, and what its report says where.

Each runs over a copy of the cases without their labels. Only what its own defaults switch on counts.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from benchmark.blocks import bare, module_of
from benchmark.labels import TEMPLATES

SCRIPTS = Path(__file__).parent / "tool_scripts"
"""Programs that are run by a tool's own Python."""


@dataclass(frozen=True)
class Finding:
    """What a tool says. file: relative to the cases. line: from 1. resource: empty if it names none. module: the
    outermost one of Terraform that the resource is in, as `module.name`. message: what it says, if its rule says it."""

    file: str
    line: int
    resource: str
    rule: str
    level: str = ""
    module: str = ""
    message: str = ""


@dataclass(frozen=True)
class Folder:
    """The copied cases. languages: of each, by name."""

    path: Path
    languages: Mapping[str, str]

    def templates(self) -> list[str]:
        """The templates of CloudFormation, SAM and the CDK, relative to the folder."""
        found = (one for name, is_in in self.languages.items() if is_in != "terraform" for one in self.of(name))
        return sorted(str(one.relative_to(self.path)) for one in found)

    def of(self, case: str) -> Iterator[Path]:
        """The files of a case that hold resources."""
        for file in sorted((self.path / case).rglob("*")):
            if file.suffix in TEMPLATES and b"Resources" in file.read_bytes():
                yield file


class MissingError(Exception):
    """A tool that is not to be had here, or gave no report; says why."""


Lint: TypeAlias = Callable[[Path, str], Any]
"""The report, in JSON, of a path in a folder."""

Run: TypeAlias = Callable[[Folder, Path], Iterator[Finding]]
"""Gives what a tool finds in the cases. Its second argument is the folder of the tool's own environment."""


@dataclass(frozen=True)
class Tool:
    """A tool. packages: what pip, or npm, brings it by. languages: those that it reads."""

    name: str
    packages: tuple[str, ...]
    languages: tuple[str, ...]
    run: Run
    is_npm: bool = False


def out(folder: Path, *command: str | Path) -> Any:
    """What a command prints in JSON, run in a folder. Raises MissingError if it prints none."""
    try:
        done = subprocess.run([str(one) for one in command], cwd=folder, capture_output=True, text=True)
        return json.loads(done.stdout)
    except OSError as error:
        raise MissingError(f"{error}; `python -m benchmark install` brings the tools") from None
    except ValueError:
        raise MissingError(f"{command[0]} printed no report: {done.stderr[-500:]}") from None


def version(tool: Tool, folder: Path) -> str:
    """The version of a tool that is installed in its folder."""
    if tool.is_npm:
        package = folder / "node_modules" / tool.packages[0] / "package.json"
        return str(json.loads(package.read_text(encoding="utf-8"))["version"])
    script = "from importlib.metadata import version; import json, sys; print(json.dumps(version(sys.argv[1])))"
    return str(out(folder, folder / "bin" / "python", "-c", script, tool.name))


def awslint_memo(folder: Folder, tool: Path, lint: Lint | None = None) -> Iterator[Finding]:
    """Each case by itself, since cases are different accounts; with advice, which `lint` counts unless it is asked.

    lint: gives the report of a path in a folder; by default that of the program in the tool's environment.
    """
    program = tool / "bin" / "awslint-memo"
    lint = lint or (lambda where, what: out(where, program, "lint", "--advice", "--format", "json", what))
    for case, language in folder.languages.items():
        for one in lint(folder.path / case, "cdk.out" if language == "cdk" else ".")["findings"]:
            file = os.path.normpath(os.path.join(case, one["path"]))
            address = one["resource"] or ""
            resource = bare(address).rpartition("/")[2]
            message = " ".join(filter(None, (one["message"], one["deployment"])))
            yield Finding(file, one["line"], resource, one["rule"], one["level"], module_of(address), message)


def cfn_lint(folder: Folder, tool: Path) -> Iterator[Finding]:
    """cfn-lint with the rules of cfn-lint-serverless, which are made for it."""
    command = (tool / "bin" / "cfn-lint", "--format", "json", "-c", "I", "-a", "cfn_lint_serverless.rules", "--")
    for one in out(folder.path, *command, *folder.templates()):
        path, start = one["Location"].get("Path") or [], one["Location"]["Start"]
        resource = str(path[1]) if len(path) > 1 and path[0] == "Resources" else ""
        rule, level = one["Rule"]["Id"], one["Level"].lower()
        yield Finding(one["Filename"], start["LineNumber"], resource, rule, level, message=one["Message"])


def checkov(folder: Folder, tool: Path) -> Iterator[Finding]:
    """Checkov over the whole folder."""
    frameworks = ("--framework", "cloudformation", "terraform")
    made = out(folder.path, tool / "bin" / "checkov", "-d", ".", *frameworks, "-o", "json", "--quiet", "--compact")
    for report in made if isinstance(made, list) else [made]:
        for one in report.get("results", {}).get("failed_checks", ()):
            name = one["resource"]
            resource = name.split(".", 1)[1] if name.startswith("AWS::") else bare(name)
            file, line = one["file_path"].lstrip("/"), one["file_line_range"][0]
            yield Finding(file, line, resource, one["check_id"], module=module_of(name))


def cloudformation_validate(folder: Folder, tool: Path) -> Iterator[Finding]:
    """The engine with all of its rules."""
    script = SCRIPTS / "run_cloudformation_validate.py"
    for one in out(folder.path, tool / "bin" / "python", script, *folder.templates()):
        yield Finding(**one)


def cdk_nag(folder: Folder, tool: Path) -> Iterator[Finding]:
    """All its packs, over templates that are included in an app, as its page says for templates of CloudFormation."""
    for one in out(folder.path, tool / "bin" / "python", SCRIPTS / "run_cdk_nag.py", *folder.templates()):
        yield Finding(one["file"], 0, one["resource"], one["rule"].partition("[")[0], one["level"])


def guard_rules_registry(folder: Folder, tool: Path) -> Iterator[Finding]:
    """All rules of the AWS Guard Rules Registry, whose folder `rules/aws` stands in the tool's, run by cfn-guard."""
    machine = "aarch64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    system = "macos" if sys.platform == "darwin" else "ubuntu"
    program = tool / "node_modules" / "@cdklabs" / "cdk-validator-cfnguard" / "bin" / system / machine / "cfn-guard"
    options = ("--output-format", "json", "--structured", "-S", "none")
    for path in folder.templates():
        try:
            reports = out(folder.path, program, "validate", "-r", tool / "rules" / "aws", "-d", path, *options)
        except MissingError as error:
            print(f"{path}: {error}", file=sys.stderr)  # It reads less of YAML than CloudFormation does.
            continue
        for report in reports:
            for one in report["not_compliant"]:
                rule = one["Rule"]["name"] if "Rule" in one else next(iter(one.values()))["name"]
                resources = re.findall(r'"path": "/Resources/(\w+)', json.dumps(one))
                yield from (Finding(path, 0, resource, rule) for resource in dict.fromkeys(resources))


CLOUDFORMATION = ("cloudformation", "sam", "cdk")
TOOLS = {
    one.name: one
    for one in (
        Tool("awslint-memo", (".",), (*CLOUDFORMATION, "terraform"), awslint_memo),
        Tool("cfn-lint", ("cfn-lint", "cfn-lint-serverless"), CLOUDFORMATION, cfn_lint),
        Tool("cloudformation-validate", ("cloudformation-validate",), CLOUDFORMATION, cloudformation_validate),
        Tool("checkov", ("checkov",), (*CLOUDFORMATION, "terraform"), checkov),
        Tool("cdk-nag", ("cdk-nag",), CLOUDFORMATION, cdk_nag),
        Tool("guard-rules-registry", ("@cdklabs/cdk-validator-cfnguard",), CLOUDFORMATION, guard_rules_registry, True),
    )
}
