"""What becomes of the data of a database that is deleted, and fixes that keep a final snapshot."""

from __future__ import annotations

import re
from collections import Counter

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.fix import Fix
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations.rds.databases import CLUSTER, INSTANCE, INSTANCE_SOURCES

SNAPSHOT = "final_snapshot_identifier"
"""Terraform's argument for the name of the snapshot."""

_SMALLEST = (".micro", ".small")
"""How the classes of instances end that cost least: who pays for one hardly wants to pay for more. Chosen."""

_COSTS = "keeps a snapshot, which costs, of a database that is deleted"

_LASTS = (
    "keeps a snapshot, which costs, of a database that is deleted, and lets another destroy fail while that is there"
)
"""What a snapshot does whose name stays the same."""


def is_of_low_cost(database: Resource) -> bool:
    """Whether an instance is surely one of the smallest, as for trials and samples."""
    return database.type == INSTANCE and (database.get("DBInstanceClass").text or "").endswith(_SMALLEST)


def may_go(database: Resource) -> bool:
    """Whether somebody wrote that the data of a database go when it is deleted, without a snapshot."""
    is_deleted = database.attribute("DeletionPolicy").text == "Delete"
    return is_deleted or database.terraform.skip_final_snapshot.flag is True


def cheaper(database: Resource) -> str:
    """What says that a low cost was chosen for a database, as the end of a sentence; empty if nothing does."""
    if is_of_low_cost(database):
        return f"its class, {database.get('DBInstanceClass').text}, says that a low cost was chosen"
    return "its data may go when it is deleted, so a low cost was chosen" if may_go(database) else ""


def snapshot(database: Resource, *policies: str) -> Fix | None:
    """The fix that lets CloudFormation take a snapshot where one of these attributes (DeletionPolicy …) says what is
    done. Where somebody wrote Delete, a person decides; of one of the smallest there is none."""
    written = {name for name, value in database.attributes.items() if not value.is_absent}
    unsafe = _COSTS if written.intersection(policies) else ""
    if unsafe and is_of_low_cost(database):
        return Fix.lacks("Delete is written there, and its class is one of trials and samples, whose data may go")
    return Fix.of_all(database.set(f"@{policy}", "Snapshot", unsafe=unsafe) for policy in policies)


def not_skipped(database: Resource, *, is_named: bool) -> Fix:
    """The fix that lets Terraform take a snapshot, with a name if it has none."""
    if is_of_low_cost(database):
        return Fix.lacks("true is written there, and its class is one of trials and samples, whose data may go")
    name = database.terraform.final_snapshot_identifier
    if is_named and (database.copies.number != 1 or database.deployment.once(_named)[name.text or ""] > 1):
        return Fix.lacks("other databases name their snapshots alike, and only one can have that name")
    unsafe = _LASTS if is_named and not any(map(_is_new, name.pieces)) else _COSTS
    kept = database.set("@skip_final_snapshot", False, unsafe=unsafe)
    return kept if is_named else kept + named_snapshot(database)


def _named(deployment: Deployment) -> Counter[str]:
    """How many databases have each name for their snapshot."""
    names = (database.terraform.final_snapshot_identifier.text for database in deployment.of_type(CLUSTER, INSTANCE))
    return Counter(filter(None, names))


_RANDOM = regex(r"\b(?:random|time)_\w+\.")
"""The resources of Terraform that make names up."""


def _is_new(piece: Value) -> bool:
    """Whether a piece of a name comes from another resource, so that it is another one the next time."""
    return isinstance(piece, Link) or (isinstance(piece, Unknown) and _RANDOM.search(piece.key) is not None)


def named_snapshot(database: Resource) -> Fix:
    """The fix that names the snapshot after the database, as each instance has another name; one that has none, after
    its resource, if there is surely one."""
    path = "DBClusterIdentifier" if database.type == CLUSTER else "DBInstanceIdentifier"
    identifier = database.get(path)
    lasting = "gives the snapshot a fixed name, so another destroy fails while that snapshot is there"
    unsafe = "chooses the snapshot's name" if any(map(_is_new, identifier.pieces)) else lasting
    if not identifier.is_absent:
        return database.set(f"@{SNAPSHOT}", database.same(path, "-final"), unsafe=unsafe)
    if database.written.startswith("module.") or database.copies.number != 1:
        return Fix.lacks("it has no name of its own that its snapshot could have, and may exist several times")
    name = re.sub(r"[^a-z0-9]+", "-", database.written.rpartition(".")[2].lower()).strip("-")
    return database.set(f"@{SNAPSHOT}", f"{name}-final", unsafe=unsafe)


def doubt(database: Resource, *, is_off: bool) -> str:
    """Why a person should decide about backups of a database that are kept for longer; empty if there is no reason.

    A text that names a source under a condition makes a read replica in another deployment, which has no backups.
    is_off: whether there are none now.
    """
    sources = {database.in_file_words(name) for name in INSTANCE_SOURCES}
    if database.type == INSTANCE and any(name in sources for name, _ in database.everything()):
        return "turns backups on where it is a read replica, which restarts that"
    if is_off and database.type == INSTANCE:
        return "restarts the instance"
    is_deleted = database.attribute("DeletionPolicy").text == "Delete"
    return "keeps for longer what goes when the database is deleted" if is_deleted else ""
