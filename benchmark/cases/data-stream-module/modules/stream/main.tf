variable "name" {
  type = string
}

variable "retention_hours" {
  type    = number
  default = 24
}

variable "shard_metrics" {
  type    = list(string)
  default = []
}

variable "key_arn" {
  type    = string
  default = null
}

resource "aws_kinesis_stream" "this" {
  name                = var.name
  retention_period    = var.retention_hours
  shard_count         = 4
  shard_level_metrics = var.shard_metrics
  encryption_type     = var.key_arn == null ? "NONE" : "KMS"
  kms_key_id          = var.key_arn

  stream_mode_details {
    stream_mode = "PROVISIONED"
  }
}

output "arn" {
  value = aws_kinesis_stream.this.arn
}

output "name" {
  value = aws_kinesis_stream.this.name
}
