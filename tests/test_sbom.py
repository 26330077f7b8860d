"""The software bill of materials has what is installed beside the program, with its hashes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bench import sbom

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "action" / "requirements.txt"


def test_each_pinned_library_stands_in_it(tmp_path: Path) -> None:
    to = tmp_path / "awslint-memo.cdx.json"
    assert sbom.main([str(PINNED), "v1.2.3", str(to)]) == 0
    written = json.loads(to.read_text(encoding="utf-8"))
    pinned = dict(re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", PINNED.read_text(encoding="utf-8")))
    assert {one["name"]: one["version"] for one in written["components"]} == pinned
    assert written["metadata"]["component"]["purl"] == "pkg:pypi/awslint-memo@1.2.3"
    hashes = [
        hash_["content"]
        for one in written["components"]
        for file in one["externalReferences"]
        for hash_ in file["hashes"]
    ]
    assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", PINNED.read_text(encoding="utf-8")))
    assert {"click", "pyyaml", "jsonschema"} <= pinned.keys()


def test_a_library_without_a_hash_is_refused() -> None:
    with pytest.raises(SystemExit, match="has no hash"):
        sbom.bill("click==8.5.1\n", "1.2.3")


def test_each_library_is_depended_on_once() -> None:
    document = sbom.bill(PINNED.read_text(encoding="utf-8"), "1.2.3")
    (tie,) = document["dependencies"]
    assert tie["dependsOn"] == [one["bom-ref"] for one in document["components"]]
    assert len(set(tie["dependsOn"])) == len(tie["dependsOn"])
