terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" { type = string }
variable "global_cluster_id" { type = string }
variable "class" { type = string }
variable "instances" { type = number }

variable "primary" {
  description = "Login of the primary member, null for secondaries"
  type        = object({ username = string, password = string })
  default     = null
  sensitive   = true
}

variable "network" {
  type = object({ subnet_group = string, security_groups = list(string) })
}

resource "aws_kms_key" "this" {
  description         = "Aurora cluster ${var.name}"
  enable_key_rotation = true
}

resource "aws_rds_cluster" "this" {
  cluster_identifier              = var.name
  global_cluster_identifier       = var.global_cluster_id
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  database_name                   = var.primary == null ? null : split("-", var.name)[0]
  master_username                 = try(var.primary.username, null)
  master_password                 = try(var.primary.password, null)
  db_subnet_group_name            = var.network.subnet_group
  vpc_security_group_ids          = var.network.security_groups
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.this.arn
  backup_retention_period         = 14
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  final_snapshot_identifier       = "${var.name}-final"
  enabled_cloudwatch_logs_exports = ["postgresql"]

  lifecycle {
    ignore_changes = [replication_source_identifier]
  }
}

resource "aws_rds_cluster_instance" "this" {
  count = var.instances

  identifier         = "${var.name}-${count.index}"
  cluster_identifier = aws_rds_cluster.this.id
  engine             = aws_rds_cluster.this.engine
  engine_version     = aws_rds_cluster.this.engine_version
  instance_class     = var.class
}

output "cluster_id" {
  value = aws_rds_cluster.this.id
}

output "endpoint" {
  value = aws_rds_cluster.this.endpoint
}

output "reader_endpoint" {
  value = aws_rds_cluster.this.reader_endpoint
}
