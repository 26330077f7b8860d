"""Findings that are told together, compared with before: what came to them and what went is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

RULE = "lambda-runtime-retired"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def functions(**runtimes: str) -> dict[str, str]:
    """A template of functions by name, and the same in Terraform."""
    template = "".join(
        f"  {name}: {{Type: AWS::Lambda::Function, Properties: {{Runtime: {runtime}, Role: r, Handler: a.b}}}}\n"
        for name, runtime in runtimes.items()
    )
    blocks = (
        f'resource "aws_lambda_function" "{name}" {{\n  runtime = "{runtime}"\n}}\n'
        for name, runtime in runtimes.items()
    )
    return {"t.yaml": f"Resources:\n{template}", "tf/main.tf": "".join(blocks)}


def told(kind: str, against: str = "HEAD") -> tuple[int, list[list[str]]]:
    """How the run ends, and the resources of what is told of each language."""
    result = invoke("lint", "--select", RULE, "--against", against, "--format", "json")
    found = json.loads(result.stdout)["against"][kind]
    return result.exit_code, [
        [name.rpartition(".")[2] for name in one.get("resources") or [one["resource"]]] for one in found
    ]


OLD, NEW = "python3.6", "python3.13"


@pytest.mark.parametrize(
    ("after", "kind", "names"),
    [
        ({"A": OLD, "B": OLD, "C": OLD}, "new", ["C"]),
        ({"A": OLD, "B": OLD, "C": OLD, "D": OLD}, "new", ["C", "D"]),
        ({"C": OLD, "A": OLD, "B": OLD}, "new", ["C"]),
        ({"A": NEW, "B": OLD, "C": OLD}, "new", ["C"]),
        ({"A": NEW, "B": OLD}, "mended", ["A"]),
        ({"B": OLD}, "gone", ["A"]),
    ],
)
def test_what_came_and_went_is_told(
    after: dict[str, str], kind: str, names: list[str], repository: Repository, tmp_path: Path
) -> None:
    repository.commit(functions(A=OLD, B=OLD))
    write(tmp_path, functions(**after))
    exits, found = told(kind)
    assert found == [names, names]
    assert exits == (1 if kind == "new" else 0)


def test_as_long_as_none_came_all_is_as_before(repository: Repository, tmp_path: Path) -> None:
    repository.commit(functions(A=OLD, B=OLD))
    write(tmp_path, {name: f"\n{text}" for name, text in functions(B=OLD, A=OLD).items()})
    assert told("new") == (0, [])
    assert told("mended") == (0, [])


OLDER, LESS = "python2.7", "python3.7"
"""Of the first no more can be updated either, as of `OLD`; of the second this can be done."""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"A": OLD, "B": OLD, "C": OLD}, {"A": OLD, "B": OLDER, "C": OLDER}),
        ({"A": OLD, "B": OLDER, "C": OLDER}, {"A": OLD, "B": OLD, "C": OLD}),
        ({"A": OLD, "B": OLD, "C": OLDER}, {"A": OLD, "B": OLDER, "C": OLDER}),
    ],
)
def test_one_that_is_told_with_others_now_is_as_before(
    before: dict[str, str], after: dict[str, str], repository: Repository, tmp_path: Path
) -> None:
    """The same holds of the function, whatever is told with it."""
    repository.commit(functions(**before))
    write(tmp_path, functions(**after))
    assert told("new") == (0, [])
    assert [told(kind)[1] for kind in ("mended", "gone", "graver")] == [[], [], []]


def test_one_that_is_told_with_graver_ones_now_is_graver(repository: Repository, tmp_path: Path) -> None:
    repository.commit(functions(A=OLD, B=OLD, C=LESS, D=LESS))
    write(tmp_path, functions(A=LESS, B=OLD, C=OLD, D=LESS))
    assert told("graver") == (1, [["C"], ["C"]])
    assert told("new") == (1, [])
    assert told("mended") == (1, [])
    assert "4 findings as before" in invoke("lint", "--select", RULE, "--against", "HEAD").output, "those of the others"
    write(tmp_path, functions(A=OLD, B=OLD, C=OLDER, D=OLDER, E=OLDER))
    assert told("new") == (1, [["E"], ["E"]])


def test_one_that_is_left_out_among_others_is_not_mended_and_not_new_later(
    repository: Repository, tmp_path: Path
) -> None:
    """In an example, what the default of a variable decides is left out."""
    some = {"examples/t/main.tf": functions(A=OLD, B=OLD, C=OLD)["tf/main.tf"]}
    two = functions(A=OLD, B=OLD)["tf/main.tf"]
    third = 'resource "aws_lambda_function" "C" {\n  runtime = var.runtime\n}\n'
    other = {"examples/t/main.tf": f'{two}{third}variable "runtime" {{\n  default = "{LESS}"\n}}\n'}
    repository.commit(some)
    write(tmp_path, other)
    assert told("mended") == (0, [])
    assert told("no_longer_applies") == (0, [["C"]])
    repository.commit()
    write(tmp_path, some)
    assert told("new") == (1, [])
    assert told("graver") == (1, [["C"]])


def test_one_alone_that_came_as_another_went_is_not_counted_as_before_too(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"t.yaml": functions(A=OLD)["t.yaml"]})
    write(tmp_path, {"t.yaml": functions(A=NEW, B=OLD)["t.yaml"]})
    assert told("new") == (1, [["B"]])
    shown = invoke("lint", "--select", RULE, "--against", "HEAD").output
    assert "1 new error, 1 mended against HEAD; 0 findings as before" in shown
    sarif = json.loads(invoke("lint", "--select", RULE, "--against", "HEAD", "--format", "sarif").stdout)
    assert [one["baselineState"] for one in sarif["runs"][0]["results"]] == ["new"]


def test_one_that_is_not_suppressed_any_more_is_new(repository: Repository, tmp_path: Path) -> None:
    text = functions(A=OLD, B=OLD, C=OLD)["t.yaml"]
    hidden = text.replace("}}\n  B", f"}}}} # awslint-memo: ignore[{RULE}] later\n  B")
    repository.commit({"t.yaml": hidden})
    assert told("new") == (0, [])
    write(tmp_path, {"t.yaml": text})
    assert told("new") == (1, [["A"]])


def test_one_that_is_called_otherwise_now_did_not_come(repository: Repository, tmp_path: Path) -> None:
    before = functions(A=OLD, Orders=OLD)
    repository.commit(before)
    write(tmp_path, {name: text.replace("Orders", "Order") for name, text in before.items()})
    assert told("new") == (0, [])


def test_one_that_is_suppressed_is_not_mended(repository: Repository, tmp_path: Path) -> None:
    repository.commit(functions(A=OLD, B=OLD))
    text = functions(A=OLD, B=OLD)["t.yaml"].replace("}}\n  B", f"}}}} # awslint-memo: ignore[{RULE}] later\n  B")
    write(tmp_path, {"t.yaml": text})
    assert told("mended") == (0, [])
    assert told("suppressed")[1] == [["A"]]


def test_an_earlier_report_has_the_same(repository: Repository, tmp_path: Path) -> None:
    write(tmp_path, functions(A=OLD, B=OLD))
    (tmp_path / "before.json").write_text(invoke("lint", "--select", RULE, "--format", "json").stdout)
    write(tmp_path, functions(A=NEW, B=OLD, C=OLD))
    assert told("new", "before.json") == (1, [["C"], ["C"]])
    assert told("mended", "before.json")[1] == [["A"], ["A"]]


def test_what_could_not_be_read_may_move(repository: Repository, tmp_path: Path) -> None:
    text = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Type: AWS::SQS::Queue\n"
    repository.commit({"t.yaml": text})
    write(tmp_path, {"t.yaml": f"# One more line.\n{text}"})
    assert invoke("lint", "--against", "HEAD").exit_code == 0


def known(after: dict[str, str], tmp_path: Path) -> tuple[int, list[list[str]]]:
    """How a run with the baseline ends, and the resources of what it reports of each language."""
    write(tmp_path, functions(**after))
    result = invoke("lint", "--select", RULE, "--baseline", "known.yaml", "--format", "json")
    found = json.loads(result.stdout)["findings"]
    return result.exit_code, [
        sorted(name.rpartition(".")[2] for name in one.get("resources") or [one["resource"]]) for one in found
    ]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        ({"A": OLD, "B": OLD}, []),
        ({"B": OLD, "A": OLD}, []),
        ({"A": OLD, "B": OLD, "C": OLD, "D": OLD}, ["C", "D"]),
        ({"A": NEW, "B": OLD, "C": OLD}, ["C"]),
        ({"A": NEW, "B": OLD}, []),
    ],
)
def test_a_baseline_has_each_of_them(
    after: dict[str, str], names: list[str], repository: Repository, tmp_path: Path
) -> None:
    write(tmp_path, functions(A=OLD, B=OLD))
    invoke("lint", "--select", RULE, "--write-baseline", "known.yaml")
    assert known(after, tmp_path) == ((1, [names, names]) if names else (0, []))


def test_a_baseline_takes_none_away_that_came_since_a_revision(repository: Repository, tmp_path: Path) -> None:
    write(tmp_path, functions(A=OLD, B=OLD))
    invoke("lint", "--select", RULE, "--write-baseline", "known.yaml")
    repository.commit({})
    write(tmp_path, functions(A=OLD, B=OLD, C=OLD, D=OLD))
    options = ("lint", "--select", RULE, "--baseline", "known.yaml", "--against", "HEAD", "--format", "json")
    new = json.loads(invoke(*options).stdout)["against"]["new"]
    assert [[name.rpartition(".")[2] for name in one["resources"]] for one in new] == [["C", "D"], ["C", "D"]]
    invoke("lint", "--select", RULE, "--write-baseline", "known.yaml")
    assert json.loads(invoke(*options).stdout)["against"]["new"] == []
    assert invoke(*options, "--gate").exit_code == 1, "a baseline that a change wrote anew shuts the gate"


def test_a_baseline_takes_none_away_that_grew_graver_among_others(repository: Repository, tmp_path: Path) -> None:
    write(tmp_path, functions(A=OLD, B=OLD, C=LESS, D=LESS))
    invoke("lint", "--select", RULE, "--write-baseline", "known.yaml")
    repository.commit({})
    options = ("lint", "--select", RULE, "--baseline", "known.yaml", "--against", "HEAD", "--format", "json")
    assert invoke(*options).exit_code == 0
    write(tmp_path, functions(A=OLD, B=OLD, C=OLD, D=LESS))
    result = invoke(*options)
    found = json.loads(result.stdout)
    assert (result.exit_code, found["summary"]["baselined"], found["against"]["new"]) == (1, 6, [])
    assert [one["resource"].rpartition(".")[2] for one in found["against"]["graver"]] == ["C", "C"]
    assert [one["resource"].rpartition(".")[2] for one in found["findings"]] == ["C", "C"]
