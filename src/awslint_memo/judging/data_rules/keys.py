"""The keys of a file with rules that are data, with what each says: for the reader, its messages and the schema."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.record import record


@record(frozen=True)
class Key:
    """A key of a rule. about: what it says. example: the key with a value. is_needed: whether each rule has it."""

    about: str
    example: str
    is_needed: bool = False


RULE: Mapping[str, Key] = {
    "id": Key(
        "The name of the rule, for configurations and suppressions; by default that of the folder and the file.",
        "id: queue-name",
    ),
    "title": Key("What is asked for, in one sentence.", "title: Queues should be named …-queue.", is_needed=True),
    "why": Key("What follows where it is not so, for explain.", "why: Alarms find queues by their names."),
    "do": Key(
        "What to do, as an imperative; reports and explain show it.", "do: let its name end with -queue", is_needed=True
    ),
    "level": Key("What its findings count as: error, warning or advice.", "level: warning"),
    "levels": Key(
        "The level in production and the one of what is surely of another environment.",
        "levels: {production: error, others: advice}",
    ),
    "resource": Key(
        "The type of resource that is checked, or a list of types, with CloudFormation's names for all languages.",
        "resource: AWS::SQS::Queue",
        is_needed=True,
    ),
    "when": Key("The condition under which it is asked for; always where this is missing.", "when: {tag: Team}"),
    "must": Key(
        "The condition that has to hold; there is a finding where it surely does not.",
        "must: {property: QueueName, ends-with: -queue}",
        is_needed=True,
    ),
    "message": Key(
        "What a finding says: behind but, so, and or which it follows on from what the value is, else from the name.",
        "message: so no alarm finds it",
    ),
    "fix": Key("What ends a finding in the file.", "fix: {set: {StorageType: gp3}}"),
    "language": Key(
        "The only language that it is for: cloudformation (SAM included) or terraform.", "language: terraform"
    ),
    "page": Key("Where more about it is written.", "page: https://wiki.example.com/queues"),
    "aliases": Key("Names that the rule had before.", "aliases: [queue-names]"),
    "yields-to": Key("Rules that report the same cause; where one does, this one is silent.", "yields-to: [sqs-fifo]"),
    "terraform": Key(
        "Terraform's arguments for properties, by type, where awslint-memo does not know them yet.",
        "terraform: {aws_sqs_queue: {KmsMasterKeyId: kms_master_key_id}}",
    ),
    "examples": Key(
        "Templates that test-rules runs and explain shows, in CloudFormation and in Terraform.",
        "examples: {bad: [...], good: [...]}",
    ),
}
"""The keys of a rule."""

EXAMPLES: Mapping[str, str] = {
    "bad": "Templates that each have one finding.",
    "good": "Templates that have none.",
    "fixed": "What the fix makes of the bad ones: the whole templates, or the changed lines with - and +.",
}
"""The keys of `examples`."""

FIX: Mapping[str, str] = {
    "set": "The values to write, by the paths of properties.",
    "unset": "The path, or the paths, of properties to remove.",
    "unsafe": "Why a person should decide about it, as in: restarts the instance. Without it --fix makes the fix.",
}
"""The keys of `fix`."""

LEVELS_BY_ENVIRONMENT: Mapping[str, str] = {
    "production": "The level in production, and where nothing tells environments apart.",
    "others": "The level of what is surely of another environment: advice.",
}
"""The keys of `levels`."""

CONDITION: Mapping[str, str] = {
    "property": "The path of a property, in CloudFormation's names: VpcConfig.SubnetIds, Layers[all], @DeletionPolicy.",
    "tag": "The name of a tag, however the file writes tags; those of Terraform's provider count too.",
    "referred-by": "A type of resource of which one has to refer to this one, as a log group does to a function.",
    "through": "The property of that type that refers to this one.",
    "default": "What AWS takes where the property is absent.",
    "refers-to": "The type of the resource that the property has to refer to.",
    "has": "The condition on the item, or on the other resource.",
    "all": "Conditions that all have to hold.",
    "any": "Conditions of which one has to hold.",
    "not": "A condition that must not hold.",
}
"""The keys of a condition, beside the operators."""
