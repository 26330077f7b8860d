stage               = "prod"
release             = "8.4.0"
preview_concurrency = 0
ocr_concurrency     = 50
