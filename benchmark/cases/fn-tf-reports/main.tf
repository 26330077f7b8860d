terraform {
  required_version = ">= 1.10"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
  backend "s3" {
    key          = "reports/terraform.tfstate"
    use_lockfile = true
  }
}

variable "environment" { type = string }
variable "release" { type = string }
variable "region" { type = string }
variable "extra_layers" {
  type    = list(string)
  default = []
}
variable "subnet_ids" { type = list(string) }
variable "security_group_ids" { type = list(string) }
variable "statement_image" { type = string }

provider "aws" {
  region = var.region
}

locals {
  bucket = "acme-code-${var.environment}"
  base_layers = [
    "arn:aws:lambda:${var.region}:111122223333:layer:logging:14",
    "arn:aws:lambda:${var.region}:111122223333:layer:fonts:3",
    "arn:aws:lambda:${var.region}:111122223333:layer:templates:41",
  ]
  common_environment = {
    ENVIRONMENT = var.environment
    RELEASE     = var.release
  }
  functions = {
    invoices = { memory = 2048, storage = 512, snap_start = true, publish = true }
    balances = { memory = 2048, storage = 2048, snap_start = true, publish = true }
    ledgers  = { memory = 3008, storage = 4096, snap_start = false, publish = true }
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "reports" {
  name_prefix        = "reports-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "reports" {
  for_each   = toset(["service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.reports.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_iam_role" "network" {
  name_prefix        = "reports-network-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "network" {
  for_each   = toset(["service-role/AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.network.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_lambda_function" "java" {
  for_each = local.functions

  function_name = "reports-${each.key}"
  role          = aws_iam_role.reports.arn
  runtime       = "java21"
  handler       = "com.example.reports.${title(each.key)}::handleRequest"
  s3_bucket     = local.bucket
  s3_key        = "reports/${var.release}.jar"
  timeout       = 60
  memory_size   = each.value.memory
  publish       = each.value.publish

  ephemeral_storage {
    size = each.value.storage
  }

  dynamic "snap_start" {
    for_each = each.value.snap_start ? [1] : []
    content {
      apply_on = "PublishedVersions"
    }
  }

  environment {
    variables = local.common_environment
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_alias" "java" {
  for_each         = local.functions
  name             = "live"
  function_name    = aws_lambda_function.java[each.key].function_name
  function_version = aws_lambda_function.java[each.key].version
}

resource "aws_lambda_function" "charts" {
  function_name = "reports-charts"
  role          = aws_iam_role.reports.arn
  runtime       = "python3.13"
  handler       = "charts.handler"
  s3_bucket     = local.bucket
  s3_key        = "reports/charts-${var.release}.zip"
  timeout       = 60
  memory_size   = 1024
  layers        = concat(local.base_layers, var.extra_layers)

  environment {
    variables = merge(local.common_environment, { CHART_THEME = "plain", AWS_LAMBDA_FUNCTION_VERSION = var.release })
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "tables" {
  function_name = "reports-tables"
  role          = aws_iam_role.reports.arn
  runtime       = "python3.13"
  handler       = "tables.handler"
  s3_bucket     = local.bucket
  s3_key        = "reports/tables-${var.release}.zip"
  timeout       = 60
  memory_size   = 1024
  layers = concat(local.base_layers, [
    "arn:aws:lambda:${var.region}:111122223333:layer:spreadsheets:7",
    "arn:aws:lambda:${var.region}:111122223333:layer:dataframes:12",
  ])

  environment {
    variables = merge(local.common_environment, { DATA_REGION = var.region })
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "warehouse" {
  function_name = "reports-warehouse"
  role          = aws_iam_role.reports.arn
  runtime       = "python3.13"
  handler       = "warehouse.handler"
  s3_bucket     = local.bucket
  s3_key        = "reports/warehouse-${var.release}.zip"
  timeout       = 300
  memory_size   = 1024

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "ledger_export" {
  function_name = "reports-ledger-export"
  role          = aws_iam_role.network.arn
  runtime       = "java21"
  handler       = "com.example.reports.LedgerExport::handleRequest"
  s3_bucket     = local.bucket
  s3_key        = "reports/${var.release}.jar"
  timeout       = 300
  memory_size   = 2048

  snap_start {
    apply_on = "PublishedVersions"
  }

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "statement" {
  function_name = "reports-statement"
  role          = aws_iam_role.reports.arn
  package_type  = "Image"
  image_uri     = var.statement_image
  timeout       = 120
  memory_size   = 2048
}

output "report_alias_arns" {
  value = { for name, alias in aws_lambda_alias.java : name => alias.arn }
}

output "function_names" {
  value = [
    aws_lambda_function.charts.function_name,
    aws_lambda_function.tables.function_name,
    aws_lambda_function.warehouse.function_name,
    aws_lambda_function.ledger_export.function_name,
    aws_lambda_function.statement.function_name,
  ]
}
