"""Amazon ECS."""

from awslint_memo.readers.words import Translation, Word

TRANSLATIONS = {
    "aws_ecs_cluster": Translation(
        "AWS::ECS::Cluster", {"ClusterName": Word("name")}, attributes={"arn": "Arn", "id": "Arn", "name": "Ref"}
    ),
    "aws_ecs_service": Translation(
        "AWS::ECS::Service",
        {
            "Cluster": Word("cluster"),
            "DeploymentConfiguration": Word(
                "", within={"Alarms": Word("alarms", within={"AlarmNames": Word("alarm_names")})}
            ),
            "ServiceName": Word("name"),
        },
        attributes={"arn": "ServiceArn", "id": "Ref", "name": "Name"},
    ),
}
