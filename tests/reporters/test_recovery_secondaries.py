"""What the command `recovery` says of a store whose secondary another stack or root declares, and joins by a name that
nobody tells: it may be a copy, so that nothing says surely that there is none.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting
from tests.reporters.runbook_commands import wrong_in
from tests.reporters.test_recovery_outside import here as here

_RECOVERY = "recovery:\n  rpo: 1h\n  rto: 4h\n  regions: [us-east-1, us-west-2]\n  complete: true\n"
_DEPLOYMENTS = """\
deployments:
  home: {AWS::Region: us-east-1, paths: [home/**]}
  away: {AWS::Region: us-west-2, paths: [away/**]}
"""
ALONE = _DEPLOYMENTS + _RECOVERY
TOGETHER = ALONE + "  applications: {shop: {paths: ['**']}}\n"

# By service: a primary and a secondary, each with the words that make it a member.
_USER = "MasterUsername: a, ManageMasterUserPassword: true%s"
_OF_DOCUMENTS = f"Type: AWS::DocDB::DBCluster, Properties: {{{_USER}}}"
_CACHE = "Type: AWS::ElastiCache::ReplicationGroup, Properties:"
STACKS = {
    "Aurora": (
        f"Type: AWS::RDS::DBCluster, Properties: {{Engine: aurora-mysql, {_USER}}}",
        "Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql%s}",
        "GlobalClusterIdentifier",
    ),
    "DocumentDB": (
        _OF_DOCUMENTS,
        "Type: AWS::DocDB::DBCluster, Properties: {StorageEncrypted: true%s}",
        "GlobalClusterIdentifier",
    ),
    "DocumentDB by the type of RDS": (
        _OF_DOCUMENTS,
        "Type: AWS::RDS::DBCluster, Properties: {Engine: docdb%s}",
        "GlobalClusterIdentifier",
    ),
    "ElastiCache": (
        f"{_CACHE} {{Engine: valkey, CacheNodeType: cache.r7g.large%s}}",
        f"{_CACHE} {{NumCacheClusters: 2%s}}",
        "GlobalReplicationGroupId",
    ),
}
ROOTS = {
    "Aurora": (
        "aws_rds_cluster",
        'engine = "aurora-mysql"\nmaster_username = "a"\nmanage_master_user_password = true',
        'engine = "aurora-mysql"',
        "global_cluster_identifier",
    ),
    "DocumentDB": (
        "aws_docdb_cluster",
        'master_username = "a"\nmaster_password = var.of',
        "",
        "global_cluster_identifier",
    ),
    "Neptune": ("aws_neptune_cluster", "", "", "global_cluster_identifier"),
    "ElastiCache": (
        "aws_elasticache_replication_group",
        'description = "a"\nnode_type = "cache.r7g.large"',
        'description = "b"',
        "global_replication_group_id",
    ),
}


def stack(kind: str, primary: str = "", secondary: str = "!Ref Of") -> dict[str, str]:
    """The templates of a primary and of its secondary, each with what it writes of the global cluster."""
    first, second, name = STACKS[kind]
    member = {"home": first % (f", {name}: {primary}" if primary else ""), "away": second % f", {name}: {secondary}"}
    head = "Parameters: {Of: {Type: String}}\nResources:\n"
    return {f"{side}/a.yaml": f"{head}  {side.title()}: {{{words}}}\n" for side, words in member.items()}


def root(kind: str, primary: str = "null", secondary: str = "var.of") -> dict[str, str]:
    type_, first, second, name = ROOTS[kind]
    files = {}
    for side, region, words, named in (
        ("home", "us-east-1", first, primary),
        ("away", "us-west-2", second, secondary),
    ):
        text = f'provider "aws" {{\n  region = "{region}"\n}}\nvariable "of" {{}}\n'
        files[f"{side}/main.tf"] = f'{text}resource "{type_}" "{side}" {{\n{words}\n{name} = {named}\n}}\n'
    return files


CASES = [
    *((f"{kind}, CloudFormation", stack(kind), "Home") for kind in STACKS),
    *((f"{kind}, Terraform", root(kind), f"{ROOTS[kind][0]}.home") for kind in ROOTS),
]


def of_region(here: Path, files: dict[str, str], configuration: str) -> list[str]:
    return rows(here, files, "--disruption", "region", configuration=configuration)


@pytest.mark.parametrize("configuration", [TOGETHER, ALONE])
@pytest.mark.parametrize(("files", "primary"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_secondary_that_joins_by_a_name_nobody_tells_may_be_the_copy(
    here: Path, files: dict[str, str], primary: str, configuration: str
) -> None:
    row = starting(of_region(here, files, configuration), f"{primary} region")
    assert row.startswith(f"{primary} region not told 1h ? not told 4h ?")
    text = printed("recovery", "--runbook", "region")
    assert f"whether {primary} has a secondary, " in text
    assert "again, empty" not in text
    assert "romote " in text.partition("if so: ")[2].partition("\n")[0]


def test_the_command_that_asks_for_it_is_one(here: Path) -> None:
    for files in (stack("Aurora"), root("DocumentDB")):
        of_region(here, files, TOGETHER)
        for runbook in json.loads(printed("recovery", "--runbook", "region", "--format", "json"))["runbooks"]:
            assert list(wrong_in(runbook)) == []


@pytest.mark.parametrize(
    "files",
    [
        {**stack("Aurora"), "away/a.yaml": stack("Aurora")["away/a.yaml"].replace("mysql", "postgresql")},
        {**root("Aurora"), "away/main.tf": root("Aurora")["away/main.tf"].replace("mysql", "postgresql")},
        {**stack("Aurora"), "away/a.yaml": stack("DocumentDB")["away/a.yaml"]},
        {**root("Aurora"), "away/main.tf": root("DocumentDB")["away/main.tf"]},
    ],
)
def test_a_secondary_of_another_engine_is_no_copy(here: Path, files: dict[str, str]) -> None:
    for configuration in (TOGETHER, ALONE):
        lines = of_region(here, files, configuration)
        assert any("region everything 1h ✗ none 4h ✗" in line for line in lines), lines


@pytest.mark.parametrize("files", [stack("Aurora", "one", "other"), root("DocumentDB", '"one"', '"other"')])
def test_a_member_of_another_global_cluster_is_no_copy(here: Path, files: dict[str, str]) -> None:
    for configuration in (TOGETHER, ALONE):
        of_region(here, files, configuration)
        assert "has a secondary, " not in printed("recovery", "--runbook", "region")


def test_a_secondary_is_that_of_the_primary_which_is_read_with_it(here: Path) -> None:
    """A cluster beside them that nothing makes a member of anything is no primary of it."""
    files = stack("Aurora", "!Ref Of")
    files["home/a.yaml"] += f"  Reports: {{{STACKS['Aurora'][0] % ''}}}\n"
    lines = of_region(here, files, TOGETHER)
    assert starting(lines, "Reports region").startswith("Reports region everything 1h ✗ none 4h ✗")
    assert starting(lines, "Home region").startswith("Home region not told 1h ?")
    files = root("Aurora", "var.of")
    files["home/main.tf"] += (
        'resource "aws_rds_cluster" "reports" {\nengine = "aurora-mysql"\nmaster_username = "a"\n}\n'
    )
    (here / "home/a.yaml").unlink()
    (here / "away/a.yaml").unlink()
    row = starting(of_region(here, files, TOGETHER), "aws_rds_cluster.reports region")
    assert row.startswith("aws_rds_cluster.reports region everything 1h ✗")


def test_a_cluster_of_documents_that_the_types_of_rds_make_global_has_its_secondary(here: Path) -> None:
    files = stack("DocumentDB by the type of RDS", "", "orders")
    whole = "GlobalClusterIdentifier: orders, SourceDBClusterIdentifier: !Ref Home"
    files["home/a.yaml"] += f"  Whole: {{Type: AWS::RDS::GlobalCluster, Properties: {{{whole}}}}}\n"
    lines = of_region(here, files, TOGETHER)
    assert starting(lines, "Home region").startswith("Home region typically measured in seconds 1h ~")
    assert lines[lines.index(starting(lines, "Away -")) + 1] == "DocumentDB"
    assert starting(lines, "Away -").endswith("a secondary of a global cluster")
    assert "aws docdb failover-global-cluster --region us-west-2" in printed("recovery", "--runbook", "region")


def test_a_cluster_of_documents_of_the_type_of_rds_is_judged_as_what_it_is(here: Path) -> None:
    cluster = "{Type: AWS::RDS::DBCluster, Properties: {Engine: docdb, MasterUsername: a, BackupRetentionPeriod: 7}}"
    lines = rows(here, {"a.yaml": f"Resources:\n  Orders: {cluster}\n"}, configuration=_RECOVERY)
    assert lines[lines.index(starting(lines, "Orders software")) + 1].startswith("DocumentDB ")
    assert "a Multi-AZ DB cluster" not in " ".join(lines)


_OF_ANOTHER = "arn:aws:rds:us-east-1:123456789012:db:shop"
REPLICAS = {
    "CloudFormation": {
        "home/a.yaml": "Resources:\n  Home: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUsername: a,"
        " ManageMasterUserPassword: true, DBInstanceIdentifier: shop}}\n",
        "away/a.yaml": "Resources:\n  Away: {Type: AWS::RDS::DBInstance, Properties:"
        f" {{SourceDBInstanceIdentifier: '{_OF_ANOTHER}', SourceRegion: us-east-1}}}}\n",
    },
    "Terraform": {
        "home/main.tf": 'provider "aws" {\n  region = "us-east-1"\n}\nresource "aws_db_instance" "home" {\n'
        '  identifier = "shop"\n  engine = "mysql"\n  username = "a"\n  manage_master_user_password = true\n}\n',
        "away/main.tf": 'provider "aws" {\n  region = "us-west-2"\n}\nresource "aws_db_instance" "away" {\n'
        f'  replicate_source_db = "{_OF_ANOTHER}"\n}}\n',
    },
}


@pytest.mark.parametrize("named", ["shop", "another", ""])
@pytest.mark.parametrize("language", REPLICAS)
def test_a_replica_is_promoted_once(here: Path, language: str, named: str) -> None:
    """Be it of a store that was read, of one that was not, or of one that nobody tells."""
    source = {"": "!Ref Of" if language == "CloudFormation" else "var.of"}.get(named, "")
    files = dict(REPLICAS[language])
    for name, text in files.items():
        if source:
            text = text.replace(f"'{_OF_ANOTHER}'", source).replace(f'"{_OF_ANOTHER}"', source)
            text = ("Parameters: {Of: {Type: String}}\n" if name.endswith("yaml") else 'variable "of" {}\n') + text
        files[name] = text.replace(":db:shop", f":db:{named}")
    of_region(here, files, TOGETHER)
    assert printed("recovery", "--runbook", "region").count("rds promote-read-replica ") == 1


JOINED = """\
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "far"
  region = "us-west-2"
}

variable "name" {
  default = "orders"
}

resource "aws_dynamodb_table" "home" {
  name             = var.name
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
}

resource "aws_dynamodb_table" "away" {
  provider         = aws.far
  name             = var.name
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
}

resource "aws_dynamodb_global_table" "all" {
  name = var.name
  replica {
    region_name = "us-east-1"
  }
  replica {
    region_name = "%s"
  }
}
"""


def test_tables_that_a_global_table_joins_are_replicas_of_each_other(here: Path) -> None:
    lines = of_region(here, {"main.tf": JOINED % "us-west-2"}, _RECOVERY)
    for name in ("home", "away"):
        row = starting(lines, f"aws_dynamodb_table.{name} region")
        assert "region usually propagated to all replica tables within seconds 1h ~ nothing 4h ✓" in row
    lines = of_region(here, {"main.tf": JOINED % "us-west-2"}, _RECOVERY.replace("1h", "30s"))
    assert "not told: how many seconds are lost" in starting(lines, "aws_dynamodb_table.home region")
    [runbook] = json.loads(printed("recovery", "--runbook", "region", "--format", "json"))["runbooks"]
    used = [task["what"] for task in runbook["tasks"] if task["phase"] == "data"]
    assert used == ["Use the replica of aws_dynamodb_table.home in us-west-2: it takes reads and writes already"]
    assert list(wrong_in(runbook)) == []


def test_a_table_in_a_region_that_is_not_joined_is_no_replica(here: Path) -> None:
    lines = of_region(here, {"main.tf": JOINED % "eu-west-1"}, _RECOVERY)
    row = starting(lines, "aws_dynamodb_table.away region")
    assert row.startswith("aws_dynamodb_table.away region everything 1h ✗ none 4h ✗")


@pytest.mark.parametrize("value", ['variable "of" {}', 'variable "of" {\n  default = "orders"\n}'])
def test_tables_that_another_root_joins_may_be_replicas(here: Path, value: str) -> None:
    before, _, joiner = (JOINED % "us-west-2").partition('resource "aws_dynamodb_global_table"')
    provider = 'provider "aws" {\n  region = "us-east-1"\n}\n'
    whole = f'{provider}{value}\nresource "aws_dynamodb_global_table"{joiner.replace("var.name", "var.of")}'
    for applications in ("", "  applications: {shop: {paths: ['**']}}\n"):
        lines = of_region(here, {"a/main.tf": before, "b/main.tf": whole}, _RECOVERY + applications)
        row = starting(lines, "aws_dynamodb_table.home region")
        is_sure = "default" in value and bool(applications)
        loss = "usually propagated to all replica tables within seconds 1h ~" if is_sure else "not told 1h ?"
        assert row.startswith(f"aws_dynamodb_table.home region {loss}")
        assert ("nothing 4h ✓" in row) is is_sure


IN_BOTH = """\
Conditions: {IsHome: !Equals [!Ref AWS::Region, us-east-1]}
Resources:
  Login:
    Type: AWS::SecretsManager::Secret
    Condition: IsHome
  Whole:
    Type: AWS::RDS::GlobalCluster
    Condition: IsHome
    Properties: {Engine: aurora-postgresql, GlobalClusterIdentifier: shop}
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      GlobalClusterIdentifier: !If [IsHome, !Ref Whole, shop]
      MasterUsername: !If [IsHome, %s, !Ref AWS::NoValue]
"""


@pytest.mark.parametrize(
    "user",
    [
        "admin1",
        '"{{resolve:secretsmanager:login:SecretString:username}}"',
        '!Sub "{{resolve:secretsmanager:${Login}:SecretString:username}}"',
    ],
)
def test_a_cluster_whose_user_is_looked_up_is_the_primary(here: Path, user: str) -> None:
    deployments = "deployments:\n  home: {AWS::Region: us-east-1}\n  away: {AWS::Region: us-west-2}\n"
    lines = rows(here, {"a.yaml": IN_BOTH % user}, configuration=f"{deployments}{_RECOVERY}  keep: 7d\n")
    first, second = (line for line in lines if line.startswith("Cluster "))
    assert first.startswith("Cluster software 5m typically, 24h back 1h ~, keep 7d ✗")
    assert second.startswith("Cluster - a secondary of a global database")


WHOLE_TABLE = """\
Resources:
  Everywhere:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {TableName: %s, Replicas: [{Region: us-east-1}, {Region: us-west-2}]}
"""
OWN_TABLE = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
"""


@pytest.mark.parametrize(
    ("name", "region", "is_one"),
    [("orders", "us-east-1", True), ("others", "us-east-1", False), ("orders", "us-west-2", False)],
)
def test_a_table_that_another_stack_has_as_a_global_table_has_its_replicas(
    here: Path, name: str, region: str, is_one: bool
) -> None:
    """A Region has one table of a name: to ask for copies of it, or to make it anew there, would be harmful."""
    files = {"home/orders.yaml": OWN_TABLE, "away/whole.yaml": WHOLE_TABLE % name}
    configuration = TOGETHER.replace("away: {AWS::Region: us-west-2", f"away: {{AWS::Region: {region}")
    lines = of_region(here, files, configuration)
    row = starting(lines, "Orders region")
    assert ("usually a few seconds" in row) is is_one
    assert ("of Everywhere, which has its name" in row) is is_one
    [runbook, *_] = json.loads(printed("recovery", "--runbook", "region", "--format", "json"))["runbooks"]
    used = [task["what"] for task in runbook["tasks"] if task["phase"] == "data"]
    assert any(words.startswith("Use the replica of Orders") for words in used) is is_one
