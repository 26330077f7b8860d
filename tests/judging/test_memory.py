"""After an edit a session reports what a new run does, and runs few checks again."""

import gc
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench import inputs
from tests.random_edits import edits

from awslint_memo import api
from awslint_memo.judging import checking
from awslint_memo.judging.report import Report
from awslint_memo.judging.run_options import Progress
from awslint_memo.model import budget
from awslint_memo.syntax.hcl import document

FIXTURES = [
    *sorted(Path("fixtures/cloudformation").rglob("*.yaml"))[::8],
    *sorted(Path("fixtures").rglob("*.tf"), key=lambda one: one.stat().st_size)[::6],
]

SAMPLED = re.compile(r": \d+ of its possible deployments were looked at,.*")


def said(report: Report) -> tuple[object, ...]:
    errors = [str(one) for one in report.errors]
    fixes = [one.fix for one in (*report.findings, *report.unshown)]
    # Of a sample of deployments, fewer are made if less is checked.
    notices = [SAMPLED.sub(": some were looked at", notice) for notice in report.notices]
    return report.findings, report.unshown, fixes, errors, notices, report.suppressed, report.summary()


@pytest.fixture(scope="module")
def _one_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edited") / "folder"


@pytest.fixture
def tmp_path(_one_folder: Path) -> Iterator[Path]:
    """An empty folder that has the same name in all tests, so that they share what a run says of a text in it."""
    _one_folder.mkdir()
    yield _one_folder
    shutil.rmtree(_one_folder)


SAID_ANEW: dict[tuple[object, ...], tuple[object, ...]] = {}
"""What a run says that remembers nothing, by the file, its text and what else is in its folder."""


@contextmanager
def parsed_anew() -> Iterator[None]:
    """Without what was parsed before."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(document, "_parsed", document._Parsed())
        yield


class Editor:
    """Edits a text, and compares what a session says of it with what a run says that remembers nothing."""

    def __init__(self, folder: Path, text: str, name: str = "template.yaml") -> None:
        self.path = str(folder / name)
        Path(self.path).write_text("")
        self.session = api.Session(advice=True)
        self.text = text
        self.edit("", "")

    def edit(self, old: str, new: str) -> int:
        self.text = self.text.replace(old, new, 1) if old else self.text
        found = self.session.lint([self.path], unsaved={self.path: self.text})
        assert said(found) == self._said_anew()
        return self.session._memory.kept

    def _said_anew(self) -> tuple[object, ...]:
        """What a run says that remembers nothing; of a text that comes again beside the same files it runs once."""
        paths = sorted(path for path in Path(self.path).parent.rglob("*") if path.is_file())
        state = (self.path, self.text, Path.cwd(), *((path, path.read_bytes()) for path in paths))
        if state not in SAID_ANEW:
            with parsed_anew():
                SAID_ANEW[state] = said(api.lint([self.path], advice=True, unsaved={self.path: self.text}))
        return SAID_ANEW[state]


_RESTORED: dict[str, Editor] = {}
"""Editors that keep all checks of a text, by it, as tests left them."""


@contextmanager
def restored(folder: Path, text: str) -> Iterator[Editor]:
    """An editor of a text, for a test that restores the text, after which all checks are kept."""
    editor = _RESTORED.pop(text, None) or Editor(folder, text)
    Path(editor.path).write_text("")
    yield editor
    assert editor.text == text
    assert editor.edit("", "") == whole_of(editor)
    _RESTORED[text] = editor


def whole_of(editor: Editor) -> int:
    """The number of checks that are kept of the text."""
    return len(editor.session._memory._known[editor.path].results.results)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BatchSize: 10", "BatchSize: 10000"),
        ("maxReceiveCount: 5", "maxReceiveCount: 5\n        more: 1"),
        ("VisibilityTimeout: 60", "VisibilityTimeout: 5"),
        ("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: !Sub '${X}'"),
        ("Handler: index.handler", "Handler: 'index.handler'"),
        ("BatchSize: 10", "BatchSize: 10\n      Enabled: false"),
        ("      VisibilityTimeout: 60\n", ""),
        ("  Queue1:\n", "  # another one\n\n  Queue1:\n"),
    ],
)
def test_after_an_edit_of_a_property_few_checks_are_run_again(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, inputs.in_yaml(20).replace('"', ""))
    whole = whole_of(editor)
    assert whole * 0.5 < editor.edit(old, new) <= whole
    assert editor.edit("", "") == whole


def test_a_value_in_lines_of_its_own_ends_before_the_next_property(tmp_path: Path) -> None:
    """Checks that read only the function of the mapping, as those of its queue do, are not run again."""
    editor = Editor(tmp_path, inputs.in_yaml(20))
    results = editor.session._memory._known[editor.path].results.results
    whole = sum(bool(each.unit.name) for each in results)  # Those of the whole template are run after each edit.
    assert whole - editor.edit("BatchSize: 10", "BatchSize: 9") <= 3
    flow = "      FunctionName: {Ref:\n        Function0}\n"
    assert editor.edit('      FunctionName:\n        Ref: "Function0"\n', flow) > 0
    assert whole - editor.edit("        Function0}\n", "        Function1}\n") > 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  Queue1:\n", "  Renamed:\n"),
        ("  Queue1:\n", "  Added: {Type: AWS::SQS::Queue}\n  Queue1:\n"),
        ("Type: AWS::SQS::Queue", "Type: AWS::SNS::Topic"),
        ("BatchSize: 10", "BatchSize: 10\n    DependsOn: Queue1"),
    ],
)
def test_after_an_edit_of_a_resource_what_has_nothing_to_do_with_it_is_kept(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, inputs.in_yaml(20).replace('"', ""))
    assert editor.edit(old, new) > 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BatchSize: 10", "BatchSize: !If [A, 1, 2]"),
        ("BatchSize: 10", "BatchSize: 10\n    Condition: A"),
        ("Resources:\n", "Conditions: {A: !Equals [a, b]}\nResources:\n"),
        ("BatchSize: 10", "BatchSize: [10"),
        ("Resources:\n", "Parameters: {P: {Type: Number}}\nResources:\n"),
        ("Resources:\n", "Description: some\nResources:\n"),
        ("2010-09-09", "2010-09-9"),
    ],
)
def test_after_any_other_edit_all_is_judged_again(tmp_path: Path, old: str, new: str) -> None:
    assert Editor(tmp_path, inputs.in_yaml(12).replace('"', "")).edit(old, new) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  Queue1:\n", "\n  Queue1:\n"),
        ("Resources:\n", "\n\nResources:\n"),
        ("AWSTemplateFormatVersion", "# awslint\nAWSTemplateFormatVersion"),
        ("Parameters:\n", "Parameters:  # some\n\n"),
        ("Default: a", "Default:   'a'"),
        ("BatchSize: 10", "BatchSize: 10\n\n"),
        ("BatchSize: 10", "\n      BatchSize: 10"),
        ("BatchSize: 10", "BatchSize: 10   "),
    ],
)
def test_lines_that_say_nothing_move_what_was_found(tmp_path: Path, old: str, new: str) -> None:
    text = inputs.in_yaml(12).replace('"', "")
    declared = "Parameters:\n  P: {Type: String, Default: a}\nResources:\n"
    editor = Editor(tmp_path, text.replace("Resources:\n", declared))
    assert editor.edit(old, new) > 0
    editor.edit(new, old)
    editor.edit("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: 60")


def test_one_and_true_are_two_values(tmp_path: Path) -> None:
    text = "Parameters:\n  P: {Type: String, Default: 1}\nResources:\n  Q: {Type: AWS::SQS::Queue}\n"
    assert Editor(tmp_path, text).edit("1", "true") == 0


QUEUE = "Type: AWS::SQS::Queue\n    Properties:\n"
TYPED = """\
  New:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 5
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead1.Arn, maxReceiveCount: 1}
"""


def test_while_a_resource_is_typed_what_it_can_not_concern_is_kept(tmp_path: Path) -> None:
    text = inputs.in_yaml(12).replace('"', "")
    above, below = text.split("  Queue1:\n")
    editor = Editor(tmp_path, text)
    kept = []
    for number in range(3, len(TYPED) + 1, 5):
        editor.text = f"{above}{TYPED[:number]}\n  Queue1:\n{below}"
        kept.append(editor.edit("", ""))
    # What is known of the text with the resource unread, and of that before and after it, is kept both.
    assert len([one for one in kept if one > 0]) > len(kept) * 0.4
    editor.text = text
    assert editor.edit("", "") > 0


@pytest.mark.parametrize(
    ("old", "new", "other"),
    [
        ("Type: AWS::SQS::Queue", "Typ: AWS::SQS::Queue", "Typ: AWS::SNS::Topic"),
        ("Type: AWS::SQS::Queue", "Type: 7", "Type: 8"),
        ("Type: AWS::SQS::Queue", "Type: SQS", "Type: SQS\n    Condition: A"),
        ("Type: AWS::SQS::Queue", "Type: SQS", "Type: SQS\n    A: !If [A, 1, 2]"),
        (
            "Type: AWS::SQS::Queue\n    Properties:\n",
            "Type: AWS::SQS::Queue\n    Properties: 5\n    A:\n",
            "Properties: 6",
        ),
        (
            "Type: AWS::SQS::Queue\n    Properties:\n",
            "Type: AWS::SQS::Queue\n    Properties: 5\n    A:\n",
            "Type: A::B::C",
        ),
        ("Type: AWS::SQS::Queue\n    Properties:\n", "Type: AWS::SQS::Queue\n    Properties: 5\n    A:\n", "Type: SQS"),
        ("Type: AWS::SQS::Queue\n", "Type: AWS::SQS::Queue\n    Type: AWS::SQS::Queue\n", "Type: AWS::SNS::Topic"),
    ],
)
def test_a_resource_that_can_not_be_read_may_be_anything(tmp_path: Path, old: str, new: str, other: str) -> None:
    editor = Editor(tmp_path, inputs.in_yaml(12).replace('"', ""))
    editor.edit(old, new)
    editor.edit("maxReceiveCount: 5", "maxReceiveCount: 1")
    editor.edit("  Queue1:\n", "\n\n  Queue1:\n")
    editor.edit("Properties: 5" if other == "Properties: 6" else new.partition("\n")[0], other)
    editor.edit("BatchSize: 10", "BatchSize: 100000")


def test_with_other_settings_all_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    editor = Editor(tmp_path, inputs.in_yaml(12))
    Path(".awslint-memo.yaml").write_text("rules: {sqs-batch-size: error}\n")
    assert editor.edit("", "") == 0


@pytest.mark.parametrize("path", FIXTURES, ids=str)
def test_random_edits(path: Path, tmp_path: Path) -> None:
    editor = Editor(tmp_path, path.read_text(encoding="utf-8"), {".tf": "main.tf"}.get(path.suffix, "template.yaml"))
    for text in edits(editor.text, random.Random(str(path)), 8):
        editor.text = text
        editor.edit("", "")


SAM = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Wait: {Type: Number, Default: 20}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Mappings:
  Sizes: {dev: {Memory: 512}, prod: {Memory: 1024}}
Globals:
  Function:
    Runtime: python3.9
    Timeout: 20
    MemorySize: !FindInMap [Sizes, !Ref Stage, Memory]
    Tracing: !If [IsProd, Active, PassThrough]
    Environment: {Variables: {STAGE: !Ref Stage, TABLE: !Ref Table}}
  Api: {TracingEnabled: false}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
      CodeUri: src/
      AutoPublishAlias: live
      DeploymentPreference: {Type: AllAtOnce}
      Policies:
        - DynamoDBCrudPolicy: {TableName: !Ref Table}
        - SQSPollerPolicy: {QueueName: !GetAtt Queue.QueueName}
      Events:
        Queue:
          Type: SQS
          Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 100}
        Get:
          Type: Api
          Properties: {Path: /orders, Method: get}
        Nightly:
          Type: Schedule
          Properties: {Schedule: rate(1 day)}
  Sender:  # awslint-memo: ignore[lambda-runtime] it is replaced
    Type: AWS::Serverless::Function
    Condition: IsProd
    Connectors:
      ToQueue: {Properties: {Destination: {Id: Queue}, Permissions: [Write]}}
    Properties:
      InlineCode: pass
      Handler: index.handler
      Timeout: 5
      Events:
        Post:
          Type: Api
          Properties: {Path: /orders, Method: post, RestApiId: !Ref Api}
        Topic:
          Type: SNS
          Properties: {Topic: !Ref Topic}
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: !Ref Stage}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: !GetAtt Orders.Arn, End: true}}}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Orders}}]
  Table:
    Type: AWS::Serverless::SimpleTable
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 5
      ReceiveMessageWaitTimeSeconds: !Ref Wait
      RedrivePolicy: !If
        - IsProd
        - {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 1}
        - !Ref AWS::NoValue
  Dead:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
  Fn::ForEach::Alarms:
    - Name
    - [Orders, Sender]
    - Alarm${Name}:
        Type: AWS::CloudWatch::Alarm
        Properties:
          Namespace: AWS/Lambda
          MetricName: Errors
          Dimensions: [{Name: FunctionName, Value: !Ref {Ref: Name}}]
          ComparisonOperator: GreaterThanThreshold
          Threshold: 0
          EvaluationPeriods: 1
          Period: 60
          Statistic: Sum
Outputs:
  Url: {Value: !Ref Api}
"""


@pytest.mark.parametrize("has_loop", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Timeout: 20", "Timeout: 3"),
        ("Environment: {Variables: {STAGE", "Environment: {Variables: {A: b, STAGE"),
        ("Timeout: 5", "Timeout: 900"),
        ("Timeout: 5\n", "Timeout: 900\n\n\n"),
        ("VisibilityTimeout: 5", "VisibilityTimeout: 600"),
        ("maxReceiveCount: 1", "maxReceiveCount: 100"),
        ("BatchSize: 100", "BatchSize: 10000"),
        ("  Dead:\n", "  # a comment\n\n  Dead:\n"),
        ("Type: AllAtOnce", "Type: Canary10Percent5Minutes"),
        ("Method: get", "Method: put"),
        ("        Nightly:\n", "        Daily:\n"),
        ("Permissions: [Write]", "Permissions: [Read]"),
        ("  Topic:\n    Type", "  Other: {Type: AWS::SNS::Topic}\n  Topic:\n    Type"),
        ("Active, PassThrough", "PassThrough, Active"),
    ],
)
def test_after_an_edit_of_a_sam_template_checks_are_kept(tmp_path: Path, old: str, new: str, has_loop: bool) -> None:
    start, loop = SAM.index("  Fn::ForEach"), SAM.index("Outputs:")
    with restored(tmp_path, SAM if has_loop else SAM[:start] + SAM[loop:]) as editor:
        whole = whole_of(editor)
        assert whole * 0.3 < editor.edit(old, new) <= whole
        editor.edit(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Default: dev", "Default: prod"),
        ("Memory: 512", "Memory: 128"),
        ("[Sizes, !Ref Stage, Memory]", "[Sizes, prod, Memory]"),
        ("    Condition: IsProd\n", ""),
        ("Value: !Ref Api", "Value: !Ref Queue"),
    ],
)
def test_after_an_edit_of_what_decides_a_sam_template_all_is_judged_again(tmp_path: Path, old: str, new: str) -> None:
    assert Editor(tmp_path, SAM).edit(old, new) == 0


@pytest.mark.parametrize(
    ("old", "new", "most"),
    [
        ("Timeout: 5\n", "Timeout: 6\n", 10),
        ("Handler: orders.handler", "Handler: orders.handle", 10),
        ("BatchSize: 100", "BatchSize: 101", 15),
    ],
)
def test_what_an_edited_function_generates_is_judged_again_only_where_it_differs(
    tmp_path: Path, old: str, new: str, most: int
) -> None:
    """Its role, version, alias and permissions stay what they are, and what names them may be anywhere."""
    start, loop = SAM.index("  Fn::ForEach"), SAM.index("Outputs:")
    editor = Editor(tmp_path, SAM[:start] + SAM[loop:])
    results = editor.session._memory._known[editor.path].results.results
    whole = sum(bool(each.unit.name) for each in results)  # Those of the whole template are run after each edit.
    assert whole - editor.edit(old, new) <= most


def test_a_value_that_globals_give_instead_is_found_there(tmp_path: Path) -> None:
    """It is the same value, and what it generates is the same but for the place."""
    editor = Editor(tmp_path, SAM)
    editor.edit("      CodeUri: src/\n", "      CodeUri: src/\n      Runtime: python3.9\n      Timeout: 20\n")
    editor.edit("      Runtime: python3.9\n      Timeout: 20\n", "\n\n")
    editor.edit("      Timeout: 5\n", "      Timeout: 20\n")
    editor.edit("      Timeout: 20\n", "")


@pytest.mark.parametrize("name", ["template.yaml", "main.tf"])
def test_a_property_that_is_added_counts_where_all_of_a_resource_is_looked_through(tmp_path: Path, name: str) -> None:
    """Nobody has read it before, so that it was there and empty."""
    texts = {
        "template.yaml": (
            "Resources:\n  Tuned: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres16}}\n"
            "  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n",
            "      Group: !Ref Tuned\n",
        ),
        "main.tf": (
            'resource "aws_db_parameter_group" "tuned" {\n  family = "postgres16"\n}\n'
            'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n',
            "  group = aws_db_parameter_group.tuned.name\n",
        ),
    }
    (text, added), end = texts[name], "}\n" if name == "main.tf" else ""
    editor = Editor(tmp_path, text + end, name)

    def is_told() -> bool:
        report = editor.session.lint([editor.path], unsaved={editor.path: editor.text})
        return any(finding.rule == "stack-unattached" for finding in report.findings)

    assert is_told()
    editor.edit(text, text + added)
    assert not is_told()
    editor.edit(added, "")
    assert is_told()


@pytest.mark.parametrize("seed", range(10))
def test_random_edits_of_sam(seed: int, tmp_path: Path) -> None:
    editor = Editor(tmp_path, SAM)
    for text in edits(editor.text, random.Random(seed), 10):
        editor.text = text
        editor.edit("", "")


CHOOSING = "".join(f"  C{number}: !Equals [!ImportValue e{number}, x]\n" for number in range(6))
CHOSEN = "".join(
    f"""\
  Q{number}:
    Type: AWS::SQS::Queue
    Condition: C{number % 6}
    Properties:
      VisibilityTimeout: !If [C{(number + 1) % 6}, 5, 60]
      ReceiveMessageWaitTimeSeconds: 0
  M{number}:
    Type: AWS::Lambda::EventSourceMapping
    Condition: C{number % 6}
    Properties:
      EventSourceArn: !GetAtt Q{number}.Arn
      FunctionName: !Ref F
      BatchSize: 10
"""
    for number in range(7)
)
MANY = f"""\
Conditions:
{CHOOSING}Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Timeout: 30
      Role: !If [C0, !Ref A, !Ref B]
      Code: {{ZipFile: pass}}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: s3://bucket/unread.yaml}}}}
{CHOSEN}"""
"""A template of which a part is not read, and checks ask for more deployments than a sample has."""


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few checks are very many already."""
    monkeypatch.setattr(checking, "MANY_CHECKS", 10)


@pytest.mark.usefixtures("samples")
def test_where_deployments_are_sampled_what_an_edit_does_not_concern_is_kept(tmp_path: Path) -> None:
    editor = Editor(tmp_path, MANY)
    results = editor.session._memory._known[editor.path].results.results
    assert 0 < sum(result.is_sampled for result in results) < len(results)
    assert editor.edit("BatchSize: 10", "BatchSize: 9") > len(results) * 0.7
    assert editor.edit("60]", "70]") > len(results) * 0.5
    assert editor.edit("Condition: C3", "Condition: C4") == 0
    assert editor.edit("Timeout: 30", "Timeout: 300") > 0
    assert editor.edit("  Q3:\n", "\n\n  Q3:\n") > len(results) * 0.7


@pytest.mark.usefixtures("samples")
@pytest.mark.parametrize("seed", range(6))
def test_random_edits_where_deployments_are_sampled(seed: int, tmp_path: Path) -> None:
    editor = Editor(tmp_path, MANY)
    for text in edits(editor.text, random.Random(seed), 8):
        editor.text = text
        editor.edit("", "")


def test_where_a_budget_decides_what_is_looked_at_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at depends on what was looked at before."""
    few: dict[budget.Kind, tuple[int, float]] = {"looks": (1_000, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    editor = Editor(tmp_path, f"# Checked with few looks\n{MANY}")
    assert editor.edit("BatchSize: 10", "BatchSize: 9") == 0
    assert editor.edit("Timeout: 30", "Timeout: 300") == 0


DOUBLED = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 5
      ReceiveMessageWaitTimeSeconds: 0
  Other: {Type: AWS::SQS::Queue, Properties: &short {ReceiveMessageWaitTimeSeconds: 0}}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Resources:\n", f"{DOUBLED}\nResources:\n"),
        (DOUBLED, f"{DOUBLED}\n{DOUBLED}"),
        ("      ReceiveMessageWaitTimeSeconds: 0\n", "      ReceiveMessageWaitTimeSeconds: 0\n" * 2),
        ("  Other", "  Queue:\n    Type: AWS::SQS::Queue\n  Other"),
        ("    Type: AWS::SQS::Queue\n", "    Type: AWS::SQS::Queue\n    # Type: some\n    Type: AWS::SQS::Queue\n"),
        ("  Other", "  Third: {Type: AWS::SQS::Queue, Properties: *short}\n  Other"),
        ("    Properties:\n", "    Properties:\n      <<: *short\n"),
    ],
)
def test_what_stands_elsewhere_after_an_edit_is_found_there(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, DOUBLED)
    editor.edit(old, new)
    editor.edit("", "")
    editor.edit(new, old)


def test_what_a_template_includes_counts(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    included = tmp_path / "queue.yaml"
    included.write_text("VisibilityTimeout: 60\nReceiveMessageWaitTimeSeconds: 20\n")
    transform = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: queue.yaml}}"
    more = "  A: {Type: AWS::SQS::Queue}\n  B: {Type: AWS::SNS::Topic}\n"
    text = f"Resources:\n{more}  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      {transform}\n"
    editor = Editor(tmp_path, text)
    whole = whole_of(editor)
    assert editor.edit("", "") == whole
    assert editor.edit("  A:", "\n  A:") > 0
    included.write_text("# moved\nVisibilityTimeout: 60\nReceiveMessageWaitTimeSeconds: 0\n")
    assert editor.edit("", "") == 0
    included.unlink()
    assert editor.edit("", "") == 0


WRITTEN = """\
# The orders.
variable "role" {}

resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 5
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 1
  })
}

/*
resource "aws_sqs_queue" "not_there" {
}
*/
# awslint-memo: ignore[sqs-short-retention] they are copied
resource "aws_sqs_queue" "dead" {
  message_retention_seconds = 60
  policy                    = <<EOF
{
  "Statement": [{"Resource": "*"}]
}

EOF
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = var.role
  handler       = "index.handler"
  runtime       = "python3.13"
  timeout       = 10
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
  batch_size       = 10000
}

output "queue" {
  value = aws_sqs_queue.orders.url
}
"""


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_of_terraform(seed: int, tmp_path: Path) -> None:
    editor = Editor(tmp_path, WRITTEN, "main.tf")
    for text in edits(editor.text, random.Random(seed), 10, are_of_terraform=True):
        editor.text = text
        editor.edit("", "")


TERRAFORM = inputs.in_hcl(40)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("batch_size       = 10", "batch_size       = 10000"),
        ("visibility_timeout_seconds = 60", "visibility_timeout_seconds = 5"),
        ("  visibility_timeout_seconds = 60\n", ""),
        ("  batch_size       = 10\n", "  batch_size       = 10\n\n  enabled          = false\n"),
        ('resource "aws_sqs_queue" "dead_1"', '# another one\n\nresource "aws_sqs_queue" "dead_1"'),
    ],
)
def test_after_an_edit_of_an_argument_few_checks_are_run_again(tmp_path: Path, old: str, new: str) -> None:
    editor = Editor(tmp_path, TERRAFORM, "main.tf")
    whole = whole_of(editor)
    assert whole * 0.5 < editor.edit(old, new) <= whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("batch_size       = 10", "batch_size       = var.role"),
        ("batch_size       = 10", "batch_size       = 10\n  count            = 2"),
        ('"dead_1"', '"renamed"'),
        ('function_name = "function-1"', 'function_name = "function-7"'),
        ('variable "role" {}', 'variable "role" {}\nlocals { a = 1 }'),
    ],
)
def test_after_any_other_edit_of_terraform_all_is_judged_again(tmp_path: Path, old: str, new: str) -> None:
    assert Editor(tmp_path, TERRAFORM, "main.tf").edit(old, new) == 0


def test_an_argument_that_another_resource_uses_is_judged_there_too(tmp_path: Path) -> None:
    text = 'resource "aws_sqs_queue" "a" {\n  receive_wait_time_seconds = 20\n}\n'
    other = text.replace('"a"', '"b"').replace("= 20", "= aws_sqs_queue.a.receive_wait_time_seconds")
    assert Editor(tmp_path, text + other, "main.tf").edit("= 20", "= 0") == 0


def test_what_a_resource_refers_to_is_a_dependency_of_others(tmp_path: Path) -> None:
    text = """
resource "aws_api_gateway_rest_api" "a" {
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}
resource "aws_api_gateway_rest_api_policy" "p" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  policy      = jsonencode({ Statement = [] })
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  uri         = "x"
}
resource "aws_api_gateway_deployment" "d" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  triggers    = { redeployment = aws_api_gateway_integration.i.id }
}
"""
    editor = Editor(tmp_path, text, "main.tf")
    before = len(editor.session.lint([editor.path], unsaved={editor.path: text}).findings)
    editor.edit('uri         = "x"', "uri         = aws_api_gateway_rest_api_policy.p.id")
    assert len(editor.session.lint([editor.path], unsaved={editor.path: editor.text}).findings) == before - 1
    editor.edit("aws_api_gateway_rest_api_policy.p.id", '"x"')
    editor.edit("aws_api_gateway_integration.i.id", "aws_api_gateway_rest_api_policy.p.id")


def test_values_in_other_files_count(tmp_path: Path) -> None:
    values = tmp_path / "terraform.tfvars"
    values.write_text("wait = 20\n")
    queue = 'resource "aws_sqs_queue" "a" {\n  receive_wait_time_seconds = var.wait\n}\n'
    editor = Editor(tmp_path, 'variable "wait" {}\n' + queue, "main.tf")
    values.write_text("wait = 0\n")
    assert editor.edit("", "") == 0


@pytest.mark.parametrize("language", ["YAML", "JSON"])
def test_nothing_of_earlier_runs_waits_for_a_search_for_garbage(tmp_path: Path, language: str) -> None:
    name, make = inputs.FORMS[language]
    (tmp_path / ".git").mkdir()
    path, text, session = str(tmp_path / name), make(20), api.Session(advice=True)
    session.lint([path], unsaved={path: text})
    gc.collect()
    for edit in ("6", "7\n", "8"):  # The second one moves what follows.
        text = text.replace("60", f"{edit}0".replace("\n0", "\n"), 1)
        assert session.lint([path], unsaved={path: text}).findings
    for broken in (f"{text}[", text.replace("AWS::SQS::Queue", "Queue", 1)):
        assert session.lint([path], unsaved={path: broken}).errors
    assert gc.collect() == 0


def test_a_run_that_ends_early_leaves_what_is_remembered_as_it_was(tmp_path: Path) -> None:
    class Ending(Progress):
        left = 30

        def pulse(self) -> None:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt

    editor = Editor(tmp_path, inputs.in_yaml(20).replace('"', ""))
    whole = whole_of(editor)
    broken = editor.text.replace("VisibilityTimeout: 60", "VisibilityTimeout: !If [A, 1, 2]")
    with pytest.raises(KeyboardInterrupt):
        editor.session.lint([editor.path], unsaved={editor.path: broken}, progress=Ending())
    assert editor.edit("", "") == whole
    assert editor.edit("BatchSize: 10", "BatchSize: 10000") > whole * 0.5
    editor.edit("VisibilityTimeout: 60", "VisibilityTimeout: 5")


BUILD = """
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: CODEPIPELINE, BuildSpec: ci/build.yml}
      Environment: {Type: LINUX_CONTAINER, PrivilegedMode: false}
  Orders:
    Type: AWS::SQS::Queue
"""


@pytest.mark.parametrize("first", ["make", "docker build ."])
def test_a_buildspec_that_another_program_changes_is_read_again(tmp_path: Path, first: str) -> None:
    folder = tmp_path / "ci"
    folder.mkdir()
    phases = "version: 0.2\nphases: {{build: {{commands: [{}]}}}}\n"
    (folder / "build.yml").write_text(phases.format(first))
    editor = Editor(tmp_path, BUILD)
    # What was read before counts also where the checks that read it did not run again.
    assert editor.edit("AWS::SQS::Queue\n", "AWS::SQS::Queue\n    # A comment.\n") > 0
    (folder / "build.yml").write_text(phases.format("docker run web"))
    assert editor.edit("# A comment.", "# Another one.") == 0
    (folder / "build.yml").unlink()
    assert editor.edit("# Another one.", "# A third one.") == 0


MAPPED = """
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Mappings:
  Sizes: {dev: {Delay: 1, Age: 60}, prod: {Age: 90}}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 1
"""


def test_what_only_the_reader_knows_is_asked_again(tmp_path: Path) -> None:
    editor = Editor(tmp_path, MAPPED)
    editor.edit("DelaySeconds: 1", "DelaySeconds: !FindInMap [Sizes, !Ref Stage, Delay]")
    editor.edit("!Ref Stage, Delay]", "!Ref Stage, Age]")
