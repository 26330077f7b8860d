"""ARNs that surely have another name than a resource."""

from __future__ import annotations

from awslint_memo.model.identity import NAMES, Named, from_arn
from awslint_memo.model.patterns import TextPattern, is_literal, matches

_BEFORE_NAMES = {
    "dynamodb": "table/",
    "events": "rule/",
    "kinesis": "stream/",
    "lambda": "function:",
    "s3": "",
    "sns": "",
    "sqs": "",
}
"""By service, what stands before a name in ARNs of its resources."""

_SHORTEST_RANDOM = 8
"""The least characters behind the last hyphen of a name that CloudFormation makes."""

_BEGINS_VARIABLE = "${"


def is_of_another_name(arn: TextPattern, resource: Named, *, is_named_by_stack: bool) -> bool:
    """Whether an ARN surely has another name than a resource, or a pattern that does not match its name.

    is_named_by_stack: whether CloudFormation names it where the template does not.
    """
    fields = arn.split(":", 5)
    before = _BEFORE_NAMES.get(fields[2].literal or "") if len(fields) == 6 else None
    identity = from_arn(arn) if before is not None and fields[5].startswith(before) else None
    if identity is None or resource.type not in NAMES or identity[0] != NAMES[resource.type][0]:
        return False
    # What follows belongs to it: an object of a bucket, a subscription of a topic.
    pattern = (identity[1].literal or "").partition(":")[0].partition("/")[0]
    # A variable of IAM's stands for any text, and an access point, which has an account, may be one of the bucket.
    if not pattern or _BEGINS_VARIABLE in pattern or (identity[0] == "s3" and fields[4].literal != ""):
        return False
    own = resource.get(NAMES[resource.type][1])
    if own.text is not None:
        return not matches(pattern, own.text)
    if not is_literal(pattern):
        return False
    if own.is_absent:
        return is_named_by_stack and len(pattern.rpartition("-")[2]) < _SHORTEST_RANDOM
    return own.pattern is not None and own.pattern.differs_from(TextPattern(pattern))
