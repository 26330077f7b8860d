# Prices: written in the east, read in both Regions.
resource "aws_elasticache_replication_group" "prices_east" {
  replication_group_id       = "prices-${var.environment}-east"
  description                = "Prices, primary"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.east.name
  security_group_ids         = var.security_groups.east
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  snapshot_retention_limit   = 3
}

resource "aws_elasticache_global_replication_group" "prices" {
  global_replication_group_id_suffix = "prices-${var.environment}"
  primary_replication_group_id       = aws_elasticache_replication_group.prices_east.id
}

resource "aws_elasticache_replication_group" "prices_west" {
  provider = aws.west

  replication_group_id        = "prices-${var.environment}-west"
  description                 = "Prices, secondary"
  global_replication_group_id = aws_elasticache_global_replication_group.prices.global_replication_group_id
  num_cache_clusters          = 1
  automatic_failover_enabled  = true
  subnet_group_name           = aws_elasticache_subnet_group.west.name
  security_group_ids          = var.security_groups.west
  snapshot_retention_limit    = 3
}

# Stock: small, but needed in both Regions.
resource "aws_elasticache_replication_group" "stock_east" {
  replication_group_id       = "stock-${var.environment}-east"
  description                = "Stock, primary"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.medium"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.east.name
  security_group_ids         = var.security_groups.east
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  snapshot_retention_limit   = 3
}

resource "aws_elasticache_global_replication_group" "stock" {
  global_replication_group_id_suffix = "stock-${var.environment}"
  primary_replication_group_id       = aws_elasticache_replication_group.stock_east.id
}

resource "aws_elasticache_replication_group" "stock_west" {
  provider = aws.west

  replication_group_id        = "stock-${var.environment}-west"
  description                 = "Stock, secondary"
  global_replication_group_id = aws_elasticache_global_replication_group.stock.global_replication_group_id
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  multi_az_enabled            = true
  subnet_group_name           = aws_elasticache_subnet_group.west.name
  security_group_ids          = var.security_groups.west
  snapshot_retention_limit    = 3
}
