resource "aws_elasticache_subnet_group" "east" {
  name       = "cart-${var.environment}"
  subnet_ids = var.subnets.east
}

resource "aws_elasticache_subnet_group" "west" {
  provider   = aws.west
  name       = "cart-${var.environment}"
  subnet_ids = var.subnets.west
}

module "cart" {
  source = "./modules/cache"

  name              = "cart-${var.environment}"
  node_type         = "cache.r7g.large"
  nodes             = 1 + var.cart_replicas
  failover          = true
  snapshot_days     = 7
  subnet_group_name = aws_elasticache_subnet_group.east.name
  security_groups   = var.security_groups.east
}

module "wishlist" {
  source = "./modules/cache"

  name              = "wishlist-${var.environment}"
  node_type         = "cache.r7g.large"
  nodes             = 2
  failover          = true
  snapshot_days     = var.snapshot_days
  subnet_group_name = aws_elasticache_subnet_group.east.name
  security_groups   = var.security_groups.east
}

module "recommendations" {
  source = "./modules/cache"

  name              = "recommendations-${var.environment}"
  node_type         = "cache.m7g.large"
  nodes             = 2
  failover          = false
  snapshot_days     = 3
  subnet_group_name = aws_elasticache_subnet_group.east.name
  security_groups   = var.security_groups.east
}
