resource "aws_dynamodb_table" "this" {
  name                        = var.name
  billing_mode                = var.billing_mode
  hash_key                    = var.hash_key
  range_key                   = var.range_key
  read_capacity               = var.billing_mode == "PROVISIONED" ? var.capacity.read : null
  write_capacity              = var.billing_mode == "PROVISIONED" ? var.capacity.write : null
  deletion_protection_enabled = true
  stream_enabled              = length(var.replicas) > 0
  stream_view_type            = length(var.replicas) > 0 ? "NEW_AND_OLD_IMAGES" : null

  dynamic "attribute" {
    for_each = var.attributes
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.indexes
    content {
      name            = global_secondary_index.value.name
      hash_key        = global_secondary_index.value.hash_key
      range_key       = global_secondary_index.value.range_key
      projection_type = "ALL"
      read_capacity   = global_secondary_index.value.read
      write_capacity  = global_secondary_index.value.write
    }
  }

  dynamic "ttl" {
    for_each = var.ttl_attribute == "" ? [] : [var.ttl_attribute]
    content {
      enabled        = true
      attribute_name = ttl.value
    }
  }

  dynamic "replica" {
    for_each = var.replicas
    content {
      region_name            = replica.value.region
      point_in_time_recovery = replica.value.recovery
    }
  }

  point_in_time_recovery {
    enabled = var.recovery
  }
}

resource "aws_appautoscaling_target" "write" {
  count              = var.scaling_max > 0 ? 1 : 0
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.this.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = var.scaling_max
}

resource "aws_appautoscaling_policy" "write" {
  count              = var.scaling_max > 0 ? 1 : 0
  name               = "${var.name}-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.write[0].service_namespace
  resource_id        = aws_appautoscaling_target.write[0].resource_id
  scalable_dimension = aws_appautoscaling_target.write[0].scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "index_write" {
  for_each           = var.scaling_max > 0 ? toset(var.indexes[*].name) : toset([])
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.this.name}/index/${each.key}"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = var.scaling_max
}

resource "aws_appautoscaling_policy" "index_write" {
  for_each           = aws_appautoscaling_target.index_write
  name               = "${var.name}-${each.key}-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

output "name" {
  value = aws_dynamodb_table.this.name
}

output "arn" {
  value = aws_dynamodb_table.this.arn
}
