"""Whether the policy of a resource is made in another Region than that, where it gives it nothing.

A provider of Terraform calls its own Region, so a policy or permission that names a queue, topic or function of another
one is refused, as there is none of that name.
"""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Link, Unknown, Value

_QUEUE = "AWS::SQS::Queue"


def is_given(policy: Resource, named: Value, target: Resource) -> bool | None:
    """Whether a policy that names a target is the target's (True) or surely not (False); None where that is not told,
    as for a queue that is named by no URL, which nobody documents. Of ARNs another rule tells."""
    apart = is_elsewhere(policy, target)
    if isinstance(named, Link):
        is_name = named.attribute == "QueueName"
    else:
        is_name = named.text is not None and not named.text.startswith(("arn:", "https:"))
    return None if target.type == _QUEUE and is_name and not apart else None if apart is None else not apart


def is_elsewhere(policy: Resource, target: Resource) -> bool | None:
    """Whether a policy surely is made in another Region than its target (True) or, as far as is written, in the same
    one (False); None where Regions of providers that differ are not known."""
    if policy.language != "terraform" or policy is target:
        return False
    mine, its = policy.terraform.region, target.terraform.region
    if mine.text is not None and its.text is not None:
        return mine.text != its.text
    if mine.is_absent and its.is_absent:
        return False if _has_same_provider(policy, target) else None
    # The same line says the Region of both.
    is_one = mine.place.span == its.place.span or mine.is_same_as(its) is True
    return False if is_one else None


def _has_same_provider(policy: Resource, target: Resource) -> bool:
    """Whether two resources without a Region choose the same provider, or none."""
    mine, its = policy.terraform.provider, target.terraform.provider
    return mine.is_absent == its.is_absent and (mine.is_absent or _word(policy) == _word(target))


def _word(resource: Resource) -> str:
    provider = resource.terraform.provider
    return provider.key if isinstance(provider, Unknown) else provider.text or ""
