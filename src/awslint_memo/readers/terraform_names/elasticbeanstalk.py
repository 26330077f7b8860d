"""AWS Elastic Beanstalk."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_elastic_beanstalk_environment": Translation(
        "AWS::ElasticBeanstalk::Environment",
        {
            "EnvironmentName": Word("name"),
            "OptionSettings": Word(
                "setting",
                many=True,
                within={"Namespace": Word("namespace"), "OptionName": Word("name"), "Value": Word("value")},
            ),
            "TemplateName": Word("template_name"),
        },
        attributes={"id": "Ref", "name": "EnvironmentName"},
    ),
}
