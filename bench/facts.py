"""Prints what the installed cfn-lint and botocore have for the memo's services and the tables do not know yet, and
which facts were compared with their page too long ago.

python -m bench.facts            prints the report; the exit code is 0
python -m bench.facts --check    the same; the exit code is 1 if there is anything to look at
python -m bench.facts --looked   takes what botocore has today as looked at

From cfn-lint: types that no table names, and properties and values that tests/known_properties/ lacks. From botocore,
whose models have new things first: arguments and values of the operations that make things, which no type of
CloudFormation has under any name and model_words.txt lacks.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.known_properties import TABLES, differences, schema, schema_names, schemas_folder, tables, wrapped

LISTED = TABLES.parents[1] / "docs" / "developing" / "rules.md"
"""The page with the types that no rule names, and why."""

MODELS = Path(__file__).with_name("model_words.txt")

SERVICES = {
    "ApiGateway": "apigateway",
    "ApiGatewayV2": "apigatewayv2",
    "ApplicationSignals": "application-signals",
    "ApplicationAutoScaling": "application-autoscaling",
    "ARCRegionSwitch": "arc-region-switch",
    "AutoScaling": "autoscaling",
    "Backup": "backup",
    "CloudWatch": "cloudwatch",
    "CodeArtifact": "codeartifact",
    "CodeBuild": "codebuild",
    "CodeDeploy": "codedeploy",
    "CodeGuruProfiler": "codeguruprofiler",
    "CodeGuruReviewer": "codeguru-reviewer",
    "CodePipeline": "codepipeline",
    "DAX": "dax",
    "DynamoDB": "dynamodb",
    "ECS": "ecs",
    "ElastiCache": "elasticache",
    "Events": "events",
    "ImageBuilder": "imagebuilder",
    "Kinesis": "kinesis",
    "KinesisAnalyticsV2": "kinesisanalyticsv2",
    "KinesisFirehose": "firehose",
    "Lambda": "lambda",
    "Pipes": "pipes",
    "RDS": "rds",
    "Route53": "route53",
    "Route53RecoveryControl": "route53-recovery-control-config",
    "SNS": "sns",
    "SQS": "sqs",
    "Scheduler": "scheduler",
    "StepFunctions": "stepfunctions",
    "XRay": "xray",
}
"""The memo's services as CloudFormation names them, with botocore's names of them."""

OLDEST = 180
"""The days after which a fact is compared with its page again."""

_READ = re.compile(r"""\bread(?:=["']| on )(\d{4}-\d\d-\d\d)""")
"""How the source says on which day a page was read: of a fact, and in a docstring."""

_ROOT = Path(__file__).parents[1]

_MAKES = re.compile(r"(?:Create|Put|Register|Update|Set|Modify)[A-Z]")


def main() -> None:
    """Prints the report, or writes what was looked at; ends with 1 if that is asked for and there is anything."""
    if "--looked" in sys.argv:
        write()
    found = [
        _told("cfn-lint", list(of_schemas()) if schemas_folder() is not None else None),
        _told("botocore", list(of_models()) if importlib.util.find_spec("botocore") is not None else None),
        _told(
            "the sources", list(of_days(sources(), date.today())), f"name no page that was read over {OLDEST} days ago"
        ),
    ]
    sys.exit(1 if "--check" in sys.argv and any(found) else 0)


def _told(name: str, lines: list[str] | None, nothing: str = "has nothing that nobody has looked at") -> bool:
    """Prints what was found in a place, None if it is not installed; whether there is anything. nothing: said else."""
    if lines is None:
        print(f"{name} is not installed, so nothing of it is compared")
    else:
        print("\n".join(lines) or f"{name} {nothing}")
    return bool(lines)


def of_days(sources: Iterable[tuple[str, str]], today: date) -> Iterator[str]:
    """The places, of sources as names and texts, where a page was read more than OLDEST days ago."""
    for name, text in sources:
        for match in _READ.finditer(text):
            age = (today - date.fromisoformat(match[1])).days
            if age > OLDEST:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: its page was read {age} days ago; read it again, and write the day"


def sources() -> Iterator[tuple[str, str]]:
    """The files in which facts stand, as names and texts."""
    for folder in ("src", "rules"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            yield path.relative_to(_ROOT).as_posix(), path.read_text(encoding="utf-8")


def of_schemas() -> Iterator[str]:
    """What cfn-lint's schemas have that the tables lack."""
    known, listed = tables(), set(re.findall(r"AWS::\w+::\w+", LISTED.read_text(encoding="utf-8")))
    for type_ in sorted(schema_names()):
        content, service = schema(type_) if type_ in known else None, type_.split("::")[1]
        if type_ not in known and type_ not in listed and service in SERVICES:
            yield f"{type_} is a new type"
        elif content is not None and not known[type_].is_presence:
            yield from (f"{type_} {difference}" for difference in differences(content, known[type_]))


def of_models() -> Iterator[str]:
    """The words of botocore's models that nobody has looked at, each with a place where it stands."""
    known = {name: set(words.split(", ")) for name, _, words in (line.partition(": ") for line in _lines(MODELS))}
    for name, words in model_words().items():
        for word in sorted(words.keys() - known.get(name, set())):
            yield f"{name}: {word} is new ({words[word]})"


def model_words() -> dict[str, dict[str, str]]:
    """By service of botocore: the members and values that no type of CloudFormation has, with a place of each."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    loader = Loader()
    available = set(loader.list_available_services("service-2"))
    found: dict[str, dict[str, str]] = {}
    for service, name in SERVICES.items():
        if name not in available:
            continue
        model = ServiceModel(loader.load_service_model(name, "service-2"))
        words = {word.lower() for word in _words_of(service)}
        found[name] = {
            word: f"{operation} {path}"
            for operation in filter(_MAKES.match, model.operation_names)
            for path, values in _members(model.operation_model(operation).input_shape, "", ())
            for word in (path.rpartition(".")[2], *values)
            if word.lower() not in words and "," not in word
        }
    return found


def write() -> None:
    """Writes the words of botocore's models of today as looked at."""
    lines = (f"{name}: {', '.join(sorted(words))}" for name, words in model_words().items() if words)
    MODELS.write_text("".join("\n".join(wrapped(line)) + "\n" for line in lines), encoding="utf-8")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").replace("\n      ", " ").splitlines() if path.exists() else []


def _words_of(service: str) -> set[str]:
    """The names of properties, and the values, that the types of a service have anywhere."""
    texts = set()
    for type_ in schema_names():
        content = schema(type_) if type_.split("::")[1] == service else None
        texts |= set(_texts(content.content)) if content is not None else set()
    return texts


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("properties", {}) if isinstance(part.get("properties"), dict) else ()
        yield from map(str, part.get("enum", ()) if isinstance(part.get("enum"), list) else ())
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner)


def _members(shape: Any, path: str, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The members of a shape with the values that each takes; shapes that hold themselves are passed through once."""
    if shape is None:
        return
    if shape.type_name == "structure" and shape.name not in above:
        for name, member in shape.members.items():
            inner = f"{path}.{name}".removeprefix(".")
            yield inner, tuple(getattr(member, "enum", ()))
            yield from _members(member, inner, (*above, shape.name))
    elif shape.type_name == "list":
        yield from _members(shape.member, path, above)


if __name__ == "__main__":
    main()
