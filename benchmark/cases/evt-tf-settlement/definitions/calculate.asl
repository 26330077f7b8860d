{
  "StartAt": "Calculate",
  "TimeoutSeconds": 28800,
  "States": {
    "Calculate": {
      "Type": "Task",
      "Resource": "arn:aws:states:::ecs:runTask.sync",
      "Parameters": {
        "Cluster": "${cluster}",
        "TaskDefinition": "${task}",
        "LaunchType": "FARGATE",
        "NetworkConfiguration": {
          "AwsvpcConfiguration": { "Subnets": ${subnets}, "SecurityGroups": ${security}, "AssignPublicIp": "DISABLED" }
        }
      },
      "TimeoutSeconds": 21600,
      "Retry": [
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 2, "BackoffRate": 2 },
        { "ErrorEquals": ["ECS.AmazonECSException", "ECS.ServerException"], "IntervalSeconds": 15, "MaxAttempts": 5, "BackoffRate": 2 }
      ],
      "End": true
    }
  }
}
