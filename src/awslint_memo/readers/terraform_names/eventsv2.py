"""Amazon EventBridge custom event buses (version 2), for which Terraform's AWS provider has no resources yet."""

from collections.abc import Mapping

from awslint_memo.readers.property_maps import TypeMap

TYPE_MAPS: Mapping[str, TypeMap] = {}

SEVERAL = frozenset(("AWS::EventsV2::EventSource", "AWS::EventsV2::Subscriber"))
"""Types without an equivalent in Terraform (provider 6.25)."""
