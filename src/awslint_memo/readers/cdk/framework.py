"""Constructs that the CDK makes for itself: their properties are not the app's to set.

Compared with aws-cdk-lib 2.276.0 on 2026-11-27: the functions behind custom resources, log retention, notifications of
buckets and deployments to buckets, which are made once a stack under names that the library fixes.
"""

from __future__ import annotations

from awslint_memo.model.lazy import regex

_SHARED = frozenset(
    (
        "679f53fac002430cb0da5b7982bd2287",  # AwsCustomResource
        "8a0c93f3dbef4b71ac137aaf2048ce7e",  # calls of a state machine in another Region
        "aae0aa3c5b4d4f87b02d85b201efdd8a",  # logRetention
        "050a0587b7544547bf325f094a3db834",  # notifications of buckets
        "8693bb64968944b69aafb0cc9eb8756c",  # BucketDeployment
        "8693bb64968944b69aafb0cc9eb8757c",  # the trust of the role of a job of EMR
        "b4cf1abd4e4f4bc699441af7ccd9ec37",  # calls by rules of EventBridge
        "224e77f9a32e4b4dac32983477abba16",  # spam in mails that SES receives
    )
)
"""The identities in the names of functions that a stack has once."""

_IDENTITY = regex(r"[0-9A-Fa-f]{32}")

_PARTS = frozenset(("framework-onEvent", "framework-isComplete", "framework-onTimeout", "waiter-state-machine"))
"""What `custom_resources.Provider` makes beside the functions that it is given."""


def is_framework(path: str) -> bool:
    """Whether the construct of a path is one that the CDK makes for itself, or a part of one."""
    return any(_is_made(step) for step in path.split("/"))


def _is_made(step: str) -> bool:
    if step in _PARTS or step.endswith("CustomResourceProvider") or step.startswith("@aws-cdk--"):
        return True
    return any(one.lower() in _SHARED for one in _IDENTITY.findall(step))
