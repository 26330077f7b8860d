"""Ctrl-C ends a run with 130 and a request to end with 143, whenever they come, and neither shows a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

MODULES = [
    "awslint_memo.cli",
    "click",
    "awslint_memo.files.root",
    "awslint_memo.judging.run",
    "awslint_memo.readers.cloudformation.template",
    "awslint_memo.reporters.text",
]
"""Modules that a run imports one after the other, from its first moment to its last."""

SCRIPT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # The tests may run in the background, where it is ignored.
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Interrupt())
sys.argv = ["awslint-memo", "lint", "ok.yaml", "--output", "report.txt"]
from awslint_memo.__main__ import run
run()
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system has no such signals")


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_a_module_is_imported(tmp_path: Path, module: str, number: signal.Signals, code: int) -> None:
    (tmp_path / "ok.yaml").write_text(
        "Resources: {Q: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}}\n"
    )
    script = SCRIPT.format(module=module, number=int(number))
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (code, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["ok.yaml"]


def test_nothing_slow_is_imported_before_a_signal_is_heeded() -> None:
    script = "import sys; before = set(sys.modules); import awslint_memo.__main__\nprint(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[1] / "src")},
    )
    assert {"typing", "click", "awslint_memo.cli"}.isdisjoint(done.stdout.split())


@pytest.mark.parametrize(
    ("configuration", "text"), [("pyproject.toml", "[tool.awslint-memo]\n"), (".awslint-memo.yaml", "profile: core\n")]
)
def test_no_module_of_the_working_folder_is_run_by_us(tmp_path: Path, configuration: str, text: str) -> None:
    for name in ("signal", "click", "yaml", "json", "typing", "jsonschema", "tomllib", "tomli"):
        (tmp_path / f"{name}.py").write_text(f"open('{name}.run', 'w')\n")
    (tmp_path / "ok.yaml").write_text(
        "Resources: {Q: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}}\n"
    )
    (tmp_path / configuration).write_text(text)
    command = [sys.executable, "-m", "awslint_memo", "lint", "ok.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
    assert [path.name for path in tmp_path.glob("*.run")] == []
