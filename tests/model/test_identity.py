"""Which resources a text names, whatever their types."""

import pytest

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import name_index
from awslint_memo.model.other_names import is_of_another_name
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Value

PLACE = Span("t.yaml", 1, 1, 1, 1)


def named(name: str, type_: str, text: str) -> Resource:
    def read(_: str) -> Value:
        return Known(text, PLACE)

    return Resource(name, type_, PLACE, read)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("orders", {"Function", "Table"}),
        ("orders:live", {"Function"}),
        ("123456789012:function:orders", {"Function"}),
        ("arn:aws:lambda:eu-west-1:123456789012:function:orders:3", {"Function"}),
        ("late:orders", {"Alarm"}),
        ("bills", set()),
        ("bills:live", set()),
    ],
)
def test_a_text_names_what_takes_it_for_a_name(text: str, names: set[str]) -> None:
    resources = [
        named("Function", "AWS::Lambda::Function", "orders"),
        named("Table", "AWS::DynamoDB::Table", "orders"),
        named("Alarm", "AWS::CloudWatch::Alarm", "late:orders"),
    ]
    assert name_index(Deployment(resources), [Known(text, PLACE)]).names == names


@pytest.mark.parametrize(
    ("type_", "arn", "expected"),
    [
        ("AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/orders-*", True),
        ("AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/alice-*", False),
        ("AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}-orders", False),
        ("AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/${aws:username}", False),
        ("AWS::S3::Bucket", "arn:aws:s3:::files/*", True),
        ("AWS::S3::Bucket", "arn:aws:s3:eu-west-1:123456789012:accesspoint/files/object/*", False),
        ("AWS::S3::Bucket", "arn:aws:s3::123456789012:accesspoint/m.mrap", False),
    ],
)
def test_an_arn_surely_has_another_name(type_: str, arn: str, expected: bool) -> None:
    resource = named("It", type_, "alice-orders")
    assert is_of_another_name(TextPattern(arn), resource, is_named_by_stack=True) is expected
