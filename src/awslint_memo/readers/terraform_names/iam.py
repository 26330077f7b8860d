"""AWS IAM: roles and policies."""

from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap, json_text

_DOCUMENT = PropertyMap("policy", read=json_text())


def _listed(value: Value) -> Value:
    """Convert one name to CloudFormation's list of names."""
    return value if isinstance(value, Absent) else Known([value], value.place)


TYPE_MAPS = {
    "aws_iam_role": TypeMap(
        "AWS::IAM::Role",
        {
            "AssumeRolePolicyDocument": PropertyMap("assume_role_policy", read=json_text()),
            "ManagedPolicyArns": PropertyMap("managed_policy_arns"),
            "Policies": PropertyMap(
                "inline_policy", many=True, within={"PolicyDocument": _DOCUMENT, "PolicyName": PropertyMap("name")}
            ),
            "RoleName": PropertyMap("name"),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref", "unique_id": "RoleId"},
    ),
    "aws_iam_role_policy": TypeMap(
        "AWS::IAM::RolePolicy",
        {"PolicyDocument": _DOCUMENT, "PolicyName": PropertyMap("name"), "RoleName": PropertyMap("role")},
    ),
    "aws_iam_policy": TypeMap(
        "AWS::IAM::ManagedPolicy",
        {"ManagedPolicyName": PropertyMap("name"), "PolicyDocument": _DOCUMENT, "Roles": PropertyMap("")},
        attributes={"arn": "PolicyArn", "id": "PolicyArn"},
    ),
    # Attaches a policy that is defined elsewhere; in CloudFormation one resource does both.
    "aws_iam_role_policy_attachment": TypeMap(
        "AWS::IAM::ManagedPolicy",
        {
            "ManagedPolicyName": PropertyMap(""),
            "PolicyDocument": PropertyMap(""),
            "Roles": PropertyMap("role", read=_listed),
        },
        settings={"attached_policy": PropertyMap("policy_arn")},
    ),
    "aws_iam_policy_attachment": TypeMap(
        "AWS::IAM::ManagedPolicy",
        {"ManagedPolicyName": PropertyMap(""), "PolicyDocument": PropertyMap(""), "Roles": PropertyMap("roles")},
        settings={"attached_policy": PropertyMap("policy_arn")},
    ),
    # Attaches all of these, and detaches any other.
    "aws_iam_role_policy_attachments_exclusive": TypeMap(
        "AWS::IAM::ManagedPolicy",
        {
            "ManagedPolicyName": PropertyMap(""),
            "PolicyDocument": PropertyMap(""),
            "Roles": PropertyMap("role_name", read=_listed),
        },
        settings={"attached_policy": PropertyMap("policy_arns")},
    ),
}
