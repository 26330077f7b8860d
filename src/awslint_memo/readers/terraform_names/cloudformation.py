"""AWS CloudFormation: stacks and stack sets that Terraform deploys; their templates are not read."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_cloudformation_stack": TypeMap(
        "AWS::CloudFormation::Stack",
        {"Parameters": PropertyMap("parameters"), "TemplateURL": PropertyMap("template_url")},
        attributes={"id": "Ref"},
    ),
    # In Terraform, the instances of a stack set are resources of their own.
    "aws_cloudformation_stack_set": TypeMap(
        "AWS::CloudFormation::StackSet",
        {"StackInstancesGroup": PropertyMap(""), "StackSetName": PropertyMap("name")},
        attributes={"id": "Ref"},
    ),
}
