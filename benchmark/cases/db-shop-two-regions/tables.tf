locals {
  tables = {
    orders   = { key = "orderId", recovery = true }
    payments = { key = "paymentId", recovery = true }
  }
}

resource "aws_dynamodb_table" "shop" {
  for_each = local.tables

  name                        = "shop-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.key
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  deletion_protection_enabled = true

  attribute {
    name = each.value.key
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  dynamic "replica" {
    for_each = [var.standby_region]

    content {
      region_name            = replica.value
      point_in_time_recovery = each.value.recovery
    }
  }
}

resource "aws_dynamodb_table" "customers" {
  name                        = "shop-customers"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "customerId"
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  deletion_protection_enabled = true

  attribute {
    name = "customerId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  replica {
    region_name = var.standby_region
  }
}
