environment         = "prod"
release             = "2026.11.2"
code_bucket         = "acme-code-prod"
packing_batch_size  = 250
carrier_reserved    = 5
carrier_concurrency = 50
