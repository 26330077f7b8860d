"""The app of the CDK among the fixtures, copied so that a test may change it, and small assemblies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "cdk"


def copied(folder: Path) -> Path:
    """A copy of the app in a folder; its root."""
    return Path(shutil.copytree(FIXTURE, folder / "shop"))


def change(path: Path, edit: Callable[[Any], None]) -> None:
    """Change a file in JSON."""
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def made(folder: Path, templates: Mapping[str, Any], **properties: Any) -> Path:
    """An assembly with a stack for each template, by the stack's name. properties: more of each artifact."""
    out = folder / "cdk.out"
    out.mkdir(parents=True)
    artifacts: dict[str, Any] = {}
    for name, template in templates.items():
        said = {"templateFile": f"{name}.template.json", **properties.get("properties", {})}
        artifacts[name] = {"type": "aws:cloudformation:stack", **properties, "properties": said}
        (out / f"{name}.template.json").write_text(json.dumps(template), encoding="utf-8")
    manifest = {"version": "55.0.0", "artifacts": artifacts}
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return out
