"""What is nested is checked with its parents; what is in no deployment of a parent is checked by itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar

import pytest
from tests.command import printed, report

from awslint_memo.files import files_by_name
from awslint_memo.readers.cloudformation.deciding import Deciding
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Deployments

pytestmark = pytest.mark.usefixtures("polled_queues")

FIXTURES = Path(__file__).parents[2] / "fixtures"

RULE = ("--select", "sqs-long-polling")
Found = tuple[str, str]

QUEUE = "  Queue: {Type: AWS::SQS::Queue}\n"
MODULE = 'resource "aws_sqs_queue" "q" {}\n'
WAITING = """
resource "aws_sqs_queue" "q" {
  receive_wait_time_seconds = var.wait
}
variable "wait" {
  default = 0
}
"""


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def stack(name: str, url: str, more: str = "", type_: str = "CloudFormation::Stack", place: str = "TemplateURL") -> str:
    return f"  {name}:\n    Type: AWS::{type_}\n{more}    Properties:\n      {place}: {url}\n"


def template(*resources: str, head: str = "") -> str:
    return f"{head}Resources:\n{''.join(resources)}"


def found(*arguments: str) -> list[Found]:
    """The file and resource of each finding."""
    return [(one["path"], one["resource"]) for one in report(*RULE, *arguments)["findings"]]


def notices(*arguments: str) -> list[str]:
    notices: list[str] = report(*RULE, *arguments)["summary"]["notices"]
    return notices


class TestByItself:
    """CloudFormation's templates that are judged nowhere else."""

    def test_a_template_that_nests_itself(self) -> None:
        write({"a.yaml": template(QUEUE, stack("Again", "a.yaml"))})
        assert found() == [("a.yaml", "Queue")]

    @pytest.mark.parametrize("paths", [(), (".",), ("b.yaml", "a.yaml")])
    def test_two_that_nest_each_other(self, paths: tuple[str, ...]) -> None:
        write({"a.yaml": template(QUEUE, stack("B", "b.yaml")), "b.yaml": template(QUEUE, stack("A", "a.yaml"))})
        assert {Path(path).name for path, _ in found(*paths)} == {"a.yaml", "b.yaml"}
        assert len(found(*paths)) == 2

    def test_three_in_a_circle_and_one_below_it(self) -> None:
        write({f"{name}.yaml": template(QUEUE, stack("S", f"{to}.yaml")) for name, to in ("ab", "bc", "ca")})
        write({"c.yaml": template(QUEUE, stack("S", "a.yaml"), stack("T", "d.yaml")), "d.yaml": template(QUEUE)})
        assert sorted(path for path, _ in found()) == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]

    def test_one_whose_stack_has_a_condition_that_is_never_true(self) -> None:
        head = "Conditions: {Never: !Equals [a, b]}\n"
        write({"a.yaml": template(QUEUE, stack("S", "b.yaml", "    Condition: Never\n"), head=head)})
        write({"b.yaml": template(QUEUE, stack("S", "c.yaml")), "c.yaml": template(QUEUE)})
        assert found() == [("a.yaml", "Queue"), ("b.yaml", "Queue"), ("c.yaml", "S/Queue")]

    def test_one_whose_stack_is_not_in_the_deployment_that_the_user_names(self) -> None:
        head = "Parameters: {Stage: {Type: String}}\nConditions: {Prod: !Equals [!Ref Stage, prod]}\n"
        write({"a.yaml": template(stack("S", "b.yaml", "    Condition: Prod\n"), head=head)})
        write({"b.yaml": template(QUEUE)})
        assert found("--parameters", "Stage=dev") == [("b.yaml", "Queue")]
        assert found("--parameters", "Stage=prod") == [("b.yaml", "S/Queue")]

    def test_one_whose_stack_is_in_no_configured_deployment(self) -> None:
        head = "Parameters: {Stage: {Type: String}}\nConditions: {Prod: !Equals [!Ref Stage, prod]}\n"
        write({"a.yaml": template(stack("S", "b.yaml", "    Condition: Prod\n"), head=head)})
        write({"b.yaml": template(QUEUE), ".awslint-memo.yaml": "deployments: {dev: {Stage: dev}}"})
        assert found() == [("b.yaml", "Queue")]
        write({".awslint-memo.yaml": "deployments: {dev: {Stage: dev}, prod: {Stage: prod}}"})
        assert found() == [("b.yaml", "S/Queue")]

    def test_one_whose_parent_is_broken(self) -> None:
        write({"a.yaml": template(stack("S", "b.yaml")) + "  - broken\n", "b.yaml": template(QUEUE)})
        assert found() == [("b.yaml", "Queue")]

    def test_one_whose_parent_can_not_be_judged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        judged = CloudFormationTemplate.deployments

        def deployments(one: CloudFormationTemplate, fixed: None) -> Deployments:
            if one.source.path == "a.yaml":
                raise ValueError
            return judged(one, fixed)

        monkeypatch.setattr(CloudFormationTemplate, "deployments", deployments)
        write({"a.yaml": template(stack("S", "b.yaml")), "b.yaml": template(QUEUE)})
        made = report(*RULE)
        assert [one["path"] for one in made["errors"]] == ["a.yaml"]
        assert [one["path"] for one in made["findings"]] == ["b.yaml"]

    def test_one_whose_parent_is_excluded_or_not_named(self) -> None:
        write({"a.yaml": template(QUEUE, stack("S", "b.yaml")), "b.yaml": template(QUEUE)})
        assert found("b.yaml") == [("b.yaml", "Queue")]
        write({".awslint-memo.yaml": "exclude: [a.yaml]"})
        assert found() == [("b.yaml", "Queue")]

    def test_those_beyond_the_limit_of_nested_stacks(self) -> None:
        for level in range(12):
            write({f"{level:02}.yaml": template(*[stack(f"S{one}", f"{level + 1:02}.yaml") for one in range(3)])})
        write({"12.yaml": template(), "00.yaml": Path("00.yaml").read_text() + stack("Z", "z.yaml")})
        write({"12.yaml": template(QUEUE), "z.yaml": template(QUEUE)})
        assert ("z.yaml", "Queue") in found()

    def test_a_suppression_in_it_is_used_and_reported_once(self) -> None:
        head = "Conditions: {Never: !Equals [a, b]}\n"
        comment = "  # awslint-memo: ignore[sqs-long-polling] it waits itself\n"
        write({"a.yaml": template(QUEUE, stack("S", "b.yaml", "    Condition: Never\n"), head=head)})
        write({"b.yaml": template(comment, QUEUE)})
        made = report("--select", "sqs-long-polling,suppression-*")
        assert [(one["path"], one["rule"]) for one in made["findings"]] == [("a.yaml", "sqs-long-polling")]
        assert made["summary"]["suppressed"] == 1

    @pytest.mark.parametrize("url", ['!Sub "${Folder}/b.yaml"', "!If [Big, other.yaml, nested/b.yaml]", "!Ref File"])
    def test_one_whose_location_is_computed_is_checked_with_its_parent_alone(self, url: str) -> None:
        head = (
            "Parameters: {Folder: {Type: String, Default: nested}, File: {Type: String, Default: nested/b.yaml}}\n"
            "Conditions: {Big: !Equals [a, b]}\n"
        )
        write({"z.yaml": template(stack("S", url), head=head), "nested/b.yaml": template(QUEUE)})
        assert found() == [("nested/b.yaml", "S/Queue")]

    def test_an_application_of_sam(self) -> None:
        application = {"type_": "Serverless::Application", "place": "Location"}
        head = "Transform: AWS::Serverless-2016-10-31\nConditions: {Never: !Equals [a, b]}\n"
        write({"a.yaml": template(stack("S", "b.yaml", **application), head=head), "b.yaml": template(QUEUE)})
        assert found() == [("b.yaml", "S/Queue")]
        never = stack("S", "b.yaml", "    Condition: Never\n", **application)
        write({"a.yaml": template(never, head=head)})
        assert found() == [("b.yaml", "Queue")]


class TestByDefault:
    """A parent that somebody adds takes nothing from what holds by a template's default values."""

    PROD = """
Parameters:
  Wait: {Type: Number, Default: 0}%s
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}
"""
    PARENT = stack("N", "prod.yaml", place="Parameters: {Wait: %s}\n      TemplateURL")

    @pytest.mark.parametrize("value", ["20", "!ImportValue wait", "!Ref AWS::AccountId"])
    def test_what_a_parent_stands_over_is_told_with_its_name(self, value: str) -> None:
        write({"prod.yaml": self.PROD % "", "evil.yaml": template(self.PARENT % value)})
        (finding,) = report(*RULE, "--advice")["findings"]
        assert (finding["path"], finding["resource"]) == ("prod.yaml", "N/Queue")
        assert finding["deployment"] == "by default, and not as evil.yaml nests it"

    @pytest.mark.parametrize(("value", "more"), [("0", ""), ("20", "\n  Name: {Type: String}")])
    def test_what_is_given_the_default_or_has_none_is_told_as_it_is_nested(self, value: str, more: str) -> None:
        write({"prod.yaml": self.PROD % more, "parent.yaml": template(self.PARENT % value)})
        assert [one["deployment"] for one in report(*RULE, "--advice")["findings"]] == [None] * (value == "0")

    def test_what_a_policy_locks_is_told_beside_parameters_without_a_default(self) -> None:
        """Nobody can tell whether the template is deployed by the parent that somebody adds."""
        write({"prod.yaml": self.PROD % "\n  Name: {Type: String}", "evil.yaml": template(self.PARENT % "20")})
        assert report(*RULE)["findings"] == []
        write({".awslint-memo.yaml": "policy: {locked: [sqs-long-polling]}\n"})
        (finding,) = report(*RULE)["findings"]
        assert (finding["path"], finding["level"]) == ("prod.yaml", "warning")
        assert finding["deployment"] == "by default, and not as evil.yaml nests it"


class TestModules:
    """Terraform's modules that are judged nowhere else."""

    @pytest.mark.parametrize("times", ["count = 0", "for_each = {}", "for_each = toset([])"])
    def test_a_module_without_instances(self, times: str) -> None:
        write({"main.tf": f'module "q" {{\n  source = "./q"\n  {times}\n}}\n', "q/main.tf": MODULE})
        assert found() == [("q/main.tf", "aws_sqs_queue.q")]

    def test_one_that_another_call_makes_is_checked_there_alone(self) -> None:
        calls = [
            f'module "{name}" {{\n  source = "./q"\n  count  = {count}\n}}\n' for name, count in (("a", 0), ("b", 1))
        ]
        write({"main.tf": "".join(calls), "q/main.tf": MODULE})
        assert found() == [("q/main.tf", "module.b[0].aws_sqs_queue.q")]

    @pytest.mark.parametrize("times", ["count = var.n", "for_each = toset(var.n)", "count = data.x.y.z"])
    def test_one_whose_count_is_not_known_is_checked_by_itself(self, times: str) -> None:
        call = f'variable "n" {{}}\nmodule "q" {{\n  source = "./q"\n  {times}\n}}\n'
        write({"main.tf": call, "q/main.tf": MODULE})
        assert found() == [("q/main.tf", "aws_sqs_queue.q")]

    ROOTS: ClassVar = {
        "a backend": {"q/backend.tf": 'terraform {\n  backend "s3" {}\n}\n'},
        "values": {"q/terraform.tfvars": "wait = 0\n"},
        "values of an environment": {"q/prod.tfvars": "wait = 0\n"},
        "a state": {"q/terraform.tfstate": "{}"},
    }

    @pytest.mark.parametrize("root", ROOTS)
    @pytest.mark.parametrize("call", ["", "  count = var.n\n", "  wait = 20\n"], ids=["plain", "unknown", "fixed"])
    def test_a_root_is_checked_by_itself_whoever_calls_it(self, root: str, call: str) -> None:
        write({"a/main.tf": f'variable "n" {{}}\nmodule "q" {{\n  source = "../q"\n{call}}}\n', **self.ROOTS[root]})
        write({"q/main.tf": WAITING})
        assert [resource for _, resource in found()] == ["aws_sqs_queue.q"]

    def test_a_provider_does_not_tell_who_deploys_a_module_that_others_call(self) -> None:
        """Its callers may set everything, so what holds by its defaults alone is advice, or nothing if all set it."""
        call = 'module "q" {\n  source = "../q"\n  count  = 0\n}\n'
        write({"a/main.tf": call, "q/provider.tf": 'provider "aws" {}\n', "q/main.tf": WAITING})
        (finding,) = report("--select", "sqs-long-polling", "--advice")["findings"]
        assert (finding["level"], finding["deployment"]) == ("advice", "unless the caller sets wait")
        write({"a/main.tf": call.replace("count  = 0", "wait   = 20")})
        assert report("--select", "sqs-long-polling", "--advice")["findings"] == []
        Path("a/main.tf").unlink()
        (alone,) = report("--select", "sqs-long-polling", "--advice")["findings"]
        assert alone["level"] == "warning"

    def test_a_root_that_a_terragrunt_file_deploys_is_checked_by_itself(self) -> None:
        write({"a/terragrunt.hcl": 'terraform {\n  source = "../q"\n}\ninputs = { wait = 20 }\n'})
        write({"q/main.tf": WAITING, **self.ROOTS["a backend"]})
        assert found() == [("q/main.tf", "aws_sqs_queue.q")]

    def test_a_module_that_is_no_root_is_checked_as_it_is_called(self) -> None:
        write({"a/main.tf": 'module "q" {\n  source = "../q"\n  wait = 20\n}\n', "q/main.tf": WAITING})
        assert found("--advice") == []

    def test_one_that_only_a_module_without_instances_calls(self) -> None:
        write({"main.tf": 'module "outer" {\n  source = "./outer"\n  count  = 0\n}\n', "a/main.tf": MODULE})
        write({"outer/main.tf": 'module "q" {\n  source = "../a"\n}\n'})
        assert found() == [("a/main.tf", "module.q.aws_sqs_queue.q")]

    def test_modules_in_a_circle(self) -> None:
        write({"a/main.tf": MODULE + 'module "b" {\n  source = "../b"\n}\n'})
        write({"b/main.tf": MODULE + 'module "a" {\n  source = "../a"\n}\n'})
        assert found() == [("a/main.tf", "aws_sqs_queue.q"), ("b/main.tf", "module.b.aws_sqs_queue.q")]

    def test_a_notice_says_where_a_circle_ends(self) -> None:
        write({"a/main.tf": MODULE + 'module "b" {\n  source = "../b"\n}\n'})
        write({"b/main.tf": MODULE + 'module "a" {\n  source = "../a"\n}\n'})
        assert notices() == ["b/main.tf:2: not checked: module b.a (../a; it calls this one)"]

    def test_a_module_that_calls_itself(self) -> None:
        write({"a/main.tf": MODULE + 'module "a" {\n  source = "../a"\n}\n'})
        assert found() == [("a/main.tf", "aws_sqs_queue.q")]

    def test_one_with_a_resource_that_is_defined_twice(self) -> None:
        write({"main.tf": 'module "q" {\n  source = "./q"\n}\n', "q/a.tf": MODULE, "q/b.tf": MODULE})
        made = report("--advice", *RULE)
        assert [(one["path"], one["resource"]) for one in made["findings"]] == [("q/a.tf", "module.q.aws_sqs_queue.q")]
        assert [one["message"] for one in made["errors"]] == [
            "duplicate resource aws_sqs_queue.q (first in q/a.tf:1); keep one of them"
        ]

    def test_files_of_a_folder_that_are_named_in_two_ways(self) -> None:
        write({"q/a.tf": MODULE, "q/b.tf": MODULE.replace('"q"', '"r"')})
        made = found("q/a.tf", str(Path("q/b.tf").absolute()))
        assert sorted(name for _, name in made) == ["aws_sqs_queue.q", "aws_sqs_queue.r"]

    def test_a_suppression_in_one_without_instances_is_used(self) -> None:
        comment = "# awslint-memo: ignore[sqs-long-polling] it waits itself\n"
        write({"main.tf": 'module "q" {\n  source = "./q"\n  count  = 0\n}\n', "q/main.tf": comment + MODULE})
        made = report("--select", "sqs-long-polling,suppression-*")
        assert made["findings"] == []
        assert made["summary"]["suppressed"] == 1


class TestPlans:
    """A plan and the modules of its configuration."""

    @pytest.fixture(autouse=True)
    def _plan(self) -> None:
        shutil.copytree(FIXTURES / "plans" / "modules", ".", dirs_exist_ok=True)

    def test_a_module_that_only_the_plan_has_is_checked_there(self) -> None:
        main = Path("main.tf").read_text()
        main = main.replace('toset(["letters", "parcels"])', "toset([])")
        main = main.replace("./queue", './queue"\n  count = 0\n#')
        write({"main.tf": main})
        made = report("--advice")["findings"]
        assert {one["resource"].partition(".")[0] for one in made if one["path"] == "queue/main.tf"} == {"module"}

    def test_a_module_that_neither_has_is_checked_by_itself(self) -> None:
        write({"main.tf": Path("main.tf").read_text() + 'module "q" {\n  source = "./q"\n  count  = 0\n}\n'})
        write({"q/main.tf": MODULE})
        assert ("q/main.tf", "aws_sqs_queue.q") in found()


def test_why_asks_one_that_is_in_no_deployment_of_its_parent() -> None:
    head = "Conditions: {Never: !Equals [a, b]}\n"
    write({"a.yaml": template(stack("S", "b.yaml", "    Condition: Never\n"), head=head), "b.yaml": template(QUEUE)})
    assert "b.yaml" in printed("why", "sqs-long-polling", "Queue")


ADDRESSES = [
    "build/templates/vpc.yaml",
    "https://bucket.s3.amazonaws.com/prefix/templates/vpc.yaml",
    "https://s3.eu-west-1.amazonaws.com/bucket/prefix/templates/vpc.yaml?versionId=1",
    "s3://bucket/prefix/templates/vpc.yaml",
    '!Sub "https://${Bucket}.s3.${AWS::Region}.${AWS::URLSuffix}/${Prefix}templates/vpc.yaml"',
    '!Join ["/", [!ImportValue Where, templates/vpc.yaml]]',
    '!Join ["", [!Ref Bucket, "/", templates, /vpc.yaml]]',
]
HEAD = "Parameters: {Bucket: {Type: String}, Prefix: {Type: String}, Wait: {Type: Number, Default: 20}}\n"
CHILD = (
    "Parameters: {Wait: {Type: Number}}\nResources:\n"
    "  Queue: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}\n"
)


class TestByTheEndOfItsLocation:
    """A template whose location is where it is after a build or an upload."""

    @pytest.mark.parametrize("url", ADDRESSES)
    @pytest.mark.parametrize("paths", [(), ("root.yaml",)])
    def test_it_is_judged_with_the_parameters_of_the_parent(self, url: str, paths: tuple[str, ...]) -> None:
        parameters = "      Parameters: {Wait: %s}\n"
        write({"templates/vpc.yaml": CHILD, "root.yaml": template(stack("Vpc", url) + parameters % 0, head=HEAD)})
        assert found(*paths) == [("root.yaml", "Vpc/Queue")]
        [notice] = notices(*paths)
        assert notice.startswith("root.yaml: the nested stack Vpc (")
        only = ", by its name only" if "://" in url and "${" not in url else ""
        assert notice.endswith(f") is taken as templates/vpc.yaml{only}")
        write({"root.yaml": template(stack("Vpc", url) + parameters % 20, head=HEAD)})
        assert found(*paths) == []

    def test_the_notice_shows_what_is_known_of_the_location(self) -> None:
        write({"templates/vpc.yaml": template(QUEUE), "root.yaml": template(stack("Vpc", ADDRESSES[4]), head=HEAD)})
        taken = "(https://….s3.….…/…templates/vpc.yaml) is taken as templates/vpc.yaml"
        assert notices() == [f"root.yaml: the nested stack Vpc {taken}"]

    def test_the_longest_match_wins(self) -> None:
        url = "https://b.s3.amazonaws.com/x/network/templates/vpc.yaml"
        names = ("vpc.yaml", "templates/vpc.yaml", "network/templates/vpc.yaml", "other/network/vpc.yaml")
        write({"root.yaml": template(stack("Vpc", url)), **dict.fromkeys(names, template(QUEUE))})
        assert ("network/templates/vpc.yaml", "Vpc/Queue") in found()
        assert len(found()) == len(names)

    def test_a_prefix_that_is_not_known_may_end_with_a_slash(self) -> None:
        names = ("templates/vpc.yaml", "other/vpc.yaml")
        write({"root.yaml": template(stack("Vpc", ADDRESSES[4]), head=HEAD), **dict.fromkeys(names, template(QUEUE))})
        assert sorted(found()) == [("other/vpc.yaml", "Queue"), ("templates/vpc.yaml", "Vpc/Queue")]

    def test_of_two_equal_candidates_the_one_beside_the_template_is_taken(self) -> None:
        write({"a/root.yaml": template(stack("Vpc", "s3://bucket/vpc.yaml"))})
        write(dict.fromkeys(("a/vpc.yaml", "b/vpc.yaml"), template(QUEUE)))
        assert found() == [("a/vpc.yaml", "Vpc/Queue"), ("b/vpc.yaml", "Queue")]
        # One that is known to be nearer to what the location says is meant, wherever it stands.
        write({"a/root.yaml": template(stack("Vpc", "s3://bucket/b/vpc.yaml"))})
        assert ("b/vpc.yaml", "Vpc/Queue") in found()

    def test_of_two_equal_candidates_none_is_taken_and_both_are_named(self) -> None:
        write({"root.yaml": template(stack("Vpc", "s3://bucket/vpc.yaml"))})
        write(dict.fromkeys(("a/vpc.yaml", "b/vpc.yaml"), template(QUEUE)))
        assert found() == [("a/vpc.yaml", "Queue"), ("b/vpc.yaml", "Queue")]
        why = "the nested stack Vpc (s3://bucket/vpc.yaml; a/vpc.yaml or b/vpc.yaml may be meant)"
        assert notices() == [f"root.yaml: not checked: {why}"]

    @pytest.mark.parametrize("given", ["", "      Parameters: {Other: 1}\n", "      Parameters: {Wait: 1, Other: 1}\n"])
    def test_a_template_that_can_not_take_the_parameters_is_not_meant(self, given: str) -> None:
        write({"root.yaml": template(stack("Vpc", "s3://bucket/vpc.yaml") + given), "a/vpc.yaml": CHILD})
        assert notices() == [
            "root.yaml: not checked: the nested stack Vpc (s3://bucket/vpc.yaml; a/vpc.yaml has other parameters)"
        ]
        able = CHILD.replace(
            "Wait: {Type: Number}", "Wait: {Type: Number, Default: 20}, Other: {Type: Number, Default: 1}"
        )
        write({"b/vpc.yaml": able})
        assert notices() == [
            "root.yaml: the nested stack Vpc (s3://bucket/vpc.yaml) is taken as b/vpc.yaml, by its name only"
        ]

    def test_what_is_no_template_outside_of_the_repository_or_excluded_is_not_taken(self, tmp_path: Path) -> None:
        write({"repo/root.yaml": template(stack("Vpc", "s3://bucket/vpc.yaml")), "repo/.git/HEAD": ""})
        write({"vpc.yaml": template(QUEUE), "repo/a/vpc.yaml": "Resources: [vpc]\n"})
        write({"repo/node_modules/vpc.yaml": template(QUEUE), "repo/old/vpc.yaml": template(QUEUE)})
        write({".awslint-memo.yaml": "exclude: [repo/old]"})
        Path("repo/link").mkdir()
        Path("repo/link/vpc.yaml").symlink_to(tmp_path / "vpc.yaml")
        made = report(*RULE, "repo/root.yaml")
        assert made["summary"]["notices"] == [
            "repo/root.yaml: not checked: the nested stack Vpc (s3://bucket/vpc.yaml)"
        ]
        assert made["errors"] == []

    def test_the_parent_itself_is_not_taken(self) -> None:
        write({"template.yaml": template(QUEUE, stack("Vpc", "s3://bucket/template.yaml"))})
        assert found() == [("template.yaml", "Queue")]

    def test_a_location_without_a_known_name_is_not_taken(self) -> None:
        url = '!Sub "s3://bucket/${Prefix}vpc.yaml"'
        write({"vpc.yaml": template(QUEUE), "root.yaml": template(stack("Vpc", url), head=HEAD)})
        assert found() == [("vpc.yaml", "Queue")]

    def test_a_secret_location_is_neither_taken_nor_shown(self) -> None:
        head = "Parameters: {Url: {Type: String, NoEcho: true, Default: 's3://hidden/vpc.yaml'}}\n"
        write({"vpc.yaml": template(QUEUE), "root.yaml": template(stack("Vpc", "!Ref Url"), head=head)})
        assert notices() == ["root.yaml: not checked: the nested stack Vpc (template not known)"]

    def test_an_application_of_sam(self) -> None:
        application = stack("S", "s3://bucket/app/b.yaml", type_="Serverless::Application", place="Location")
        head = "Transform: AWS::Serverless-2016-10-31\n"
        write({"a.yaml": template(application, head=head), "app/b.yaml": template(QUEUE)})
        assert found() == [("app/b.yaml", "S/Queue")]

    def test_a_template_below_a_taken_one(self) -> None:
        write({"a.yaml": template(stack("B", "s3://x/b.yaml")), "t/b.yaml": template(stack("C", "s3://x/c.yaml"))})
        write({"t/c.yaml": template(QUEUE)})
        assert found() == [("t/c.yaml", "B/C/Queue")]
        assert notices() == [
            "a.yaml: the nested stack B (s3://x/b.yaml) is taken as t/b.yaml, by its name only; so is 1 other"
        ]

    def test_locations_that_lead_to_the_same_file_give_one_notice(self) -> None:
        url = '!Sub ["https://${B}.s3.amazonaws.com/b.yaml", {B: !If [Own, mine, theirs]}]'
        head = "Parameters: {Bucket: {Type: String}}\nConditions: {Own: !Equals [!Ref Bucket, mine]}\n"
        write({"a.yaml": template(stack("S", url), head=head), "x/b.yaml": template(QUEUE)})
        assert len(notices()) == 1

    def test_a_repository_with_too_many_files_is_not_searched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files_by_name, "MAX_FILES", 2)
        write({"a.yaml": template(stack("S", "s3://x/b.yaml")), "b.yaml": template(QUEUE), "c.yaml": template(QUEUE)})
        why = "the nested stack S (s3://x/b.yaml; the repository has too many files to search it)"
        assert notices() == [f"a.yaml: not checked: {why}"]

    def test_many_files_with_one_name_are_not_read(self) -> None:
        write({"a.yaml": template(stack("S", "s3://x/b.yaml"))})
        write({f"{number:02}/b.yaml": "" for number in range(51)})
        assert notices("a.yaml") == [
            "a.yaml: not checked: the nested stack S "
            "(s3://x/b.yaml; 00/b.yaml or 01/b.yaml or 02/b.yaml or 48 more may be meant)"
        ]

    def test_without_a_repository_the_working_folder_is_searched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path(".git").rmdir()
        write({"in/a.yaml": template(stack("S", "s3://x/b.yaml")), "in/x/b.yaml": template(QUEUE), "b.yaml": ""})
        assert found("in/a.yaml") == [("in/x/b.yaml", "S/Queue")]
        Path("other").mkdir()
        monkeypatch.chdir("other")
        assert found("../in/a.yaml") == [("../in/x/b.yaml", "S/Queue")]

    def test_a_notice_stands_once(self) -> None:
        head = "Parameters: {Stage: {Type: String, AllowedValues: [a, b]}}\nConditions: {A: !Equals [!Ref Stage, a]}\n"
        queue = "  Queue: {Type: AWS::SQS::Queue, Condition: A}\n"
        write({"a.yaml": template(queue, stack("S", "s3://x/b.yaml"), stack("T", "s3://x/t.yaml"), head=head)})
        write({"b.yaml": template(QUEUE), ".awslint-memo.yaml": "deployments: {a: {Stage: a}, b: {Stage: b}}"})
        made = notices()
        assert len(made) == len(set(made)) == 2


def test_what_decides_is_worked_out_once_for_all_values_that_a_parent_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parents of parents give a nested stack hundreds of values, each of which makes it another one."""
    anew: list[bool] = []
    update = Deciding.update

    def updating(deciding: Deciding) -> bool:
        anew.append(update(deciding))
        return anew[-1]

    monkeypatch.setattr(Deciding, "update", updating)
    head = (
        "Parameters:\n  Stage: {Type: String, AllowedValues: [a, b, d]}\n  Big: {Type: String, AllowedValues: [x, y]}\n"
    )
    given = '      Parameters: {Stage: !Sub "${Stage}-${Big}"}\n'
    write({"a.yaml": template(stack("S", "b.yaml") + given, head=head)})
    inner = "Parameters: {Stage: {Type: String}}\nConditions: {Is: !Equals [!Ref Stage, d-y]}\n"
    write({"b.yaml": template("  Queue: {Type: AWS::SQS::Queue, Condition: Is}\n", head=inner)})
    assert found() == [("b.yaml", "S/Queue")]
    assert anew == [True, False]
