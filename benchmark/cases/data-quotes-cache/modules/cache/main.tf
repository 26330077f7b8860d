variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "client_group_id" {
  type = string
}

variable "table_arns" {
  type = list(string)
}

variable "nodes" {
  type    = number
  default = 3
}

variable "zones" {
  type    = list(string)
  default = null
}

variable "node_type" {
  type    = string
  default = "dax.r5.large"
}

variable "tls" {
  type    = bool
  default = true
}

variable "port" {
  type    = number
  default = 9111
}

variable "trusted_service" {
  type    = string
  default = "dax.amazonaws.com"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = [var.trusted_service]
    }
  }
}

data "aws_iam_policy_document" "tables" {
  statement {
    actions   = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem"]
    resources = concat(var.table_arns, formatlist("%s/index/*", var.table_arns))
  }
}

resource "aws_iam_role" "this" {
  name               = "dax-${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "tables" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.tables.json
}

resource "aws_security_group" "this" {
  name_prefix = "dax-${var.name}-"
  vpc_id      = var.vpc_id
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = var.client_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_dax_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_dax_cluster" "this" {
  cluster_name                     = var.name
  iam_role_arn                     = aws_iam_role.this.arn
  node_type                        = var.node_type
  replication_factor               = var.nodes
  availability_zones               = var.zones
  cluster_endpoint_encryption_type = var.tls ? "TLS" : "NONE"
  subnet_group_name                = aws_dax_subnet_group.this.name
  security_group_ids               = [aws_security_group.this.id]
  server_side_encryption {
    enabled = true
  }
  depends_on = [aws_iam_role_policy.tables]
}

output "endpoint" {
  value = aws_dax_cluster.this.cluster_address
}
