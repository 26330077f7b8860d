"""What fixes of the rules' examples must never do: replace a resource without a word, or let messages expire."""

from __future__ import annotations

from pathlib import Path

from bench.harmless import expiring, harm, inputs, replacing, translated_otherwise
from tests.fixed_examples import fixed

from awslint_memo import api
from awslint_memo.judging.examples import Example, examples
from awslint_memo.judging.registry import rules
from awslint_memo.model.fix import Fix


def changed() -> list[tuple[Example, list[Fix]]]:
    every = [example for rule in rules().values() if rule.fix for example in examples(rule, rule.bad)]
    made = [(example, [one.fix for one in fixed(example).made if one.fix is not None]) for example in every]
    return [(example, fixes) for example, fixes in made if fixes]


def test_no_fix_replaces_a_resource_without_saying_so() -> None:
    harms = {f"{example.rule.id}: {what}" for example, fixes in changed() for fix in fixes for what in replacing(fix)}
    assert harms == set()


def test_no_fix_lets_messages_expire_before_their_last_receive() -> None:
    for example, _ in changed():
        for path, text in fixed(example).texts.items():
            assert set(expiring(text)) <= set(expiring(example.files[path])), example.rule.id


def test_sam_makes_nothing_else_of_what_no_fix_names() -> None:
    count = 0
    for example, fixes in changed():
        for path, text in fixed(example).texts.items():
            if "AWS::Serverless" in text:
                count += 1
                assert list(translated_otherwise(example.files[path], text, fixes)) == [], example.rule.id
    assert count > 5


def test_receives_that_take_as_long_as_messages_are_kept_are_seen() -> None:
    queue = "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: %d, RedrivePolicy: %s}}}"
    policy = "{maxReceiveCount: 8, deadLetterTargetArn: a}"
    assert list(expiring(queue % (43_200, policy))) == ["Q: 8 x 43200 s >= 345600 s"]
    assert list(expiring(queue % (43_199, policy))) == []


def test_a_property_that_replaces_its_resource_is_seen() -> None:
    replaced = [
        what
        for rule in rules().values()
        if rule.id == "sqs-fifo-settings"
        for example in examples(rule, rule.bad)
        for finding in fixed(example).made
        if finding.fix is not None
        for what in replacing(Fix(finding.fix.changes))
    ]
    assert any("FifoQueue of AWS::SQS::Queue" in what for what in replaced)


def test_the_inputs_are_the_examples_of_rules_with_fixes() -> None:
    assert len(list(inputs([]))) > 300


def test_a_nested_template_that_is_mended_is_looked_at_too(tmp_path: Path) -> None:
    table = "Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}"
    (tmp_path / "inner.yaml").write_text(f"Resources: {{Orders: {{{table}}}}}\n")
    outer = "Resources: {Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}}\n"
    path = str(tmp_path / "outer.yaml")
    files = {path: outer}
    mended = api.fix([path], unsafe=True, advice=True, unsaved=files, reports_unknown=False)
    assert [name.rpartition("/")[2] for name in mended.texts] == ["inner.yaml"]
    assert list(harm(files, mended, cfn_lint=False)) == []
