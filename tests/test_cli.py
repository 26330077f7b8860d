"""The command line: output on each stream, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed, report

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging import registry
from awslint_memo.readers import recognition, terraform_names
from awslint_memo.readers.terraform import resources

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 600\n"
FIFO = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {FifoQueue: true, QueueName: orders}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "queue.yaml").write_text(QUEUE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules_of(made: dict[str, Any]) -> set[str]:
    return {one["rule"] for one in made["findings"]}


def test_findings_exit_with_1_and_point_at_the_line(folder: Path) -> None:
    result = invoke("lint", "queue.yaml")
    assert result.exit_code == 1
    assert "queue.yaml:2:3: warning[sqs-long-polling] ReceiveMessageWaitTimeSeconds of Orders " in result.stdout
    assert "   2 |   Orders:" in result.stdout.replace("  2 |", "   2 |")
    assert result.stderr == ""


def test_a_folder_is_walked_and_no_path_is_the_folder_at_hand(folder: Path) -> None:
    assert rules_of(report()) == rules_of(report(".")) != set()


def test_nothing_found_exits_with_0(folder: Path) -> None:
    result = invoke("lint", "queue.yaml", "--ignore", "sqs-*")
    assert result.exit_code == 0
    assert result.stdout.strip() == "no findings in 1 file: 1 resource judged"


def test_fail_on_nothing_exits_with_2_if_no_resource_was_judged(folder: Path) -> None:
    Path("group.yaml").write_text("Resources: {Team: {Type: AWS::IAM::Group}}\n")
    assert invoke("lint", "group.yaml").exit_code == 0
    failed = invoke("lint", "group.yaml", "--fail-on-nothing", "--format", "json")
    assert (failed.exit_code, "--fail-on-nothing" in failed.stderr) == (2, True)
    assert json.loads(failed.stdout)["summary"]["resources_judged"] == 0
    assert invoke("lint", "queue.yaml", "--fail-on-nothing", "--fail-on", "never").exit_code == 0


def test_select_and_ignore_take_ids_patterns_and_commas(folder: Path) -> None:
    chosen = ("--select", "sqs-long-polling,sqs-dead-letter-*", "--ignore", "sqs-dead-letter-queue")
    assert rules_of(report("queue.yaml", *chosen)) == {"sqs-long-polling"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_an_error_that_names_the_most_similar_id(folder: Path, option: str) -> None:
    result = invoke("lint", "queue.yaml", option, "sqs-long-poling")
    assert result.exit_code == 2
    assert result.stderr == "there is no rule sqs-long-poling; did you mean sqs-long-polling?\n"


def test_fail_on_says_from_which_level_the_run_fails(folder: Path) -> None:
    codes = [invoke("lint", "queue.yaml", "--fail-on", level).exit_code for level in ("warning", "error", "never")]
    assert codes == [1, 0, 0]
    (folder / "queue.yaml").write_text(FIFO)
    assert invoke("lint", "queue.yaml", "--fail-on", "error").exit_code == 1


def test_advice_is_shown_on_request_and_counted_otherwise(folder: Path) -> None:
    (folder / "queue.yaml").write_text(QUEUE.replace("MessageRetentionPeriod: 600", "ReceiveMessageWaitTimeSeconds: 5"))
    chosen = ("lint", "queue.yaml", "--select", "sqs-long-polling")
    assert "1 piece of advice not shown (--advice)" in invoke(*chosen).stdout
    assert "advice[sqs-long-polling]" in invoke(*chosen, "--advice").stdout
    assert [invoke(*chosen, *more).exit_code for more in ((), ("--advice",), ("--fail-on", "advice"))] == [0, 0, 1]


def test_standard_input_is_read_under_the_name_given(folder: Path) -> None:
    result = invoke("lint", "-", "--stdin-filename", "plan.yaml", stdin=QUEUE)
    assert result.exit_code == 1
    assert result.stdout.startswith("plan.yaml:2:3: ")
    assert "  2 |   Orders:" in result.stdout


def test_output_is_written_beside_the_text_on_the_terminal(folder: Path) -> None:
    shown = printed("lint", "queue.yaml", "--format", "json", "--output", "report.json", exits=1)
    assert shown.startswith("queue.yaml:2:3: warning")
    assert json.loads((folder / "report.json").read_text())["version"] == 1
    assert sorted(path.name for path in folder.iterdir()) == [".git", "queue.yaml", "report.json"]


def test_an_output_that_cannot_be_written_is_one_sentence_and_leaves_nothing(folder: Path) -> None:
    result = invoke("lint", "queue.yaml", "--output", "missing/report.json")
    assert result.exit_code == 2
    assert result.stderr == "missing/report.json: the report can't be written: no such file or directory\n"


def test_other_files_are_still_checked_after_a_broken_one(folder: Path) -> None:
    (folder / "broken.yaml").write_text("Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Type: AWS::SNS::Topic\n")
    made = report()
    assert [(one["path"], one["line"], one["column"]) for one in made["errors"]] == [("broken.yaml", 4, 5)]
    assert "sqs-long-polling" in rules_of(made)
    result = invoke("lint")
    assert result.exit_code == 2
    assert result.stderr.startswith("broken.yaml:4:5: ")
    assert result.stderr.count("\n") == 1


def test_other_files_are_still_checked_after_an_internal_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.yaml").write_text(QUEUE)
    real = recognition.template

    def fails_on_a(source: Source, files: Files) -> object:
        if source.path == "a.yaml":
            raise ValueError("no")
        return real(source, files)

    monkeypatch.setattr("awslint_memo.judging.reading.template", fails_on_a)
    result = invoke("lint")
    assert result.exit_code == 2
    assert "queue.yaml:2:3: warning[sqs-long-polling]" in result.stdout
    assert "a.yaml:1:1: could not be read: internal error: ValueError: no (" in result.stderr
    assert "please report it" in result.stderr


def test_a_rule_that_raises_is_an_internal_error_and_the_others_go_on(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "broken.py").write_text(
        '"""Breaks."""\nfrom awslint_memo import rule\n\n'
        '@rule("own-broken", level="warning", resource="AWS::SQS::Queue", memo="", aws="x.html")\n'
        'def check(queue):\n    raise KeyError("oh")\n'
    )
    made = report("queue.yaml", "--rules", "own")
    assert {"internal-error", "sqs-long-polling"} <= rules_of(made)
    (broken,) = (one for one in made["findings"] if one["rule"] == "internal-error")
    assert "(own/broken.py:6); mend that rule" in broken["message"]
    assert invoke("lint", "queue.yaml", "--rules", "own").exit_code == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('return queue.finding(queue.get("KmsMasterKeyId"), "so", do="do")', "returned a value of type Finding"),
        ("return None", "returned a value of type NoneType"),
        ('return "so"', "returned a value of type str"),
        ('yield "so"', "gave a value of type str"),
        (
            'yield queue.finding(queue.get("KmsMasterKeyId"), "so", do="do")\n    yield None',
            "gave a value of type NoneType",
        ),
    ],
)
def test_a_rule_that_gives_no_findings_is_told_with_its_own_line(folder: Path, body: str, said: str) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "broken.py").write_text(
        '"""Breaks."""\nfrom awslint_memo import rule\n\n'
        '@rule("own-broken", level="warning", resource="AWS::SQS::Queue", memo="", aws="x.html")\n'
        f"def check(queue):\n    {body}\n"
    )
    (broken,) = (one for one in report("queue.yaml", "--rules", "own")["findings"] if one["rule"] == "internal-error")
    assert f"{said}; yield " in broken["message"]
    assert broken["message"].endswith("(own/broken.py:4); mend that rule")


def test_own_rules_are_applied_listed_and_explained(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "named.py").write_text(
        '"""Queues should be named.\n\nNames are found again.\n\nWhat to do: name it.\n"""\n'
        "from awslint_memo import rule\n\n"
        '@rule("own-named", level="error", resource="AWS::SQS::Queue", memo="", aws="x.html")\n'
        "def check(queue):\n"
        '    if queue.get("QueueName").is_absent:\n        yield queue.finding(queue, "has no name")\n'
    )
    assert "error[own-named] Orders has no name" in printed("lint", "queue.yaml", "--rules", "own", exits=1)
    assert "own-named" in printed("rules", "--rules", "own")
    assert "Names are found again." in printed("explain", "own-named", "--rules", "own")
    assert "own-named" not in printed("rules")


def test_a_named_file_that_is_none_of_ours_gets_one_sentence_or_none(folder: Path) -> None:
    (folder / "compose.yaml").write_text("services: {}\n")
    result = invoke("lint", "compose.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "compose.yaml:1:1: could not be read: this is not a CloudFormation or SAM template,"
    )
    quiet, walked = invoke("lint", "compose.yaml", "--quiet-unknown"), invoke("lint")
    assert (quiet.exit_code, walked.exit_code) == (0, 1)
    assert "compose.yaml" not in quiet.output + walked.output


def test_parameters_name_the_one_deployment_that_is_judged(folder: Path) -> None:
    (folder / "queue.yaml").write_text(
        "Parameters:\n  Stage: {Type: String, Default: dev}\nConditions:\n  Live: !Equals [!Ref Stage, live]\n"
        "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      ReceiveMessageWaitTimeSeconds: !If [Live, 0, 20]\n"
    )
    chosen = ("queue.yaml", "--select", "sqs-long-polling", "--advice")
    conditional = report(*chosen)["findings"]
    assert [(one["level"], one["deployment"]) for one in conditional] == [("warning", "when Stage is live")]
    named = report(*chosen, "--parameters", "Stage=live")["findings"]
    assert [(one["level"], one["deployment"]) for one in named] == [("warning", None)]
    assert report(*chosen, "--parameters", "Stage=dev")["findings"] == []


def test_the_configuration_is_found_and_its_mistakes_are_one_sentence(folder: Path) -> None:
    (folder / ".awslint-memo.yaml").write_text("ignore: ['sqs-*']\n")
    assert invoke("lint").exit_code == 0
    (folder / ".awslint-memo.yaml").write_text("ignored: []\n")
    result = invoke("lint")
    assert result.exit_code == 2
    assert result.stderr == ".awslint-memo.yaml:1:1: ignored is not a setting; did you mean ignore?\n"
    (folder / ".awslint-memo.yaml").write_text("locked: ['rds-*']\n")
    assert invoke("lint").stderr == ".awslint-memo.yaml:1:1: locked is not a setting; write it under policy:\n"


def test_color_comes_only_when_asked_for_or_on_a_terminal(folder: Path) -> None:
    assert "\x1b[" not in printed("lint", "queue.yaml", exits=1)
    assert "\x1b[" in printed("lint", "queue.yaml", "--color", "always", exits=1)


def test_rules_lists_every_rule_and_explain_knows_it() -> None:
    listed = json.loads(printed("rules", "--format", "json"))["rules"]
    table = printed("rules")
    assert len(listed) > 30
    assert all(f"  {rule['id']} " in table for rule in listed)
    assert "Enable long polling" in printed("explain", "sqs-long-polling")


def test_explain_of_what_is_no_rule_says_what_is_near() -> None:
    result = invoke("explain", "sqs-long-poling")
    assert (result.exit_code, result.stderr) == (
        2,
        "there is no rule sqs-long-poling; did you mean sqs-long-polling?\n",
    )


@pytest.mark.parametrize("command", [(), ("lint",), ("rules",), ("explain",)])
def test_help_is_there_by_either_name(command: tuple[str, ...]) -> None:
    short, long = invoke(*command, "-h"), invoke(*command, "--help")
    assert short.exit_code == long.exit_code == 0
    assert short.output == long.output
    assert "Usage:" in short.output


def test_the_version_is_the_packages() -> None:
    from importlib.metadata import version

    assert printed("--version") == f"awslint-memo {version('awslint-memo')}\n"


def test_deployments_named_in_the_configuration_are_judged_exactly(folder: Path) -> None:
    (folder / "queue.yaml").write_text(
        "Parameters:\n  Stage: {Type: String}\n  Wait: {Type: Number, Default: 20}\n"
        "Conditions:\n  Live: !Equals [!Ref Stage, live]\n"
        "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      ReceiveMessageWaitTimeSeconds: !If [Live, 0, !Ref Wait]\n"
    )
    (folder / "dev.json").write_text('{"Stage": "dev", "Wait": 0}')
    configuration = folder / ".awslint-memo.yaml"
    chosen = ("--select", "sqs-long-polling")
    configuration.write_text("deployments: {live: {Stage: live}, dev: dev.json}\n")
    both = report(*chosen)["findings"]
    assert [(one["level"], one["deployment"]) for one in both] == [("warning", None)]
    configuration.write_text("deployments: {live: {Stage: live}, dev: {Stage: dev}, test: {Stage: test}}\n")
    some = report(*chosen)["findings"]
    assert [(one["level"], one["deployment"]) for one in some] == [("warning", "in live")]
    configuration.write_text("deployments: {live: {Stage: live}}\n")
    assert [one["deployment"] for one in report(*chosen)["findings"]] == [None]
    configuration.write_text("deployments: {live: missing.json}\n")
    missing = invoke("lint", *chosen)
    assert missing.exit_code == 2
    assert "missing.json:1:1: no such file" in missing.stderr


@pytest.mark.parametrize(
    "note",
    [
        '"awslint-memo: ignore[sqs-*] drained by hand"',
        '{"metadata": {}, "awslint-memo": {"ignore": {"sqs-*": "drained by hand"}}}',
    ],
)
def test_a_terraform_resource_is_suppressed_under_its_comment_key(folder: Path, note: str) -> None:
    (folder / "queue.yaml").unlink()
    (folder / "main.tf.json").write_text(
        f'{{"resource": {{"aws_sqs_queue": {{"orders": {{"//": {note}, "name": "o"}}}}}}}}'
    )
    result = invoke("lint", "--profile", "memo")
    assert result.exit_code == 0, result.output
    assert "2 suppressed" in result.stdout


def test_why_shows_what_a_rule_read(folder: Path) -> None:
    text = printed("why", "sqs-long-polling", "Orders", "queue.yaml")
    assert text.startswith("sqs-long-polling on Orders, AWS::SQS::Queue\n  reports: ")
    assert "    ReceiveMessageWaitTimeSeconds of Orders: 0 (default)\n      queue.yaml:2:3\n" in text
    made = json.loads(printed("why", "sqs-long-polling", "O*", "--format", "json"))
    assert [one["resource"] for one in made["verdicts"]] == ["Orders"]


@pytest.mark.parametrize(
    ("rule", "resource", "sentence"),
    [
        ("sqs-long-poling", "Orders", "there is no rule sqs-long-poling; did you mean sqs-long-polling?"),
        ("zzz", "Orders", "there is no rule zzz"),
        ("sqs-long-polling", "Order", "there is no resource Order in queue.yaml; did you mean Orders?"),
        ("sqs-long-polling", "zzz", "there is no resource zzz in queue.yaml"),
    ],
)
def test_why_of_what_is_not_there_is_one_sentence(folder: Path, rule: str, resource: str, sentence: str) -> None:
    result = invoke("why", rule, resource, "queue.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{sentence}\n")


KEY_RULE = """\"\"\"Keys should be rotated.

What to do: set EnableKeyRotation to true.
\"\"\"
from awslint_memo import rule


@rule("own-rotation", level="error", resource=("AWS::KMS::CustomKeyStore", "AWS::SQS::Queue"), memo="", aws="x.html")
def check(one):
    if one.type == "AWS::SQS::Queue":
        if not one.get("Tags").is_unknown or one.get("QueueName").text == "orders":
            yield one.finding(one, "has a key", of="Tags")
    elif one.get("EnableKeyRotation").is_absent:
        yield one.finding(one, "is not rotated")


BAD = \"\"\"
resource "aws_sqs_queue" "orders" {
  name              = "orders"
  tags              = "x"
}
\"\"\"
"""

NAMES = """from awslint_memo import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_kms_custom_key_store": TypeMap(
        "AWS::KMS::CustomKeyStore",
        {"EnableKeyRotation": PropertyMap("enable_key_rotation")},
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_sqs_queue": TypeMap(
        "AWS::SQS::Queue", {"Tags": PropertyMap("tags")}
    ),
}
"""

MAIN = """resource "aws_kms_custom_key_store" "k" {
}

resource "aws_sqs_queue" "q" {
  tags = aws_kms_custom_key_store.k.id
}
"""


def test_own_rules_may_ask_for_what_has_no_terraform_word(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "rotation.py").write_text(KEY_RULE)
    (folder / "main.tf").write_text(MAIN)
    for tables in (terraform_names.TYPE_MAPS, terraform_names.COMPANIONS):
        for name, table in dict(tables).items():
            monkeypatch.setitem(tables, name, table)
    resources._property_names.cache_clear()
    try:
        assert rules_of(report("main.tf", "--rules", "own", "--select", "own-*")) == set()
        why = printed("why", "own-rotation", "aws_sqs_queue.q", "main.tf", "--rules", "own")
        assert "no Terraform word for Tags of AWS::SQS::Queue; the rule, or terraform_names.py beside it" in why
        explained = " ".join(printed("explain", "own-rotation", "--rules", "own").split())
        without = "AWS::KMS::CustomKeyStore, Tags of AWS::SQS::Queue"
        assert f"There is no Terraform word for {without}, so" in explained
        (own / "terraform_names.py").write_text(NAMES)
        registry.rules.cache_clear()
        resources._property_names.cache_clear()
        found = report("main.tf", "--rules", "own", "--select", "own-*")["findings"]
        assert [one["resource"] for one in found] == ["aws_kms_custom_key_store.k", "aws_sqs_queue.q"]
        assert found[1]["message"].startswith("tags of aws_sqs_queue.q has a key")
        assert "no Terraform word" not in printed("explain", "own-rotation", "--rules", "own")
    finally:
        terraform_names.TYPE_MAPS.pop("aws_kms_custom_key_store", None)
        registry.rules.cache_clear()
        resources._property_names.cache_clear()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TYPE_MAPS = {'aws_x': 1}\n", "TypeError: aws_x in TYPE_MAPS is no TypeMap"),
        ("COMPANIONS = {'aws_x': 1}\n", "TypeError: aws_x in COMPANIONS is no Companion"),
        (
            "from awslint_memo import TypeMap\nTYPE_MAPS = {'aws_sqs_queue': TypeMap('A::B::C', {})}\n",
            "ValueError: aws_sqs_queue is AWS::SQS::Queue already, not A::B::C",
        ),
        ("TYPE_MAPS = {\n", "SyntaxError"),
    ],
)
def test_names_that_can_not_be_used_are_one_sentence(folder: Path, text: str, why: str) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "rotation.py").write_text(KEY_RULE)
    (own / "terraform_names.py").write_text(text)
    result = invoke("lint", "--rules", "own")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "the file of Terraform's names could not be loaded: " in result.output
    assert why in result.output


def test_both_names_of_the_option_check_each_stack_alone() -> None:
    folder = str(Path(__file__).parents[1] / "fixtures" / "cloudformation" / "estate")
    chosen = ("lint", folder, "--advice", "--select", "sqs-*")
    alone = invoke(*chosen, "--no-linked-stacks").stdout
    assert alone == invoke(*chosen, "--no-estate").stdout
    assert alone != invoke(*chosen).stdout
