"""The page for whoever releases: its commands are ones, and name what the workflows and files have."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "developing" / "release.md").read_text(encoding="utf-8")
BLOCKS = [re.sub(r"^   ", "", block, flags=re.M) for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S)]
RELEASE = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))["jobs"]
CHECKS = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_a_shell_can_read_the_commands(block: str) -> None:
    done = subprocess.run(["bash", "-n"], input=block, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for word, document in re.findall(r"<<'?(\w+)'?\n(.*?)\n\1\n", block + "\n", re.S):
        if word == "JSON":
            json.loads(document.replace("$ID", "1"))


def test_each_place_that_is_published_to_has_its_environment() -> None:
    (names,) = re.findall(r"^for NAME in (.+); do$", PAGE, re.M)
    environments = [job["environment"] for job in RELEASE.values() if "environment" in job]
    assert set(names.split()) == {one if isinstance(one, str) else one["name"] for one in environments}


def test_what_has_to_pass_before_a_merge_is_a_job_that_waits_for_all_others() -> None:
    (context,) = re.findall(r'"context": "(.+?)"', PAGE)
    (last,) = [job for job in CHECKS.values() if job["name"] == context]
    assert {*last["needs"]} == {name for name, job in CHECKS.items() if job is not last}
    assert last["if"] == "always()"
    assert last["steps"][0]["run"].count('"success"') == len(last["needs"])


def test_commands_of_the_project_are_there() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = {word for line in re.findall(r"`make ([a-z -]+)`", PAGE) for word in line.split()} | {"owner"}
    assert named <= set(targets)
    assert all((ROOT / "bench" / f"{name}.py").is_file() for name in re.findall(r"python -m bench\.(\w+)", PAGE))
