"""The table of CloudWatch's metrics: what it says fits together, and the program that adds names keeps the rest."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from bench import metrics as generator
from tests.cases import each_case

from awslint_memo.relations.cloudwatch import namespaces
from awslint_memo.relations.cloudwatch.namespaces import NO_UNIT, Namespace, entries, lines, names, namespace

NAMES = sorted(names())
UNITS = (*namespaces._UNITS, NO_UNIT)


def known(name: str) -> Namespace:
    found = namespace(name)
    assert found is not None
    return found


def test_the_memos_services_are_there() -> None:
    assert len(NAMES) >= 28
    assert {"AWS/SQS", "AWS/Lambda", "AWS/EventBridge/Pipes"} <= set(NAMES)
    assert namespace("Shop") is None


@each_case("name", NAMES)
def test_a_namespace_says_where_and_when_it_was_read(name: str) -> None:
    pages = [names[0] for key, names in entries(lines(name)) if key == "page"]
    assert pages
    for page in pages:
        path, day = page.split(" ")
        assert re.fullmatch(r"[A-Za-z0-9-]+(/[A-Za-z0-9_.-]+)+\.html", path)
        assert date(2025, 1, 1) < date.fromisoformat(day) <= date.today()


@each_case("name", NAMES)
def test_a_metric_has_one_unit(name: str) -> None:
    held = Counter(metric for key, metrics in entries(lines(name)) if key in UNITS for metric in metrics)
    assert [metric for metric, count in held.items() if count > 1] == []
    assert set(held) == known(name).metrics


@each_case("name", NAMES)
def test_what_is_said_is_of_metrics_and_dimensions_that_are_there(name: str) -> None:
    its = known(name)
    fleet_wide = its.fleet_wide if isinstance(its.fleet_wide, frozenset) else frozenset()
    of_kinds = frozenset(metric for metrics in its.kinds.values() for metric in metrics)
    percent = {metric for metric, unit in its.units.items() if unit == "Percent"}
    assert its.levels | its.requested | its.rare | its.never_zero | its.of_jobs | fleet_wide | of_kinds <= its.metrics
    assert its.at_most_one | its.each_one | its.average_at_most_one <= its.metrics
    assert its.percent_bursts <= percent
    assert its.own | its.apart <= its.dimensions
    assert set(its.never) | {one for needed in its.needs for one in needed.split(" or ")} <= its.dimensions
    assert frozenset[str]().union(*its.never.values(), *its.needs.values()) <= its.metrics
    assert not set(its.elsewhere) & its.metrics
    assert its.settled <= {"dimensions", "metrics"}


def test_each_key_is_known() -> None:
    words = {"page", "dimensions", "spared dimensions", "own dimensions", "settled", "above 100 too", "at most 1"}
    words |= {
        "average at most 1",
        "each 1",
        "levels",
        "with requests",
        "when it happens",
        "never 0",
        "with jobs",
        "without dimensions",
        "nowhere",
        "apart",
    }
    starts = ("never with ", "needs ", "in ", "kind ")
    keys = {key for name in NAMES for key, _ in entries(lines(name))}
    assert {key for key in keys if key not in (*words, *UNITS) and not key.startswith(starts)} == set()


def test_units_are_those_of_cloudwatch() -> None:
    assert known("AWS/SQS").units["ApproximateAgeOfOldestMessage"] == "Seconds"
    assert known("AWS/Lambda").units["Duration"] == "Milliseconds"
    assert known("AWS/RDS").units["ReadIOPS"] == "Count/Second"
    assert "RequestCount" not in known("AWS/ApplicationELB").units


def test_a_metric_leads_to_its_namespaces() -> None:
    assert namespaces.with_metric("Errors") == ("AWS/Lambda",)
    assert set(namespaces.with_metric("CPUUtilization")) >= {"AWS/EC2", "AWS/ECS", "AWS/RDS"}
    assert namespaces.with_metric("Errs") == ()


def test_the_program_adds_names_and_keeps_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = generator.FILE.read_text(encoding="utf-8")
    table = tmp_path / "metrics.txt"
    table.write_text(written, encoding="utf-8")
    monkeypatch.setattr(generator, "FILE", table)
    source = tmp_path / "metrics.go"
    source.write_text(
        'var NamespaceMetricsMap = map[string][]string{\n\t"AWS/Scheduler": {\n\t\t"BrandNew",\n\t},\n}\n\n'
        'var NamespaceDimensionKeysMap = map[string][]string{\n\t"AWS/Scheduler": {"ScheduleName"},\n'
        '\t"AWS/SQS": {"Other"},\n}\n'
    )
    held = [
        {"namespace": "AWS/SQS", "name": "NumberOfLostMessages"},
        {"namespace": "AWS/SQS", "name": "SentMessageSize"},
    ]
    specification = tmp_path / "db.json.gz"
    specification.write_bytes(gzip.compress(json.dumps({"schema": {"metric": {"entities": held}}}).encode()))
    generator.main(source, specification)
    before, after = written.replace("\n    ", " "), table.read_text(encoding="utf-8").replace("\n    ", " ")
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=False) if old != new]
    assert "  no unit: ApproximateAgeOfOldestMessageInQuietGroups" in "\n".join(changed)
    assert "NumberOfLostMessages" in after
    assert "BrandNew" in after
    assert "  dimensions: ScheduleGroup, ScheduleName" in after
    assert "Other" not in after
    assert len(after.splitlines()) == len(before.splitlines())
