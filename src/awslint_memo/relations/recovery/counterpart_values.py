"""The values of secrets: whether that of one in another Region surely differs, and which is a database's password."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.name_words import name_words
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import counterpart_copies, twins
from awslint_memo.relations.recovery.counterpart_uses import HIDDEN, Use
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.secret_values import random_name
from awslint_memo.syntax.embedded import parse_embedded

_VERSION = "AWS::SecretsManager::SecretVersion"
_OF_CREDENTIALS = frozenset(("apikey", "key", "pass", "passwd", "password", "pwd", "secret", "token"))
"""Words in the keys of a secret's JSON whose values have to be the same in both Regions. A host is another one."""


def other(target: Resource, family: Family, region: str) -> str:
    """Why the secret that stands in a Region for another one surely has another value, in words without it; empty if
    that is not known. A replica has the same."""
    if target.type != HIDDEN or counterpart_copies.of(target, family, region) is not None:
        return ""
    near = twins.near(target, family, region)
    if len(near) != 1:
        return ""
    if _is_generated(target) and _is_generated(near[0]):
        return f"the value of each is generated apart (replicate {target.title}, and it is the same)"
    mine, its = _credentials(target), _credentials(near[0])
    is_one_root = target.deployment is near[0].deployment
    for name in mine.keys() & its.keys():
        what = f"its {name}" if name else "its value"
        made = random_name(mine[name]), random_name(its[name])
        if all(made) and not (is_one_root and made[0] == made[1]):
            return f"{what} is generated apart from that of {target.title}"
        if _is_other(mine[name], its[name]):
            return f"{what} is written as another than that of {target.title}"
    return ""


def password(store: Resource) -> str:
    """Which resource of Terraform makes up the password of a database; empty if none surely does."""
    is_database = store.type in (databases.INSTANCE, databases.CLUSTER)
    return random_name(store.get("MasterUserPassword")).removesuffix(".result") if is_database else ""


def keepers(family: Family, regions: Sequence[str | None]) -> Iterator[Use]:
    """The secrets that keep the passwords of databases in some Regions, as one resource makes up both."""
    for user in (member.resource for member in family.members(databases.INSTANCE, databases.CLUSTER)):
        made = password(user) if family.region(user) in regions else ""
        for secret in user.deployment.of_type(HIDDEN) if made else ():
            is_of_module = secret.name.split(".")[:-2] == user.name.split(".")[:-2]
            names = [random_name(value).removesuffix(".result") for value in _credentials(secret).values()]
            if is_of_module and made in names:
                yield Use("secret", secret.title, secret.place, user, secret)


def _is_generated(secret: Resource) -> bool:
    """Whether Secrets Manager makes the value of a secret, another one for each."""
    return secret.language != "terraform" and not secret.get("GenerateSecretString").is_absent


def _credentials(secret: Resource) -> Mapping[str, Value]:
    """What is secret in the value of a secret, by the keys of its JSON; the whole by an empty text."""
    holders = [secret]
    if secret.language == "terraform":
        versions = secret.deployment.of_type(_VERSION)
        holders = [each for each in versions if secret.deployment.find(each.get("SecretId"), HIDDEN) is secret]
    if len(holders) != 1 or holders[0].get("SecretString").is_absent:
        return {}
    written = holders[0].get("SecretString")
    fields = parse_embedded(written).fields
    if not fields:
        return {"": written}
    return {name: value for name, value in fields.items() if not _OF_CREDENTIALS.isdisjoint(name_words(name))}


def _is_other(mine: Value, its: Value) -> bool:
    """Whether two values surely are not the same: they are other texts, or one is written out and the other random."""
    is_apart = any(random_name(one) and other.text is not None for one, other in ((mine, its), (its, mine)))
    return is_apart or mine.is_same_as(its) is False
