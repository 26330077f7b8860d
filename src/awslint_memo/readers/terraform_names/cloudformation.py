"""AWS CloudFormation: a stack that Terraform deploys; its template is not read."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_cloudformation_stack": TypeMap(
        "AWS::CloudFormation::Stack",
        {"Parameters": PropertyMap("parameters"), "TemplateURL": PropertyMap("template_url")},
        attributes={"id": "Ref"},
    ),
}
