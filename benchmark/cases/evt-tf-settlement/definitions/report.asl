{
  "StartAt": "Report",
  "TimeoutSeconds": 240,
  "States": {
    "Report": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "${report}", "Payload.$": "$" },
      "OutputPath": "$.Payload",
      "TimeoutSeconds": 60,
      "Retry": [
        { "ErrorEquals": ["ReportIncomplete"], "MaxAttempts": 0 },
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 4, "BackoffRate": 2, "MaxDelaySeconds": 20 }
      ],
      "End": true
    }
  }
}
