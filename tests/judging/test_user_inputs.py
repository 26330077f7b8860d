"""Names and values that the user gives and that nothing takes: notices with their place, and the same exit code."""

from pathlib import Path

import pytest
from tests.command import invoke, report

TEMPLATE = """\
Parameters:
  Environment: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Zones: {Type: CommaDelimitedList, AllowedValues: [a, b], Default: a}
  Keys: {Type: CommaDelimitedList, AllowedPattern: '[a-z]+', Default: a}
  Days: {Type: Number, MinValue: 3, MaxValue: 30, Default: 7}
  Name: {Type: String, AllowedPattern: '[a-z]+', MinLength: 2, MaxLength: 5, Default: shop}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: 20, MessageRetentionPeriod: 345600, QueueName: orders}
"""

ROOT = """\
variable "stage" {
  type = string
  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "Say dev or prod."
  }
}

variable "wait" {
  type    = number
  default = 20
}

variable "kept" {
  type = string
  validation {
    condition     = startswith(data.aws_region.here.name, var.kept)
    error_message = "Not decided."
  }
}

resource "aws_sqs_queue" "orders" {
  name                      = "orders"
  receive_wait_time_seconds = var.wait
}
"""

DETAILS = 'object({ n = number, s = optional(string, "z") })'

RULE = ("--select", "sqs-long-polling")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    Path("template.yaml").write_text(TEMPLATE)


def notices(*arguments: str, exits: int = 0) -> list[str]:
    assert invoke("lint", *RULE, *arguments).exit_code == exits
    found: list[str] = report(*RULE, *arguments)["summary"]["notices"]
    return found


def configure(text: str) -> None:
    Path(".awslint-memo.yaml").write_text(text)


class TestParameters:
    def test_a_name_that_no_template_has(self) -> None:
        assert notices("--parameters", "Enviroment=prod") == [
            "--parameters: no template has the parameter Enviroment, so its value has no effect; "
            "did you mean Environment?"
        ]

    @pytest.mark.parametrize(
        ("name", "text", "line"),
        [
            ("prod.json", '{\n "Environment": "prod",\n "Enviroment": "prod"\n}', 3),
            ("prod.yaml", "Environment: prod\nEnviroment: prod\n", 2),
            ("cli.json", '[\n{"ParameterKey": "Enviroment",\n"ParameterValue": "prod"}]', 2),
            ("pipeline.json", '{"Tags": {"Enviroment": "x"},\n"Parameters": {\n"Enviroment": "prod"}}', 3),
            ("samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = "Enviroment=prod"\n', 2),
            ("samconfig.yaml", "default:\n  deploy:\n    parameters:\n      parameter_overrides: [Enviroment=prod]", 4),
        ],
    )
    def test_the_place_is_that_in_the_file(self, name: str, text: str, line: int) -> None:
        Path(name).write_text(text)
        [notice] = notices("template.yaml", "--parameters", name)
        assert notice.startswith(f"{name}:{line}: no template has the parameter Enviroment, ")

    def test_names_that_are_like_no_other_are_said_together(self) -> None:
        Path("prod.yaml").write_text("Environment: prod\nVpc: a\nSubnet: b\nOwner: c\n")
        assert notices("template.yaml", "--parameters", "prod.yaml") == [
            "prod.yaml:2: no template has the parameters Vpc, Subnet and Owner, so the values have no effect"
        ]

    def test_another_template_of_the_run_has_it(self) -> None:
        Path("other.yaml").write_text(TEMPLATE.replace("Environment", "Vpc"))
        assert notices("--parameters", "Vpc=dev") == []

    def test_a_hook_sees_some_templates_only(self) -> None:
        assert notices("template.yaml", "--quiet-unknown", "--parameters", "Enviroment=prod") == []

    @pytest.mark.parametrize(
        "change",
        [("Resources:", "Transform: [Mine]\nResources:"), ("Parameters:", "Parameters:\n  Name: {Type: String}")],
    )
    def test_a_template_that_may_have_more_parameters(self, change: tuple[str, str]) -> None:
        Path("template.yaml").write_text(TEMPLATE.replace(*change))
        made = report(*RULE, "--parameters", "Enviroment=prod")
        assert not [one for one in made["summary"]["notices"] if "no template has" in one]

    @pytest.mark.parametrize(
        ("value", "refusal"),
        [
            ("Environment=staging", "Environment is none of dev, prod"),
            ("Zones=a, c", "Zones is none of a, b"),
            ("Keys=a,B", "Keys does not match [a-z]+"),
            ("Days=2", "Days has less than its MinValue, 3"),
            ("Days=31", "Days has more than its MaxValue, 30"),
            ("Days=week", "Days is not a number"),
            ("Name=Shop", "Name does not match [a-z]+"),
            ("Name=s", "Name has less than its MinLength, 2"),
            ("Name=shopping", "Name has more than its MaxLength, 5"),
        ],
    )
    def test_a_value_that_is_refused(self, value: str, refusal: str) -> None:
        assert notices("--parameters", value) == [
            f"--parameters: the value of {refusal}, so CloudFormation refuses it (template.yaml)"
        ]

    def test_of_many_allowed_values_the_first_and_the_nearest_are_named(self) -> None:
        sizes = ", ".join(f"db.r{number}.large" for number in range(1, 10))
        Path("template.yaml").write_text(TEMPLATE.replace("[dev, prod], Default: dev", f"[{sizes}]"))
        assert notices("--parameters", "Environment=db.r8g.large") == [
            "--parameters: the value of Environment is none of db.r1.large, db.r2.large, db.r3.large, db.r4.large, "
            "db.r5.large and 4 others (did you mean db.r8.large?), so CloudFormation refuses it (template.yaml)"
        ]

    def test_values_that_are_taken(self) -> None:
        values = ("Environment=prod", "Zones=b, a", "Days=3.0", "Name=shops", "Keys=a, b,", "Keys=")
        assert notices(*(word for value in values for word in ("--parameters", value))) == []

    @pytest.mark.parametrize("pattern", ["[a-z&&[^x]]+", r"\p{Lower}+", r"[\p{L}]+"])
    def test_a_pattern_that_only_java_reads(self, pattern: str) -> None:
        Path("template.yaml").write_text(TEMPLATE.replace("[a-z]+", pattern))
        assert notices("--parameters", "Name=SHOP") == []

    def test_the_same_refusal_of_several_templates_is_said_once(self) -> None:
        Path("other.yaml").write_text(TEMPLATE)
        assert notices("--parameters", "Environment=staging") == [
            "--parameters: the value of Environment is none of dev, prod, so CloudFormation refuses it "
            "(other.yaml and template.yaml)"
        ]

    def test_a_nested_template_gets_its_values_from_its_parent(self) -> None:
        Path("root.yaml").write_text(
            "Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n"
            "    Properties: {TemplateURL: template.yaml, Parameters: {Environment: prod}}\n"
        )
        [notice] = notices("--parameters", "Environment=prod")
        assert "no template has the parameter Environment" in notice


class TestDeployments:
    def test_a_name_and_a_value_in_the_configuration(self) -> None:
        configure("deployments:\n  test: {Environment: staging}\n  live:\n    Environment: prod\n    Dayz: 4\n")
        assert notices() == [
            ".awslint-memo.yaml:2: the value of Environment is none of dev, prod, so CloudFormation refuses it "
            "(template.yaml)",
            ".awslint-memo.yaml:5: no template has the parameter Dayz, so its value has no effect; did you mean Days?",
        ]

    def test_a_file_of_a_deployment(self) -> None:
        Path("live.json").write_text('{\n"Dayz": 4}')
        configure("deployments: {live: live.json}\n")
        assert notices() == [
            "live.json:2: no template has the parameter Dayz, so its value has no effect; did you mean Days?"
        ]

    def test_a_run_of_one_file_says_nothing_of_what_others_may_have(self) -> None:
        configure("deployments: {live: {Dayz: 4}}\nprocessing-time: {Ordrs: 5s}\n")
        assert notices("template.yaml") == []

    def test_pyproject(self) -> None:
        Path("pyproject.toml").write_text("[tool.awslint-memo.deployments.live]\nDays = 4\nDayz = 4\n")
        [notice] = notices()
        assert notice.startswith("pyproject.toml:3: no template has the parameter Dayz")


class TestProcessingTimes:
    def test_a_queue_that_is_not_there(self) -> None:
        configure("processing-time:\n  Orders: 5s\n  orders: 5s\n  Order: 5s\n")
        assert notices() == [
            ".awslint-memo.yaml:4: there is no queue Order, so its processing time has no effect; did you mean Orders?"
        ]

    def test_a_queue_of_a_nested_stack_by_its_logical_id(self) -> None:
        Path("root.yaml").write_text(
            "Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: template.yaml}\n"
        )
        configure("processing-time: {Orders: 1h}\n")
        made = report("--select", "sqs-visibility-below-processing-time")
        assert made["summary"]["notices"] == []
        assert [one["resource"] for one in made["findings"]] == ["Inner/Orders"]

    def test_a_queue_with_instances_by_its_address(self) -> None:
        Path("template.yaml").unlink()
        Path("main.tf").write_text('resource "aws_sqs_queue" "q" {\n  for_each = toset(["a", "b"])\n}\n')
        configure("processing-time: {aws_sqs_queue.q: 1h, 'aws_sqs_queue.q[\"b\"]': 5s}\n")
        made = report("--select", "sqs-visibility-below-processing-time")
        assert made["summary"]["notices"] == []
        assert [one["resource"] for one in made["findings"]] == ['aws_sqs_queue.q["a"]']

    @pytest.mark.parametrize("folder", ["cdk.out", "app/.aws-sam", "legacy"])
    def test_a_folder_that_is_left_out_may_have_it(self, folder: str) -> None:
        Path(folder).mkdir(parents=True)
        configure("exclude: [legacy]\nprocessing-time: {Ordr: 5s}\n")
        left_out = [".awslint-memo.yaml:1: not checked: legacy, left out by exclude"]
        assert notices() == (left_out if folder == "legacy" else [])

    def test_a_folder_with_what_others_wrote_has_none(self) -> None:
        Path("node_modules/cdk.out").mkdir(parents=True)
        configure("processing-time: {Ordr: 5s}\n")
        assert len(notices()) == 1

    @pytest.mark.parametrize("name", ["!Ref Name", "!Sub '${Environment}-orders'", "!ImportValue x"])
    def test_a_queue_whose_name_is_chosen_may_be_meant(self, name: str) -> None:
        Path("template.yaml").write_text(TEMPLATE.replace("QueueName: orders", f"QueueName: {name}"))
        configure("processing-time: {live-orders: 5s}\n")
        assert notices() == []

    def test_a_file_that_can_not_be_read_may_have_it(self) -> None:
        Path("broken.yaml").write_text("Resources: {A: {Type: AWS::SQS::Queue}\n")
        configure("processing-time: {live-orders: 5s}\n")
        assert notices(exits=2) == []


class TestTerraform:
    @pytest.fixture(autouse=True)
    def root(self) -> None:
        Path("template.yaml").unlink()
        Path("main.tf").write_text(ROOT)

    def test_variables_that_the_module_does_not_have(self) -> None:
        Path("terraform.tfvars").write_text('stage = "dev"\n\nwiat = 3\n')
        assert notices() == [
            "terraform.tfvars:3: the module has no variable wiat, so the value has no effect; did you mean wait?"
        ]

    @pytest.mark.parametrize(
        ("left_over", "is_told"),
        [("wiat = 3", True), ("wiat = 3\nregion = 1", False), ("wiat = 3\nwait = 3", False), ("region = 1", False)],
    )
    def test_a_misspelt_variable_of_an_environment(self, *, left_over: str, is_told: bool) -> None:
        Path("env").mkdir()
        Path("env/prod.tfvars").write_text(f'stage = "prod"\nkept = "y"\n{left_over}\n')
        told = "the module has no variable wiat, so the value has no effect; did you mean wait?"
        assert any(notice.endswith(told) for notice in notices()) is is_told

    def test_a_value_that_fails_its_validation(self) -> None:
        Path("a.auto.tfvars").write_text('kept = "x"\nstage = "staging"\n')
        assert notices() == [
            "a.auto.tfvars:2: the value of stage fails its validation (Say dev or prod.), so Terraform refuses it"
        ]

    @pytest.mark.parametrize(
        ("condition", "type_", "taken", "refused"),
        [
            ("alltrue([for x in var.v : contains([1, 2], x)])", "list(number)", "[1, 2]", "[1, 3]"),
            ("var.v.n > 3 && length(var.v.s) == 1", DETAILS, "{ n = 4 }", "{ n = 3 }"),
            ('startswith(var.v, "ami-") && substr(var.v, 0, 4) == "ami-"', "string", '"ami-1"', '"im-1"'),
            ("var.v >= 1 && floor(var.v) == var.v", "number", "5", "5.5"),
            ("try(tonumber(var.v.p), null) != null", "map(string)", '{ p = "1" }', '{ p = "x" }'),
            ("anytrue([for one in var.v : lower(one) == one])", "set(string)", '["b", "B"]', '["B"]'),
            ('can(regex("^[a-z]+$", var.v))', "string", '"abc"', None),
            ("can(cidrhost(var.v, 0))", "string", '"10.0.0.0/8"', None),
        ],
    )
    def test_only_what_is_certain_is_refused(self, condition: str, type_: str, taken: str, refused: str | None) -> None:
        Path("main.tf").write_text(
            f'variable "v" {{\n  type = {type_}\n  validation {{\n    condition     = {condition}\n'
            '    error_message = "No."\n  }\n}\n\nresource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = 20\n}\n'
        )
        Path("terraform.tfvars").write_text(f"v = {taken}\n")
        assert notices() == []
        if refused is not None:
            Path("terraform.tfvars").write_text(f"v = {refused}\n")
            assert notices() == [
                "terraform.tfvars:1: the value of v fails its validation (No.), so Terraform refuses it"
            ]

    def test_a_named_file_is_for_all_roots_of_the_run(self) -> None:
        Path("other").mkdir()
        Path("other/main.tf").write_text('variable "zone" {}\n')
        Path("vars").mkdir()
        Path("vars/prod.tfvars").write_text('stage = "prod"\nzone = "a"\nzune = "b"\n')
        assert notices("--var-file", "vars/prod.tfvars") == [
            "vars/prod.tfvars:3: no template has the variable zune, so its value has no effect; did you mean zone?"
        ]

    def test_a_file_of_variables_of_a_deployment(self) -> None:
        Path("main.tf").write_text(ROOT)
        Path("vars").mkdir()
        Path("vars/prod.tfvars").write_text('# Of production\nstage = "prod"\nstagee = "prod"\nwait = "soon"\n')
        Path(".awslint-memo.yaml").write_text("deployments: {prod: vars/prod.tfvars}\n")
        made = report(*RULE)
        assert made["errors"] == []
        said = [one for one in made["summary"]["notices"] if one.startswith("vars/prod.tfvars:")]
        assert said == [
            "vars/prod.tfvars:4: the value of wait is no number, so Terraform refuses it (main.tf)",
            "vars/prod.tfvars:3: no template has the variable stagee, so its value has no effect; did you mean stage?",
        ]

    def test_the_workspace_of_an_option(self) -> None:
        """It is no variable, and what a notice about too many deployments tells to give where it decides."""
        Path("main.tf").write_text(
            'resource "aws_sqs_queue" "q" {\n  count = terraform.workspace == "prod" ? 1 : 0\n'
            '  message_retention_seconds = terraform.workspace == "prod" ? 5 : 345600\n}\n'
        )
        given = ("--select", "sqs-limits", "--parameters")
        for name, count in (("prod", 1), ("dev", 0)):
            made = report(*given, f"terraform.workspace={name}")
            assert (len(made["findings"]), made["errors"], made["summary"]["notices"]) == (count, [], [])

    def test_the_value_of_an_option(self) -> None:
        assert notices("--parameters", "stage=staging", "--parameters", "wait=soon") == [
            "--parameters: the value of stage fails its validation (Say dev or prod.), so Terraform refuses it "
            "(main.tf)",
            "--parameters: the value of wait is no number, so Terraform refuses it (main.tf)",
        ]
        assert notices("--parameters", "stage=dev", "--parameters", "wait=20") == []


class TestOptions:
    @pytest.mark.parametrize(
        ("rules", "message"),
        [
            ("rds-backup-retention: {days: 36}", "rules.rds-backup-retention.days must be from 1 to 35, not 36"),
            ("kinesis-shared-throughput: {most: 0}", "rules.kinesis-shared-throughput.most must be at least 1, not 0"),
            ("sqs-visibility-margin: {factor: .inf}", "rules.sqs-visibility-margin.factor must be a number, not "),
            ("sqs-visibility-margin: {facter: 3}", "has no option facter; did you mean factor?"),
        ],
    )
    def test_an_option_that_a_rule_can_not_have_is_an_error(self, rules: str, message: str) -> None:
        configure(f"rules:\n  {rules}\n")
        result = invoke("lint")
        assert result.exit_code == 2
        assert result.output.startswith(".awslint-memo.yaml:2:")
        assert message in result.output
