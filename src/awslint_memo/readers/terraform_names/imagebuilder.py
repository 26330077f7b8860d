"""EC2 Image Builder."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_imagebuilder_image_pipeline": Translation(
        "AWS::ImageBuilder::ImagePipeline",
        {
            "ContainerRecipeArn": Word("container_recipe_arn"),
            "DistributionConfigurationArn": Word("distribution_configuration_arn"),
            "ImageRecipeArn": Word("image_recipe_arn"),
            "ImageTestsConfiguration": Word(
                "image_tests_configuration", within={"ImageTestsEnabled": Word("image_tests_enabled")}
            ),
            "Schedule": Word(
                "schedule",
                within={
                    "PipelineExecutionStartCondition": Word("pipeline_execution_start_condition"),
                    "ScheduleExpression": Word("schedule_expression"),
                },
            ),
            "Status": Word("status"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_image_recipe": Translation(
        "AWS::ImageBuilder::ImageRecipe",
        {
            "Components": Word("component", within={"ComponentArn": Word("component_arn")}, many=True),
            "ParentImage": Word("parent_image"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_distribution_configuration": Translation(
        "AWS::ImageBuilder::DistributionConfiguration",
        {
            "Distributions": Word(
                "distribution",
                within={
                    "LaunchTemplateConfigurations": Word(
                        "launch_template_configuration",
                        within={"LaunchTemplateId": Word("launch_template_id")},
                        many=True,
                    ),
                    "SsmParameterConfigurations": Word(
                        "ssm_parameter_configuration", within={"ParameterName": Word("parameter_name")}, many=True
                    ),
                },
                many=True,
            ),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
    "aws_imagebuilder_component": Translation(
        "AWS::ImageBuilder::Component", {"Version": Word("version")}, attributes={"arn": "Arn", "id": "Ref"}
    ),
    "aws_imagebuilder_image": Translation(
        "AWS::ImageBuilder::Image",
        {
            "ImageRecipeArn": Word("image_recipe_arn"),
            "ImageTestsConfiguration": Word(
                "image_tests_configuration", within={"ImageTestsEnabled": Word("image_tests_enabled")}
            ),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}
