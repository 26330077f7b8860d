variable "name" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_groups" {
  type = list(string)
}

variable "replica_region" {
  type = string
}

resource "aws_efs_file_system" "this" {
  creation_token = var.name
  encrypted      = true

  tags = {
    Name = var.name
  }
}

resource "aws_efs_backup_policy" "this" {
  file_system_id = aws_efs_file_system.this.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_mount_target" "this" {
  count = length(var.subnets)

  file_system_id  = aws_efs_file_system.this.id
  subnet_id       = var.subnets[count.index]
  security_groups = var.security_groups
}

resource "aws_efs_replication_configuration" "this" {
  source_file_system_id = aws_efs_file_system.this.id

  destination {
    region = var.replica_region
  }
}

output "recovery_id" {
  value = aws_efs_replication_configuration.this.destination[0].file_system_id
}
