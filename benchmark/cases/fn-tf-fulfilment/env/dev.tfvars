environment         = "dev"
release             = "edge"
code_bucket         = "acme-code-dev"
packing_batch_size  = 10
carrier_reserved    = 4
carrier_concurrency = 4
