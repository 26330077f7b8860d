"""Which stores a selection of an AWS Backup plan selects: by ARNs with wildcards, by tags, and by conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Resource
from awslint_memo.model.identity import identifying_attributes
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import facts, regions, remedies
from awslint_memo.relations.recovery.selection_reach import has_wildcards
from awslint_memo.relations.recovery.spellings import spelled
from awslint_memo.relations.recovery.tags import bears, bears_exactly, written_tags

_NAMES = {
    "AWS::DocDB::DBCluster": "DBClusterIdentifier",
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Neptune::DBCluster": "DBClusterIdentifier",
    "AWS::RDS::DBCluster": "DBClusterIdentifier",
    "AWS::RDS::DBInstance": "DBInstanceIdentifier",
    "AWS::Redshift::Cluster": "ClusterIdentifier",
    "AWS::S3::Bucket": "BucketName",
}
"""The property with the name that the ARN ends with; of the other types, AWS makes an id."""

_TAG = "aws:ResourceTag/"

Doubt: TypeAlias = "tuple[str, str]"
"""What is not told, and what to do."""

SURE: Doubt = ("", "")
"""That nothing is in doubt."""


_TAGS_OF_NAMED: Doubt = (
    "whether AWS counts the tags of a selection for what it names",
    "name it in one without tags",
)
"""What is not told where a selection names a store one by one and asks for tags too: AWS's pages differ on that."""


def is_backed_up(store: Resource) -> bool:
    """Whether AWS Backup knows the service of a store."""
    return store.type in facts.BACKED_UP.value


def lacks_versions(store: Resource) -> bool:
    """Whether a store is a bucket that no template gives versions, without which AWS Backup can't back it up."""
    status = store.get("VersioningConfiguration.Status") if store.type == "AWS::S3::Bucket" else None
    return status is not None and not status.is_unknown and status.text != facts.BACKED_UP_BUCKET.value


def is_selected(selection: Resource, store: Resource) -> bool | None:
    """Whether a selection surely selects a store (True) or may (False), as where comparing them takes too much work;
    None where it surely does not."""
    return next((sure for sure, _ in selects(selection, store)), None)


def is_meant(selection: Resource, store: Resource) -> bool:
    """Whether a selection surely is for a store, which AWS Backup may refuse as it is."""
    return regions.is_apart(selection, store) is not True and _doubt(selection, store) is SURE


def selects(selection: Resource, store: Resource) -> Iterator[tuple[bool, Doubt | None]]:
    """Whether a selection surely selects a store, and what is not told of that, with what to do; nothing where it
    surely does not."""
    # A plan is of one Region, and backs up what is there.
    doubt = None if regions.is_apart(selection, store) is True else _doubt(selection, store)
    if doubt is not None and lacks_versions(store):
        doubt = "whether the bucket has versions, without which AWS Backup can't back it up", "enable its versioning"
    if doubt is not None:
        yield doubt is SURE, None if doubt is SURE else doubt


def _doubt(selection: Resource, store: Resource) -> Doubt | None:
    """Why it is not told whether a selection selects a store; SURE where it surely does, None where surely not."""
    selected = selection.get("BackupSelection")
    if not selected.is_known or not _is_compared(selected, store):
        return "what the selection of a plan names", remedies.of_value(selection)
    listed, left_out, tags = selected.get("Resources"), selected.get("NotResources"), selected.get("ListOfTags")
    excluded = [names(name, store) for name in left_out.items]
    if True in excluded or not _says_anything(selected):
        return None
    by_name = [names(name, store) for name in listed.items] if not listed.is_unknown else [None]
    by_tag = [_bears(store, tag) for tag in tags.items] if not tags.is_unknown else [None]
    if listed.items and all(answer is False for answer in by_name):
        return None
    fits = [_fits(by_tag), _holds(selected.get("Conditions"), store)]
    if fits[1] is False:
        # What ARNs with wildcards name, conditions narrow.
        return _TAGS_OF_NAMED if _is_named(listed, store, by_wildcards=False) else None
    if fits[1] is True and fits[0] is not True and _is_named(listed, store):
        return _TAGS_OF_NAMED  # Whether it bears the tag does not tell it.
    if fits[0] is False:
        return _TAGS_OF_NAMED if _is_named(listed, store) else None
    if None in fits:
        return f"whether it bears {_asked(selected)} of a plan's selection", "write its tags as texts"
    if None in excluded or left_out.is_unknown:
        return "whether the selection of a plan leaves it out", "name what is left out by references"
    is_named = True in by_name
    if not is_named and (listed.is_unknown or listed.items):
        return "whether the ARNs of a plan's selection name it", "name it by a reference"
    # By tags alone, the Region's settings decide which services are backed up.
    return SURE if is_named and store.type not in backup.BY_OPT_IN else _doubt_of_opt_in(store)


def _asked(selected: Value) -> str:
    """The keys of the tags that a selection asks for, in words."""
    lists = [selected.get("ListOfTags"), *(selected.get(f"Conditions.{name}") for name in backup.TAG_OPERATORS)]
    keys = [each.get("ConditionKey").text for every in lists for each in every.items]
    known = dict.fromkeys(key.removeprefix(_TAG) for key in keys if key is not None)
    return f"the tag {' and '.join(known)}" if known else "its tags"


def _doubt_of_opt_in(store: Resource) -> Doubt | None:
    """Why it is not told whether the Region's settings opt in to the service of a store; None where they do not."""
    service = backup.opt_in_name(store)
    answer = _is_opted_in(store, service)
    if answer is None:
        return f"whether its Region's settings opt in to {service}", f"declare `backup-opt-in: [{service}]`"
    return SURE if answer else None


def _is_opted_in(store: Resource, service: str) -> bool | None:
    recovery = store.deployment.declared.recovery
    if recovery is not None and recovery.opted_in:
        return service in recovery.opted_in
    settings = [each for each in store.deployment.of_type(backup.SETTINGS) if regions.is_apart(store, each) is False]
    answers = {each.get("ResourceTypeOptInPreference").get(service).flag for each in settings if each.copies.number}
    return answers.pop() if len(answers) == 1 else None


def _is_compared(selected: Value, store: Resource) -> bool:
    """Whether the budget of the template allows to compare a selection with a store."""
    if not spend("comparisons", 1):
        return False
    entries = sum(len(selected.get(name).items) for name in ("Resources", "NotResources", "ListOfTags"))
    entries += sum(len(values.items) for values in selected.get("Conditions").fields.values())
    return spend("comparisons", entries * (1 + len(written_tags(store).items)))


def _says_anything(selected: Value) -> bool:
    parts = [selected.get(name) for name in ("Resources", "ListOfTags", "Conditions")]
    return any(part.is_unknown or bool(part.items) for part in parts)


def _is_named(listed: Value, store: Resource, *, by_wildcards: bool = True) -> bool:
    every = (name for name in listed.items if name.text != "*" and (by_wildcards or not has_wildcards(name)))
    return any(names(name, store) is True for name in every)


def _fits(by_tag: Sequence[bool | None]) -> bool | None:
    """Whether one of the tags that are asked for is borne; True where none is asked for."""
    if not by_tag or True in by_tag:
        return True
    return None if None in by_tag else False


def names(value: Value, store: Resource) -> bool | None:
    """Whether an entry of a selection surely names a store (True), surely not (False), or may (None)."""
    if regions.is_in_another(value, store):
        return False
    if store.deployment.find(value, store.type) is store:
        return True
    text = value.text if value.text is not None else spelled(value, store)
    if text is None:
        return _refers(value, store)
    if text == "*":
        return True
    fields = text.split(":", 5)
    service, kind = facts.BACKED_UP.value[store.type]
    if len(fields) < 6 or not matches(fields[2], service):
        return False
    return None if "${" in fields[5] else _is_kind(fields[5], kind, store)


def _refers(value: Value, store: Resource) -> bool | None:
    """The same for a value that is not known as a text: a reference, or an ARN with one at its end."""
    if isinstance(value, Unknown) and value.attribute is not None:
        # An ARN for which CloudFormation has no name.
        if value.attribute.resource != store.name:
            return False
        return True if value.attribute.attribute == "arn" else None
    *before, last = value.pieces
    if isinstance(last, Link) and last.resource != store.name:
        return False
    if isinstance(last, Link) and last.attribute in identifying_attributes(store.type):
        fields = "".join(piece.text or "?" for piece in before).split(":", 5)
        return True if fields[2:3] + fields[5:] == list(facts.BACKED_UP.value[store.type]) else None
    linked = [link.resource for link in value.mentions()]
    return False if linked and store.name not in linked and not before else None


def _is_kind(rest: str, kind: str, store: Resource) -> bool | None:
    """Whether the end of an ARN, which may have wildcards, is that of a store."""
    path = _NAMES.get(store.type)
    name = None if path is None else store.get(path).text
    if rest == "*" or (kind and rest == f"{kind}*"):
        return True
    if name is not None:
        return matches(rest, f"{kind}{name}")
    literal, wildcard, _ = rest.partition("*")
    return None if literal.startswith(kind) or (wildcard and kind.startswith(literal)) else False


def _bears(store: Resource, condition: Value) -> bool | None:
    """Whether a store bears a tag as a selection wants it; None where that is not known, as with a tag of the stack."""
    key, value = condition.get("ConditionKey").text, condition.get("ConditionValue").text
    if key is None or value is None:
        return None
    return bears_exactly(store, key, value)


def _holds(conditions: Value, store: Resource) -> bool | None:
    """Whether all conditions surely hold for a store (True), or one surely doesn't (False); None if not known."""
    if conditions.is_absent:
        return True
    answers = list(_results(conditions, store)) if conditions.is_known else [None]
    if False in answers:
        return False
    return None if None in answers else True


def _results(conditions: Value, store: Resource) -> Iterator[bool | None]:
    for operator, is_wanted in backup.TAG_OPERATORS.items():
        written = conditions.get(operator)
        if written.is_unknown:
            yield None
        for condition in written.items:
            key, value = condition.get("ConditionKey").text, condition.get("ConditionValue").text
            if key is None or value is None or not key.startswith(_TAG):
                yield None
                continue
            name = key.removeprefix(_TAG)
            # Only the operators with Like have wildcards.
            answer = bears(store, name, [value]) if "Like" in operator else bears_exactly(store, name, value)
            yield None if answer is None else answer is is_wanted
