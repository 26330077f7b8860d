output "cart_host" {
  value = module.cart.primary_host
}

output "wishlist_host" {
  value = module.wishlist.primary_host
}

output "recommendations_host" {
  value = module.recommendations.primary_host
}

output "price_hosts" {
  value = {
    east = aws_elasticache_replication_group.prices_east.primary_endpoint_address
    west = aws_elasticache_replication_group.prices_west.reader_endpoint_address
  }
}
