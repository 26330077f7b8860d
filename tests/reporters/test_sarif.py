"""The SARIF format: valid, with portable paths and stable fingerprints."""

import gzip
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.report import Hidden, Report
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.manual.memo import chapters, topics
from awslint_memo.model.finding import Finding, Level, Related
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import REPORTERS, Look, sarif
from awslint_memo.reporters.sarif_places import artifact, fingerprints

RULE = Rule(
    "sqs-long-polling",
    "warning",
    resource=("AWS::SQS::Queue",),
    aliases=("sqs-polling",),
    memo="memo",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/page.html",
    title="Queues should wait.",
    reason="An empty answer is billed. " * 80,
    advice="Set it to 20.",
    service="sqs",
)
FINDING = Finding(
    "Orders answers at once",
    Span("a b/t.yaml", 3, 5, 4, 9),
    "Orders",
    "AWS::SQS::Queue",
    "warning",
    [
        Related(Span("u.yaml", 7, 1, 7, 2), "Worker works 60 s"),
        Related(Span("u.yaml", 7, 1, 7, 2), "Worker works 60 s"),
    ],
    "sqs-long-polling",
)
LINES = ["Resources:", "  Orders:", "    Type: AWS::SQS::Queue", "    Properties: {}", ""]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_of(report: Report) -> dict[str, Any]:
    text = REPORTERS["sarif"](report, Look(color=True))
    assert text.isascii()
    log = json.loads(text)
    Sarif.model_validate(log)
    assert log["version"] == "2.1.0"
    run: dict[str, Any] = log["runs"][0]
    check_what_models_of_the_schema_leave_open(run)
    return run


def check_what_models_of_the_schema_leave_open(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        related = [json.dumps(place, sort_keys=True) for place in result["relatedLocations"]]
        assert len(set(related)) == len(related)
        for place in (*result["locations"], *result["relatedLocations"]):
            location = place["physicalLocation"]["artifactLocation"]
            assert re.fullmatch(r"(file:///)?[A-Za-z0-9._~/%-]+", location["uri"])
            assert ("uriBaseId" in location) != location["uri"].startswith("file:")


def reported(*findings: Finding, lines: Sequence[str] = LINES) -> Report:
    return Report(findings, rules=[RULE], lines=lambda path: lines)


def test_a_result() -> None:
    run = run_of(reported(replace(FINDING, deployment="when Environment is not prod")))
    (result,) = run["results"]
    assert result["message"] == {"text": "Orders answers at once (when Environment is not prod)"}
    assert result["level"] == "warning"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20b/t.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 9},
            },
            "logicalLocations": [{"fullyQualifiedName": "Orders", "kind": "resource"}],
        }
    ]
    assert [place["message"]["text"] for place in result["relatedLocations"]] == ["Worker works 60 s"] * 2
    assert result["partialFingerprints"] == {
        "awslintMemo/v1": FINDING.fingerprint,
        "primaryLocationLineHash": fingerprints(LINES, {3})[3],
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_generated_name_is_the_decorated_one() -> None:
    (result,) = run_of(reported(replace(FINDING, generated="OrdersQueue")))["results"]
    assert result["locations"][0]["logicalLocations"] == [
        {"fullyQualifiedName": "Orders", "kind": "resource", "decoratedName": "OrdersQueue"}
    ]


def test_a_rule_brings_its_help() -> None:
    (rule,) = run_of(reported(FINDING))["tool"]["driver"]["rules"]
    assert rule["name"] == "SqsLongPolling"
    assert rule["deprecatedIds"] == ["sqs-polling"]
    assert rule["shortDescription"]["text"] == "Queues should wait."
    assert rule["fullDescription"]["text"].endswith("…")
    assert rule["help"]["markdown"].startswith("# sqs-long-polling\n")
    assert "Set it to 20." in rule["help"]["text"]
    assert rule["helpUri"] == RULE.url
    assert rule["defaultConfiguration"] == {"level": "warning"}
    tags = ["aws", "sqs", "queues"]
    assert rule["properties"] == {"tags": tags, "problem.severity": "warning", "precision": "medium"}


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("rds-multi-az", {"databases"}),
        ("lambda-dead-letter-unused", {"functions", "queues"}),
        ("pipeline-without-tests", {"pipelines", "builds"}),
        ("elasticache-multi-az", {"caches"}),
        ("recovery-no-backup", {"recovery"}),
        ("suppression-unused", set()),
    ],
)
def test_the_tags_of_a_rule_have_the_topics_of_the_memo(rule: str, wanted: set[str]) -> None:
    every = {chapter.topic for chapter in chapters()}
    finding = replace(FINDING, rule=rule)
    described = run_of(Report([finding], rules=[api.rules()[rule]]))["tool"]["driver"]["rules"]
    assert every & set(described[0]["properties"]["tags"]) == wanted
    assert len(described[0]["properties"]["tags"]) <= 20


def test_each_rule_of_the_memo_has_a_topic() -> None:
    assert [rule.id for rule in api.rules().values() if not topics(rule)] == sorted(ENGINE_RULES)


def test_our_rules_lead_to_our_pages_and_others_to_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "informationUri" not in run_of(reported(FINDING))["tool"]["driver"], "there is no site yet"
    monkeypatch.setattr("awslint_memo.manual.addresses.SITE", "https://acme.github.io/awslint-memo/")
    driver = run_of(reported(FINDING))["tool"]["driver"]
    assert driver["informationUri"] == "https://acme.github.io/awslint-memo/"
    assert driver["rules"][0]["helpUri"] == "https://acme.github.io/awslint-memo/rules/sqs-long-polling.html"
    theirs = RULE.changed(is_users=True)
    (rule,) = run_of(replace(reported(FINDING), rules=[theirs]))["tool"]["driver"]["rules"]
    assert rule["helpUri"] == RULE.url


@pytest.mark.parametrize(
    ("level", "result", "severity"),
    [("error", "error", "error"), ("warning", "warning", "warning"), ("advice", "note", "recommendation")],
)
def test_levels_in_the_words_of_sarif_and_github(level: Level, result: str, severity: str) -> None:
    run = run_of(replace(reported(replace(FINDING, level=level)), rules=[RULE.changed(level=level)]))
    assert run["results"][0]["level"] == result
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == result
    assert rule["properties"]["problem.severity"] == severity


def test_an_id_without_a_rule_is_described_all_the_same() -> None:
    run = run_of(reported(FINDING, replace(FINDING, rule="unused-suppression", resource="")))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["sqs-long-polling", "unused-suppression"]
    assert "logicalLocations" not in run["results"][1]["locations"][0]


def notifications(run: dict[str, Any]) -> list[tuple[str, str]]:
    told = run["invocations"][0]["toolExecutionNotifications"]
    return [(one["level"], one["message"]["text"]) for one in told]


def mixed(number: int) -> list[Finding]:
    """Findings of which the last two are the gravest."""
    spans = [Span("t.yaml", n, 1, n, 2) for n in range(1, number + 1)]
    found = [replace(FINDING, span=span, related=(), level="advice") for span in spans]
    return [*found[:-2], replace(found[-2], level="error"), replace(found[-1], level="warning")]


def test_the_limits_are_those_of_github() -> None:
    assert (sarif.MOST, sarif.MOST_SHOWN, sarif.MOST_PLACES, sarif.MOST_BYTES) == (25_000, 5_000, 1_000, 10_000_000)


def test_the_gravest_are_kept_and_the_report_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 50)
    hidden = [Hidden(FINDING, "slow", is_in_file=True)]
    run = run_of(replace(reported(*mixed(52)), suppressed=hidden))
    assert len(run["results"]) == 50
    assert [result["level"] for result in run["results"][:3]] == ["error", "warning", "note"]
    assert [(level, text.split(":")[0]) for level, text in notifications(run)] == [
        ("warning", "2 of 52 findings are left out"),
        ("warning", "1 of 1 suppressed findings are left out"),
    ]
    assert run["invocations"][0]["executionSuccessful"] is True


def test_what_github_does_not_show_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_SHOWN", 5)
    run = run_of(reported(*mixed(6)))
    assert len(run["results"]) == 6
    assert notifications(run) == [("warning", "GitHub shows 5 of these 6 results, the gravest")]


def test_a_log_that_is_too_large_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", 7_000)
    found = [replace(one, message=f"{one.span.line} {random.Random(one.span.line).random()}") for one in mixed(200)]
    text = REPORTERS["sarif"](reported(*found), Look())
    assert 3_500 < len(gzip.compress(text.encode())) <= 7_000
    run = json.loads(text)["runs"][0]
    assert 20 < len(run["results"]) < 200
    assert [result["level"] for result in run["results"][:2]] == ["error", "warning"]
    left_out = 200 - len(run["results"])
    assert notifications(run)[0][1].startswith(f"{left_out} of 200 findings are left out: ")


def test_a_result_has_a_thousand_places_at_most() -> None:
    places = [Related(Span("u.yaml", n, 1, n, 2), f"place {n}") for n in range(1, 1_050)]
    run = run_of(reported(replace(FINDING, related=places)))
    assert len(run["results"][0]["relatedLocations"]) == 999
    assert notifications(run) == [("warning", "places are left out of 1 result: GitHub takes 1000 of each")]


@pytest.mark.parametrize(("is_in_file", "kind"), [(True, "inSource"), (False, "external")])
def test_a_suppressed_finding_has_its_reason(is_in_file: bool, kind: str) -> None:
    run = run_of(replace(reported(), suppressed=[Hidden(FINDING, "drained\nby hand", is_in_file)]))
    (result,) = run["results"]
    assert result["suppressions"] == [{"kind": kind, "justification": "drained\\x0aby hand"}]


def test_what_could_not_be_looked_at_is_told() -> None:
    broken = replace(FINDING, rule=INTERNAL_ERROR, message="Orders could not be judged")
    run = run_of(
        Report([broken], [Problem("duplicate key", "b.yaml", 2, 3)], ["only a part"], lines=lambda path: LINES)
    )
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [(one["level"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]] == [
        ("error", "duplicate key"),
        ("error", "Orders could not be judged"),
        ("note", "only a part"),
    ]
    place = invocation["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "b.yaml"
    assert place["region"]["startLine"] == 2
    assert run["results"] == []


def test_an_error_alone_is_a_failure() -> None:
    assert run_of(Report(errors=[Problem("no", "x")]))["invocations"][0]["executionSuccessful"] is False


def test_no_template_writes_links_or_commands_into_an_alert() -> None:
    evil = "[click](https://example.com)\x1b\u202e"
    one = replace(FINDING, message=evil, resource=evil, related=[Related(FINDING.span, evil)], deployment=evil)
    (result,) = run_of(reported(one))["results"]
    texts = [result["message"]["text"], result["relatedLocations"][0]["message"]["text"]]
    assert all("](" not in text for text in texts)
    assert not {"\x1b", "\u202e"} & set("".join([*texts, json.dumps(result, ensure_ascii=False)]))


def test_paths_are_relative_to_the_root_of_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = repository / "sub"
    below.mkdir()
    monkeypatch.chdir(below)
    assert Files().root == str(repository)
    assert artifact("t.yaml", Files().root) == {"uri": "sub/t.yaml", "uriBaseId": "%SRCROOT%"}
    assert artifact("../t.yaml", Files().root) == {"uri": "t.yaml", "uriBaseId": "%SRCROOT%"}
    assert artifact(str(repository / "x" / "t.yaml"), Files().root) == {"uri": "x/t.yaml", "uriBaseId": "%SRCROOT%"}


def test_a_path_outside_of_the_repository_is_a_whole_uri(repository: Path) -> None:
    made = artifact("../else where.yaml", str(repository))
    assert made == {"uri": (repository.parent / "else where.yaml").as_uri()}
    assert made["uri"].endswith("/else%20where.yaml")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a#b?.yaml", "a%23b%3F.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("名.yaml", "%E5%90%8D.yaml"),
        ("c:d.yaml", "c%3Ad.yaml"),
        ("bad\udcff.yaml", "bad%FF.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str, repository: Path) -> None:
    assert artifact(path, str(repository))["uri"] == uri


def test_fingerprints_are_those_of_github() -> None:
    # The value for the empty line at the end of a file is the one that GitHub's action computes.
    text = "Resources:\n  A: 1\n  A: 1\n"
    assert list(fingerprints(text.split("\n"), range(1, 5)).values()) == [
        "47961826f0cc05a:1",
        "6a9c96aab54b2a2f:1",
        "aee3e06145c5539:1",
        "c129715d7a2bc9a3:1",
    ]


def test_a_fingerprint_stays_when_its_line_moves_or_is_indented() -> None:
    tail = [f"  Key{n}: value" for n in range(20)]
    before = fingerprints([*LINES[:4], *tail], {3})
    after = fingerprints(["# a comment", "", LINES[0], LINES[1], "\t" + LINES[2], *LINES[3:4], *tail], {5})
    assert before[3] == after[5]


def test_equal_lines_are_counted() -> None:
    lines = ["A: 1"] * 60
    made = fingerprints(lines, {1, 2, 3})
    assert [value.split(":")[1] for value in made.values()] == ["1", "2", "3"]
    assert len({value.split(":")[0] for value in made.values()}) == 1


def test_characters_beyond_16_bits_count_as_two() -> None:
    assert fingerprints(["😀" * 60 + "a"], {1}) == fingerprints(["😀" * 50 + "b"], {1}) == {1: "e4a94f1d18cd866a:1"}


def test_a_file_that_is_gone_has_no_fingerprint() -> None:
    (result,) = run_of(Report([replace(FINDING, span=Span("gone.yaml", 1, 1, 1, 2))], rules=[RULE]))["results"]
    assert list(result["partialFingerprints"]) == ["awslintMemo/v1"]
