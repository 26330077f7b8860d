"""AWS IAM: roles and what they may do."""

from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.property_maps import Translation, Word, json_text

_DOCUMENT = Word("policy", read=json_text())


def _listed(value: Value) -> Value:
    """One name as the list of names that CloudFormation has in its place."""
    return value if isinstance(value, Absent) else Known([value], value.place)


TRANSLATIONS = {
    "aws_iam_role": Translation(
        "AWS::IAM::Role",
        {
            "ManagedPolicyArns": Word("managed_policy_arns"),
            "Policies": Word(
                "inline_policy", many=True, within={"PolicyDocument": _DOCUMENT, "PolicyName": Word("name")}
            ),
            "RoleName": Word("name"),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref", "unique_id": "RoleId"},
    ),
    "aws_iam_role_policy": Translation(
        "AWS::IAM::RolePolicy",
        {"PolicyDocument": _DOCUMENT, "PolicyName": Word("name"), "RoleName": Word("role")},
    ),
    "aws_iam_policy": Translation(
        "AWS::IAM::ManagedPolicy",
        {"ManagedPolicyName": Word("name"), "PolicyDocument": _DOCUMENT, "Roles": Word("")},
        attributes={"arn": "PolicyArn", "id": "PolicyArn"},
    ),
    # What attaches a policy that is written elsewhere: CloudFormation's says both in one.
    "aws_iam_role_policy_attachment": Translation(
        "AWS::IAM::ManagedPolicy",
        {"ManagedPolicyName": Word(""), "PolicyDocument": Word(""), "Roles": Word("role", read=_listed)},
        beside={"Attaches": Word("policy_arn")},
    ),
    "aws_iam_policy_attachment": Translation(
        "AWS::IAM::ManagedPolicy",
        {"ManagedPolicyName": Word(""), "PolicyDocument": Word(""), "Roles": Word("roles")},
        beside={"Attaches": Word("policy_arn")},
    ),
}
