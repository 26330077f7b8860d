"""A baseline knows its findings again where folders, files, modules and resources are called otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.comparing.test_baseline import SHORT, SOUND
from tests.comparing.test_following import CALL, FAILED, INSIDE, MAIN, SAME, alarms, queue
from tests.readers.workspace import write
from tests.reporters.test_json_format import REPORTS
from tests.repositories import made, needs_git

pytestmark = pytest.mark.usefixtures("polled_queues")

RULES = ("--select", "sqs-long-polling,alarm-without-action")
KNOWN = ("lint", *RULES, "--baseline", "known.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(
    folder: Path, before: Mapping[str, str | None], after: Mapping[str, str | None], *, is_old: bool = False
) -> None:
    """Write a baseline of some files, and then other files. is_old: as former versions write it."""
    write(folder, {path: text for path, text in before.items() if text is not None})
    printed("lint", *RULES, "--write-baseline", "known.yaml")
    if is_old:
        known = Path("known.yaml")
        known.write_text(re.sub(r', "type": .*\}', "}", known.read_text()))
    for path, text in after.items():
        if text is None:
            (folder / path).unlink()
        else:
            write(folder, {path: text})


@pytest.mark.parametrize("way", SAME)
def test_what_is_called_otherwise_or_is_elsewhere_stays_known(folder: Path, way: str) -> None:
    before, after, finding = SAME[way]
    change(folder, before, after)
    shown = printed(*KNOWN)
    assert "note: known.yaml: " in shown
    assert f"{finding.replace(' ', ' on ')} (was " in shown
    assert "no longer occur" not in shown
    assert "known by likeness" in printed(*KNOWN), "a run changes nothing"
    assert "wrote 1 finding as the resources are called now" in printed(*KNOWN, "--prune-baseline")
    assert "note" not in printed(*KNOWN)


def test_a_folder_that_is_renamed_loses_none(folder: Path) -> None:
    files = {f"envs/{name}/main.tf": MAIN + queue("bills") for name in ("live-1", "live-2")}
    moved = {path.replace("envs", "environments"): text for path, text in files.items()}
    change(folder, files, {**dict.fromkeys(files), **moved})
    shown = json.loads(invoke(*KNOWN, "--format", "json").stdout)
    REPORTS.validate(shown)
    assert (shown["findings"], len(shown["baselined"])) == ([], 4)
    assert {(each["was"]["root"], each["root"]) for each in shown["baseline"]["followed"]} == {
        (f"envs/{name}", f"environments/{name}") for name in ("live-1", "live-2")
    }


def test_a_folder_that_is_renamed_loses_none_of_a_former_baseline(folder: Path) -> None:
    change(folder, {"a/main.tf": MAIN}, {"a/main.tf": None, "b/main.tf": MAIN}, is_old=True)
    assert printed(*KNOWN).endswith("1 in the baseline\n")


def test_a_former_baseline_knows_no_other_names(folder: Path) -> None:
    change(folder, {"main.tf": MAIN}, {"main.tf": MAIN.replace("orders", "received_orders")}, is_old=True)
    assert "aws_sqs_queue.received_orders" in printed(*KNOWN, exits=1)


def test_what_one_finding_tells_of_several_resources_moves_with_them(folder: Path) -> None:
    functions = "".join(f'resource "aws_lambda_function" "{name}" {{\n  timeout = 5\n}}\n' for name in ("one", "two"))
    write(folder, {"a/jobs/main.tf": functions})
    select = ("lint", "--advice", "--select", "xray-lambda-tracing")
    printed(*select, "--write-baseline", "known.yaml")
    (folder / "a/jobs/main.tf").unlink()
    write(folder, {"b/jobs/main.tf": functions})
    assert "xray-lambda-tracing on" in printed(*select, "--baseline", "known.yaml")


NOT_KNOWN: dict[str, tuple[Mapping[str, str | None], Mapping[str, str | None], str]] = {
    "a copy": ({"main.tf": MAIN}, {"main.tf": MAIN + queue("copied")}, "aws_sqs_queue.copied"),
    "one that was there without a finding": (
        {"live-1/main.tf": MAIN, "live-2/main.tf": queue("orders", "  receive_wait_time_seconds = 20\n") + FAILED},
        {"live-1/main.tf": None, "live-2/main.tf": MAIN},
        "aws_sqs_queue.orders",
    ),
    "one that was there with another name and no finding": (
        {"main.tf": MAIN + queue("bills", "  receive_wait_time_seconds = 20\n")},
        {"main.tf": queue("bills") + FAILED},
        "aws_sqs_queue.bills",
    ),
    "one that has other findings in the baseline": (
        {"a.yaml": alarms("Old", 1) + SHORT.partition("\n")[2], "b.yaml": SOUND},
        {"a.yaml": alarms("Old", 1), "b.yaml": SHORT},
        "Orders",
    ),
    "more than there were": ({"a.yaml": alarms("Old", 2)}, {"a.yaml": alarms("New", 3)}, "New2"),
}


@pytest.mark.parametrize("way", NOT_KNOWN)
def test_what_is_another_one_is_reported(folder: Path, way: str) -> None:
    before, after, name = NOT_KNOWN[way]
    change(folder, before, after)
    findings = json.loads(invoke(*KNOWN, "--format", "json").stdout)["findings"]
    assert [finding["resource"] for finding in findings] == [name]


@needs_git
def test_the_gate_takes_nothing_for_known_that_only_looks_alike(folder: Path) -> None:
    (folder / ".git").rmdir()
    repository = made(folder)
    write(folder, {"main.tf": MAIN})
    printed("lint", *RULES, "--write-baseline", "known.yaml")
    repository.commit()
    write(folder, {"main.tf": FAILED + CALL, "queues/main.tf": INSIDE})
    assert invoke(*KNOWN).exit_code == 0
    assert invoke(*KNOWN, "--gate").exit_code == 1


def test_resources_beside_are_kept_of_what_a_run_did_not_look_at(folder: Path) -> None:
    sound = queue("orders", "  receive_wait_time_seconds = 20\n") + FAILED
    write(folder, {"a/main.tf": MAIN, "b/main.tf": sound})
    printed("lint", *RULES, "--write-baseline", "known.yaml")
    line = '# no finding: {"root": "b", "resource": "aws_sqs_queue.orders"}\n'
    assert line in Path("known.yaml").read_text()
    printed("lint", "a", *RULES, "--write-baseline", "known.yaml")
    assert Path("known.yaml").read_text().count("# no finding: ") == 1
    assert "no findings" in printed(*KNOWN)


def test_no_word_of_a_line_that_may_name_a_secret_is_kept(folder: Path) -> None:
    secret = MAIN.replace("  redrive_policy", '  tags = {\n    ApiKey = "hunter2hunter2"\n  }\n  redrive_policy', 1)
    kept = []
    for text in (secret, secret.replace("hunter2hunter2", "another4another4")):
        write(folder, {"main.tf": text})
        printed("lint", *RULES, "--write-baseline", "known.yaml")
        kept.append(Path("known.yaml").read_text())
    assert kept[0] == kept[1]
