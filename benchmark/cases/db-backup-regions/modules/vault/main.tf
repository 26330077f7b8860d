terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" {
  type = string
}

variable "min_days" {
  type = number
}

variable "changeable_for_days" {
  type    = number
  default = null
}

resource "aws_kms_key" "this" {
  description         = "Backup vault ${var.name}"
  enable_key_rotation = true
}

resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = aws_kms_key.this.arn
}

resource "aws_backup_vault_lock_configuration" "this" {
  backup_vault_name   = aws_backup_vault.this.name
  min_retention_days  = var.min_days
  changeable_for_days = var.changeable_for_days
}

output "name" {
  value = aws_backup_vault.this.name
}

output "arn" {
  value = aws_backup_vault.this.arn
}
