stage               = "test"
release             = "candidate"
preview_concurrency = 2
ocr_concurrency     = -1
