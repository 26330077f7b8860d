{
  "StartAt": "Calculate",
  "TimeoutSeconds": 43200,
  "States": {
    "Calculate": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Parameters": {
        "StateMachineArn": "${calculate}",
        "Input": { "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id", "month.$": "$.month" }
      },
      "ResultPath": "$.calculated",
      "TimeoutSeconds": 36000,
      "Retry": [
        { "ErrorEquals": ["StepFunctions.ExecutionLimitExceeded"], "IntervalSeconds": 60, "MaxAttempts": 5, "BackoffRate": 2 }
      ],
      "Next": "Reports"
    },
    "Reports": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution",
      "Parameters": {
        "StateMachineArn": "${report}",
        "Input": { "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id", "month.$": "$.month" }
      },
      "ResultPath": "$.reported",
      "Retry": [
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 5, "BackoffRate": 2 }
      ],
      "Catch": [
        { "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "ReportsMissing" }
      ],
      "Next": "Finished"
    },
    "ReportMissing": { "Type": "Fail", "Error": "ReportMissing" },
    "Finished": { "Type": "Succeed" }
  }
}
