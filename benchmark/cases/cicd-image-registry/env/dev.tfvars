environment   = "dev"
keep_releases = 20
