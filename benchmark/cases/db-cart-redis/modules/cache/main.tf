variable "name" { type = string }
variable "node_type" { type = string }
variable "nodes" { type = number }
variable "failover" { type = bool }
variable "snapshot_days" { type = number }
variable "subnet_group_name" { type = string }
variable "security_groups" { type = list(string) }

variable "log_types" {
  type    = set(string)
  default = ["slow-log"]
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = var.log_types

  name              = "/elasticache/${var.name}/${each.key}"
  retention_in_days = 30
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.name
  description                = "Cache ${var.name}"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = var.node_type
  num_cache_clusters         = var.nodes
  automatic_failover_enabled = var.failover
  multi_az_enabled           = var.failover
  subnet_group_name          = var.subnet_group_name
  security_group_ids         = var.security_groups
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  snapshot_retention_limit   = var.snapshot_days
  snapshot_window            = var.snapshot_days > 0 ? "02:00-03:00" : null
  maintenance_window         = "sun:04:00-sun:05:00"
  final_snapshot_identifier  = "${var.name}-final"

  dynamic "log_delivery_configuration" {
    for_each = aws_cloudwatch_log_group.this

    content {
      destination      = log_delivery_configuration.value.name
      destination_type = "cloudwatch-logs"
      log_format       = "json"
      log_type         = log_delivery_configuration.key
    }
  }
}

output "primary_host" {
  value = aws_elasticache_replication_group.this.primary_endpoint_address
}
