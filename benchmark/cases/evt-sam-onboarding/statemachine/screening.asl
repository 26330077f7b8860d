{
  "Comment": "Looks the customer up and decides how closely to look",
  "StartAt": "Load",
  "TimeoutSeconds": 3600,
  "States": {
    "Load": {
      "Type": "Task",
      "Resource": "arn:aws:states:::dynamodb:getItem",
      "Parameters": {
        "TableName": "${CustomersTable}",
        "Key": { "customer": { "S.$": "$.customer" } }
      },
      "ResultPath": "$.record",
      "Retry": [
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 5, "BackoffRate": 2 }
      ],
      "Next": "Known"
    },
    "Known": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.record.Item", "IsPresent": true, "Next": "Again" },
        { "Variable": "$.record.Item", "IsPresent": false, "Next": "First" }
      ]
    },
    "Again": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.record.Item.verdict.S", "StringEquals": "approved", "Next": "Short" },
        { "Variable": "$.record.Item.verdict.S", "StringEquals": "review", "Next": "Long" }
      ]
    },
    "First": { "Type": "Pass", "Result": "long", "ResultPath": "$.depth", "End": true },
    "Long": { "Type": "Pass", "Result": "long", "ResultPath": "$.depth", "End": true },
    "Short": { "Type": "Pass", "Result": "short", "ResultPath": "$.depth", "End": true }
  }
}
