"""AWS Elastic Beanstalk."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_elastic_beanstalk_environment": TypeMap(
        "AWS::ElasticBeanstalk::Environment",
        {
            "EnvironmentName": PropertyMap("name"),
            "OptionSettings": PropertyMap(
                "setting",
                many=True,
                within={
                    "Namespace": PropertyMap("namespace"),
                    "OptionName": PropertyMap("name"),
                    "Value": PropertyMap("value"),
                },
            ),
            "TemplateName": PropertyMap("template_name"),
        },
        attributes={"id": "Ref", "name": "EnvironmentName"},
    ),
}
