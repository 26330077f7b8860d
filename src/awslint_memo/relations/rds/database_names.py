"""RDS and DocumentDB: which names of databases and of master users an engine takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import databases

DOCUMENTS = "AWS::DocDB::DBCluster"

_NAMED = {databases.INSTANCE: "DBName", databases.CLUSTER: "DatabaseName"}
_DOCUMENTS_OF = ("SnapshotIdentifier", "SourceDBClusterIdentifier")

_LONGEST_NAMES: Mapping[str, int] = fact(
    {"aurora-mysql": 64, "aurora-postgresql": 63, "mariadb": 64, "mysql": 64, "oracle-": 8, "postgres": 63},
    page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    read="2026-12-02",
)
"""By how the names of engines begin, the characters of a database's name at most."""

_LONGEST_USERS: Mapping[str, int] = fact(
    {"aurora-mysql": 32, "aurora-postgresql": 63, "mariadb": 16, "mysql": 32, "postgres": 63},
    page="https://github.com/floci-io/floci/issues/3729",
    read="2026-12-02",
)
"""The same of a master user, as RDS answers: the pages of RDS say 16 of all engines, and it takes more."""

_ADMIN = fact(("admin", "rdsadmin"), page="https://github.com/aws/aws-cdk/pull/13295", read="2026-12-02")
"""Those that no master user of DocumentDB may have."""

_RESERVED: Mapping[str, Sequence[str]] = fact(
    {"": ("rdsadmin",), "aurora-postgresql": ("admin",), "postgres": ("admin",)},
    page="https://github.com/aws-cloudformation/cfn-lint/pull/4425",
    read="2026-12-02",
)
"""The same of the names that no master user may have, as deployments have shown."""

_OF_ROLES = fact("pg_", page="https://github.com/DataShades/ckan-aws-templates/issues/6", read="2026-12-02")
"""How the names begin that PostgreSQL keeps for roles of its own."""

_WITHOUT_NAME = fact(
    "sqlserver-", page="https://github.com/terraform-aws-modules/terraform-aws-rds/issues/228", read="2026-12-02"
)
"""How the names of engines begin of whose instances RDS takes no name of a database."""

_IS_RESERVED = "but that is a reserved word of the engine, and RDS refuses it"

_OTHER = regex(r"[^A-Za-z0-9_]")
_LETTER = regex(r"[A-Za-z_]")
"""An underscore at the beginning is refused or not, which pages tell differently."""


@record(frozen=True, eq=False)
class Refusal:
    """A name that RDS surely refuses: why, and what to write, for a message."""

    value: Value
    why: str
    do: str


def refused(database: Resource) -> Iterator[Refusal]:
    """The names of a database and of its master user that RDS surely refuses when it makes an instance or a cluster."""
    if database.type == DOCUMENTS:
        yield from _of_documents(database)
        return
    engine = (database.get("Engine").text or "").lower()
    if engine.startswith("custom-") or _is_copy(database):
        return
    name, user = database.get(_NAMED[database.type]), database.get("MasterUsername")
    if engine.startswith(_WITHOUT_NAME):
        if any(piece.text for piece in name.pieces):  # A parameter may be empty.
            yield Refusal(name, "but RDS takes none for SQL Server", "remove it, and create the database by a query")
        return  # Its users may be called as they like.
    why = _misspelled(name, _of(engine, _LONGEST_NAMES))
    if why:
        yield Refusal(name, why, "take another name")
    why = _misspelled(user, _of(engine, _LONGEST_USERS)) or _reserved(user, engine)
    if why:
        yield Refusal(user, why, "take another name")


def _of_documents(cluster: Resource) -> Iterator[Refusal]:
    user = cluster.get("MasterUsername")
    if any(not cluster.get(name).is_absent for name in _DOCUMENTS_OF):
        return
    why = _misspelled(user, None)
    if (user.text or "").lower() in _ADMIN:
        why = _IS_RESERVED
    if why:
        yield Refusal(user, why, "take another name")


def _is_copy(database: Resource) -> bool:
    """Whether a database has or may have its names from another one, or from its cluster."""
    if database.type == databases.CLUSTER:
        return databases.is_restored(database) or databases.is_global_secondary(database)
    return (
        databases.is_restored(database) or databases.is_read_replica(database) or databases.is_cluster_member(database)
    )


def _of(engine: str, limits: Mapping[str, int]) -> int | None:
    return next((most for begin, most in limits.items() if engine.startswith(begin)), None)


def _misspelled(name: Value, most: int | None) -> str:
    """Why a name surely is refused, as far as it is known: its characters, its beginning or its length."""
    texts = [piece.text for piece in name.pieces]
    if name.pattern is None or any("{{" in (text or "") or "}}" in (text or "") for text in texts):
        return ""  # Something else is put there, such as {{resolve:secretsmanager:…}}.
    if any(text is not None and _OTHER.search(text) for text in texts):
        return "but RDS takes letters, digits and underscores only, and refuses it"
    first = texts[0] if texts else None
    if first and not _LETTER.match(first):
        return "but RDS refuses a name that does not begin with a letter"
    length = sum(len(text or "") for text in texts)
    if most is not None and length > most:
        return f"but that is {length} characters, and RDS refuses more than {most}"
    return ""


def _reserved(user: Value, engine: str) -> str:
    name = (user.text or "").lower()
    if any(name in names for begin, names in _RESERVED.items() if engine.startswith(begin)):
        return _IS_RESERVED
    if "postgres" in engine and name.startswith(_OF_ROLES):
        return "but PostgreSQL keeps names that begin with pg_ for itself, and RDS refuses it"
    return ""
