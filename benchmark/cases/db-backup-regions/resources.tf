variable "subnet_ids" {
  type        = map(string)
  description = "Private subnet by zone"
}

variable "nfs_security_group_id" {
  type = string
}

resource "aws_dynamodb_table" "records" {
  for_each = toset(["patients", "visits", "invoices"])

  name                        = "records-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = {
    Retention = "long"
  }
}

resource "aws_efs_file_system" "evidence" {
  creation_token = "evidence"
  encrypted      = true

  tags = {
    Name = "evidence"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_efs_mount_target" "evidence" {
  for_each = var.subnet_ids

  file_system_id  = aws_efs_file_system.evidence.id
  subnet_id       = each.value
  security_groups = [var.nfs_security_group_id]
}
