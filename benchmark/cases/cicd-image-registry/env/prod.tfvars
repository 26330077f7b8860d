environment   = "prod"
keep_releases = 1
