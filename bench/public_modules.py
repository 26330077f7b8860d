"""Compares what is told of calls of public modules without and with the modules in place, from git mirrors.

usage: python -m bench.public_modules examples MIRRORS WORK [--before SOURCES] [--only TEXT] [--tags N]
       python -m bench.public_modules repositories MIRRORS WORK --of OWNER/NAME... [--before SOURCES]
       python -m bench.public_modules times MIRRORS WORK [--before SOURCES]

MIRRORS is a folder with git mirrors, as OWNER+NAME/repo or OWNER+NAME; nothing is fetched. WORK is a folder to write
to. SOURCES is a checkout of an earlier commit of this project, which is run too.

`examples` takes the examples of the modules below at their newest tag and at the last one of the major version
before, calls the module by its address in the registry instead of `../../`, and runs each twice: as it is, and with the
modules laid below `.terraform/modules`. `repositories` does the same with whole repositories. Prints Markdown tables,
and writes each difference to WORK/differences.json.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.mirrors import Mirror, Mirrors, Version
from bench.module_layers import calls, lay, unlay
from bench.module_times import times
from bench.verdict_tables import Compared, examples_table, repositories_table, run

TEMPLATES = ("terraform-aws-modules/terraform-aws-{}", "cloudposse/terraform-aws-{}")
MODULES = (
    "acm alb apigateway-v2 app-runner appsync autoscaling cloudwatch dms dynamodb-table ecs efs eks elasticache elb "
    "emr eventbridge iam kms lambda memory-db msk-kafka-cluster notify-slack rds rds-aurora rds-proxy redshift "
    "s3-bucket secrets-manager security-group sns sqs step-functions vpc",
    "documentdb-cluster dynamodb dynamodb-autoscaler ec2-autoscale-group ecs-alb-service-task "
    "ecs-cloudwatch-autoscaling ecs-cluster ecs-web-app elastic-beanstalk-environment elasticache-redis "
    "lambda-function msk-apache-kafka-cluster rds rds-cluster s3-bucket sns-topic",
)
"""The modules whose examples are compared: the most called ones of both owners whose resources rules judge, and of
each kind that no rule judges."""

_LOCAL = re.compile(r'^([ \t]*)source([ \t]*)=[ \t]*"\.\./\.\./?([^"]*)"', re.MULTILINE)


def modules() -> Iterator[str]:
    """The addresses of the modules at GitHub."""
    for template, names in zip(TEMPLATES, MODULES, strict=True):
        yield from (template.format(name) for name in names.split())


def last_versions(mirror: Mirror, number: int) -> list[Version]:
    """The newest version, and the last ones of major versions before, or of minor ones below 1.0. number: how many."""
    series = {each.order[:1] if each.order[0] else each.order[:2]: each for each in mirror.versions}
    return [*reversed(series.values())][:number]


def written(address: str, version: Version, mirror: Mirror, work: Path) -> Iterator[Path]:
    """The examples of a version of a module, as roots that call it by its address, each in a folder of its own."""
    owner, _, name = address.partition("/")
    provider, _, called = name.removeprefix("terraform-").partition("-")
    tree = work / "examples" / f"{owner}+{called}" / version.number
    shutil.rmtree(tree, ignore_errors=True)
    mirror.write(version.commit, tree, everything=True)
    if not (tree / "examples").is_dir():
        return
    (tree / "examples").rename(tree / "roots")  # What is of a folder for examples counts less.
    for root in sorted({path.parent for path in (tree / "roots").glob("*/*.tf")}):
        source = f"{owner}/{called}/{provider}"
        if sum(_calls_by_address(path, source, version.number) for path in root.glob("*.tf")):
            yield root


def _calls_by_address(path: Path, source: str, version: str) -> int:
    def address(match: re.Match[str]) -> str:
        folder = match[3].strip("/")
        if folder and not folder.startswith("modules/"):
            return match[0]
        whole = f"{source}//{folder}" if folder else source
        return f'{match[1]}source{match[2]}= "{whole}"\n{match[1]}version{match[2]}= "{version}"'

    text = path.read_text()
    changed, _ = _LOCAL.subn(address, text)
    path.write_text(changed)
    return int(changed != text)


def examples(mirrors: Mirrors, given: argparse.Namespace) -> Iterator[Compared]:
    """The verdicts of each example."""
    for address in modules():
        mirror = mirrors.repository(address)
        if mirror is None or given.only not in address:
            continue
        for version in last_versions(mirror, given.tags):
            roots = list(written(address, version, mirror, given.work))
            if roots:
                yield from _examples(roots, mirrors, given.before)


def _examples(roots: Sequence[Path], mirrors: Mirrors, before: Path | None) -> Iterator[Compared]:
    tree = roots[0].parents[1]
    paths = [root.relative_to(tree) for root in roots]
    earlier = run(tree, paths, before) if before is not None else [None] * len(roots)
    facts = run(tree, paths)
    layers = [lay(root, mirrors) for root in roots]
    placed = run(tree, paths)
    for root, by_facts, by_module, of_before, layer in zip(roots, facts, placed, earlier, layers, strict=True):
        yield Compared(f"{tree.parent.name}/{tree.name}/{root.name}", by_facts, by_module, of_before, layer)
    shutil.rmtree(tree)


def repositories(mirrors: Mirrors, work: Path, before: Path | None, named: Sequence[str]) -> Iterator[Compared]:
    """The verdicts of each repository."""
    for address in named:
        mirror = mirrors.repository(address)
        commit = mirror.commit("") if mirror is not None else None
        if mirror is None or commit is None:
            raise SystemExit(f"there is no mirror of {address}")
        tree = work / "repositories" / address.replace("/", "+")
        shutil.rmtree(tree, ignore_errors=True)
        mirror.write(commit, tree, everything=True)
        for words in (["init", "-q"], ["remote", "add", "origin", f"https://github.com/{address}"]):
            subprocess.run(["git", "-C", str(tree), *words], check=True)
        earlier = run(tree, [Path()], before)[0] if before is not None else None
        (facts,) = run(tree, [Path()])
        folders = sorted({path.parent for path in tree.rglob("*.tf") if ".terraform" not in path.parts})
        layers = [lay(folder, mirrors, address) for folder in folders if calls(folder)]
        (placed,) = run(tree, [Path()])
        for folder in folders:
            unlay(folder)
        layer = layers[0] if layers else lay(tree, mirrors)
        for other in layers[1:]:
            layer.entries += other.entries
            layer.missing |= {f"{len(layer.missing)} {key}": source for key, source in other.missing.items()}
            layer.laid |= {f"{len(layer.laid)} {key}": source for key, source in other.laid.items()}
        yield Compared(f"{address}@{commit[:12]}", facts, placed, earlier, layer)


def main() -> None:
    """Does what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    parsers = {name: commands.add_parser(name) for name in ("examples", "repositories", "times")}
    for command in parsers.values():
        command.add_argument("mirrors", type=Path)
        command.add_argument("work", type=Path)
        command.add_argument("--before", type=Path)
    parsers["examples"].add_argument("--tags", type=int, default=2, help="how many major versions of each module")
    parsers["examples"].add_argument("--only", default="", help="only modules whose address has this text")
    parsers["repositories"].add_argument("--of", nargs="+", required=True, help="the repositories")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    mirrors = Mirrors(given.mirrors, given.work / "packages")
    if given.command == "times":
        print("\n".join(times(mirrors, given.work, given.before)))
        return
    is_examples = given.command == "examples"
    every = examples(mirrors, given) if is_examples else repositories(mirrors, given.work, given.before, given.of)
    compared: list[Compared] = []
    for comparison in every:
        compared.append(comparison)
        (given.work / "differences.json").write_text(json.dumps([each.told for each in compared], indent=1))
    print("\n".join(examples_table(compared) if is_examples else repositories_table(compared)))


if __name__ == "__main__":
    main()
