output "hosts" {
  value = {
    catalog = module.catalog.address
    media   = module.media.address
    reviews = module.reviews.address
  }
}
