"""A function should be allowed to use what its variables name.

A variable names a table, a queue, a topic or a stream for the program. Where the role may do nothing with it, but something with
another one (a table of another name, or the one beside it), each call of the program is denied.

What to do: name the resource in the policy of the role by its ARN (!GetAtt Orders.Arn; Terraform: aws_dynamodb_table.orders.arn), or
leave the variable out where the program does not use it. A function that may take another role, or give the name to another
function, machine, alarm or service, is not judged; nor is a variable that several functions have from one place, as Globals.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="IAM/latest/UserGuide/reference_policies_elements_resource.html",
    yields_to="lambda-call-not-allowed",
)
def check(function: Resource) -> Findings:
    if not function.get("Environment.Variables").fields:
        return
    from awslint_memo import told_stores  # Many functions have no variables.

    for found in told_stores.unusable(function):
        role, target = found.role.title, found.target.title
        yield function.finding(
            found.value,
            f"names {target}, with which {role} may do nothing: it allows {found.action} for something else only",
            of=str(found.value.route),
            do=f"name the ARN of {target} in its policy",
            related=[(found.other, "what is named instead"), (found.role, "the role")],
        )


BAD = """
Resources:
  Numbers: {Type: AWS::DynamoDB::Table}
  Customers: {Type: AWS::DynamoDB::Table}
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["dynamodb:PutItem"], Resource: !GetAtt Customers.Arn}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {NUMBERS: !Ref Numbers, CUSTOMERS: !Ref Customers}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Bills: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {TO: !Ref Orders}}, Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Bills.QueueName}}]}}
---
resource "aws_dynamodb_table" "stock" {
  name = "warehouse-stock"
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["dynamodb:UpdateItem"], Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/stock" }]
  })
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn

  environment {
    variables = { STOCK = aws_dynamodb_table.stock.name }
  }
}
"""

GOOD = """
Parameters: {Policy: {Type: String}, Table: {Type: String}}
Resources:
  Numbers: {Type: AWS::DynamoDB::Table, Properties: {TableName: shop-numbers}}
  Customers: {Type: AWS::DynamoDB::Table}
  Orders: {Type: AWS::SQS::Queue}
  Both: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Customers.Arn}, {Effect: Allow, Action: "dynamodb:Query", Resource: !Sub "arn:aws:dynamodb:*:${AWS::AccountId}:table/shop-*"}]}}]}}
  Some: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !Sub "arn:aws:dynamodb:*:${AWS::AccountId}:table/${Table}"}]}}]}}
  Other: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Customers.Arn}, {Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Customers.Arn}]}}]}}
  A: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Both.Arn, Environment: {Variables: {NUMBERS: !Ref Numbers, CUSTOMERS: !Ref Customers, ORDERS: !Ref Orders}}}}
  B: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Some.Arn, Environment: {Variables: {NUMBERS: !Ref Numbers}}}}
  C: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Other.Arn, Environment: {Variables: {NUMBERS: !Ref Numbers}}}}
  D: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Given.Arn, Environment: {Variables: {NUMBERS: !Ref Numbers}}}}
---
Resources:
  Config: {Type: AWS::DynamoDB::Table}
  Items: {Type: AWS::DynamoDB::Table}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: !GetAtt Config.Arn}]}}]}}
  # It takes this role, whose trust policy lets it, for what it is told of.
  Taken: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: "sts:AssumeRole"}]}}}
  Authorizer: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {CONFIG: !Ref Config, ITEMS: !GetAtt Items.Arn, ROLE: !GetAtt Taken.Arn}}}}
---
Transform: AWS::Serverless-2016-10-31
# All functions have it, and one of them uses it.
Globals: {Function: {Environment: {Variables: {TO: !Ref Orders}}}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Bills: {Type: AWS::SQS::Queue}
  Bill: {Type: AWS::Serverless::Function, Properties: {Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Bills.QueueName}}]}}
  Order: {Type: AWS::Serverless::Function, Properties: {Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Orders.QueueName}}]}}
---
resource "aws_dynamodb_table" "stock" {
  name = "warehouse-stock"
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["dynamodb:UpdateItem"], Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/*-stock" }]
  })
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn

  environment {
    variables = { STOCK = aws_dynamodb_table.stock.name }
  }
}
---
locals {
  tables = { STOCK = aws_dynamodb_table.stock.name, PRICES = aws_dynamodb_table.prices.name }
}

resource "aws_dynamodb_table" "stock" {
  name = "stock"
}

resource "aws_dynamodb_table" "prices" {
  name = "prices"
}

resource "aws_iam_role" "count" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "count" {
  role = aws_iam_role.count.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["dynamodb:UpdateItem"], Resource = aws_dynamodb_table.stock.arn }]
  })
}

resource "aws_iam_role" "quote" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "quote" {
  role = aws_iam_role.quote.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = aws_dynamodb_table.prices.arn }]
  })
}

resource "aws_lambda_function" "count" {
  role = aws_iam_role.count.arn

  environment {
    variables = local.tables
  }
}

resource "aws_lambda_function" "quote" {
  role = aws_iam_role.quote.arn

  environment {
    variables = local.tables
  }
}
"""
