{
  "Comment": "From registration to the welcome letter",
  "StartAt": "Verify",
  "TimeoutSeconds": 864000,
  "States": {
    "Verify": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {
        "FunctionName": "${VerifyFunction}",
        "Payload.$": "$.detail"
      },
      "ResultSelector": { "verdict.$": "$.Payload.verdict" },
      "ResultPath": "$.verification",
      "TimeoutSeconds": 60,
      "Next": "Screen"
    },
    "Screen": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Parameters": {
        "StateMachineArn": "${ScreeningArn}",
        "Input": {
          "customer.$": "$.detail.customer",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"
        }
      },
      "ResultPath": "$.screening",
      "TimeoutSeconds": 86400,
      "Retry": [
        { "ErrorEquals": ["StepFunctions.ExecutionLimitExceeded"], "IntervalSeconds": 30, "MaxAttempts": 5, "BackoffRate": 2 }
      ],
      "Next": "Store"
    },
    "Store": {
      "Type": "Task",
      "Resource": "arn:aws:states:::dynamodb:putItem",
      "Parameters": {
        "TableName": "${CustomersTable}",
        "Item": {
          "customer": { "S.$": "$.detail.customer" },
          "verdict": { "S.$": "$.verification.verdict" }
        }
      },
      "ResultPath": null,
      "Retry": [
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 5, "BackoffRate": 2, "JitterStrategy": "FULL" }
      ],
      "Next": "Welcome"
    },
    "Welcome": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sqs:sendMessage",
      "Parameters": {
        "QueueUrl": "${WelcomeQueueUrl}",
        "MessageBody": { "customer.$": "$.detail.customer" }
      },
      "Retry": [
        { "ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "MaxAttempts": 5, "BackoffRate": 2 }
      ],
      "End": true
    }
  }
}
