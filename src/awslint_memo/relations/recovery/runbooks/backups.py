"""How a store is restored from the vaults of AWS Backup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations import backup, dynamodb
from awslint_memo.relations.iam import roles
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    backup_plans,
    cluster_kinds,
    facts,
    file_paths,
    regions,
    serverless_paths,
    table_paths,
    volume_paths,
)
from awslint_memo.relations.recovery.plan_rules import Selected
from awslint_memo.relations.recovery.runbooks import instances, restores
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    identifier,
    plain,
    text_of,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Act, Back

TYPES = fact(
    {
        databases.INSTANCE: "RDS",
        databases.CLUSTER: "Aurora",
        dynamodb.TABLE: "DynamoDB",
        dynamodb.GLOBAL_TABLE: "DynamoDB",
        cluster_kinds.DOCUMENTS: "DocumentDB",
        cluster_kinds.GRAPHS: "Neptune",
        file_paths.BUCKET: "S3",
        file_paths.FILES: "EFS",
        file_paths.SHARES: "FSx",
        serverless_paths.SERIES: "Timestream",
        table_paths.CLUSTER: "Redshift",
        volume_paths.VOLUME: "EBS",
    },
    page="aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html",
    read="2026-11-30",
)
"""What AWS Backup calls the types of resources."""

_OWN_VAULT = "aws/efs/automatic-backup-vault"
"""The vault of the automatic backups of EFS."""

_NEWEST = "reverse(sort_by(RecoveryPoints,&CreationDate))[].[CreationDate,Status,ResourceArn,RecoveryPointArn]"


def restore(back: Back) -> Act | None:
    """What restores a store from a vault; None where the way back is by no vault."""
    plan = back.way.by
    if plan is not None and plan.type == backup_plans.PLAN:
        entries = _entries(back, plan)
        vaults = list(dict.fromkeys(_vaults(back, entries)))
        return _from(back, vaults, f"the backups of the plan {plan.title}", _role(entries))
    if plan is None and back.way.source == facts.SHORTEST_INTERVAL.page:
        find = aws("backup", "list-backup-vaults", back.where)
        vault = Unfilled(variable(back.store.title, "vault"), f"name of the vault{back.there}", find)
        return _from(back, [vault], back.way.how, None)
    if back.store.type == file_paths.FILES and back.way.source == facts.FILE_BACKUPS.page:
        return _from(back, [_OWN_VAULT], "its automatic backups", None)
    return None


def _entries(back: Back, plan: Resource) -> list[Selected]:
    """The rules of a plan by which backups of the store are made, those first that surely are."""
    entries = [entry for entry in backup_plans.selected(back.store) if entry.plan is plan]
    return sorted(entries, key=lambda entry: not entry.sure)


def _vaults(back: Back, entries: Sequence[Selected]) -> Iterator[Word]:
    """The vaults in which the backups lie that a plan makes, where the store comes back."""
    for entry in entries:
        if back.disruption != "region":
            yield _vault(back, entry.plan, entry.rule.get("TargetBackupVault"))
            continue
        gapped = entry.rule.get("TargetLogicallyAirGappedBackupVaultArn")
        for named in (*_copied_to(entry), *([] if gapped.is_absent else [gapped])):
            vault = backup.vault(entry.plan, named)
            region = regions.in_arn(named) if vault is None else regions.name(vault)
            if region in (back.region, None):
                yield _vault(back, entry.plan, named)


def _vault(back: Back, plan: Resource, named: Value) -> Word:
    vault = backup.vault(plan, named)
    if vault is not None:
        return identifier(vault, back.region)
    last = plain((named.text or "").rpartition("backup-vault:")[2])
    find = aws("backup", "list-backup-vaults", back.where)
    return last or Unfilled(variable(plan.title, "vault"), f"name of the vault{back.there}", find)


def _role(entries: Sequence[Selected]) -> Value | None:
    """The role by which backups of the store are made: that of the selection which names it, as each has its own."""
    return entries[0].selection.get("BackupSelection.IamRoleArn") if entries else None


def _from(back: Back, vaults: list[Word], what: str, role: Value | None) -> Act:
    region, type_ = back.where, TYPES.get(cluster_kinds.service(back.store))
    of_type: tuple[Word, ...] = ("--by-resource-type", type_) if type_ else ()
    looks = [
        aws(
            *("backup", "list-recovery-points-by-backup-vault", region),
            *("--backup-vault-name", vault, *of_type),
            *("--query", _NEWEST, "--output", "table"),
        )
        for vault in vaults
    ]
    point = Unfilled(
        variable(back.store.title, "point"),
        f"ARN of the newest good recovery point whose resource is {back.store.title}",
        is_late=True,
    )
    vault: Word = (
        vaults[0] if len(vaults) == 1 else Unfilled(variable(back.store.title, "vault"), "the vault of the point")
    )
    file = f"{variable(back.store.title).lower()}-restore.json"
    metadata = aws(
        *("backup", "get-recovery-point-restore-metadata", region, "--backup-vault-name", vault),
        *("--recovery-point-arn", point, "--query", "RestoreMetadata"),
    )
    named = None if role is None else text_of(role)
    allowed: Word = named or _restorer(back)
    started = aws(
        *("backup", "start-restore-job", region, "--recovery-point-arn", point, "--iam-role-arn", allowed),
        *("--metadata", f"file://{file}"),
    )
    after = list(_awaited(back))
    notes = [*_elsewhere(back), *_noted(back, file, named, makes_more=len(after) > 1)]
    commands = (*looks, replace(metadata, into=file), started, *after)
    title = f"Restore {back.store.title}{back.there} from {what}"
    return Act(title, commands, notes)


RESTORES = fact(
    "AWSBackupServiceRolePolicyForRestores",
    page="aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForRestores.html",
    read="2026-12-02",
)
"""AWS's own policy by which AWS Backup restores; another one, for S3, is beside it."""


def _restorer(back: Back) -> Unfilled:
    """The role to restore with, as far as one with AWS's own policy for that was read."""
    deployment = back.store.deployment
    every = [each for each in deployment.of_type(roles.ROLE) if _may_restore(each)]
    names = list(dict.fromkeys(text_of(each.get("RoleName")) or each.title for each in every))
    read = f", as {listed(names, NAMED)}" if names else "; none with AWS's policy for restores was read"
    return Unfilled("RESTORE_ROLE", f"ARN of a role that AWS Backup may restore with{read}")


def _may_restore(role: Resource) -> bool:
    return any((arn.text or "").rpartition("/")[2] == RESTORES for arn in roles.policies(role).arns)


def _noted(back: Back, file: str, role: str | None, *, makes_more: bool) -> Iterator[str]:
    yield f"Edit {file} before start-restore-job: {_edited(back)}."
    if role:
        yield f"{role} is the role that makes the backups; whether it may restore them is to be tried before."
    yield "Ask describe-restore-job again until the status is COMPLETED; what comes after it needs that."
    if back.store.type in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE):
        yield from restores.of_table(back)
    if back.store.type == file_paths.FILES:
        yield from RESTORED_FILES
    if makes_more:
        yield "AWS Backup restores the cluster alone: nothing can connect to it until it has an instance."
        if back.store.type != databases.CLUSTER:
            yield instances.MAY_SCALE


def _awaited(back: Back) -> Iterator[Command]:
    """What tells that a restore is done, and makes the instance that AWS Backup makes for no cluster
    (aws-backup/latest/devguide/restoring-aur.html)."""
    title, store = back.store.title, back.store
    job = Unfilled(variable(title, "job"), "RestoreJobId that start-restore-job printed", is_late=True)
    look = aws("backup", "describe-restore-job", back.where, "--restore-job-id", job)
    yield Command((*look.words, "--query", "[Status,StatusMessage,CreatedResourceArn]"))
    is_of_instances = store.type != databases.CLUSTER or databases.is_aurora(store) is not False
    if store.type in instances.SERVICES and is_of_instances:
        key = NEW_NAMES[store.type]
        cluster = Unfilled(variable(title, "restored"), f"the name that was given as {key}", is_late=True)
        scaled = instances.scaling(store)
        if scaled:
            yield aws("rds", "modify-db-cluster", back.where, "--db-cluster-identifier", cluster, *scaled)
        yield from instances.made(back, cluster)


NEW_NAMES = fact(
    {
        databases.INSTANCE: "DBInstanceIdentifier",
        databases.CLUSTER: "DBClusterIdentifier",
        dynamodb.TABLE: "targetTableName",
        dynamodb.GLOBAL_TABLE: "targetTableName",
        cluster_kinds.DOCUMENTS: "DBClusterIdentifier",
        cluster_kinds.GRAPHS: "DBClusterIdentifier",
        file_paths.BUCKET: "DestinationBucketName",
        table_paths.CLUSTER: "clusterIdentifier",
    },
    page="aws-backup/latest/devguide/API_StartRestoreJob.html",
    read="2026-11-30",
)
"""The keys of the metadata of a restore with the name of what is made; the metadata of a backup may lack them."""


RESTORED_FILES = fact(
    (
        "The files are in a folder aws-backup-restore_DATE below the root, of a new file system as of an old one: move"
        " them to where they were. newFileSystem false restores into the old one, beside what is there.",
        "A new file system has another id, and no mount targets, access points or policy of the old one: make these"
        " (efs create-mount-target, create-access-point), and give its id to what mounts it.",
    ),
    page="aws-backup/latest/devguide/restoring-efs.html",
    read="2026-12-03",
)
"""What is to be done with what AWS Backup restores of EFS, which never takes the place of anything."""


def _edited(back: Back) -> str:
    key = NEW_NAMES.get(back.store.type)
    given = f"give the name of what is made as {key}, and " if key else ""
    if back.store.type == file_paths.BUCKET:
        keyed = "; and a key of this Region as KMSKey, if it names one" if back.disruption == "region" else ""
        renamed = f"give a name that no bucket has as {key}, and NewBucket true"
        return f"{renamed}, as the old name is taken in all Regions{keyed}"
    if back.store.type == file_paths.FILES:
        keyed = "; and a key of this Region as KmsKeyId" if back.disruption == "region" else ""
        zoned = "; and a zone that is not lost, if it names one" if back.disruption == "az" else ""
        return f"give newFileSystem true, and a text of your own as CreationToken{keyed}{zoned}"
    if back.disruption == "region":
        return f"{given}change the subnets, security groups and keys that it names, if any: they are in the lost Region"
    # What is in a zone may have it among its metadata
    # (aws-backup/latest/devguide/restore-testing-inferred-metadata.html).
    zoned = "; and a zone that is not lost in place of its zone, if it names one" if back.disruption == "az" else ""
    return f"{given}choose a new name, as the store itself is still there{zoned}"


def _elsewhere(back: Back) -> Iterator[str]:
    """That backups that lie in another account are copied back first, where that may be so."""
    plan = back.way.by
    if back.disruption != "region" or back.way.source == facts.FILE_BACKUPS.page:
        return
    # Of a plan of another template, nothing tells in which account its vaults are.
    vaults = [] if plan is None else [vault for entry in _entries(back, plan) for vault in _copied_to(entry)]
    if plan is None or any(backup.vault(plan, vault) is None for vault in vaults):
        vault = (
            "It is not told in which vault the copies are"
            if plan is None
            else "No template has the vault of the copies"
        )
        yield (
            f"{vault}: if it is of another account, copy the recovery point from there"
            " to a vault of this account first (start-copy-job, with the credentials of that account)."
        )


def _copied_to(entry: Selected) -> Iterator[Value]:
    for action in entry.rule.get("CopyActions").items:
        yield action.get("DestinationBackupVaultArn")
