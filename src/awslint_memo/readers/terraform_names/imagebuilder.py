"""EC2 Image Builder."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_imagebuilder_image_pipeline": TypeMap(
        "AWS::ImageBuilder::ImagePipeline",
        {
            "ContainerRecipeArn": PropertyMap("container_recipe_arn"),
            "DistributionConfigurationArn": PropertyMap("distribution_configuration_arn"),
            "ImageRecipeArn": PropertyMap("image_recipe_arn"),
            "InfrastructureConfigurationArn": PropertyMap("infrastructure_configuration_arn"),
            "ImageTestsConfiguration": PropertyMap(
                "image_tests_configuration", within={"ImageTestsEnabled": PropertyMap("image_tests_enabled")}
            ),
            "Name": PropertyMap("name"),
            "Schedule": PropertyMap(
                "schedule",
                within={
                    "PipelineExecutionStartCondition": PropertyMap("pipeline_execution_start_condition"),
                    "ScheduleExpression": PropertyMap("schedule_expression"),
                },
            ),
            "Status": PropertyMap("status"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_image_recipe": TypeMap(
        "AWS::ImageBuilder::ImageRecipe",
        {
            "Components": PropertyMap("component", within={"ComponentArn": PropertyMap("component_arn")}, many=True),
            "ParentImage": PropertyMap("parent_image"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_distribution_configuration": TypeMap(
        "AWS::ImageBuilder::DistributionConfiguration",
        {
            "Distributions": PropertyMap(
                "distribution",
                within={
                    "AmiDistributionConfiguration": PropertyMap(
                        "ami_distribution_configuration",
                        within={
                            "LaunchPermissionConfiguration": PropertyMap("launch_permission"),
                            "TargetAccountIds": PropertyMap("target_account_ids"),
                        },
                    ),
                    "LaunchTemplateConfigurations": PropertyMap(
                        "launch_template_configuration",
                        within={"LaunchTemplateId": PropertyMap("launch_template_id")},
                        many=True,
                    ),
                    "SsmParameterConfigurations": PropertyMap(
                        "ssm_parameter_configuration",
                        within={"ParameterName": PropertyMap("parameter_name")},
                        many=True,
                    ),
                },
                many=True,
            ),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_infrastructure_configuration": TypeMap(
        "AWS::ImageBuilder::InfrastructureConfiguration",
        {"SnsTopicArn": PropertyMap("sns_topic_arn")},
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_component": TypeMap(
        "AWS::ImageBuilder::Component", {"Version": PropertyMap("version")}, attributes={"arn": "Arn", "id": "Ref"}
    ),
    "aws_imagebuilder_image": TypeMap(
        "AWS::ImageBuilder::Image",
        {
            "ImageRecipeArn": PropertyMap("image_recipe_arn"),
            "ImageTestsConfiguration": PropertyMap(
                "image_tests_configuration", within={"ImageTestsEnabled": PropertyMap("image_tests_enabled")}
            ),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}
