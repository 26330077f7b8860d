"""Compares what is found in SAM templates with what is found in the translation of AWS's own translator.

python -m bench.sam_reference FOLDER

FOLDER: any folder with templates, for example tests/translator/input of github.com/aws/serverless-application-model.
Prints each finding that only one of the two has, and counts. Nothing is asked of AWS: code in local folders is taken
for packaged, and templates that the translator refuses or for which it needs AWS are counted as refused.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse
from tests.readers.sam.test_sam_against_translator import Session
from tests.readers.sam.test_sam_findings import ONLY_OURS, ONLY_THEIRS, SAM, found, is_explained

LOCAL = ("CodeUri", "ContentUri", "DefinitionUri", "SchemaUri")
CODE = ("CodeUri", "ImageUri", "InlineCode")


def packaged(template: dict[str, Any]) -> dict[str, Any]:
    """The template with its code and definitions in a bucket, as `sam package` leaves it."""
    shared = template.get("Globals") or {}
    said = [one.get("Properties") for one in template["Resources"].values() if isinstance(one, dict)]
    for properties in (*said, *shared.values()):
        for name in LOCAL:
            if isinstance(properties, dict) and isinstance(properties.get(name), str):
                properties[name] = "s3://bucket/key"
    for one in template["Resources"].values():
        if isinstance(one, dict) and one.get("Type") == f"{SAM}::Function":
            properties = one.setdefault("Properties", {})
            whole = {**(shared.get("Function") or {}), **properties}
            if not any(name in whole for name in CODE):
                properties["ImageUri" if whole.get("PackageType") == "Image" else "CodeUri"] = "s3://bucket/key"
    return template


def templates(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that hold types of SAM."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".yml", ".json", ".template") and path.is_file():
            text = path.read_text(errors="replace")
            if f"{SAM}::" in text:
                yield path, text


def main(folder: Path) -> None:
    """Print the differences, and how many there are of each kind."""
    logging.disable(logging.CRITICAL)
    counts: Counter[str] = Counter()
    for path, text in templates(folder):
        try:
            said = packaged(json.loads(json.dumps(yaml_parse(text), default=str)))
            translation = json.dumps(Translator({}, Parser(), boto_session=Session()).translate(said, {}))
        except Exception:  # whatever the translator raises
            counts["refused"] += 1
            continue
        ours, theirs = found("template.yaml", text), found("template.json", translation)
        counts["compared"] += 1
        counts["the same"] += len(ours.items() & theirs.items())
        for who, one, other, reasons in (("ours", ours, theirs, ONLY_OURS), ("theirs", theirs, ours, ONLY_THEIRS)):
            for (rule, resource), level in one.items():
                if other.get((rule, resource)) == level:
                    continue
                is_known = is_explained((rule, resource), reasons)
                counts["explained" if is_known else f"only {who}"] += 1
                if not is_known:
                    print(f"{path}: {who}: {level}[{rule}] {resource}")
    print(", ".join(f"{number} {what}" for what, number in counts.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
