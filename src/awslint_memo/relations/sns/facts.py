"""Facts about SNS."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

ENVELOPE = Fact(
    frozenset(
        (
            "Message",
            "MessageAttributes",
            "MessageId",
            "SequenceNumber",
            "Signature",
            "SignatureVersion",
            "SigningCertURL",
            "Subject",
            "Timestamp",
            "TopicArn",
            "Type",
            "UnsubscribeURL",
        )
    ),
    page="sns/latest/dg/sns-message-and-json-formats.html",
    read="2026-11-25",
)
"""The fields of the JSON in which SNS delivers a message unless delivery is raw."""
