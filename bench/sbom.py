"""Writes the software bill of materials of a release: the libraries of its requirements file, as CycloneDX 1.6.

Usage: python -m bench.sbom REQUIREMENTS VERSION TO   REQUIREMENTS has versions and hashes, as `make pins` writes them
https://cyclonedx.org/docs/1.6/json/ (read on 2026-11-30)
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_LIBRARY = re.compile(r"^([\w.-]+)==([^\s;\\]+)(.*(?:(?<=\\)\n.*)*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(requirements: str, version: str) -> dict[str, Any]:
    """The document. Raises SystemExit for a library without a hash: nobody could tell what it was."""
    ours = f"pkg:pypi/awslint-memo@{version}"
    libraries = [_library(match[1], match[2], match[3]) for match in _LIBRARY.finditer(requirements)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": "awslint-memo",
                "version": version,
                "purl": ours,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": libraries,
        "dependencies": [{"ref": ours, "dependsOn": [library["bom-ref"] for library in libraries]}],
    }


def _library(name: str, version: str, rest: str) -> dict[str, Any]:
    hashes = _HASH.findall(rest)
    if not hashes:
        raise SystemExit(f"{name}=={version} has no hash")
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    files = [
        {"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/#files", "hashes": [one]}
        for one in ({"alg": "SHA-256", "content": content} for content in hashes)
    ]
    named = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return {**named, "externalReferences": files}


def main(words: Sequence[str]) -> int:
    """Write the file; gives the exit code."""
    if len(words) != 3:
        print(__doc__)
        return 2
    requirements, version, to = words
    document = bill(Path(requirements).read_text(encoding="utf-8"), version.removeprefix("v"))
    Path(to).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
